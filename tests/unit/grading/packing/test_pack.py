import io
import json
import zipfile

import pytest

from grading.hand_in import archive
from grading.model import Level, Role
from grading.packing.known import known
from grading.packing.look import Seen, look
from grading.packing.pack import as_zip, pack, refusal
from quality.errors import ConfigError, GateRefused, InputError
from tests.unit.grading.packing import three_files
from tests.unit.grading.packing.three_files import DATA, TOKEN, answers, code, data, error, notebook, records


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The small course's folder."""
    return three_files.course(tmp_path_factory.mktemp("course") / "c")


@pytest.fixture
def given(tmp_path):
    """Writes the good hand-in, with other contents in places, under names of the group's own."""

    def files(**other):
        contents = {**three_files.good(), **{Role(role): content for role, content in other.items()}}
        folder = tmp_path / "mine"
        folder.mkdir(exist_ok=True)
        paths = {
            role: folder / f"our {role.value}{'.ipynb' if role is Role.NOTEBOOK else '.csv'}"
            for role in contents
        }
        for role, path in paths.items():
            path.write_bytes(contents[role])
        return paths

    return files


def codes(seen: Seen):
    return {one.code for one in seen.to_mend}


def test_the_archive_holds_the_three_files_under_the_courses_names(course, given, tmp_path):
    files = given()
    made = pack("Öğrenciler Işık", files, known(course.folder), tmp_path)
    assert made.path == tmp_path / "CS412-HW4-Ogrenciler-Isik.zip"
    unpacked = archive.unpack(made.path)
    assert unpacked.troubles == ()
    assert dict(unpacked.entries) == {
        course.files.name(role): path.read_bytes() for role, path in files.items()
    }
    assert [note.file for note in made.renamed] == [
        "our data.csv",
        "our predictions.csv",
        "our notebook.ipynb",
    ]
    assert made.seen.troubles == ()
    assert made.seen.examined.lineage == "consistent"


def test_the_same_files_give_the_same_bytes(course, given, tmp_path):
    first = pack("G", given(), known(course.folder), tmp_path / "1.zip")
    second = pack("G", given(), known(course.folder), tmp_path / "2.zip")
    assert first.path.read_bytes() == second.path.read_bytes()
    assert {entry.date_time for entry in zipfile.ZipFile(first.path).infolist()} == {(1980, 1, 1, 0, 0, 0)}


BAD = {
    "data.rows-missing": {"data": data(DATA[1:])},
    "data.unreadable": {"data": b"PK\x03\x04xl/"},
    "predictions.rows-missing": {"predictions": answers(three_files.ANSWERS[1:])},
    "notebook.cleared": {"notebook": notebook(code(outputs=[], number=None))},
    "notebook.error": {"notebook": notebook(code(outputs=[error()]))},
    "notebook.not-json": {"notebook": b"{"},
    "lineage.broken": {"notebook": notebook(bundle=records(data(DATA[::-1]), answers()))},
    "secret.found": {"notebook": notebook(code(f"login('{TOKEN}')"))},
}


@pytest.mark.parametrize("expected", BAD)
def test_with_a_fault_nothing_is_written_and_the_fault_is_named(course, given, tmp_path, expected):
    files = given(**BAD[expected])
    seen = pack("G", files, known(course.folder), tmp_path)
    assert isinstance(seen, Seen)
    assert expected in codes(seen)
    assert all(one.remedy for one in seen.to_mend)
    assert not list(tmp_path.glob("*.zip"))
    refused = refusal(seen)
    assert isinstance(refused, GateRefused)
    assert refused.exit_code == 1


def test_a_fault_is_told_of_the_file_that_the_group_gave(course, given, tmp_path):
    seen = pack(
        "G", given(data=data((*DATA[1:], (*DATA[0][:2], "", "none")))), known(course.folder), tmp_path
    )
    assert {one.file for one in seen.to_mend if one.code.startswith("data.")} == {"our data.csv"}


def test_swapped_tables_are_told_as_swapped_and_nothing_is_asked_of_their_columns(course, given, tmp_path):
    seen = pack("G", given(data=answers(), predictions=data()), known(course.folder), tmp_path)
    about = [(one.code, one.file) for one in seen.to_mend if not one.code.startswith("lineage")]
    assert about == [("data.swapped", "our data.csv"), ("predictions.swapped", "our predictions.csv")]


def test_a_folder_that_is_not_there_is_to_be_made_first(course, given, tmp_path):
    with pytest.raises(ConfigError, match=r"no such folder[\s\S]*make it first"):
        pack("G", given(), known(course.folder), tmp_path / "outp")


def test_an_older_archive_stays_when_a_new_one_is_refused(course, given, tmp_path):
    old = pack("G", given(), known(course.folder), tmp_path).path
    before = old.read_bytes()
    assert isinstance(pack("G", given(**BAD["notebook.cleared"]), known(course.folder), tmp_path), Seen)
    assert old.read_bytes() == before


def test_an_interrupted_cell_and_missing_records_keep_nothing_back(course, given, tmp_path):
    made = pack(
        "G",
        given(notebook=notebook(code(outputs=[error("KeyboardInterrupt")]))),
        known(course.folder),
        tmp_path,
    )
    assert {one.code: one.level for one in made.seen.troubles} == {
        "notebook.interrupted": Level.NOTE,
        "lineage.not-given": Level.NOTE,
    }


def test_without_a_course_the_files_themselves_are_checked_and_the_rest_is_named(
    given, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    nothing = known(None)
    assert len(nothing.unchecked) == 2
    assert "no course.toml" in nothing.notes[0]
    assert (
        pack("G", given(data=data(DATA[1:]), notebook=notebook()), nothing, None).path.name
        == "CS412-HW4-G.zip"
    )
    doubled = pack("G", given(data=data((*DATA, DATA[0]))), nothing, None)
    assert codes(doubled) == {"data.id-doubled", "lineage.broken"}


def test_sheet_and_test_file_can_be_named_without_a_course(course, given, tmp_path):
    both = known(None, course.sheet, course.test)
    assert both.unchecked == ()
    assert "data.rows-missing" in codes(pack("G", given(data=data(DATA[1:])), both, tmp_path))
    with pytest.raises(InputError, match="no such file"):
        known(None, tmp_path / "none.csv")


def test_a_course_without_its_sheet_checks_what_it_can(tmp_path):
    course = three_files.course(tmp_path / "c")
    course.sheet.unlink()
    (missing,) = known(course.folder).unchecked
    assert "the sheet" in missing


def test_a_log_that_shrinks_to_nothing_is_stored_so_that_nobody_takes_it_for_a_bomb(course, given, tmp_path):
    shown = [{"output_type": "stream", "name": "stdout", "text": "step\n" * 1_000_000}]
    made = pack("G", given(notebook=notebook(code(outputs=shown))), known(course.folder), tmp_path)
    assert {one.code for one in archive.unpack(made.path).troubles} == set()
    assert [one.compress_type for one in zipfile.ZipFile(made.path).infolist()] == [8, 8, 0]


def test_names_that_cannot_be_followed_are_refused_before_any_work(course, given, tmp_path):
    files, at_hand = given(), known(course.folder)
    for out in (tmp_path / "a.rar", files[Role.DATA]):
        with pytest.raises(ConfigError):
            pack("G", files, at_hand, out)
    with pytest.raises(ConfigError, match="no name"):
        pack("  ", files, at_hand, tmp_path)
    with pytest.raises(InputError, match="no such file"):
        pack("G", {**files, Role.DATA: tmp_path / "none.csv"}, at_hand, tmp_path)
    with pytest.raises(InputError):
        pack("G", files, at_hand, tmp_path / "no" / "folder" / "x.zip")
    twin = tmp_path / "twin.zip"
    files[Role.NOTEBOOK].rename(twin)
    with pytest.raises(ConfigError, match="overwrite"):
        pack("G", {**files, Role.NOTEBOOK: twin}, at_hand, twin)


def test_a_name_of_ones_own_for_the_archive_is_followed_and_said(course, given, tmp_path):
    made = pack("G", given(), known(course.folder), tmp_path / "mine.zip")
    assert made.path.name == "mine.zip"
    assert made.renamed[-1].code == "archive.name"


HOSTILE = {
    "nothing": (b"", "archive."),
    "no zip": (b"GIF89a", "archive."),
    "truncated": (b"PK\x03\x04" + b"\0" * 50, "archive."),
    "empty zip": (b"PK\x05\x06" + b"\0" * 18, "archive.empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_archive_is_seen_as_such(course, tmp_path, name):
    content, begin = HOSTILE[name]
    seen = look(content, "CS412-HW4-G.zip", known(course.folder))
    assert seen.to_mend
    assert any(one.code.startswith(begin) for one in seen.to_mend)
    assert seen.files == {}


def test_what_is_missing_and_what_is_too_much_is_seen(course, tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr(f"G/{course.files.data}", data())
        zipped.writestr("G/notes.txt", "hi")
    seen = look(path, path.name, known(course.folder))
    assert set(seen.files) == {Role.DATA}
    assert seen.group is None
    assert {"archive.name", "files.missing", "files.extra"} <= {one.code for one in seen.troubles}
    assert [one.level for one in seen.troubles] == sorted(
        (one.level for one in seen.troubles), key=list(Level).index
    )


def test_a_hand_ins_own_settings_and_records_change_nothing(course):
    good = three_files.good()
    bare = look(as_zip(good, course), "CS412-HW4-G.zip", known(course.folder))
    buffer = io.BytesIO(as_zip(good, course))
    with zipfile.ZipFile(buffer, "a") as zipped:
        for name in ("proofgate.toml", "course.toml", "x.gate.json", "base.csv"):
            zipped.writestr(name, json.dumps({"guide": "own"}))
    more = look(buffer.getvalue(), "CS412-HW4-G.zip", known(course.folder))
    assert {one.code for one in more.troubles} == {"files.extra"}
    assert more.examined.data.rows == bare.examined.data.rows
    assert more.examined.links == bare.examined.links
