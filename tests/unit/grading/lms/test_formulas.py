"""Cells that a spreadsheet would run, and text that Moodle would take for HTML."""

import pytest

from grading.lms.formulas import as_html, neutral


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " \u00a0=1",
        "\u200b=1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "'=1",
        '=HYPERLINK("http://x","y")',
        "-",
        "-2e",
        "+90 555 1",
    ],
)
def test_a_formula_is_no_formula_any_more(text):
    assert neutral(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["", "12", "-3", "+4.5", "-0,5", "1e-3", "a=b", "g007", "'tis", "team - 1", "ş=1"]
)
def test_numbers_and_plain_text_stay(text):
    assert neutral(text) == text


def test_text_becomes_html_that_shows_the_same():
    assert as_html(" a < b & c\nd\te ") == "a &lt; b &amp; c<br>d e"
    assert as_html("-5 points") == "&#45;5 points"
    assert as_html("<b>") == "&lt;b&gt;"
    assert as_html("\n") == ""
