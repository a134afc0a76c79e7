"""Reviews of single rows: versions, conflicts that hold both, a history that tells all; on both databases."""

import pytest
from sqlalchemy import delete

from grading.book import history, reviews
from grading.book.reviews import ACCEPTED, FLAGGED, ReviewConflict
from grading.book.tables import review
from quality.errors import InputError

REF = "ab" * 32
SEEN = "c" * 64
HOSTILE = "=1+1 <img src=x>\u202e\x00\ud800"


def save(
    book, state=ACCEPTED, *, who="ada", expected=0, ref=REF, label=None, comment="", content=SEEN, why=None
):
    with book.writing() as db:
        return reviews.save(
            db,
            "g001",
            ref,
            row_id="r1",
            content=content,
            state=state,
            label=label,
            comment=comment,
            who=who,
            expected=expected,
            why=why,
        )


def get(book):
    with book.reading() as db:
        return reviews.get(db, "g001", REF)


def told(book):
    with book.reading() as db:
        return [
            (one.line, one.version, one.who, one.before and one.before["state"], one.after["state"])
            for one in history.entries(db, "g001")
        ]


def test_a_review_is_kept_as_it_was_made(book):
    assert save(book, FLAGGED, label=HOSTILE, comment=f" {HOSTILE}\n") == 1
    one = get(book)
    assert one.decision == (SEEN, FLAGGED, HOSTILE, HOSTILE)
    assert (one.group, one.ref, one.row_id, one.who, one.version) == ("g001", REF, "r1", "ada", 1)
    with book.reading() as db:
        assert reviews.all_reviews(db) == {("g001", REF): one}


def test_every_save_is_in_the_history(book):
    save(book)
    save(book, FLAGGED, expected=1, who="bo")
    save(book, None, expected=2, who="bo", why="taken back")
    assert told(book) == [
        (reviews.line(REF), 1, "ada", None, "accepted"),
        (reviews.line(REF), 2, "bo", "accepted", "flagged"),
        (reviews.line(REF), 3, "bo", "flagged", "open"),
    ]


def test_a_stale_save_changes_nothing_and_holds_both(book):
    save(book, comment="fine")
    with pytest.raises(ReviewConflict, match=r"by ada at .* UTC \(version 1\).*made on version 0") as caught:
        save(book, FLAGGED, who="bo", comment="not fine")
    assert (caught.value.found, caught.value.exit_code) == (get(book), 1)
    assert caught.value.wanted.decision == (SEEN, FLAGGED, None, "not fine")
    assert get(book).decision == (SEEN, ACCEPTED, None, "fine")
    assert len(told(book)) == 1
    assert save(book, FLAGGED, who="bo", expected=caught.value.found.version) == 2


def test_a_key_that_is_pressed_twice_saves_once(book):
    assert save(book) == save(book) == save(book, expected=1) == 1
    assert len(told(book)) == 1
    with pytest.raises(ReviewConflict):  # the same decision on other texts is another one
        save(book, content="d" * 64)
    with pytest.raises(ReviewConflict):  # and so is another person's
        save(book, who="bo")


def test_a_review_that_was_removed_meanwhile(book):
    with pytest.raises(ReviewConflict, match="removed meanwhile") as caught:
        save(book, expected=3)
    assert caught.value.found is None


def test_the_versions_of_a_removed_review_go_on(book):
    save(book)
    with book.writing() as db:
        db.execute(delete(review))
    assert save(book) == 2
    assert save(book, FLAGGED, expected=2) == 3


def test_what_cannot_be_kept(book):
    with pytest.raises(InputError, match="accepted, flagged"):
        save(book, "perfect")
    with pytest.raises(InputError, match="too long"):
        save(book, comment="x" * (reviews.MAX_COMMENT + 1))
    assert get(book) is None
