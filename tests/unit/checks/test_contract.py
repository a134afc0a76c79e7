"""The rules of the sheet itself, on their own examples and where they must hold back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quality import guide, schema
from quality.checks.contract import CHECK, RULES, about
from quality.model import Example, Finding, Prompt, Row
from quality.rule import Context, Inputs, Rule

GUIDE = guide.load()


def findings(rows: Sequence[Row], sheet: Sequence[Row] = ()) -> list[Finding]:
    known = {row.id: row for row in sheet} or None
    inputs = Inputs(GUIDE, sheet=known, violations=schema.of_rows(rows, known))
    assert CHECK.measure
    found = list(about(None, inputs))
    for row in rows:
        measures = {column: CHECK.measure(getattr(row, column)) for column in CHECK.columns}
        found += [
            f for f in CHECK.judge(Context(row, Prompt("other"), inputs, measures)) if isinstance(f, Finding)
        ]
    return found


def one(asked: str = "Say hi.", answer: str = "Hi there.") -> list[Finding]:
    return findings([Row(2, 2, "1", asked, answer)])


CASES = [(rule, example) for rule in RULES for example in (*rule.bad, *rule.good)]


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[rule.code for rule, _ in CASES])
def test_examples(rule: Rule, example: Example) -> None:
    found = {f.row for f in findings(example.rows, example.sheet) if f.code == rule.code}
    assert found == set(example.flags)


def test_clean_rows_are_clean() -> None:
    assert one() == []


def test_missing_rows_are_one_finding_about_the_file() -> None:
    sheet = [Row(number, number, str(number), "ask", "x") for number in range(2, 12)]
    (found,) = findings(sheet[:1], sheet)
    assert (found.row, found.code, len(found.related)) == (None, "CSV009", 9)
    assert "9 rows of the original sheet missing" in found.message


def test_findings_name_cell_span_and_fix() -> None:
    (found,) = one(answer="It\u200bs donâ€™t")[:1]
    assert (found.code, found.column, found.start, found.end) == ("CSV006", "output", 2, 3)
    fixed = one(answer="I donâ€™t")[0]
    assert fixed.fix and (fixed.fix.text, fixed.fix.safe) == ("’", True)
    assert "`â€™` for `’`" in fixed.message


def test_instructions_are_searched_too() -> None:
    assert [f.column for f in one(asked="#REF!")] == ["instruction"]
    assert [f.code for f in one(asked="Say\u200b hi.")] == ["CSV006"]


def test_an_instruction_of_the_sheet_is_not_the_annotators_fault() -> None:
    row = Row(2, 2, "1", "Say\u200b hi.", "Hi.")
    assert findings([row], [row]) == []


def test_bytes_inside_mojibake_are_not_counted_twice() -> None:
    text = "â\x80\x99".join(("don", "t"))
    assert [f.code for f in one(answer=text)] == ["CSV007"]


def test_a_bare_error_value_is_flagged_whatever_was_asked() -> None:
    assert [f.code for f in one("What does Excel show?", "#N/A")] == ["CSV005"]
    assert one("What does Excel show?", "#N/A is shown.") == []
    assert [f.code for f in one("Tell a story.", "#N/A is shown.")] == ["CSV005"]


def test_measures_are_json_and_small() -> None:
    import json

    assert CHECK.measure
    measured = CHECK.measure("a\u200b" * 50_000 + "Ã© " * 1_000)
    assert json.loads(json.dumps(measured)) == measured
    assert all(len(places) <= 201 for places in measured.values())
