from dataclasses import replace

import pytest

from quality import gate, guide, run
from quality.model import INPUT_NOT_GIVEN, Finding, Fingerprint, Outcome, Report, RowScore, Severity, Status

GUIDE = guide.load()
CRITERIA = {code: rule.criterion for code, rule in run.rules().items()}
PRINT = Fingerprint("d", "f", "g", "c", "x")


def row(number: int, **changes) -> RowScore:
    marks = RowScore(number, number, f"r{number}", 100.0, True, dict.fromkeys(GUIDE.criteria, 1.0))
    return replace(marks, **changes)


def report(rows=None, findings=(), **outcomes) -> Report:
    rows = tuple(row(n) for n in range(2, 32)) if rows is None else tuple(rows)
    known = {code: Outcome(code, Status.RAN, measured=len(rows)) for code in CRITERIA}
    known.update(outcomes)
    return Report(PRINT, rows, tuple(findings), tuple(known.values()), {})


def reasons(of: Report, by=GUIDE) -> str:
    verdict = gate.decide(of, by, CRITERIA)
    assert verdict.passed == (not verdict.reasons)
    return "\n".join(verdict.reasons)


def test_a_clean_report_passes():
    verdict = gate.decide(report(), GUIDE, CRITERIA)
    assert verdict.passed
    assert verdict.passing_rows == tuple(range(2, 32))


def test_warnings_never_count():
    warning = Finding("GRM007", "grammar", Severity.WARNING, 2, "r2", "output", "…")
    assert reasons(report(findings=[warning] * 500)) == ""


def test_an_empty_table_refuses():
    assert "no rows" in reasons(report(rows=()))
    lenient = replace(GUIDE, gate=replace(GUIDE.gate, min_rows=0, min_passing_share=0.0, required=()))
    assert "no rows" in reasons(report(rows=()), lenient)


def test_a_nan_refuses():
    broken = [row(n, score=float("nan")) for n in range(2, 32)]
    assert "finite" in reasons(report(rows=broken))


@pytest.mark.parametrize("status", [Status.CRASHED, Status.UNAVAILABLE, Status.NOT_REQUESTED])
def test_a_rule_that_did_not_run_refuses(status):
    assert reasons(report(REP001=Outcome("REP001", status)))


def test_a_rule_without_an_outcome_refuses():
    whole = report()
    assert "GRM001" in reasons(
        replace(whole, outcomes=tuple(o for o in whole.outcomes if o.code != "GRM001"))
    )


def test_one_row_on_which_a_rule_failed_refuses():
    assert reasons(report(REP001=Outcome("REP001", Status.CRASHED, measured=29, failed=(5,))))


def test_a_rule_that_saw_fewer_rows_refuses():
    assert "every row" in reasons(report(REP001=Outcome("REP001", Status.RAN, measured=29)))


def test_one_contract_error_refuses():
    error = Finding("CSV001", "contract", Severity.ERROR, 2, "r2", "id", "…")
    assert "none may be left" in reasons(report(findings=[error]))


def test_unmeasured_rows_block_above_the_guides_share():
    def unread(count: int) -> Report:
        rows = [row(n, unmeasured={"grammar": "language: fr"} if n < 2 + count else {}) for n in range(2, 42)]
        return report(rows=rows)

    assert "grammar could not be measured" in reasons(unread(3))
    assert reasons(unread(2)) == ""


def test_too_few_passing_rows_refuse_and_say_how_many_more():
    rows = [row(n, passed=n > 6) for n in range(2, 32)]
    assert "mend at least 2 more" in reasons(report(rows=rows))


def test_a_required_criterion_whose_rules_are_all_off_refuses():
    off = replace(
        GUIDE, rules={code: "off" if code.startswith("GRM") else s for code, s in GUIDE.rules.items()}
    )
    assert "requires grammar" in reasons(report(), off)


def test_the_policy_is_the_guides():
    lenient = replace(GUIDE, gate=replace(GUIDE.gate, min_rows=0, min_passing_share=0.0))
    assert reasons(report(rows=[row(2, passed=False)]), lenient) == ""


def test_a_rule_that_the_guide_permits_to_leave_out_is_listed_with_its_reason():
    permits = replace(GUIDE, gate=replace(GUIDE.gate, ignorable={"REP004": "prompts are quoted on purpose"}))
    narrowed = report(REP004=Outcome("REP004", Status.NOT_REQUESTED))
    verdict = gate.decide(narrowed, permits, CRITERIA)
    assert verdict.passed
    assert "on purpose" in verdict.notes[0]
    assert not gate.decide(narrowed, GUIDE, CRITERIA).passed


def test_a_rule_whose_input_was_not_given_refuses_nothing_and_is_noted():
    why = INPUT_NOT_GIVEN["against"]
    verdict = gate.decide(report(DUP002=Outcome("DUP002", Status.NOT_REQUESTED, detail=why)), GUIDE, CRITERIA)
    assert verdict.passed
    assert verdict.notes == (why,)


def dropping(of: Report, by=GUIDE):
    return gate.decide(of, by, CRITERIA, drop_failing=True)


def test_dropping_leaves_failing_rows_out_and_says_how_many():
    failing = [row(n, passed=n < 24) for n in range(2, 32)]
    assert not gate.decide(report(rows=failing), GUIDE, CRITERIA).passed
    verdict = dropping(report(rows=failing))
    assert verdict.passed
    assert verdict.passing_rows == tuple(range(2, 24))
    assert any("8 of 30 rows do not pass and are left out" in note for note in verdict.notes)


def test_dropping_never_leaves_fewer_rows_than_the_guide_wants():
    few = [row(n, passed=n < 2 + GUIDE.gate.min_rows - 1) for n in range(2, 32)]
    assert f"{GUIDE.gate.min_rows - 1} rows are left" in "".join(dropping(report(rows=few)).reasons)
    lenient = replace(GUIDE, gate=replace(GUIDE.gate, min_rows=0))
    assert not dropping(report(rows=[row(n, passed=False) for n in range(2, 32)]), lenient).passed


@pytest.mark.parametrize("status", [Status.CRASHED, Status.UNAVAILABLE, Status.NOT_REQUESTED])
def test_dropping_excuses_no_rule_that_did_not_run(status):
    assert not dropping(report(REP001=Outcome("REP001", status))).passed


def test_dropping_excuses_no_crash_on_a_single_row():
    crashed = Outcome("REP001", Status.CRASHED, measured=29, failed=(5,))
    rows = [row(n, passed=n != 5) for n in range(2, 32)]
    assert not dropping(report(rows=rows, REP001=crashed)).passed


def test_dropping_takes_errors_of_the_contract_along_but_not_those_of_the_whole_table():
    rows = [row(n, passed=n != 5) for n in range(2, 32)]
    of_row = Finding("CSV001", "contract", Severity.ERROR, 5, "r5", "id", "…")
    assert dropping(report(rows=rows, findings=[of_row])).passed
    of_table = replace(of_row, row=None, row_id="")
    assert not dropping(report(rows=rows, findings=[of_table])).passed
