"""Coming in with a real browser: the owner's link, an invitation, a second visit; and nothing without one."""

import pytest

from grading.book import access
from grading.book.book import opened as open_book
from tests import served
from tests.command import grading
from tests.graded import SHEET

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / "sheet.csv").write_text(SHEET)
    (home / "test.csv").write_text("id,instruction\n1,Say hi.\n")
    folder = home / "course"
    done = grading("init", folder, "--sheet", home / "sheet.csv", "--test", home / "test.csv")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def url(course):
    with served.served(course) as one:
        yield one


def test_the_owner_and_an_invited_person_come_in_each_under_their_name(course, url, visit, new_page):
    owners = visit(url)
    assert "token" not in owners.url
    assert "Ada Lovelace" in owners.inner_text("body")

    hers = new_page()
    hers.goto(served.dashboard("invite", "Grace Hopper", "--course", course).stdout.strip())
    hers.get_by_role("button", name="Open").click()
    served.opened(hers)
    assert "token" not in hers.url
    assert "Grace Hopper" in hers.inner_text("body")
    # a link in a web mailer: its page is of another site, for which the browser keeps the cookie back
    base = url.partition("/?")[0]
    hers.goto(f"data:text/html,<a href='{base}/rows'>look</a>")
    hers.get_by_role("link").click()
    served.opened(hers)
    assert hers.url.endswith("/rows")

    with open_book(course) as book, book.writing() as db:
        access.revoke(db, "Grace Hopper", by="Ada Lovelace")
    hers.goto(base)
    hers.get_by_role("heading", name="Not signed in").wait_for()
