import pytest

from grading.course.model import Files
from grading.hand_in.sorting import sort_out
from grading.model import Level, Role
from tests.zips import DATA, HAND_IN, NOTEBOOK, PREDICTIONS

FILES = Files()


def sorted_out(entries):
    held = sort_out(entries, FILES)
    return {role: found.name for role, found in held.files.items()}, [
        (trouble.code, str(trouble.level)) for trouble in held.troubles
    ]


def test_three_files_and_nothing_else():
    held = sort_out(HAND_IN, FILES)
    assert {role: found.content for role, found in held.files.items()} == {
        Role.DATA: HAND_IN[DATA],
        Role.PREDICTIONS: HAND_IN[PREDICTIONS],
        Role.NOTEBOOK: HAND_IN[NOTEBOOK],
    }
    assert not held.troubles


@pytest.mark.parametrize(
    "name",
    [
        "cs412_hw4_step1_data.CSV",
        "CS412_HW4_Step1_Data (1).csv",
        "CS412_HW4_Step1_Data - Copy.csv",
        "CS412_HW4_Step1_Data .csv",
    ],
)
def test_a_name_that_nobody_doubts_is_taken_with_a_note(name):
    rest = {key: value for key, value in HAND_IN.items() if key != DATA}
    files, troubles = sorted_out({name: b"x", **rest})
    assert files[Role.DATA] == name
    assert troubles == [("files.name", "note")]


def test_a_wrapping_folder_is_taken_with_a_note():
    files, troubles = sorted_out({f"my work/{name}": content for name, content in HAND_IN.items()})
    assert len(files) == 3
    assert troubles == [("files.wrapped", "note")]


def test_what_the_system_adds_is_passed_over():
    added = {
        f"__MACOSX/._{DATA}": b"",
        ".DS_Store": b"",
        f".ipynb_checkpoints/{NOTEBOOK}": b"old",
        "Thumbs.db": b"",
    }
    files, troubles = sorted_out({**HAND_IN, **added})
    assert files[Role.NOTEBOOK] == NOTEBOOK
    assert troubles == [("files.system", "note")]


def test_extra_files_are_named_and_not_read():
    own = {"proofgate.toml": b"", "baseline.json": b"", "base_predictions.csv": b"", "cache/x": b""}
    files, troubles = sorted_out({**HAND_IN, **own})
    assert len(files) == 3
    assert troubles == [("files.extra", "note")]


def test_an_archive_within_is_not_opened():
    files, troubles = sorted_out({"all.zip": b"PK"})
    assert not files
    assert [code for code, _ in troubles] == ["files.missing"] * 3 + ["archive.nested"]


def test_a_missing_file_is_an_error_that_names_what_may_be_meant():
    held = sort_out({"CS412_HW4_Step1_Data_final.csv": b"", PREDICTIONS: b"", NOTEBOOK: b""}, FILES)
    assert Role.DATA not in held.files
    missing = held.troubles[0]
    assert (missing.code, missing.level, missing.file) == ("files.missing", Level.ERROR, DATA)
    assert "CS412_HW4_Step1_Data_final.csv" in missing.remedy


def test_the_only_notebook_is_the_notebook():
    rest = {DATA: b"", PREDICTIONS: b""}
    files, troubles = sorted_out({**rest, "Untitled.ipynb": b"{}"})
    assert files[Role.NOTEBOOK] == "Untitled.ipynb"
    assert troubles == [("files.name", "warning")]
    files, troubles = sorted_out({**rest, "a.ipynb": b"{}", "b.ipynb": b"{}"})
    assert Role.NOTEBOOK not in files
    assert ("files.missing", "error") in troubles


def test_of_two_that_differ_nobody_chooses():
    files, troubles = sorted_out({f"a/{DATA}": b"1", f"b/{DATA}": b"2", PREDICTIONS: b"", NOTEBOOK: b""})
    assert Role.DATA not in files
    assert troubles == [("files.doubled", "error")]


def test_the_exact_name_counts_before_a_second_copy():
    files, troubles = sorted_out({**HAND_IN, DATA.replace(".", " (1)."): b"other"})
    assert files[Role.DATA] == DATA
    assert troubles == [("files.doubled", "warning")]
    files, troubles = sorted_out({**HAND_IN, f"x/{DATA}": HAND_IN[DATA]})
    assert files[Role.DATA] == DATA
    assert troubles == [("files.doubled", "note")]


def test_a_hidden_character_makes_another_name():
    files, troubles = sorted_out(
        {**{k: v for k, v in HAND_IN.items() if k != DATA}, DATA.replace("4", "4\u202e"): b""}
    )
    assert Role.DATA not in files
    assert troubles[0] == ("files.missing", "error")
