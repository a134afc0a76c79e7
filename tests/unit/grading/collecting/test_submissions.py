import pytest

from grading.collecting.source import Part
from grading.collecting.submissions import Kind, is_one_hand_in, submissions
from tests.unit.grading.collecting.downloads import course
from tests.zips import DATA, NOTEBOOK, PREDICTIONS


def part(name):
    return Part(tuple(name.split("/")), 1, "", lambda: iter([b"x"]))


def read(tmp_path, *names, **more):
    """Name, number → the files within."""
    found = submissions([part(name) for name in names], course(tmp_path, **more))
    return {(one.name, one.number): sorted(one.parts) for one in found}, {one.kind for one in found}


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Ada Kaya_101_assignsubmission_file/x.zip", ("Ada Kaya", "101")),
        ("Ada Kaya_101_assignsubmission_file_/x.zip", ("Ada Kaya", "101")),
        ("Ada Kaya_101_assignsubmission_file_x.zip", ("Ada Kaya", "101")),
        ("Participant_101_assignsubmission_file/x.zip", ("Participant", "101")),
        ("Team 7_12_assignsubmission_file/x.zip", ("Team 7", "12")),
        ("a_b_c_101_assignsubmission_file/x.zip", ("a_b_c", "101")),
        ("Default group_assignsubmission_file/x.zip", ("Default group", "")),
        ("Group_5_assignsubmission_file/x.zip", ("Group", "5")),
        ("x_1_assignsubmission_file_2_assignsubmission_file/x.zip", ("x_1_assignsubmission_file", "2")),
    ],
)
def test_who_handed_in_at_moodle(tmp_path, name, who):
    assert read(tmp_path, name) == ({who: ["x.zip"]}, {Kind.MOODLE})


def test_a_flat_name_cannot_be_taken_by_the_file_that_it_ends_with(tmp_path):
    name = "Eve_5_assignsubmission_file_Ada Kaya_101_assignsubmission_file_x.zip"
    assert read(tmp_path, name)[0] == {("Eve", "5"): ["Ada Kaya_101_assignsubmission_file_x.zip"]}


def test_loose_files_and_folders_within_are_one_submission(tmp_path):
    folder = "Ada_1_assignsubmission_file"
    found, _ = read(
        tmp_path, f"{folder}/{DATA}", f"{folder}/sub/{NOTEBOOK}", "Bo_2_assignsubmission_file/x.zip"
    )
    assert found == {("Ada", "1"): [DATA, f"sub/{NOTEBOOK}"], ("Bo", "2"): ["x.zip"]}


def test_text_that_was_typed_in_is_no_file(tmp_path):
    found, _ = read(
        tmp_path, "Ada_1_assignsubmission_onlinetext/onlinetext.html", "Ada_1_assignsubmission_file/x.zip",
        "Bo_2_assignsubmission_onlinetext/onlinetext.html",
    )  # fmt: skip
    assert found == {("Ada", "1"): ["x.zip"], ("Bo", "2"): []}


def test_a_folder_around_all_is_taken_off(tmp_path):
    found, _ = read(tmp_path, "HW4/Ada_1_assignsubmission_file/x.zip", "HW4/Bo_2_assignsubmission_file/y.zip")
    assert list(found) == [("Ada", "1"), ("Bo", "2")]


def test_who_handed_in_at_canvas(tmp_path):
    names = ["kayaada_11_901_x.zip", "bo_LATE_12_902_x_y.zip", "bo_LATE_12_903_z.ipynb"]
    found = submissions([part(name) for name in names], course(tmp_path, lms="canvas"))
    assert [(one.name, one.number, one.late, sorted(one.parts)) for one in found] == [
        ("kayaada", "11", False, ["x.zip"]),
        ("bo", "12", True, ["x_y.zip", "z.ipynb"]),
    ]
    assert read(tmp_path, *names)[1] == {Kind.CANVAS}
    assert read(tmp_path, *names, lms="folder")[1] == {Kind.FOLDER}


def test_two_files_of_one_name_are_both_kept(tmp_path):
    found, _ = read(tmp_path, "ada_1_901_x.zip", "ada_1_902_x.zip", lms="canvas")
    assert found == {("ada", "1"): ["again/x.zip", "x.zip"]}


def test_a_folder_of_archives_and_of_folders(tmp_path):
    found, kinds = read(
        tmp_path, "CS412-HW4-Whales.zip", "other.zip", f"Sharks/{DATA}",
        f"Sharks/{PREDICTIONS}", "Rays/any.zip", "all/CS412-HW4-Crabs.zip", "readme.txt", "__MACOSX/._x.zip",
    )  # fmt: skip
    assert kinds == {Kind.FOLDER}
    assert {name: files for (name, _), files in found.items()} == {
        "Whales": ["CS412-HW4-Whales.zip"],
        "other": ["other.zip"],
        "Sharks": [DATA, PREDICTIONS],
        "Rays": ["any.zip"],
        "Crabs": ["CS412-HW4-Crabs.zip"],
    }


def test_two_archives_of_one_group_are_two_hand_ins(tmp_path):
    names = ["CS412-HW4-Whales.zip", "CS412-HW4-Whales (1).zip"]
    found = submissions([part(name) for name in names], course(tmp_path))
    assert [(one.name, list(one.parts)) for one in found] == [("Whales", [names[0]]), ("Whales", [names[1]])]


@pytest.mark.parametrize(
    ("names", "one"),
    [
        ([DATA, PREDICTIONS, NOTEBOOK], True),
        ([f"x/{DATA}", "notes.txt"], True),
        (["notes.txt"], False),
        ([f"a/{DATA}", f"b/{DATA}"], False),
        ([DATA, "x.zip"], False),
        ([f"Ada_1_assignsubmission_file/{DATA}"], False),
    ],
)
def test_one_groups_archive_is_told_from_a_download(tmp_path, names, one):
    assert is_one_hand_in([part(name) for name in names], course(tmp_path)) is one
