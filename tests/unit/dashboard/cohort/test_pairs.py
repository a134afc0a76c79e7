"""Pairs and their distribution, from a graded course."""

from types import SimpleNamespace

import pytest

from dashboard.cohort import pairs
from dashboard.cohort.known import known
from dashboard.cohort.pairs import Measure
from grading.book import pairs as kept
from grading.book.book import opened
from grading.book.pairs import PairRow
from tests.graded import graded

ROWS = (
    PairRow("g001", "g002", 0.1, None, None, None, 0, []),
    PairRow("g001", "g003", 1.0, 0.2, 0.5, 0.6, 1, []),
    PairRow("g001", "g004", 0.3, 0.2, 0.4, 0.6, 1, []),
    PairRow("g002", "g003", 0.9, 0.9, 1e-9, 3e-9, 7, []),
    PairRow("g002", "g004", 0.0, 0.0, 0.0, 0.0, 7, []),
)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    course = graded(folder)
    with opened(folder) as book:
        with book.writing() as db:
            kept.put_all(db, ROWS)
        yield known(book, course)


def test_likeliest_copies_come_first_and_the_unmeasured_last(found):
    assert [(pair.a, pair.b) for pair in pairs.listed(found)] == [
        ("g002", "g004"),
        ("g002", "g003"),
        ("g001", "g004"),
        ("g001", "g003"),
        ("g001", "g002"),
    ]
    assert {pair.b for pair in pairs.listed(found, candidates=True)} == {"g003", "g004"}
    assert [pair.b for pair in pairs.listed(found, group="g001", candidates=True)] == []
    assert found.candidates == {"g002", "g003", "g004"}


@pytest.mark.parametrize("measure", Measure)
def test_every_pair_is_in_one_bar_or_said_to_be_unmeasured(found, measure):
    drawn = pairs.histogram(found, measure)
    assert sum(bar.candidates for bar in drawn.bars) == 2
    assert sum(bar.others + bar.candidates for bar in drawn.bars) + drawn.unmeasured == len(ROWS)
    assert drawn.unmeasured == (measure is not Measure.SCORE)


def test_a_chance_of_zero_stands_in_the_last_bar(found):
    assert pairs.histogram(found, Measure.Q).bars[-1].candidates == 1


def test_candidates_lie_right_of_the_threshold(found):
    drawn = pairs.histogram(found, Measure.Q)
    assert drawn.threshold == pytest.approx(1.30103)
    assert not any(bar.candidates for bar in drawn.bars if bar.high < drawn.threshold)
    assert not any(bar.others for bar in drawn.bars if bar.low > drawn.threshold)
    assert pairs.histogram(found, Measure.P).threshold == pytest.approx(9.0)
    assert pairs.histogram(found, Measure.SCORE).threshold is None


def test_honest_pairs_are_as_many_as_were_tested_and_fall_tenfold(found):
    bars = pairs.histogram(found, Measure.P).bars
    assert sum(bar.honest for bar in bars) == pytest.approx(4)
    assert sum(bar.honest for bar in bars if bar.low >= 1) == pytest.approx(0.4)
    assert all(bar.honest is None for bar in pairs.histogram(found, Measure.SCORE).bars)


def test_a_course_without_pairs_has_empty_bars(found):
    none = SimpleNamespace(pairs=(), candidate_pairs=(), course=found.course)
    assert not any(bar.others or bar.candidates for bar in pairs.histogram(none, Measure.P).bars)
