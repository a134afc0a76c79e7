import json
from dataclasses import replace

import pytest

from quality import lineage
from quality.errors import InputError
from quality.lineage import sealed
from quality.model import Fingerprint, Verdict
from tests.unit.lineage.chains import GATE, MADE, RUN

PRINT = Fingerprint("d" * 64, "f" * 64, "g" * 64, "c" * 64, "x" * 64)
PASSED = Verdict(PRINT, True, (), (2, 4))


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "data.csv.gate.json"
    record = lineage.gate_record(PASSED, (2, 3, 4), {"GRM001": "error"}, {"data": "data.csv"})
    lineage.write_gate_record(target, record)
    return target


def test_a_record_reads_back_as_written(path):
    record = lineage.read_gate_record(path)
    assert record.fingerprint == PRINT
    assert record.dropped_rows == (3,)
    assert lineage.broken_links(record, PRINT) == ()


@pytest.mark.parametrize("part", ["data", "guide", "checks", "config"])
def test_a_changed_part_breaks_the_link_and_is_named(path, part):
    now = replace(PRINT, **{part: "0" * 64})
    (reason,) = lineage.broken_links(lineage.read_gate_record(path), now)
    assert lineage.CHANGED[part] in reason


def test_the_same_rows_in_other_bytes_are_the_same_data(path):
    now = replace(PRINT, file="0" * 64)
    record = lineage.read_gate_record(path)
    assert lineage.broken_links(record, now) == ()
    assert lineage.same_rows_other_bytes(record, now)


def test_a_recorded_refusal_stays_one(tmp_path):
    refused = replace(PASSED, passed=False, reasons=("0 rows",))
    target = tmp_path / "x.json"
    lineage.write_gate_record(target, lineage.gate_record(refused, (), {}, {}))
    assert "0 rows" in "".join(lineage.broken_links(lineage.read_gate_record(target), PRINT))


def test_a_refusal_without_a_reason_is_one_too(tmp_path):
    target = tmp_path / "x.json"
    refused = lineage.gate_record(replace(PASSED, passed=False), (2, 4), {}, {})
    lineage.write_gate_record(target, refused)
    (reason,) = lineage.broken_links(lineage.read_gate_record(target), PRINT)
    assert reason.startswith("the recorded gate refused")


FAULTS = {3: "GRM001, GRM002", 10: "not measured in grammar", 4: "this row passes all the same"}


def test_the_faults_of_the_dropped_rows_read_back_and_keep_the_hash(tmp_path):
    target = tmp_path / "x.json"
    record = lineage.gate_record(PASSED, (2, 3, 4, 10), {}, {}, FAULTS)
    assert record.faults == {"3": FAULTS[3], "10": FAULTS[10]}
    lineage.write_gate_record(target, record)
    read = lineage.read_gate_record(target)
    assert read == record
    assert json.loads(target.read_text())["sha256"] == lineage.gate_record_sha256(read)


def test_a_record_from_before_the_faults_reads_with_the_hash_that_it_states(path):
    body = json.loads(path.read_text())
    assert "faults" not in body  # as it was written then
    read = lineage.read_gate_record(path)
    assert read.faults == {}
    assert lineage.gate_record_sha256(read) == body["sha256"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"sha256": 1}', b"[" * 100_000])
def test_what_is_no_record_is_one_clear_error(tmp_path, content):
    target = tmp_path / "x.json"
    target.write_bytes(content)
    with pytest.raises(InputError, match="gate"):
        lineage.read_gate_record(target)


def test_an_edited_record_is_told_apart(path):
    body = json.loads(path.read_text())
    body["passed"], body["dropped_rows"] = True, []
    path.write_text(json.dumps(body))
    with pytest.raises(InputError, match="changed after"):
        lineage.read_gate_record(path)


RECORDS = {"gate": GATE, "run": RUN, "predictions": MADE}


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("gate", {"passed": "no"}),
        ("gate", {"rows": "4"}),
        ("gate", {"remark": "fine"}),
        ("gate", {"faults": {"3": ["GRM001"]}}),
        ("run", {"used": ["2", "4"]}),
        ("run", {"losses": [["1", 2.5]]}),
        ("predictions", {"rows": 35.7}),
        ("predictions", {"with_base": 0}),
    ],
)
def test_a_record_of_other_types_is_none_however_it_is_sealed(tmp_path, kind, changed):
    content = {**sealed.content(RECORDS[kind]), **changed}
    path = tmp_path / "x.json"
    sealed.write(path, {"format": 1, "kind": "lineage", kind: sealed.sealed(kind, content)}, "-o")
    assert lineage.read_bundle(path).damaged == {kind: f"is not a {kind} record"}


def test_a_key_that_stands_twice_is_no_record(path):
    path.write_text(path.read_text().replace('"passed": true,', '"passed": false, "passed": true,'))
    with pytest.raises(InputError, match="is not a gate record"):
        lineage.read_gate_record(path)


BEFORE, AFTER = (
    lineage.Version("data.csv", "b" * 64, "0" * 64),
    lineage.Version("new.csv", "d" * 64, "1" * 64),
)
FIXED = lineage.FixRecord(BEFORE, AFTER, {"GRM001": 3}, {"GRM003": 1}, 2, 1, unsafe_allowed=True)


def test_a_fix_record_reads_back_as_written_and_states_its_own_hash(tmp_path):
    target = tmp_path / "new.csv.fix.json"
    lineage.write_fix_record(target, FIXED)
    assert lineage.read_fix_record(target) == FIXED
    assert json.loads(target.read_text())["sha256"] == lineage.fix_record_sha256(FIXED)


def test_a_fix_record_speaks_of_the_rows_that_were_written_and_of_no_others():
    assert lineage.broken_fix(FIXED, PRINT) == ()
    assert lineage.broken_fix(FIXED, replace(PRINT, file="9" * 64)) == ()
    (before,) = lineage.broken_fix(FIXED, replace(PRINT, data=BEFORE.data))
    assert "the file before" in before
    (other,) = lineage.broken_fix(FIXED, replace(PRINT, data="9" * 64))
    assert "leave --fix-record out" in other


def test_one_kind_of_record_is_not_taken_for_the_other(path, tmp_path):
    with pytest.raises(InputError, match="is not a fix record"):
        lineage.read_fix_record(path)
    fixed = tmp_path / "fix.json"
    lineage.write_fix_record(fixed, FIXED)
    with pytest.raises(InputError, match="is not a gate record"):
        lineage.read_gate_record(fixed)


def test_an_edited_fix_record_is_told_apart(tmp_path):
    target = tmp_path / "fix.json"
    lineage.write_fix_record(target, FIXED)
    body = json.loads(target.read_text())
    target.write_text(json.dumps({**body, "unsafe_allowed": False}))
    with pytest.raises(InputError, match="changed after"):
        lineage.read_fix_record(target)


def test_a_number_that_no_count_can_be_is_no_record(path):
    body = json.loads(
        path.read_text(), parse_int=lambda digits: float("inf") if digits == "3" else int(digits)
    )
    del body["sha256"]
    assert body["rows"] == float("inf")
    path.write_text(json.dumps({**body, "sha256": sealed.digest(body)}))
    with pytest.raises(InputError, match="is not a gate record"):
        lineage.read_gate_record(path)
