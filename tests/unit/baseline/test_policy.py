"""What a baseline does at the gate."""

from dataclasses import replace

import pytest

from quality import gate
from quality.model import Report, Severity
from tests.baselines import CRITERIA, GUIDE, found, report


def permitting(share: float, **more):
    return replace(GUIDE, gate=replace(GUIDE.gate, max_accepted_share=share, **more))


def many(wrong: int, accepted: int, code: str = "GRM001", **scores: float) -> Report:
    """40 rows, of which the first so many have an error, the first so many of them an accepted one."""
    findings = [found(code, n, accepted="a brand" if n < accepted + 2 else None) for n in range(2, wrong + 2)]
    made = report(*findings, rows=tuple(range(2, 42)))
    told = {"file": "known.json", "entries": accepted, "accepted": accepted, "stale": []}
    rows = tuple(replace(row, score=scores.get(row.id, row.score)) for row in made.rows)
    return replace(made, rows=rows, dataset={"baseline": told})


def decided(of: Report, by=GUIDE):
    return gate.decide(of, by, CRITERIA)


def test_with_the_shipped_guide_a_baseline_opens_nothing():
    verdict = decided(many(wrong=6, accepted=6))
    assert not verdict.passed
    assert verdict.passing_rows == tuple(range(8, 42))
    assert verdict.reasons[0].startswith("34 of 40 rows pass (85.0%")


def test_the_guides_share_lets_so_many_rows_in_and_the_verdict_names_them():
    by = permitting(0.05)
    verdict = decided(many(wrong=6, accepted=6), by)
    assert verdict.passed
    assert verdict.passing_rows == (2, 3, *range(8, 42))
    notes = "\n".join(verdict.notes)
    assert "6 findings are accepted in known.json; the scores count them" in notes
    assert "GRM001 is accepted in r2, r3, r4, r5, r6, r7: a brand" in notes
    assert "2 of 40 rows count as passing by known.json, at most 5.0% as the guide permits: r2, r3" in notes
    refused = decided(many(wrong=7, accepted=7), by)
    assert refused.reasons[0].startswith("35 of 40 rows pass, 2 of them by the baseline (87.5%")


def test_the_best_rows_come_first():
    verdict = decided(many(6, 6, r4=90.0, r6=80.0), permitting(0.05))
    assert verdict.passing_rows == (4, 6, *range(8, 42))


@pytest.mark.parametrize("share", [0.05, 0.1, 0.15, 0.35, 1.0])
def test_no_more_rows_than_the_share_are_let_in(share):
    verdict = decided(many(wrong=40, accepted=40), permitting(share))
    assert len(verdict.passing_rows) == round(40 * share)


def test_an_open_error_keeps_its_row_out():
    whole = many(wrong=1, accepted=1)
    whole = replace(whole, findings=(*whole.findings, found("GRM002", 2)))
    assert 2 not in decided(whole, permitting(1.0)).passing_rows


def test_a_row_that_went_unmeasured_is_never_let_in():
    whole = many(wrong=1, accepted=1)
    unread = replace(whole.rows[0], unmeasured={"grammar": "not in English"})
    assert 2 not in decided(replace(whole, rows=(unread, *whole.rows[1:])), permitting(1.0)).passing_rows


def test_errors_in_what_must_be_clean_are_never_excused():
    verdict = decided(many(wrong=1, accepted=1, code="CSV007"), permitting(1.0))
    assert not verdict.passed
    assert 2 not in verdict.passing_rows
    assert "none may be left" in verdict.reasons[0]


def test_a_waived_error_beside_an_accepted_one_counts_for_nothing():
    whole = many(wrong=1, accepted=1)
    whole = replace(whole, findings=(*whole.findings, found("TON004", 2, waived="in slang")))
    assert 2 in decided(whole, permitting(1.0)).passing_rows


def test_many_reasons_and_entries_are_counted():
    findings = [found(row=n, accepted=f"reason {n}", severity=Severity.WARNING) for n in range(2, 22)]
    told = {"file": "b.json", "entries": 0, "accepted": 20, "stale": [{"id": "x", "code": "GRM001"}] * 30}
    whole = replace(report(*findings, rows=tuple(range(2, 42))), dataset={"baseline": told})
    notes = decided(whole).notes
    assert len(notes) == 13
    assert "10 more reasons stand in b.json and in the JSON report" in notes
    assert notes[-1].startswith("nothing is found any more for 30 entries of b.json (x GRM001, ")
    assert "and 20 more" in notes[-1]
