"""The example homework, held against the real run: what must be found in it, and what must stay clean."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz
from typer.testing import CliRunner, Result

from quality import guide
from quality.cli import app

HOMEWORK = Path(__file__).parents[2] / "examples" / "homework"
HEADER = ["id", "instruction", "output", "fail_mode"]
CLEAN = "clean"


def table(name: str) -> list[dict[str, str]]:
    with (HOMEWORK / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@dataclass(frozen=True)
class Checked:
    exit_code: int
    report: dict[str, Any]

    def errors(self) -> dict[str, list[dict[str, Any]]]:
        by_id: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for finding in self.report["findings"]:
            if finding["severity"] == "error" and finding["waived"] is None:
                by_id[finding["row_id"]].append(finding)
        return by_id


def quality(command: str, name: str, *more: str) -> Result:
    sheet = str(HOMEWORK / "original.csv")
    arguments = [command, str(HOMEWORK / f"{name}.csv"), "--original", sheet, "--jobs", "1", *more]
    return CliRunner().invoke(app, arguments)


def check(name: str) -> Checked:
    against = str(HOMEWORK / "reference.csv")
    result = quality("check", name, "--against", against, "--output-format", "json")
    assert result.exit_code < 2, result.output
    return Checked(result.exit_code, json.loads(result.stdout))


@pytest.fixture(scope="module")
def data() -> Checked:
    return check("data")


@pytest.fixture(scope="module")
def fixed() -> Checked:
    return check("fixed")


def expected() -> list[tuple[str, str]]:
    return [(row["id"], row["code"]) for row in table("expected")]


def test_every_expected_finding_is_there(data: Checked) -> None:
    found = {(finding["row_id"], finding["code"]) for finding in data.report["findings"]}
    missed = [(row_id, code) for row_id, code in expected() if code != CLEAN and (row_id, code) not in found]
    assert missed == []


def test_clean_rows_have_no_error(data: Checked) -> None:
    errors = data.errors()
    alarms = {
        row_id: [(f["code"], f["message"]) for f in errors[row_id]]
        for row_id, code in expected()
        if code == CLEAN and errors[row_id]
    }
    assert alarms == {}


def test_no_error_that_expected_does_not_list(data: Checked) -> None:
    listed = set(expected())
    surprises = [
        (row_id, f["code"], f["message"])
        for row_id, findings in data.errors().items()
        for f in findings
        if (row_id, f["code"]) not in listed
    ]
    assert surprises == []


def test_the_groups_file_is_refused(data: Checked) -> None:
    assert data.exit_code == 1
    assert data.report["verdict"]["passed"] is False
    assert data.report["verdict"]["reasons"]


def test_the_fixed_file_has_no_error_and_passes(fixed: Checked) -> None:
    assert dict(fixed.errors()) == {}
    assert fixed.report["verdict"]["reasons"] == []
    assert fixed.report["verdict"]["passed"] is True
    assert fixed.exit_code == 0


@pytest.mark.parametrize(("name", "exit_code"), [("data", 1), ("fixed", 0)])
def test_the_gate_command(name: str, exit_code: int, tmp_path: Path) -> None:
    result = quality("gate", name, "--record", str(tmp_path / "gate.json"))
    assert result.exit_code == exit_code, result.output


def test_sheets_have_the_courses_shape() -> None:
    for name in ("original", "data", "fixed"):
        rows = table(name)
        assert list(rows[0]) == HEADER
        assert len(rows) >= 120
    assert {row["fail_mode"] for row in table("original")} == {""}
    assert [row["id"] for row in table("fixed")] == [row["id"] for row in table("original")]
    assert [row["instruction"] for row in table("fixed")] == [row["instruction"] for row in table("original")]
    assert {row["id"] for row in table("data")} == {row["id"] for row in table("original")}


def test_files_are_as_a_spreadsheet_exports_them() -> None:
    for path in HOMEWORK.glob("*.csv"):
        content = path.read_bytes()
        assert content.count(b"\r") == content.count(b"\r\n") > 0, path.name
        assert not content.startswith(b"\xef\xbb\xbf"), path.name
        assert not content.endswith(b"\n"), path.name


def test_every_fail_mode_occurs_and_none_is_unchanged() -> None:
    original = {row["id"]: row["output"] for row in table("original")}
    labels = Counter(row["fail_mode"] for row in table("fixed"))
    assert set(labels) == set(guide.load().fail_modes)
    assert min(labels.values()) >= 5
    for row in table("fixed"):
        assert (row["output"] == original[row["id"]]) == (row["fail_mode"] == "none"), row["id"]


def test_the_test_sheet_is_disjoint_from_the_training_sheet() -> None:
    training = table("original")
    test = table("test")
    assert list(test[0]) == ["id", "instruction"]
    assert len(test) >= 30
    assert not {row["id"] for row in test} & {row["id"] for row in training}
    alike = [
        (one["id"], other["id"])
        for one in test
        for other in training
        if fuzz.token_sort_ratio(one["instruction"].lower(), other["instruction"].lower()) > 80
    ]
    assert alike == []


def test_expected_lists_known_ids_and_codes() -> None:
    ids = {row["id"] for row in table("data")}
    codes = set(guide.load().rules) | {CLEAN}
    listed = expected()
    assert len(set(listed)) == len(listed)
    by_id: dict[str, set[str]] = defaultdict(set)
    for row_id, code in listed:
        assert row_id in ids
        assert code in codes
        by_id[row_id].add(code)
    assert all(found == {CLEAN} for found in by_id.values() if CLEAN in found)
    assert sum(code == CLEAN for _, code in listed) > len(ids) / 2
