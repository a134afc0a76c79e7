from dataclasses import replace
from datetime import UTC, datetime

import pytest

from grading.course.init import init
from grading.course.inputs import inputs
from grading.course.template import template
from quality import guide
from quality.course import Permissions, permissions
from quality.errors import ConfigError, InputError
from quality.table import Columns
from tests.unit.grading.packing.three_files import HEADER, SHEET, TEST, text_of


@pytest.fixture
def given(tmp_path):
    """Sheet and test file somewhere."""
    (tmp_path / "sheet.csv").write_bytes(text_of(HEADER, SHEET))
    (tmp_path / "test.csv").write_bytes(text_of(("id", "instruction"), TEST))
    return tmp_path / "sheet.csv", tmp_path / "test.csv"


def test_a_course_folder_holds_all_that_it_needs_and_pins_the_guide(tmp_path, given):
    course = init(tmp_path / "a" / "c", *given)
    for path in given:
        path.unlink()
    assert sorted(path.name for path in course.folder.iterdir()) == ["course.toml", "sheet.csv", "test.csv"]
    assert course.guide_sha256 == guide.load().sha256
    assert len(inputs(course).sheet.rows) == 4
    assert course.notes == ()


def test_what_groups_may_use_is_read_by_every_command(tmp_path, given):
    course = init(tmp_path / "c", *given)
    source = course.folder / "course.toml"
    assert permissions(course.folder) == Permissions(source, judge=True, unsafe_fixes=True)
    source.write_text(source.read_text().replace("judge = true", "judge = false"))
    assert permissions(course.folder) == Permissions(source, judge=False, unsafe_fixes=True)


def test_a_course_is_never_overwritten(tmp_path, given):
    course = init(tmp_path / "c", *given)
    text = (course.folder / "course.toml").read_bytes()
    with pytest.raises(ConfigError, match="is a course already"):
        init(tmp_path / "c", *given)
    assert (course.folder / "course.toml").read_bytes() == text


def test_another_file_of_that_name_is_never_overwritten(tmp_path, given):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "test.csv").write_text("mine")
    with pytest.raises(ConfigError, match="is another file"):
        init(tmp_path / "c", *given)
    assert [path.name for path in (tmp_path / "c").iterdir()] == ["test.csv"]


def test_files_that_lie_there_already_stay_as_they_are(tmp_path, given):
    assert init(tmp_path, *given).sheet == given[0]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"id,instruction,output\n",
        b"id,instruction,output\na,b,c\na,d,e\n",
        b"PK\x03\x04xl/",
        b"a,b\n1,2\n",
    ],
    ids=["empty", "no row", "doubled id", "workbook", "no columns"],
)
def test_nothing_is_made_of_files_that_cannot_be_read(tmp_path, given, which, content):
    given[which].write_bytes(content)
    with pytest.raises(InputError):
        init(tmp_path / "c", *given)
    assert not (tmp_path / "c").exists()


def test_two_files_of_one_name_are_refused(tmp_path, given):
    (tmp_path / "d").mkdir()
    twin = given[1].rename(tmp_path / "d" / "sheet.csv")
    with pytest.raises(ConfigError, match="same name"):
        init(tmp_path / "c", given[0], twin)


def test_a_file_in_the_folders_place_is_refused(tmp_path, given):
    (tmp_path / "c").write_text("x")
    with pytest.raises(InputError, match="is a file"):
        init(tmp_path / "c", *given)


def test_the_settings_of_an_earlier_homework_are_taken_but_what_is_its_own(tmp_path, given):
    earlier = init(tmp_path / "2025", *given)
    columns = Columns("no", "prompt", "response", "mode")
    changed = replace(
        earlier,
        data_columns=columns,
        rubric={"data_quality": 7.0},
        zone="UTC",
        deadline=datetime(2025, 1, 1, tzinfo=UTC),
        gold=tmp_path / "gold.csv",
        guide_sha256="0" * 64,
    )
    (earlier.folder / "course.toml").write_text(template(changed, judge=False))
    given[0].write_bytes(text_of(("no", "prompt", "response", "mode"), SHEET))
    given[1].write_bytes(text_of(("no", "prompt"), TEST))
    with pytest.raises(InputError, match=r"course\.toml[\s\S]*--from") as refused:
        init(tmp_path / "2026", *given)
    assert "proofgate.toml" not in str(refused.value)
    for place in (earlier.folder, earlier.folder / "course.toml"):
        new = init(tmp_path / f"2026{place.suffix}", *given, earlier=place)
        assert (new.data_columns, new.rubric, new.zone) == (columns, {"data_quality": 7.0}, "UTC")
        assert (new.deadline, new.gold, new.guide_sha256) == (None, None, guide.load().sha256)
        assert len(inputs(new).sheet.rows) == 4
        assert not permissions(new.folder).judge


def test_an_earlier_homework_that_is_none_is_refused(tmp_path, given):
    for place in (tmp_path / "none", tmp_path / "none" / "course.toml", given[0]):
        with pytest.raises(ConfigError, match="no course folder"):
            init(tmp_path / "c", *given, earlier=place)
    assert not (tmp_path / "c").exists()
