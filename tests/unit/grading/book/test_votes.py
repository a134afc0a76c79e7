"""One vote a voter and row; what it replaced is in the history."""

import pytest

from grading.book import history, votes
from grading.book.votes import Choice

ROW = "ab" * 32


@pytest.fixture
def cast(book):
    def one(choice, *, who="ada", content="c1", ref=ROW, group="g001"):
        with book.writing() as db:
            votes.save(db, group, ref, content=content, choice=choice, who=who)

    return one


def of(book, group="g001"):
    with book.reading() as db:
        return [(vote.who, vote.choice, vote.content) for vote in votes.of_group(db, group)]


def told(book):
    with book.reading() as db:
        return [(entry.who, entry.before, entry.after) for entry in history.entries(db, "g001")]


def test_each_voter_has_one_vote_on_a_row(book, cast):
    cast(Choice.BASE)
    cast(Choice.TIE, who="ben")
    cast(Choice.TUNED, content="c2")
    cast(Choice.BASE, group="g002")
    assert sorted(of(book)) == [("ada", Choice.TUNED, "c2"), ("ben", Choice.TIE, "c1")]
    assert of(book, "g002") == [("ada", Choice.BASE, "c1")]


def test_the_history_keeps_what_a_vote_replaced(book, cast):
    cast(Choice.BASE)
    cast(Choice.TUNED)
    with book.writing() as db:
        assert votes.take_back(db, "g001", ROW, who="ada")
        assert not votes.take_back(db, "g001", ROW, who="ada")
    said = [{"ref": ROW, "choice": choice, "content": "c1"} for choice in ("base", "tuned")]
    assert told(book) == [("ada", None, said[0]), ("ada", said[0], said[1]), ("ada", said[1], None)]
    assert of(book) == []


def test_a_voter_of_any_name_can_vote(book, cast):
    cast(Choice.BASE, who="\ud800<b>ada\u202e")
    assert of(book) == [("\ud800<b>ada\u202e", Choice.BASE, "c1")]


def test_the_seed_is_drawn_once(book):
    with book.writing() as db:
        assert votes.seed(db) is None
        first = votes.drawn_seed(db)
    with book.writing() as db:
        assert votes.drawn_seed(db) == votes.seed(db) == first
    assert len(first) == 32
