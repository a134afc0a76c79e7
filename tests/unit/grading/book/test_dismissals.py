"""Dismissals in the grade book: kept once, taken back once, never deleted, each with its entry in the history."""

from dataclasses import replace

import pytest

from grading.book import dismissals, history
from quality.dismissals import Decision, Scope
from quality.dismissals.decisions import of_words
from quality.errors import InputError

WORD = Decision(
    Scope.WORD,
    "GRM007",
    of_words("a\ud800\x00<b>"),
    "output",
    4,
    10,
    "a\ud800\x00<b>",
    "r\u202e1",
    "Ayşe",
    "a name",
    "2026-11-23T18:09:07+00:00",
)
ROW = replace(WORD, scope=Scope.ROW, content="a" * 64, start=None, end=None, words="")


def entries(db):
    return [(one.what, one.who, one.group, one.why) for one in history.entries(db)]


def test_it_is_kept_once_and_taken_back_once(book):
    with book.writing() as db:
        number = dismissals.add(db, WORD, group="g001", ref="b" * 64)
        assert dismissals.add(db, replace(WORD, row_id="r2", who="Ben"), group="g002", ref="c" * 64) == number
        other = dismissals.add(db, ROW, group="g001", ref="b" * 64)
        assert other != number
        (first, _) = dismissals.holding(db)
        assert replace(first.decision, at=WORD.at) == WORD
        assert (first.group, first.ref, first.holds) == ("g001", "b" * 64, True)
        assert [one.code for one in dismissals.decisions(db)] == ["GRM007"] * 2
        assert dismissals.take_back(db, number, who="Ben").decision.words == WORD.words
    with book.reading() as db:
        assert [one.id for one in dismissals.holding(db)] == [other]
        (undone, _) = dismissals.everything(db)
        assert (undone.undone_who, undone.holds) == ("Ben", False)
        assert undone.undone_at is not None
        assert entries(db) == [
            ("dismiss", "Ayşe", "g001", "a name"),
            ("dismiss", "Ayşe", "g001", "a name"),
            ("dismiss undone", "Ben", "g001", None),
        ]
    with book.writing() as db:
        again = dismissals.add(db, WORD, group="g001", ref="b" * 64)
        assert again > other
        with pytest.raises(dismissals.AlreadyTakenBack, match="Ben has taken it back"):
            dismissals.take_back(db, number, who="Ada")
        with pytest.raises(InputError, match="no dismissal"):
            dismissals.take_back(db, 99, who="Ada")


@pytest.mark.parametrize("changes", [{"who": ""}, {"why": ""}, {"why": "a\nb"}, {"who": "x" * 201}])
def test_nobody_and_no_reason_is_refused(book, changes):
    with book.writing() as db, pytest.raises(InputError):
        dismissals.add(db, replace(WORD, **changes), group="", ref="b" * 64)
    with book.reading() as db:
        assert dismissals.everything(db) == ()
