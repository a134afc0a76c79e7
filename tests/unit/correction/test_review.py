"""Corrections through the whole check, against a sheet."""

import csv

import pytest

from quality import guide, run, table
from quality.model import Severity
from quality.workers.pool import keeping

GUIDE = guide.load()
ASKED = "Why does ice float on water?"
GOOD = (
    "Ice floats because water expands when it freezes, which makes ice less dense than the water around it."
)
FAULTY = (
    "Ice floats becuase water expand when it freezes, which makes ice less dense than the water around it."
)


@pytest.fixture(scope="module", autouse=True)
def _one_worker():
    """Started once for all of these runs."""
    with keeping():
        yield


@pytest.fixture
def checked(tmp_path):
    def check(rows, sheet, **options):
        for name, cells in (("data", rows), ("sheet", sheet)):
            with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(["id", "instruction", "output", "fail_mode"])
                writer.writerows(cells)
        data = table.read(tmp_path / "data.csv")
        if not sheet:
            return run.check(run.Request(data, GUIDE, cache=False, workers=1, **options))
        before = table.read(tmp_path / "sheet.csv", labels_required=False)
        data = table.with_originals(data, before)
        return run.check(run.Request(data, GUIDE, sheet=before, cache=False, workers=1, **options))

    return check


def codes(report):
    return {finding.code for finding in report.findings}


def test_rows_are_held_against_their_originals_in_any_order(checked):
    other = (
        "b",
        "Name a prime number and say why it is one.",
        "Seven is prime: only one and seven divide it.",
    )
    report = checked(
        [("a", ASKED, GOOD, "grammar"), (*other, "none")], [(*other, ""), ("a", ASKED, FAULTY, "")]
    )
    corrected, untouched = (row.correction for row in report.rows)
    assert {"GRM001", "GRM003"} & {f.code for f in corrected.fixed}
    assert all(f.column == "original" for f in corrected.fixed)
    assert corrected.value["grammar"] >= 1
    assert [(e.before, e.after) for e in corrected.edits] == [("becuase", "because"), ("expand", "expands")]
    assert corrected.left == corrected.introduced == ()
    assert untouched.edits == ()
    assert not {code for code in codes(report) if code.startswith("EDT")}


def test_an_untouched_fault_and_one_brought_in(checked):
    report = checked(
        [("a", ASKED, FAULTY, "grammar"), ("b", ASKED + " Be brief.", FAULTY, "grammar")],
        [("a", ASKED, FAULTY, ""), ("b", ASKED + " Be brief.", GOOD, "")],
    )
    untouched, worse = report.rows
    assert untouched.correction.edits == ()
    assert {f.code for f in untouched.correction.left} >= {"GRM001"}
    assert {f.code for f in worse.correction.introduced} >= {"GRM001"}
    assert worse.correction.value["grammar"] < 0
    found = {(f.row_id, f.code) for f in report.findings}
    assert {("a", "EDT001"), ("b", "EDT002")} <= found
    assert ("b", "EDT001") not in found


def test_a_row_that_the_sheet_lacks_has_no_correction_and_is_no_worse_for_it(checked):
    report = checked([("z", ASKED, GOOD, "none")], [("a", ASKED, FAULTY, "")])
    (row,) = report.rows
    assert row.correction is None
    assert row.criteria["correction"] is None
    assert "correction" not in row.unmeasured


def test_a_perfect_correction_lifts_no_score(checked):
    label = "grammar"
    plain = "Ice float on the water."
    with_sheet = checked([("a", ASKED, plain, label)], [("a", ASKED, FAULTY, "")]).rows[0]
    alone = checked([("a", ASKED, plain, label)], []).rows[0]
    assert with_sheet.correction is not None
    assert with_sheet.score <= alone.score < 100


def test_a_selection_narrows_what_is_reported_and_not_what_is_true(checked):
    rows, sheet = [("a", ASKED, FAULTY, "grammar")], [("a", ASKED, GOOD, "")]
    whole = checked(rows, sheet)
    narrow = checked(rows, sheet, codes=frozenset({"EDT002"}))
    told = [f for f in whole.findings if f.code == "EDT002"]
    assert told
    assert [f for f in narrow.findings if f.code == "EDT002"] == told
    assert codes(narrow) == {"EDT002"}


def test_an_original_that_cannot_be_read_is_said_and_never_passes(checked):
    huge = "word " * 50_000
    report = checked([("a", ASKED, GOOD, "chattiness")], [("a", ASKED, huge, "")])
    (row,) = report.rows
    assert row.correction is not None
    assert "grammar" in row.correction.unknown
    assert all(f.severity is not Severity.ERROR for f in report.findings if f.code.startswith("EDT"))
