"""The difference as text and as JSON."""

import json
import re

import pytest

from quality.reports.escape import INVISIBLE
from quality.version_diff import difference
from quality.version_diff import json as as_json
from quality.version_diff import text as as_text

HOSTILE = "\x1b[2J\u202e<b>[bold]x[/bold]\n::error::pwned\x9b31m"


@pytest.fixture
def change(make, a_row, an_error):
    old = [a_row(2, "The capital is Sydney."), a_row(3, "Teh end."), a_row(4, "Gone.")]
    new = [a_row(2, "The capital is Canbera.", label="factual"), a_row(3, "The end."), a_row(5, "New.")]
    before = make(old, [an_error(old[1], "Teh")])
    return difference(before, make(new, [an_error(new[0], "Canbera")], passed=True))


def test_the_text_tells_what_changed(change):
    text = as_text.render(change)
    assert "r2  score 100.0 → 90.0, passes no more · output, fail_mode\n" in text
    assert "   | The capital is [-Sydney-]{+Canbera+}.\n" in text
    assert "   | label: grammar → factual\n" in text
    assert "   + GRM001 “Canbera” is wrong\n" in text
    assert "   - GRM001 “Teh” is wrong\n" in text
    assert "Rows: 2 rows in both, 2 edited; 1 added (r5); 1 removed (r4).\n" in text
    assert "Labels changed in 1 row.\n" in text
    assert "Errors: 1 gone, 1 new, 0 left.\n" in text
    assert "1 row now passes, 1 no longer (r2).\n" in text
    assert "Passing rows 66.6% → 66.6%; mean score 96.7 → 96.7; gate closed → open.\n" in text
    assert text.endswith("Got worse: 1 new error, 1 row that passed no longer does.\n")


def test_colour_adds_escapes_and_nothing_else(change):
    coloured = as_text.render(change, color=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]+m", "", coloured) == as_text.render(change)


def test_nothing_got_worse(make, a_row, an_error):
    old, new = a_row(2, "Teh end."), a_row(2, "The end.")
    text = as_text.render(difference(make([old], [an_error(old, "Teh")]), make([new])))
    assert text.endswith("Nothing got worse.\n")


def test_a_hostile_cell_stays_text(make, a_row, an_error):
    old, new = a_row(2, "y", id_=HOSTILE), a_row(2, HOSTILE, id_=HOSTILE, instruction=HOSTILE, label=HOSTILE)
    found = [an_error(new, HOSTILE), an_error(new, HOSTILE, code="LBL002", column="fail_mode")]
    change = difference(make([old]), make([new, a_row(3, "x", id_=HOSTILE)], found, path=HOSTILE))
    text = as_text.render(change)
    assert not re.search(f"(?!\n)[{INVISIBLE}]", text)
    assert not re.search(r"^\s*::", text, re.MULTILINE)
    assert as_json.render(change).isascii()
    assert json.loads(as_json.render(change))["rows"][0]["id"] == HOSTILE


def test_long_lists_are_cut_in_the_text_and_whole_in_json(make, a_row, an_error):
    old = [a_row(n, "It is fine.") for n in range(2, 102)]
    new = [a_row(n, "It si fine.") for n in range(2, 102)]
    change = difference(make(old), make(new, [an_error(row, "si") for row in new]))
    text = as_text.render(change)
    assert text.count("  score ") == as_text.MAX_ROWS
    assert "80 more rows changed: see --output-format json.\n" in text
    assert len(json.loads(as_json.render(change))["rows"]) == 100


def test_json_holds_the_sum_and_the_rows(change):
    told = json.loads(as_json.render(change))
    assert list(told) == [
        *("format", "before", "after", "worse", "new_errors", "counts", "by_severity", "by_criterion"),
        *("by_rule", "added", "removed", "duplicates", "table", "rows"),
    ]
    assert told["worse"] is True
    assert told["counts"]["labels"] == told["counts"]["fell"] == told["counts"]["rose"] == 1
    assert told["by_rule"] == {"GRM001": {"fixed": 1, "left": 0, "introduced": 1}}
    assert told["before"]["verdict"]["passed"] is False
    assert told["added"] == [{"row": 5, "id": "r5"}]
    edit = told["rows"][0]["cells"][0]["edits"][0]
    assert (edit["before"], edit["after"]) == ("Sydney", "Canbera")
