"""`grading init`, `pack` and `validate` as a course and its groups type them."""

import json
import zipfile
from dataclasses import replace

import pytest

from grading.course.reading import load
from grading.course.template import template
from grading.hand_in import archive
from grading.model import Role
from quality.table import Columns
from tests.command import grading
from tests.unit.grading.packing import three_files
from tests.unit.grading.packing.three_files import (
    ANSWERS,
    DATA,
    HEADER,
    SHEET,
    TEST,
    TOKEN,
    answers,
    code,
    data,
    notebook,
)


@pytest.fixture
def given(tmp_path, monkeypatch):
    """A folder to work in, with sheet and test file in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sheet.csv").write_bytes(three_files.text_of(HEADER, SHEET))
    (tmp_path / "prompts.csv").write_bytes(three_files.text_of(("id", "instruction"), TEST))
    return tmp_path


@pytest.fixture
def mine(tmp_path):
    """The three files of a group, the good ones unless told otherwise; returns their paths."""

    def files(**other):
        contents = {**three_files.good(), **{Role(role): content for role, content in other.items()}}
        paths = [tmp_path / name for name in ("step1.csv", "answers.csv", "train.ipynb")]
        for path, role in zip(paths, Role, strict=True):
            path.write_bytes(contents[role])
        return paths

    return files


def init():
    done = grading("init", "course", "--sheet", "sheet.csv", "--test", "prompts.csv")
    assert (done.returncode, done.stdout) == (0, "course/course.toml\n"), done.stderr


def test_from_a_new_course_to_an_archive_that_a_ta_sees_without_a_fault(given, mine):
    init()
    packed = grading("pack", "--course", "course", "--group", "Ada & Işık", *mine())
    assert packed.returncode == 0, packed.stderr
    assert packed.stdout.strip() == str(given / "CS412-HW4-Ada-Isik.zip")
    assert "is packed as CS412_HW4_Step1_Data.csv" in packed.stderr
    assert "not checked" not in packed.stderr

    seen = grading("validate", "--course", "course", packed.stdout.strip())
    assert (seen.returncode, seen.stderr) == (0, "")
    assert "4 rows for 4 of 4 ids" in seen.stdout
    assert "2 answers for 2 of 2 ids" in seen.stdout
    assert "consistent" in seen.stdout
    assert "nothing is wrong with it" in seen.stdout

    body = json.loads(
        grading("validate", "--course", "course", packed.stdout.strip(), "--output-format", "json").stdout
    )
    assert (body["format"], body["group"], body["passed"], body["troubles"]) == (1, "Ada-Isik", True, [])
    assert body["lineage"]["state"] == "consistent"
    assert body["files"]["data"]["rows"] == 4


def test_what_is_to_mend_is_listed_and_nothing_is_packed(given, mine):
    init()
    spoiled = mine(data=data(DATA[1:]), notebook=notebook(code(f"login('{TOKEN}')", outputs=[], number=None)))
    packed = grading("pack", "--course", "course", "--group", "G", *spoiled)
    assert (packed.returncode, packed.stdout) == (1, "")
    for expected in (
        "1 row of the sheet is missing: 007",
        "outputs are cleared",
        "Hugging Face token (hf_…) in cell 1",
    ):
        assert expected in packed.stderr
    assert "nothing was packed: 3 things to mend first" in packed.stderr
    assert TOKEN not in packed.stderr
    assert not list(given.glob("*.zip"))


def test_a_group_without_a_course_packs_and_hears_what_was_not_checked(given, mine):
    packed = grading("pack", "--group", "G", *mine(), "-o", "out.zip")
    assert packed.returncode == 0, packed.stderr
    assert "no course.toml is at hand" in packed.stderr
    assert packed.stderr.count("not checked: ids and instructions against") == 2
    assert "the course wants it to be called CS412-HW4-G.zip" in packed.stderr
    assert len(archive.unpack(given / "out.zip").entries) == 3
    named = grading("validate", "out.zip", "--sheet", "sheet.csv", "--test", "prompts.csv")
    assert "not checked" not in named.stdout


def test_the_course_is_found_where_one_works_and_in_the_settings(given, mine, monkeypatch):
    init()
    (given / "proofgate.toml").write_text('course = "course"\n')
    assert "no course.toml" not in grading("pack", "--group", "G", *mine()).stderr
    files = mine()
    monkeypatch.chdir(given / "course")
    assert "no course.toml" not in grading("pack", "--group", "G", *files, "-o", given).stderr


def test_a_broken_archive_is_a_list_of_findings_and_exit_1(given):
    (given / "CS412-HW4-G.zip").write_bytes(b"Rar!\x1a\x07\x00 not a zip")
    seen = grading("validate", "CS412-HW4-G.zip")
    assert seen.returncode == 1
    assert "error" in seen.stdout
    assert "missing" in seen.stdout
    body = json.loads(grading("validate", "CS412-HW4-G.zip", "--output-format", "json").stdout)
    assert body["passed"] is False
    assert body["files"] == {"data": None, "predictions": None, "notebook": None}
    assert body["troubles"][0]["code"].startswith("archive.")


def test_what_a_hand_in_smuggles_reaches_no_terminal(given, mine):
    init()
    evil = "\x1b[2J\u202e<script>"
    rows = ((f"007{evil}", *DATA[0][1:3], f"gramar{evil}"), *DATA[1:])
    with zipfile.ZipFile("CS412-HW4-G.zip", "w") as zipped:
        zipped.writestr("CS412_HW4_Step1_Data.csv", data(rows))
        zipped.writestr(f"{evil}.txt", "x")
    seen = grading("validate", "--course", "course", "CS412-HW4-G.zip")
    packed = grading("pack", "--course", "course", "--group", "G", *mine(data=data(rows)))
    assert (seen.returncode, packed.returncode) == (1, 1)
    assert not set("\x1b\u202e") & set(seen.stdout + packed.stderr)
    assert "␛[2J" in seen.stdout
    assert "␛[2J" in packed.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("validate", "none.zip"), "no such file"),
        (("pack", "--group", "G", "none.csv", "none.csv", "none.ipynb"), "no such file"),
        (("validate", "x.zip", "--course", "nowhere"), "no such file"),
        (("init", "course", "--sheet", "none.csv", "--test", "prompts.csv"), "no such file"),
        (("init", "course", "--sheet", "prompts.csv", "--test", "prompts.csv"), "no column"),
        (("pack", "--group", "G", "sheet.csv"), "Missing argument"),
    ],
)
def test_a_job_that_cannot_be_done_exits_2(given, words, said):
    done = grading(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_broken_course_stops_every_command(given, mine):
    init()
    with (given / "course" / "course.toml").open("a") as stream:
        stream.write("[rubrics]\n")
    for words in (("pack", "--group", "G", *mine()), ("validate", "x.zip")):
        done = grading(*words, "--course", "course")
        assert done.returncode == 2
        assert "did you mean `rubric`" in done.stderr


def test_next_years_homework_is_a_new_course_toml(given, mine):
    init()
    course = load(given / "course")
    other = replace(
        course,
        name="NLP2",
        title="NLP, homework 2",
        files=replace(
            course.files,
            data="rows.csv",
            predictions="said.csv",
            notebook="train.ipynb",
            archive="NLP2_{group}.zip",
        ),
        data_columns=Columns("no", "prompt", "response", "mode"),
        prediction_column="answer",
    )
    (course.folder / "course.toml").write_text(template(other), encoding="utf-8")
    course.sheet.write_bytes(three_files.text_of(("no", "prompt", "response", "mode"), SHEET))
    course.test.write_bytes(three_files.text_of(("no", "prompt"), TEST))
    paths = mine(
        data=data(header=("no", "prompt", "response", "mode")),
        predictions=answers(ANSWERS, ("no", "prompt", "answer")),
    )
    packed = grading("pack", "--course", "course", "--group", "Émile", *paths)
    assert packed.returncode == 0, packed.stderr
    assert packed.stdout.endswith("NLP2_Emile.zip\n")
    assert set(archive.unpack(given / "NLP2_Emile.zip").entries) == {"rows.csv", "said.csv", "train.ipynb"}
    seen = grading("validate", "--course", "course", "NLP2_Emile.zip")
    assert seen.returncode == 0
    assert "consistent" in seen.stdout
    as_finetune_writes = mine(data=data(header=("no", "prompt", "response", "mode")), predictions=answers())
    assert grading("pack", "--course", "course", "--group", "G", *as_finetune_writes).returncode == 0
