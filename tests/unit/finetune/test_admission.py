import csv
from dataclasses import replace

import pytest

from finetune.admission import admit
from quality import checking, lineage, verdicts
from quality.cli_inputs import Options
from quality.errors import GateRefused
from tests.sentences import CLEAN

FAULTY = "This are an test of the linter, and it it should find every mistakes."


def options(tmp_path, *, faulty=0, rows=22):
    path = tmp_path / "data.csv"
    answers = [FAULTY if number < faulty else text for number, text in enumerate(CLEAN[:rows])]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "instruction", "output", "fail_mode"])
        writer.writerows(
            [f"r{number}", f"Tell me about thing number {number}.", answer, "grammar"]
            for number, answer in enumerate(answers)
        )
    return Options(data=path, jobs=1)


def recorded(given, tmp_path, **changes):
    resolved = checking.inputs(given)
    record = verdicts.gate_record(checking.document(given, resolved), resolved)
    path = tmp_path / "gate.json"
    lineage.write_gate_record(path, replace(record, **changes))
    return path


def test_data_that_passes_is_let_in_whole(tmp_path):
    admitted = admit(options(tmp_path))
    assert [row.id for row in admitted.rows] == [f"r{number}" for number in range(22)]
    assert admitted.dropped == ()
    assert admitted.record.passed


def test_an_open_gate_still_lets_no_failing_row_in(tmp_path):
    admitted = admit(options(tmp_path, faulty=1))
    assert [row.id for row in admitted.rows] == [f"r{number}" for number in range(1, 22)]
    (dropped,) = admitted.dropped
    assert (dropped.row, dropped.id) == (2, "r0")
    assert "GRM" in dropped.reason


def test_a_refusal_gives_the_gates_reasons(tmp_path):
    with pytest.raises(GateRefused, match="rows pass") as refused:
        admit(options(tmp_path, faulty=5, rows=22))
    assert refused.value.exit_code == 1
    assert "--drop-failing" not in refused.value.remedy  # 17 rows would be left, and the guide wants 20


def test_what_dropping_would_open_is_said_and_done(tmp_path):
    guide = tmp_path / "guide.toml"
    from quality.guide import shipped_text

    guide.write_text(shipped_text("chat").replace("min_rows = 20", "min_rows = 10"), encoding="utf-8")
    given = replace(options(tmp_path, faulty=5), guide=str(guide))
    with pytest.raises(GateRefused) as refused:
        admit(given)
    assert "train on the 17 that do" in refused.value.remedy
    admitted = admit(given, drop_failing=True)
    assert len(admitted.rows) == 17
    assert len(admitted.dropped) == 5
    assert admitted.record.inputs["drop_failing"] is True
    assert any("5 of 22 rows do not pass" in note for note in admitted.notes)
    path = tmp_path / "dropping.json"
    lineage.write_gate_record(path, admitted.record)
    assert admit(given, drop_failing=True, record=path).rows == admitted.rows
    with pytest.raises(GateRefused, match="open only to the rows that pass"):
        admit(given, record=path)


def test_a_record_that_still_holds_saves_the_second_check(tmp_path):
    given = options(tmp_path, faulty=1)
    admitted = admit(given, record=recorded(given, tmp_path))
    assert len(admitted.rows) == 21
    assert admitted.dropped == admit(given).dropped
    assert "GRM" in admitted.dropped[0].reason
    (old,) = admit(given, record=recorded(given, tmp_path, faults={})).dropped
    assert old.reason == "does not pass: the gate record does not say why"


def test_data_edited_after_the_gate_is_refused(tmp_path):
    path = recorded(options(tmp_path), tmp_path)
    edited = options(tmp_path, faulty=1)
    with pytest.raises(GateRefused, match="edited, added, removed or reordered after the gate"):
        admit(edited, record=path)


@pytest.mark.parametrize("change", [{"rows": 21}, {"dropped_rows": (999,)}])
def test_a_record_that_counts_other_rows_is_refused(tmp_path, change):
    given = options(tmp_path)
    with pytest.raises(GateRefused, match="its rows are not those of the table"):
        admit(given, record=recorded(given, tmp_path, **change))


def test_a_recorded_refusal_lets_nothing_in(tmp_path):
    given = options(tmp_path)
    with pytest.raises(GateRefused, match="the recorded gate refused"):
        admit(given, record=recorded(given, tmp_path, passed=False, reasons=("2 of 22 rows pass",)))


def test_narrowing_does_not_open_the_gate_with_drop_failing(tmp_path):
    with pytest.raises(GateRefused, match="did not run"):
        admit(replace(options(tmp_path), ignore=("GRM",)), drop_failing=True)
