"""A vote without names: the sides, the queue, the tally, the export."""

import csv
import io
from datetime import UTC, datetime

import pytest

from dashboard import model
from dashboard.answers import blind
from dashboard.answers.model import Answer, Pair, content
from grading.book.votes import Choice, Vote

SEED = "0f" * 16
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def pair(number, tuned="ours", base="theirs", row_id=None):
    row_id = row_id or f"t{number}"
    answers = Answer(tuned), None if base is None else Answer(base)
    return Pair(number, model.ref(row_id), row_id, "Why?", *answers, content("Why?", base, tuned))


def vote(one, choice, who="ada", *, stale=False):
    return Vote("g001", one.ref, "old" if stale else one.content, choice, who, NOON)


PAIRS = tuple(pair(number) for number in range(1, 101))


def test_both_models_stand_left_about_as_often():
    left = sum(blind.tuned_is_left(SEED, "g001", one.ref) for one in PAIRS)
    assert 35 <= left <= 65


def test_another_seed_gives_other_sides_and_another_order():
    def seen(seed):
        order = blind.queue(PAIRS, (), seed=seed, group="g001", who="ada")
        return [(one.id, blind.tuned_is_left(seed, "g001", one.ref)) for one in order]

    assert seen(SEED) == seen(SEED)
    assert seen(SEED) != seen("ff" * 16)
    assert [one for one, _ in seen(SEED)] != [one.id for one in PAIRS]


@pytest.mark.parametrize("left", [True, False])
def test_a_vote_means_the_model_whose_text_stood_there(left):
    texts = blind.sides(PAIRS[0], tuned_left=left)
    whose = {"ours": Choice.TUNED, "theirs": Choice.BASE}
    assert [blind.meant(letter, tuned_left=left) for letter in "AB"] == [whose[text] for text in texts]
    assert blind.meant("tie", tuned_left=left) is Choice.TIE


def test_only_differing_answers_that_the_voter_has_not_seen_are_asked_for():
    pairs = (pair(1), pair(2, "same", "same"), pair(3, base=None), pair(4), pair(5), pair(6, None, None))
    given = (
        vote(pairs[0], Choice.TIE),
        vote(pairs[3], Choice.TIE, "ben"),
        vote(pairs[4], Choice.TIE, stale=True),
    )
    left = blind.queue(pairs, given, seed=SEED, group="g001", who="ada")
    assert {one.id for one in left} == {"t4", "t5"}


def test_a_prompt_counts_once_and_a_stale_vote_not_at_all():
    one, two, three, four = PAIRS[:4]
    given = [
        *(vote(one, Choice.TUNED, who) for who in ("ada", "ben")),
        vote(one, Choice.BASE, "cem"),
        vote(two, Choice.TUNED),
        vote(two, Choice.BASE, "ben"),
        vote(three, Choice.BASE),
        vote(four, Choice.BASE, stale=True),
    ]
    told = blind.tally(given, {one.ref: one.content for one in PAIRS})
    assert (told.rows, told.tuned, told.base, told.ties) == (3, 1, 1, 1)
    assert (told.twice, told.agreed, told.stale) == (2, 0, 1)
    assert (told.wins.value, told.wins.low < 0.5 < told.wins.high) == (0.5, True)
    assert [(of.who, of.tuned, of.base) for of in told.voters] == [
        ("ada", 2, 1),
        ("ben", 1, 1),
        ("cem", 0, 1),
    ]


def test_agreement_of_two_who_always_agree_is_whole():
    given = [
        vote(one, choice, who)
        for one, choice in zip(PAIRS, (Choice.TUNED, Choice.BASE, Choice.TIE), strict=False)
        for who in ("ada", "ben")
    ]
    told = blind.tally(given, {one.ref: one.content for one in PAIRS})
    assert (told.twice, told.agreed, told.alpha) == (3, 3, 1.0)


def test_without_votes_nothing_is_told():
    told = blind.tally([], {})
    assert (told.rows, told.wins, told.alpha) == (0, None, None)


def test_the_export_carries_no_formula_and_says_what_counts():
    one = pair(1, row_id="=HYPERLINK(1)")
    given = [vote(one, Choice.TUNED, "@ada"), vote(PAIRS[1], Choice.BASE), vote(one, Choice.TIE, stale=True)]
    rows = list(csv.DictReader(io.StringIO(blind.as_csv(given, (one,)).decode("utf-8-sig"))))
    assert [(row["id"], row["voter"], row["counts"]) for row in rows] == [
        ("'=HYPERLINK(1)", "'@ada", "yes"),
        (PAIRS[1].ref[:16], "ada", "no"),
        ("'=HYPERLINK(1)", "ada", "no"),
    ]
