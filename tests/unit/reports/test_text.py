import re
import time
from dataclasses import replace

import pytest

from quality import reports
from quality.errors import ConfigError
from quality.model import Finding, Fix, Report, Row, RowScore, Severity, Verdict
from quality.reports.excerpt import excerpt, opening


def test_an_unknown_format_names_the_known_ones(document):
    with pytest.raises(ConfigError, match="text, json"):
        reports.render("pdf", document)


def test_colour_adds_escapes_and_nothing_else(document):
    plain, coloured = (reports.render("text", document, color=color) for color in (False, True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]+m", "", coloured) == plain


def test_statistics_leave_the_single_findings_out(document):
    rendered = reports.render("text", replace(document, statistics=True))
    assert "[r0001]" not in rendered
    assert re.search(r"GRM001 +misspelling +error +3 +2", rendered)


def test_an_open_gate_names_the_next_command(document):
    passed = replace(document.verdict, passed=True, reasons=())
    rendered = reports.render("text", replace(document, verdict=passed, path="my data.csv"))
    assert "The gate is open" in rendered
    assert "Next: quality gate 'my data.csv'\n" in rendered


def test_a_closed_gate_names_what_helps_most(document):
    rendered = reports.render("text", document)
    assert "Next, what helps most:\n  1. " in rendered
    assert "     quality fix data.csv\n" in rendered


def test_a_path_is_never_taken_for_an_option(document):
    assert "     quality fix ./-o.csv\n" in reports.render("text", replace(document, path="-o.csv"))


def test_a_finding_on_a_row_that_is_not_at_hand_is_still_shown(document):
    assert "data.csv [r0001] row 2 output:0-2  GRM004" in reports.render("text", replace(document, rows={}))


def test_an_empty_table_has_a_report(document):
    empty = Report(document.report.fingerprint, (), (), (), {})
    verdict = Verdict(document.report.fingerprint, False, ("0 rows",), ())
    rendered = reports.render("text", replace(document, report=empty, verdict=verdict, rows={}))
    assert rendered.endswith("Found 0 (0 errors, 0 warnings) in 0 rows.\n")


def test_a_thousand_rows_with_three_thousand_findings_take_less_than_half_a_second(document):
    text = "This is an test of the linter. " * 40 + "日本 teh end"
    rows = {n: Row(n, n * 2, f"r{n}", "Say it.", text) for n in range(2, 1002)}
    spans = ((8, 10), (500, 507), (len(text) - 7, len(text) - 4))
    findings = tuple(
        Finding(
            "GRM004",
            "grammar",
            Severity.ERROR,
            n,
            f"r{n}",
            "output",
            f"{low}",
            low,
            high,
            Fix(low, high, "a", True),
        )
        for n in rows
        for low, high in spans
    )
    scores = tuple(RowScore(n, n * 2, f"r{n}", 50.0, False, {"grammar": 0.5}) for n in rows)
    big = replace(document, report=replace(document.report, rows=scores, findings=findings), rows=rows)
    reports.render("text", document)
    start = time.process_time()
    reports.render("text", big)
    assert time.process_time() - start < 0.5


def _drawn(text: str, marked: str, width: int) -> str:
    start = text.index(marked)
    piece = excerpt(text, start, start + len(marked), width)
    return f"{piece.before}{piece.marked}{piece.after}\n{' ' * piece.offset}{'^' * piece.length}"


@pytest.mark.parametrize(
    ("text", "marked", "drawn"),
    [
        ("one two three", "two", "one two three\n    ^^^"),
        ("日本 teh end", "teh", "日本 teh end\n     ^^^"),
        ("e\u0301tude teh end", "teh", "e\u0301tude teh end\n      ^^^"),
        ("a\n\tteh\r\nb", "teh", "⇥teh\n ^^^"),
        ("one\ntwo", "e\nt", "one↵two\n  ^^^"),
        ("x" * 50 + " teh " + "y" * 50, "teh", "…xxxxxxx teh yyyyyyy…\n         ^^^"),
        ("teh " + "y" * 50, "teh", "teh yyyyyyyyyyyyyyyy…\n^^^"),
        ("a" * 90, "a" * 80, "a" * 16 + "…" + "aaa…\n" + "^" * 17),
    ],
)
def test_the_span_is_marked_where_it_stands(text, marked, drawn):
    assert _drawn(text, marked, 21) == drawn


def test_an_empty_span_has_one_caret():
    piece = excerpt("ab", 1, 1, 20)
    assert (piece.before, piece.marked, piece.after, piece.offset, piece.length) == ("a", "", "b", 1, 1)


def test_the_opening_is_the_first_line_that_holds_anything():
    assert opening("\n\n  Hello\nthere", 20) == "Hello…"
    assert opening("Hello", 20) == "Hello"
