"""The page *Review*: a queue of hostile rows, decided with buttons whose keys are the row's and its version's."""

from dataclasses import replace

import pytest

from dashboard.reviewing.panel import DESK
from dashboard.reviewing.queue import Queue
from grading.book import reviews
from grading.book.reviews import ACCEPTED, FLAGGED
from tests import sites


@pytest.fixture
def page(file_site):
    test = sites.shown(file_site, "review")
    assert not test.exception
    return test


def row(test):
    desk = test.session_state[DESK]
    return f"{desk.key.alias}_{desk.version}"


def press(test, name):
    """The row has been looked at for long enough, then the button is pressed."""
    test.session_state[DESK] = replace(test.session_state[DESK], since=0.0)
    test.button(key=name if name.startswith("undo_") else f"{name}_{row(test)}").click().run()
    assert not test.exception
    return test


def kept(site):
    with site.book.reading() as db:
        return {one.row_id: one for one in reviews.all_reviews(db).values()}


def test_rows_are_decided_one_after_the_other(page, file_site):
    page.selectbox(key=f"label_{row(page)}").select("tone")
    page.text_area(key=f"comment_{row(page)}").set_value(sites.LINKS)
    first = row(page)
    press(page, "flag")
    assert row(page) != first
    press(page, "accept")
    one, other = kept(file_site).values()
    assert (one.state, one.label, one.comment) == (FLAGGED, "tone", sites.LINKS)
    assert (other.state, other.label, other.comment) == (ACCEPTED, None, "")
    assert page.text_area(key=f"comment_{row(page)}").value == ""


def test_a_press_too_soon_says_so_and_saves_nothing(page, file_site):
    page.button(key=f"accept_{row(page)}").click().run()
    assert any("Too fast" in one.value for one in page.text)
    assert kept(file_site) == {}


def test_a_skipped_row_waits_until_the_others_are_done(page, file_site):
    first = row(page)
    press(page, "skip")
    assert row(page) != first
    for _ in range(7):
        press(page, "accept")
    assert [one.value for one in page.info] == [
        "You have put the other rows off, or have just been through them."
    ]
    next(one for one in page.button if one.label == "Show them again").click().run()
    assert row(page) == first
    assert len(kept(file_site)) == 7


def test_undo_shows_the_row_again_with_what_was_said(page, file_site):
    first = row(page)
    press(page, "accept")
    press(page, next(one.key for one in page.button if one.key.startswith("undo_")))
    assert row(page) == first.replace("_0", "_2")
    assert [one.state for one in kept(file_site).values()] == [None]


def test_a_conflict_shows_both_and_neither_is_markdown(page, file_site):
    desk = page.session_state[DESK]
    entry = file_site.index.find(desk.key)
    with file_site.book.writing() as db:
        reviews.save(
            db,
            desk.key.group,
            desk.key.ref,
            row_id=entry.row.id,
            content=entry.content,
            state=FLAGGED,
            label=sites.HOSTILE_NAME,
            comment=sites.SCRIPT,
            who=sites.HOSTILE_NAME,
            expected=0,
        )
    press(page, "accept")
    assert {one.value for one in page.markdown} == {"**Yours, not saved**", "**Theirs, saved**"}
    assert any("\\u202e" in one.value for one in page.text)
    page.button(key=f"mine_{desk.key.alias}_1").click().run()
    assert not page.exception
    assert kept(file_site)[entry.row.id].decision[1:] == (ACCEPTED, None, "")


def test_names_are_hidden_until_they_are_asked_for(course_site):
    test = sites.shown(course_site, "review")
    assert not test.exception
    names = ("Harbor Lights", "Night Owls", "![p](http:)")

    def told():
        texts = [one.proto.body for one in test.get("html")]
        texts += [str(cell) for table in test.dataframe for cell in table.value.to_numpy().ravel()]
        texts += [one.value for kind in (test.text, test.caption, test.markdown) for one in kind]
        return [name for name in names if any(name in text for text in texts)]

    assert told() == []
    keys = [one.key for kind in (test.button, test.selectbox, test.text_area, test.toggle) for one in kind]
    groups = [one.key for one in course_site.index.groups()]
    assert [
        key for key in keys if any(group in key for group in groups)
    ] == []  # they are classes in the page
    test.toggle(key="review_names").set_value(True).run()
    assert len(told()) == 1  # of the row's group


def test_the_end_of_a_queue(page, file_site):
    page.selectbox(key="queue").select(Queue.FLAGGED).run()
    assert [one.value for one in page.info] == ["There is no row in this queue."]
