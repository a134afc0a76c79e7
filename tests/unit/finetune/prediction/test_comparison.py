"""Tuned against base in numbers: shares, intervals and tests as a statistics library has them."""

import itertools

import pytest
from scipy.stats import binomtest

from finetune.prediction import comparison
from quality.model import Finding, Fingerprint, Report, RowScore, Severity

PAIRS = [(0, 1), (1, 0), (3, 9), (20, 5), (7, 7), (100, 1)]


@pytest.mark.parametrize(("better", "worse"), PAIRS)
def test_the_interval_is_wilsons(better, worse):
    known = binomtest(better, better + worse).proportion_ci(0.95, method="wilson")
    assert comparison.wilson(better, better + worse) == pytest.approx((known.low, known.high), abs=1e-9)


@pytest.mark.parametrize(("better", "worse"), PAIRS)
def test_the_sign_test_is_exact(better, worse):
    known = binomtest(better, better + worse, 0.5).pvalue
    assert comparison.sign_test(better, worse) == pytest.approx(known, rel=1e-9)


def test_nothing_differs_nothing_is_won():
    assert comparison.win_rate(0, 0) is None


def finding(code, row, waived=None):
    return Finding(code, "grammar", Severity.ERROR, row, str(row), "output", "wrong", waived=waived)


def report(scores, codes):
    rows = tuple(
        RowScore(at, at, str(at), score, score >= 90, {"grammar": score / 100})
        for at, score in enumerate(scores, start=2)
    )
    found = (*(finding(code, 2) for code in codes), finding("GRM009", 2, waived="in bad English"))
    dataset = {
        "passing": sum(row.passed for row in rows),
        "mean_score": sum(scores) / len(scores),
        "criteria": {"grammar": sum(scores) / len(scores) / 100},
    }
    return Report(Fingerprint(*"abcde"), rows, found, (), dataset)


def test_rows_are_compared_one_by_one():
    tuned, base = report([100, 95, 50, 80], ["A1", "B1"]), report([100, 60, 40, 90], ["A1", "C1", "C1"])
    both = comparison.compare(tuned, base)
    assert both["passing"] == {"tuned": 2, "base": 2}
    assert both["passing_share"] == {"tuned": 0.5, "base": 0.5}
    assert both["mean_score"] == {"tuned": 81.25, "base": 72.5}
    assert both["criteria"]["grammar"] == pytest.approx({"tuned": 0.8125, "base": 0.725})
    assert (both["better"], both["worse"], both["equal"], both["rows"]) == (2, 1, 1, 4)
    assert both["win_rate"]["value"] == 0.6667
    assert both["win_rate"]["interval"][0] < 0.6667 < both["win_rate"]["interval"][1]
    assert both["findings"] == {
        "C1": {"tuned": 0, "base": 2},
        "B1": {"tuned": 1, "base": 0},
        "A1": {"tuned": 1, "base": 1},
    }
    assert next(iter(both["findings"])) == "C1"


def test_swapping_the_sides_swaps_the_word():
    for ours, theirs in itertools.permutations(([100, 95], [100, 60], [20, 99]), 2):
        one = comparison.compare(report(ours, []), report(theirs, []))
        other = comparison.compare(report(theirs, []), report(ours, []))
        assert (one["better"], one["worse"], one["equal"]) == (
            other["worse"],
            other["better"],
            other["equal"],
        )
