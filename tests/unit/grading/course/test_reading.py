from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grading.course.model import Course, Files, Late, LatePolicy
from grading.course.reading import load
from grading.course.template import template
from quality.errors import ConfigError
from quality.table import Columns


@pytest.fixture
def read(tmp_path):
    """The course that a course.toml of that text says."""

    def course(text):
        (tmp_path / "course.toml").write_text(text, encoding="utf-8")
        return load(tmp_path)

    return course


def reference(folder: Path) -> Course:
    return Course(folder, folder / "original.csv", folder / "test.csv")


def test_an_empty_course_is_the_reference_homework(read, tmp_path):
    assert read("") == reference(tmp_path)


def test_the_template_says_every_default_and_reads_as_the_same_course(read, tmp_path):
    assert read(template(reference(tmp_path))) == reference(tmp_path)


def other(folder: Path) -> Course:
    """A homework of another course, another university, another year."""
    return Course(
        folder=folder,
        sheet=folder / "in" / "antworten \u201eroh\u201c.csv",
        test=folder / "prompts.csv",
        name="NLP2",
        title='Übung 2: "Daten" \U0001f600',
        language="tr",
        lms="canvas",
        base_predictions=folder / "base.csv",
        gold=folder / "gold.csv",
        files=Files("data.csv", "answers.csv", "train.ipynb", "NLP2_{group}_v1.zip"),
        data_columns=Columns("no", "prompt", "response", "mode"),
        prediction_column="answer",
        guide=str(folder / "own.toml"),
        guide_sha256="0" * 64,
        engine="both",
        ignore=("GRM007", "AIS"),
        deadline=datetime(2027, 3, 1, 22, 59, 59, tzinfo=UTC),
        zone="America/St_Johns",
        late=Late(LatePolicy.GROUP_BANK, 4, 2, 15, 2.5, 6),
        rubric={"completeness": 20.0, "Report by hand": 30.5, "data_quality": 0.0},
        letters={"AA": 88.5, "FF": 0.0},
        pass_mark=42.5,
        zero_at=61.25,
        feedback_ids="group",
        copying_q=0.01,
    )


def test_another_homework_is_another_file_and_no_code(read, tmp_path):
    again = read(template(other(tmp_path)))
    assert again == other(tmp_path)
    assert list(again.rubric) == ["completeness", "Report by hand", "data_quality"]
    assert again.points == 50.5


def test_what_groups_may_use_is_written_as_given(tmp_path):
    text = template(reference(tmp_path), judge=False)
    assert "judge = false" in text
    assert "unsafe_fixes = true" in text


WRONG = {
    "unknown table": ("[rubrik]\n", "did you mean `rubric`"),
    "unknown key": ("[late]\npolcy = 'min'\n", "did you mean `policy`"),
    "unknown column": ("[columns]\nfail_mod = 'x'\n", "did you mean `fail_mode`"),
    "unknown permission": ("[allowed]\njugde = true\n", "did you mean `judge`"),
    "no table": ("rubric = 3\n", "must be a table"),
    "no TOML": ("[course\n", "is not TOML"),
    "unknown policy": ("[late]\npolicy = 'mean'\n", "per-member"),
    "unknown LMS": ("[lms]\nkind = 'ilias'\n", "moodle"),
    "unknown language": ("[lms]\nlanguage = 'de'\n", "en, tr"),
    "unknown engine": ("[guide]\nengine = 'word'\n", "harper"),
    "short hash": ("[guide]\nsha256 = 'abc'\n", "64 hex digits"),
    "negative days": ("[late]\ndays = -1\n", "at least 0"),
    "points as text": ("[rubric]\ndata_quality = '40'\n", "must be a number"),
    "no points at all": ("[rubric]\ndata_quality = 0\n", "gives no points"),
    "empty rubric": ("[rubric]\n", "gives no points"),
    "lateness as a line": ("[rubric]\nlateness = 5\n", "a name of ours"),
    "column of the export": ("[rubric]\nmax_points = 5\n", "a name of ours"),
    "formula as a line": ("[rubric]\n'=1+1' = 5\n", "cannot be a line"),
    "letter above 100": ("[letters]\nA = 101\n", "per cent"),
    "two letters at once": ("[letters]\nA = 90\nB = 90\n", "same per cent"),
    "pass mark": ("[grade]\npass_mark = 101\n", "per cent"),
    "zero at everything": ("[grade]\nzero_at = 100\n", "below 100"),
    "q of nothing": ("[copying]\nq = 0\n", "above 0"),
    "archive without a group": ("[files]\narchive = 'CS.zip'\n", "{group}"),
    "archive that is no zip": ("[files]\narchive = '{group}.rar'\n", "{group}"),
    "archive elsewhere": ("[files]\narchive = '../{group}.zip'\n", "file name"),
    "file elsewhere": ("[files]\ndata = 'a/b.csv'\n", "file name"),
    "hidden sign in a name": ("[course]\nname = \"a\\u202eb\"\n", "plain text"),
    "two files of one name": ("[files]\ndata = 'A.csv'\npredictions = 'a.CSV'\n", "give each file its own name"),
    "two columns of one name": ("[columns]\noutput = 'id'\n", "both 'id'"),
    "answers in the prompt": ("[columns]\nprediction = 'instruction'\n", "both 'instruction'"),
    "no such zone": ("[deadline]\nzone = 'Europe/Istambul'\n", "Europe/Istanbul"),
    "zone elsewhere": ("[deadline]\nzone = '../../etc/passwd'\n", "unknown zone"),
    "folder of zones": ("[deadline]\nzone = 'Europe'\n", "unknown zone"),
    "local time without a zone": ("[deadline]\nat = 2026-12-01T23:59:00\n", "without a zone"),
    "a day without a time": ("[deadline]\nat = 2026-12-01\nzone = 'UTC'\n", "a date with a time"),
    "a day without a time or zone": ("[deadline]\nat = 2026-12-01\n", "without a zone"),
    "a time in quotes": ("[deadline]\nat = '2026-12-01T23:59'\nzone = 'UTC'\n", "without quotes"),
    "year with a digit missing": ("[deadline]\nat = 0226-12-01T23:59:00\nzone = 'UTC'\n", "year 226"),
    "odd offset without a zone": ("[deadline]\nat = 2026-12-01T23:59:00+05:30\n", "add `zone"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_followed_is_refused_with_a_remedy(read, tmp_path, name):
    text, said = WRONG[name]
    with pytest.raises(ConfigError) as refused:
        read(text)
    assert said in str(refused.value)
    assert refused.value.remedy
    assert refused.value.where == str(tmp_path / "course.toml")


def test_a_folder_without_a_course_says_how_to_make_one(tmp_path):
    with pytest.raises(ConfigError, match="grading init"):
        load(tmp_path)


@pytest.mark.parametrize("slip", ["fail_moed", "data_qualty", "Data Quality", "completness", "prediction"])
def test_a_slip_for_a_line_of_the_programs_is_no_line_for_people(read, slip):
    with pytest.raises(ConfigError, match="did you mean"):
        read(f"[rubric]\nfail_mode = 15\n'{slip}' = 3\n")


@pytest.mark.parametrize("name", ["report", "data_quality_report", "data", "handwriting", "mode"])
def test_another_name_is_a_line_for_people(read, name):
    assert dict(read(f"[rubric]\nfail_mode = 15\n{name} = 3\n").rubric) == {"fail_mode": 15.0, name: 3.0}


def test_by_default_the_lowest_letter_that_is_named_passes(read):
    course = read("")
    assert min(course.letters.values()) == course.pass_mark


def test_a_deadline_with_its_offset_is_that_moment(read):
    course = read("[deadline]\nat = 2026-12-01T23:59:00+01:00\nzone = 'Europe/Berlin'\n")
    assert course.deadline == datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
    assert course.notes == ()


def test_a_local_deadline_is_read_in_the_zone(read):
    course = read("[deadline]\nat = 2026-07-01T23:59:00\nzone = 'Europe/Berlin'\n")
    assert course.deadline == datetime(2026, 7, 1, 21, 59, tzinfo=UTC)


def test_a_time_that_the_clock_shows_twice_is_the_later_one_and_said(read):
    course = read("[deadline]\nat = 2026-10-25T02:30:00\nzone = 'Europe/Berlin'\n")
    assert course.deadline == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert "twice" in course.notes[0]


def test_a_time_that_the_clock_skips_is_the_later_one_and_said(read):
    course = read("[deadline]\nat = 2026-03-29T02:30:00\nzone = 'Europe/Berlin'\n")
    assert course.deadline == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert "skips" in course.notes[0]


def test_an_offset_alone_takes_the_usual_zone_where_it_fits_and_is_said_where_not(read):
    usual = read("[deadline]\nat = 2026-12-01T23:59:00+03:00\n")
    assert (usual.zone, usual.notes) == ("Europe/Istanbul", ())
    elsewhere = read("[deadline]\nat = 2026-12-01T23:59:00-05:00\n")
    assert elsewhere.deadline.utcoffset() == timedelta(hours=-5)
    assert "-05:00" in elsewhere.notes[0]
    assert elsewhere.zone == "Etc/GMT+5"
    assert read("[deadline]\nat = 2026-12-01T23:59:00Z\n").zone == "UTC"


def test_paths_start_at_the_course_folder(read, tmp_path):
    course = read("[files]\nsheet = 'a/sheet.csv'\ntest = '/x/test.csv'\n[consensus]\ngold = 'gold.csv'\n")
    assert course.sheet == tmp_path / "a" / "sheet.csv"
    assert course.test == Path("/x/test.csv")
    assert course.gold == tmp_path / "gold.csv"


def test_a_proofgate_toml_beside_it_changes_nothing(read, tmp_path):
    (tmp_path / "proofgate.toml").write_text("guide = 'own.toml'\nengine = 'both'\nignore = ['GRM']\n")
    assert read("") == reference(tmp_path)


def test_notes_are_of_this_reading_alone(read, tmp_path):
    assert replace(read("[deadline]\nat = 2026-12-01T23:59:00+05:00\n"), notes=()).notes == ()
    assert read("").notes == ()
