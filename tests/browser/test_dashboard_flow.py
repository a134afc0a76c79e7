"""A teaching assistant's work with a real browser: filter, review by keys, disagree, grade, download.

The course is hostile wherever a student can write: names, ids, cells. One server for all; a page's screenshot goes to
the folder of $PROOFGATE_SHOTS, else to pytest's own.
"""

import csv
import io
import os
import re
from pathlib import Path

import pytest

from dashboard.reviewing.desk import PACE_S
from grading.book import marks, people, reviews
from grading.book.book import opened as open_book
from quality.reports.escape import visible
from tests import graded, served, sites
from tests.command import grading

pytestmark = pytest.mark.browser

PAGES = ("Overview", "Rows", "Review", "Predictions", "Copying", "Grades", "Runs", "Guide")
SENT = "Sunday, 29 November 2026, 6:12 PM"
TITLE = "section.pg-row h2"
WATCH = """
window.seen = new Set();
addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
  for (const one of document.querySelectorAll("section.pg-row h2")) window.seen.add(one.innerText);
}).observe(document.body, {childList: true, subtree: true, characterData: true}));
"""
"""Notes the title of every row that a person could see."""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The folder of a hostile course that was run, with the worksheet that the LMS gave."""
    home = tmp_path_factory.mktemp("flow")
    folder = sites.course(home).course.folder
    sites.close()
    persons = [(f"Participant {number}", name) for number, name in enumerate(sites.GROUPS, 11)]
    rows = [
        [
            who,
            who,
            f"{who[-2:]}@example.edu",
            "Submitted for grading",
            group,
            "",
            "100.00",
            "Yes",
            SENT,
            "-",
            "",
        ]
        for who, group in persons
    ]
    worksheet = io.StringIO(newline="")
    csv.writer(worksheet).writerows([graded.HEADER.split(","), *rows])
    path = home / "worksheet.csv"
    path.write_text(worksheet.getvalue(), encoding="utf-8")
    done = grading("import", folder / "given", "--worksheet", path, "--course", folder, "--by", sites.TA)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def url(course):
    with served.served(course) as one:
        yield one


@pytest.fixture
def shots(tmp_path):
    folder = Path(os.environ.get("PROOFGATE_SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def to(page, title):
    """Goes to another page by its link, as a person does: an address loads everything anew."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", name=title, level=1, exact=True).wait_for()
    page.wait_for_selector(served.READY)


def decided(course):
    with open_book(course) as book, book.reading() as db:
        names = {group.key: group.name or group.key for group in people.groups(db)}
        return [(names[one.group], one) for one in reviews.all_reviews(db).values()]


def test_hostile_text_is_text_on_every_page(url, visit, shots):
    page = visit(url, viewport={"width": 1280, "height": 2000})
    complaints = []
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (complaints.append("a dialog"), dialog.dismiss()))
    for title in PAGES:
        to(page, title)
        if title in ("Rows", "Review"):
            page.locator(TITLE).wait_for()
        page.screenshot(path=shots / f"{title.lower()}.png")
    assert page.evaluate("window.hacked") is None
    assert page.locator("main a[href*='evil'], main img[src*='evil'], main img[src=x]").count() == 0
    assert complaints == []


def test_rows_are_filtered_and_five_are_reviewed_by_keys(course, url, visit):
    page = visit(url, color_scheme="dark")
    to(page, "Rows")
    page.get_by_role("textbox", name="Search").fill("whales")
    page.get_by_role("textbox", name="Search").press("Enter")
    page.get_by_text(re.compile(r"^\d rows$")).wait_for()
    assert "whales" in page.url
    to(page, "Review")
    for number, key in enumerate("aafaf", start=1):
        page.wait_for_timeout(1_000 * PACE_S + 100)  # a row that nobody can have read is not decided
        page.keyboard.press(key)
        page.get_by_text(re.compile(f"^{number} of 30 rows reviewed")).wait_for()
        page.wait_for_selector(served.READY)
    found = decided(course)
    assert sorted(one.state for _, one in found) == ["accepted"] * 3 + ["flagged"] * 2
    assert {one.who for _, one in found} == {"Ada Lovelace"}


def test_key_that_is_held_down_decides_about_no_unseen_row(course, url, visit):
    page = visit(url)
    page.add_init_script(WATCH)
    page.reload()
    served.opened(page)
    to(page, "Review")
    page.get_by_text("Show group names").click()
    page.locator(f"{TITLE} .pg-quiet").wait_for()
    page.wait_for_selector(served.READY)
    page.get_by_role("heading", name="Review").click()  # a switch that has the focus takes keys for itself
    page.wait_for_timeout(1_000 * PACE_S + 100)
    before = {(one.group, one.ref) for _, one in decided(course)}
    for _ in range(30):
        page.keyboard.down("a")
    page.keyboard.up("a")
    page.wait_for_selector(served.READY)
    seen = page.evaluate("[...window.seen]")
    found = [(name, one) for name, one in decided(course) if (one.group, one.ref) not in before]
    assert 0 < len(found) <= len(seen)
    for name, one in found:
        assert any(visible(one.row_id) in title and visible(name)[:30] in title for title in seen)


def test_two_people_mark_one_line_and_the_worksheet_goes_out(course, url, visit, new_page):
    second = new_page()
    second.goto(served.dashboard("invite", "Grace Hopper", "--course", course).stdout.strip())
    second.get_by_role("button", name="Open").click()
    served.opened(second)
    second.goto(f"{url.partition('/?')[0]}/grades?group=g002")
    first = visit(url, "/grades?group=g002")
    for page, points in ((first, "7"), (second, "5.5")):
        served.opened(page)
        page.get_by_text("Mark by hand").first.click()
        page.get_by_role("textbox", name="Points").first.fill(points)
        page.get_by_role("textbox", name="Reason").first.fill("read by hand")
    first.get_by_role("button", name="Save mark").first.click()
    first.get_by_text("Saved.").wait_for()
    second.get_by_role("button", name="Save mark").first.click()
    second.get_by_text("Somebody saved on this line").wait_for()
    assert second.get_by_text("Ada Lovelace, ").count() > 0
    second.get_by_role("button", name="Save mine over theirs").click()
    second.get_by_text("Saved.").wait_for()
    with open_book(course) as book, book.reading() as db:
        (manual,) = [mark.manual for mark in marks.marks(db, "g002") if mark.manual]
    assert (manual.points, manual.who, manual.why) == (5.5, "Grace Hopper", "read by hand")

    second.get_by_role("radio", name="Export").click()
    second.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    with second.expect_download() as download:
        second.get_by_role("button", name="worksheet.csv").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(sites.GROUPS)
