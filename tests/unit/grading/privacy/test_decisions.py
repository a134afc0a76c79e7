"""What persons decided in the dashboard goes with its group, and loses names of those who leave; on both databases."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import func, insert, select

from grading.book import dismissals, history, marks, moments, people, reviews
from grading.book.tables import dismissal, review, vote
from grading.model import Line
from grading.privacy import backup, removal
from grading.privacy import forget as forgetting
from grading.privacy import people as privacy
from quality.dismissals import Decision, Scope
from quality.dismissals.decisions import of_words

REF = "ab" * 32


@pytest.fixture
def book(book):
    """Ada and Bo in g001, Cem alone in g002; a person decided something about each group's row."""
    with book.writing() as db:
        for number, (group, names) in enumerate(
            (("Harbor", ("Ada Kaya", "Bo Ay")), ("Sharks", ("Cem Can",)))
        ):
            key = people.put_group(db, name=group, identifier=None)
            for name in names:
                person = people.put_person(db, identifier=None, name=name, email="")
                people.put_member(db, person, key, None)
            marks.put_automatic(db, key, [Line("fail_mode", 0.5, 5.0, 10.0, "half")], who="run")
            decide(db, key, f"row of Ada Kaya {number}")
    return book


def decide(db, group, row_id):
    said = {"label": "tone", "comment": "Ada Kaya wrote it"}
    reviews.save(db, group, REF, row_id=row_id, content=REF, state="flagged", who="ta", expected=0, **said)
    of_row = {"grp": group, "ref": REF, "content": REF, "who": "ta", "at": moments.now()}
    body = {"words": "quoted of Ada Kaya"}
    db.execute(insert(dismissal).values(scope="row", code="GRM001", body=body, why="ask Ada Kaya", **of_row))
    db.execute(insert(vote).values(voter=REF, choice="tie", **of_row))


def test_somebody_who_leaves_a_team_is_in_no_comment_and_no_reason(book):
    done = forgetting.forget(book, forgetting.meant(book, "Ada Kaya"), who="ta")
    assert done.groups == ("g001",)  # its row's id and the words that were dismissed are its own text
    with book.reading() as db:
        assert {one.comment for one in reviews.all_reviews(db).values()} == {"[removed]"}
        assert set(db.scalars(select(dismissal.c.why))) == {"[removed]"}
        told = [one.after for one in history.entries(db) if one.what == reviews.WHAT]
        assert [(one["comment"], one["row"], one["label"]) for one in told] == [
            ("[removed]", "[removed]", "tone")
        ] * 2


def test_what_was_said_of_words_stays_for_the_others(book):
    at = "2026-11-23T18:09:07+00:00"
    with book.writing() as db:
        for words in ("wrod", "Can", "old wrod"):
            scope = Scope.TEXT if " " in words else Scope.WORD
            place = ("output", 0, len(words), words, "row of Cem Can")
            one = Decision(scope, "GRM001", of_words(words), *place, "ta", "a name", at)
            dismissals.add(db, one, group="g002", ref=REF)
    forgetting.forget(book, forgetting.meant(book, "Cem Can"), who="ta")
    with book.reading() as db:
        kept = db.execute(select(dismissal).where(dismissal.c.grp != "g001").order_by(dismissal.c.id)).all()
    assert [(one.grp, one.ref, one.body["words"], one.body["row_id"]) for one in kept] == [
        ("", "", "wrod", ""),
        ("", "", "old wrod", ""),
    ]


def test_what_was_decided_about_a_group_goes_with_it(book):
    forgetting.forget(book, forgetting.meant(book, "Cem Can"), who="ta")
    with book.reading() as db:
        for table in (review, dismissal, vote):
            assert db.scalars(select(table.c.grp)).all() == ["g001"]
        assert [one.after for one in history.entries(db, "g002")] == ["[removed]"] * 2


def test_grades_that_are_kept_keep_no_review(book):
    with book.writing() as db:
        removal.remove(db, privacy.find(db, "Cem Can"), who="ta", what="purge", keep_grades=True)
    with book.reading() as db:
        assert [(one.what, one.after) for one in history.entries(db, "g002")] == [
            ("automatic", {"value": 0.5, "points": 5.0, "most": 10.0}),
            ("review", "[removed]"),
        ]
        assert db.scalar(select(func.count()).select_from(review)) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_backup_has_them(book):
    with closing(sqlite3.connect(backup.backup(book))) as copy:
        counts = [
            copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("review", "dismissal", "vote")
        ]
    assert counts == [2, 2, 2]
