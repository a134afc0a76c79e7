import shlex
from dataclasses import replace

import pytest

from quality import reports
from quality.model import Finding, Severity
from quality.reports.steps import next_line, next_steps


def passed(document):
    verdict = replace(document.verdict, passed=True, reasons=())
    return replace(document, verdict=verdict)


def test_the_users_own_options_are_kept_and_quoted(document):
    options = ("--original", "the sheet.csv", "--select", "GRM,REP")
    first, *others = next_steps(replace(document, options=options))
    assert shlex.split(first.command) == ["quality", "fix", "data.csv", *options]
    commands = [shlex.split(step.command) for step in others if step.command]
    for words in commands:
        assert words[:5] == ["quality", "fix", "data.csv", *options[:2]]
        assert words[5:-1] == ["--interactive", "--select"], (
            "a narrower selection takes the place of the user's"
        )


def test_no_step_gives_fix_a_judge_that_it_would_refuse(document):
    judge = ("--judge", "http://127.0.0.1:1/v1", "--judge-model", "m", "--judge-budget", "9")
    asked = replace(document, options=("--guide", "chat", *judge))
    commands = [step.command for step in next_steps(asked) if step.command]
    assert commands
    assert all(command.startswith("quality fix") for command in commands)
    assert not any("judge" in command for command in commands)
    assert shlex.join(judge) in next_line(next_steps(asked, unseen=True))


def test_the_steps_are_ranked_by_the_rows_that_pass_then(document):
    steps = next_steps(document)
    assert 1 < len(steps) <= 3
    assert [step.worth for step in steps] == sorted((step.worth for step in steps), reverse=True)


def test_what_the_gate_wants_clean_comes_first(document):
    damaged = Finding("CSV005", "contract", Severity.ERROR, 3, "r0002", "output", "`#REF!`")
    report = replace(document.report, findings=(*document.report.findings, damaged))
    first = next_steps(replace(document, report=report))[0]
    assert "CSV005" in first.why


def test_warnings_and_what_nothing_keeps_open_ask_for_nothing(document):
    quiet = tuple(replace(f, waived="as you like") for f in document.report.findings)
    rows = tuple(replace(row, unmeasured={}) for row in document.report.rows)
    (step,) = next_steps(replace(document, report=replace(document.report, findings=quiet, rows=rows)))
    assert "reasons why the gate is closed" in step.why


@pytest.mark.parametrize("change", [{"path": "a\x1b[31m.csv"}, {"options": ("--original", "a\n.csv")}])
def test_a_name_that_cannot_be_shown_is_the_same_file(document, change):
    steps = next_steps(replace(document, **change))
    assert all(step.command == "" for step in steps)
    assert "quality fix on the same file" in steps[0].why
    line = next_line(steps)
    assert line.startswith("Next: ")
    assert "\x1b" not in line
    assert "\n" not in line


def test_a_passing_file_goes_to_the_gate_and_with_its_record_to_the_fine_tune(document):
    assert next_line(next_steps(passed(document))) == "Next: quality gate data.csv"
    line = next_line(next_steps(passed(document), record="data.csv.gate.json"))
    assert line == "Next: finetune run data.csv --gate-record data.csv.gate.json --out runs/first"


def test_who_has_not_seen_the_findings_sees_them_first(document):
    line = next_line(next_steps(replace(document, options=("--guide", "mine.toml")), unseen=True))
    assert line == "Next: quality check data.csv --guide mine.toml"


def test_an_open_gate_with_errors_left_says_why_check_fails(document):
    words = "6 errors are left, so `quality check` ends with 1."
    assert words in reports.render("text", passed(document))
    assert words not in reports.render("text", document)
    page = reports.render("html", passed(document))
    assert "6 errors are left, so <code>quality check</code> ends with 1." in page


def test_the_page_says_nothing_of_zeros(document):
    page = reports.render("html", document)
    assert "0 findings can be mended" not in page
    empty = page.split('<ol class="histogram">')[1].split("</ol>")[0].split("<li ")[1:]
    assert all(('aria-hidden="true"><span class="n">' in item) == (">0</span>" in item) for item in empty)


def test_one_row_passes(document):
    report = replace(document.report, rows=document.report.rows[1:2])
    rendered = reports.render("text", replace(passed(document), report=report))
    assert "1 of 1 row passes (100.0%), by guide chat (sha256 33333333)." in rendered
