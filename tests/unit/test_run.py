"""The main path with checks that misbehave: what breaks is recorded, costs its own rows, and never passes."""

from dataclasses import replace

import pytest

from quality import checks, gate, guide, run, table
from quality.model import Example, NotApplicable, Prompt, Row, Status, Unmeasured
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
        monkeypatch.setattr(checks, "load_all", lambda *named: (check_with(judge, **parts),))
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
    monkeypatch.setattr(checks, "load_all", lambda *named: (check_with(silent),))
    report = run.check(run.Request(replace(sheet, rows=(long, *sheet.rows[1:])), GUIDE, cache=False))
    assert report.rows[0].unmeasured == {"repetition": "output over 200,000 characters"}


def test_a_rule_that_is_left_out_earns_nothing(sheet, monkeypatch):
    monkeypatch.setattr(checks, "load_all", lambda *named: (check_with(silent),))
    report = run.check(run.Request(sheet, GUIDE, codes=frozenset(), cache=False))
    assert report.outcomes[0].status is Status.NOT_REQUESTED
    assert report.rows[0].score == 0
    assert not report.rows[0].passed


def test_a_rule_that_the_guide_turns_off_is_not_missed(sheet, monkeypatch):
    monkeypatch.setattr(checks, "load_all", lambda *named: (check_with(silent),))
    off = replace(GUIDE, rules={**GUIDE.rules, "REP001": "off"}, gate=replace(GUIDE.gate, required=()))
    report = run.check(run.Request(sheet, off, cache=False))
    assert gate.decide(report, off, {"REP001": "repetition"}).reasons == ()


def test_the_sheets_instruction_is_what_was_asked(sheet, monkeypatch, tmp_path):
    seen = []

    def judge(context):
        seen.append(context.row.instruction)
        yield from ()

    monkeypatch.setattr(checks, "load_all", lambda *named: (check_with(judge),))
    edited = replace(sheet, rows=tuple(replace(row, instruction="Write anything.") for row in sheet.rows))
    run.check(run.Request(edited, GUIDE, sheet=sheet, cache=False))
    assert seen[0] == "Name planet number 1."


def test_one_crashed_text_leaves_the_other_rows_judged(sheet, monkeypatch):
    """The facts about the table come from the rows that could be measured."""
    from quality import measure as measuring
    from quality.workers import Result

    def worker(jobs, **_):
        for job in jobs:
            for family in job.families:
                bad = "number 7 " in job.text
                status = "crashed" if bad else "measured"
                yield Result(job.key, family, status, None if bad else {"n": 1}, "boom" if bad else "", 0.1)

    def collect(rows, measures, inputs):
        return [one["output"]["n"] for one in measures]

    monkeypatch.setattr(measuring, "measure_in_workers", worker)
    monkeypatch.setattr(measuring, "family_version", lambda check: "1")
    parts = {"measure": len, "collect": collect, "merge": lambda a, b: a + b, "finish": lambda a, i: sum(a)}
    monkeypatch.setattr(checks, "load_all", lambda *named: (check_with(silent, **parts),))
    report = run.check(run.Request(sheet, GUIDE, cache=False))
    assert report.outcomes[0].failed == (8,)
    assert "boom" in report.outcomes[0].detail
    assert sum(row.passed for row in report.rows) == 29


@pytest.mark.parametrize("part", ["about", "statistics"])
def test_a_crash_in_what_is_said_of_the_table_fails_every_row(report_of, part):
    def broken(*_):
        raise RuntimeError("boom")

    report = report_of(silent, **{part: broken})
    assert len(report.outcomes[0].failed) == 30


def test_a_prompt_that_cannot_be_read_costs_its_own_rows(report_of, monkeypatch):
    from quality import prompt

    def read(text):
        if "number 7." in text:
            raise RecursionError("deep")
        return Prompt("open")

    monkeypatch.setattr(prompt, "read", read)
    report = report_of(silent)
    assert report.outcomes[0].failed == (8,)
    assert "prompt could not be read" in report.outcomes[0].detail


def test_an_engine_that_breaks_is_not_there(report_of):
    def engine():
        raise OSError("no such library")

    report = report_of(silent, engine=engine)
    assert report.outcomes[0].status is Status.UNAVAILABLE
    assert not any(row.passed for row in report.rows)


def test_a_rule_that_the_guide_turns_off_is_silent_and_harms_no_other(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text(
        HEADER + "a,Why is the sky blue at noon?,Why is the sky blue at noon?,none\n", encoding="utf-8"
    )
    style = replace(GUIDE, rules={**GUIDE.rules, "REP004": "off"})
    report = run.check(run.Request(table.read(path), style, cache=False))
    assert not any(outcome.failed for outcome in report.outcomes)
    assert "REP004" not in {finding.code for finding in report.findings}
    assert "REP004" in {f.code for f in run.check(run.Request(table.read(path), GUIDE, cache=False)).findings}
