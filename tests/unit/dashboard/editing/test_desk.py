import json

import pytest

from dashboard.editing import files
from dashboard.editing.desk import Desk, Stale, seen
from quality import guide, table
from quality.errors import InputError
from quality.lineage import read_fix_record
from quality.plan import Request

SOURCE = b'id,instruction,output,fail_mode,note\r\nr1,Say hi.,"hi\r\n",,=1+1\r\nr2,Bye.,bye,tone,\xc3\xbc\r\n'


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "data.csv"
    made.write_bytes(SOURCE)
    return made


def opened(path):
    data = table.read(path)
    found = files.find(data)
    answers = list(found.answers)
    request = Request(data, guide.load())
    return Desk(request, files.beside(path), None, found.copy, answers, len(answers), found.log_bytes)


def save(desk, number, **cells):
    return desk.save(number, seen(desk.row(number)), cells)


def test_correction_goes_to_a_new_file_in_which_every_other_byte_stays(path):
    assert save(opened(path), 3, output="Good bye.", fail_mode="grammar")
    assert path.read_bytes() == SOURCE
    assert path.with_name("data.edited.csv").read_bytes() == SOURCE.replace(b"bye,tone", b"Good bye.,grammar")


def test_text_that_is_there_already_makes_no_file(path):
    assert not save(opened(path), 3, output="bye")
    assert [one.name for one in path.parent.iterdir()] == ["data.csv"]


def test_corrections_are_gone_on_with_after_a_restart(path):
    save(opened(path), 3, output="one")
    desk = opened(path)
    assert (desk.row(3).output, desk.resumed) == ("one", 1)
    save(desk, 2, output="two")
    assert [(old.id, new.output) for old, new in opened(path).changed()] == [("r1", "two"), ("r2", "one")]


def test_undo_takes_one_after_the_other_back(path):
    desk = opened(path)
    save(desk, 3, output="one", fail_mode="grammar")
    desk.undo()
    assert (desk.row(3).output, desk.row(3).fail_mode) == ("one", "tone")
    opened(path).undo()
    assert path.with_name("data.edited.csv").read_bytes() == SOURCE
    assert opened(path).undo() is None


def test_second_tab_is_told_and_both_versions_are_there(path):
    desk = opened(path)
    both = seen(desk.row(3))
    desk.save(3, both, {"output": "first"})
    with pytest.raises(Stale) as raised:
        desk.save(3, both, {"output": "second"})
    assert (raised.value.row.output, raised.value.wanted) == ("first", {"output": "second"})
    assert b"first" in desk.places.target.read_bytes()


@pytest.mark.parametrize("name", ["data.csv", "data.edited.csv"])
def test_file_that_another_program_wrote_is_not_written_over(path, name):
    desk = opened(path)
    save(desk, 3, output="one")
    path.with_name(name).write_bytes(b"theirs")
    with pytest.raises(InputError, match="changed by another program"):
        save(desk, 2, output="two")
    assert path.with_name(name).read_bytes() == b"theirs"
    assert len(desk.answers) == 1


def test_file_of_that_name_that_is_not_ours_is_left_alone(path):
    path.with_name("data.edited.csv").write_bytes(SOURCE)
    with pytest.raises(InputError, match="is there already"):
        opened(path)


def test_corrections_of_other_data_are_not_gone_on_with(path):
    save(opened(path), 3, output="one")
    path.write_bytes(SOURCE.replace(b"Say hi", b"Say ho"))
    with pytest.raises(InputError, match="was changed since"):
        opened(path)
    assert b"one" in path.with_name("data.edited.csv").read_bytes()


def test_starting_anew_keeps_what_was_there(path):
    desk = opened(path)
    save(desk, 3, output="one")
    kept = desk.start_anew()
    assert b"one" in kept.read_bytes()
    assert opened(path).answers == []
    save(desk, 3, output="two")
    assert desk.start_anew() != kept


def test_own_file_is_written_only_on_request_and_kept_beside_it(path):
    desk = opened(path)
    save(desk, 3, output="one")
    kept = desk.put_in_place()
    assert kept.read_bytes() == SOURCE
    assert path.read_bytes() == SOURCE.replace(b"bye", b"one", 1)
    assert read_fix_record(path.with_name("data.csv.fix.json")).after.file == table.read(path).sha256
    assert opened(path).answers == []


def test_record_binds_both_files(path):
    desk = opened(path)
    desk.save(3, seen(desk.row(3)), {"output": "one"}, code="GRM001", safe=True)
    desk.write_record()
    record = read_fix_record(desk.places.record)
    assert (record.before.data, dict(record.safe)) == (table.read(path).data_sha256, {"GRM001": 1})
    assert record.after.file == table.read(desk.places.target).sha256


def test_nul_and_line_ends_of_a_cell_stay_when_another_is_corrected(tmp_path):
    path = tmp_path / "data.jsonl"
    row = {"id": "1", "instruction": "A", "output": "b\u0000\r\n ", "fail_mode": ""}
    path.write_text(json.dumps(row) + "\n")
    desk = opened(path)
    save(desk, 1, fail_mode="tone")
    assert json.loads(desk.places.target.read_text()) == {**row, "fail_mode": "tone"}
    with pytest.raises(InputError, match="NUL"):
        save(desk, 1, output="b\u0000 ")
