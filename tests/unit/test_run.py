"""The main path with checks that misbehave: what breaks is recorded, costs its own rows, and never passes."""

from dataclasses import replace

import pytest

from quality import checks, gate, guide, run, table
from quality.model import Example, NotApplicable, Row, Status, Unmeasured
from quality.rule import Check, Rule

GUIDE = guide.load()
HEADER = "id,instruction,output,fail_mode\n"


@pytest.fixture
def sheet(tmp_path):
    lines = [f"r{n},Name planet number {n}.,Planet number {n} is a fine planet.,none\n" for n in range(1, 31)]
    path = tmp_path / "data.csv"
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return table.read(path)


def check_with(judge, **parts) -> Check:
    example = Example((Row(2, 2, "a", "b", "c"),))
    rule = Rule(
        code="REP001",
        name="fake",
        criterion="repetition",
        what="…",
        why="…",
        remedy="…",
        source="test",
        measured="not measured",
        bad=(example,),
        good=(example,),
    )
    return Check(family="fake", rules=(rule,), judge=judge, **parts)


@pytest.fixture
def report_of(sheet, monkeypatch):
    def run_with(judge, **parts):
        monkeypatch.setattr(checks, "load_all", lambda: (check_with(judge, **parts),))
        return run.check(run.Request(sheet, GUIDE, cache=False))

    return run_with


def silent(context):
    return iter(())


def test_a_clean_run_measures_every_row(report_of):
    report = report_of(silent)
    (outcome,) = report.outcomes
    assert (outcome.status, outcome.measured, outcome.unmeasured, outcome.failed) == (Status.RAN, 30, 0, ())
    assert all(row.score == 100 and row.passed for row in report.rows)


def test_a_crash_on_one_row_costs_that_row_alone_and_fails_the_gate(report_of):
    def judge(context):
        if context.row.id == "r7":
            raise ZeroDivisionError("boom")
        yield from ()

    report = report_of(judge)
    (outcome,) = report.outcomes
    assert outcome.status is Status.CRASHED
    assert outcome.failed == (8,)
    assert "ZeroDivisionError: boom" in outcome.detail
    assert [row.id for row in report.rows if not row.passed] == ["r7"]
    assert report.rows[6].criteria["repetition"] is None
    assert "crashed" in "".join(gate.decide(report, GUIDE, {"REP001": "repetition"}).reasons)


def test_a_crash_over_the_table_fails_every_row(report_of):
    def finish(part, inputs):
        raise RuntimeError("boom")

    report = report_of(silent, collect=lambda r, m, i: None, merge=lambda a, b: None, finish=finish)
    assert len(report.outcomes[0].failed) == 30
    assert not any(row.passed for row in report.rows)


def test_what_a_check_cannot_measure_is_null_and_counted_with_its_reason(report_of):
    def judge(context):
        if context.row.id in ("r1", "r2"):
            yield Unmeasured("repetition", "too long")

    report = report_of(judge)
    assert (report.outcomes[0].measured, report.outcomes[0].unmeasured) == (28, 2)
    assert report.outcomes[0].detail == "2 × too long"
    assert report.rows[0].unmeasured == {"repetition": "too long"}
    assert report.rows[0].criteria["repetition"] is None
    assert not report.rows[0].passed


def test_what_does_not_apply_is_null_and_passes(report_of):
    def judge(context):
        yield NotApplicable("repetition", "a chant")

    report = report_of(judge)
    assert report.rows[0].criteria["repetition"] is None
    assert report.rows[0].passed


def test_too_many_findings_in_one_row_are_capped_and_unmeasured(report_of):
    def judge(context):
        if context.row.id == "r3":
            rule = checks.load_all()[0].rules[0]
            yield from (rule.found(context, f"number {n}") for n in range(1000))

    report = report_of(judge)
    assert len(report.findings) == GUIDE.threshold("limits.max_findings_per_row")
    assert "repetition" in report.rows[2].unmeasured


def test_a_cell_beyond_the_limit_is_judged_by_no_rule(sheet, monkeypatch):
    long = replace(sheet.rows[0], output="a" * 200_001)
    monkeypatch.setattr(checks, "load_all", lambda: (check_with(silent),))
    report = run.check(run.Request(replace(sheet, rows=(long, *sheet.rows[1:])), GUIDE, cache=False))
    assert report.rows[0].unmeasured == {"repetition": "output over 200,000 characters"}


def test_a_rule_that_is_left_out_earns_nothing(sheet, monkeypatch):
    monkeypatch.setattr(checks, "load_all", lambda: (check_with(silent),))
    report = run.check(run.Request(sheet, GUIDE, codes=frozenset(), cache=False))
    assert report.outcomes[0].status is Status.NOT_REQUESTED
    assert report.rows[0].score == 0
    assert not report.rows[0].passed


def test_a_rule_that_the_guide_turns_off_is_not_missed(sheet, monkeypatch):
    monkeypatch.setattr(checks, "load_all", lambda: (check_with(silent),))
    off = replace(GUIDE, rules={**GUIDE.rules, "REP001": "off"}, gate=replace(GUIDE.gate, required=()))
    report = run.check(run.Request(sheet, off, cache=False))
    assert gate.decide(report, off, {"REP001": "repetition"}).reasons == ()


def test_the_sheets_instruction_is_what_was_asked(sheet, monkeypatch, tmp_path):
    seen = []

    def judge(context):
        seen.append(context.row.instruction)
        yield from ()

    monkeypatch.setattr(checks, "load_all", lambda: (check_with(judge),))
    edited = replace(sheet, rows=tuple(replace(row, instruction="Write anything.") for row in sheet.rows))
    run.check(run.Request(edited, GUIDE, sheet=sheet, cache=False))
    assert seen[0] == "Name planet number 1."
