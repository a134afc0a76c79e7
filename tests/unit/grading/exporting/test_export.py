"""`export` over a book that was filled by hand: what is written, what is refused, what stays blank."""

import csv
import io
import json
import os
import zipfile

import pytest
from sqlalchemy.exc import IntegrityError

from grading.book import history, marks, people
from grading.book.book import opened
from grading.course.reading import load
from grading.exporting.export import export
from grading.exporting.reconciling import reconciled
from quality.errors import InputError
from tests.graded import CANARY, HOSTILE_NAME, MEMBERS, VERSIONS, graded


@pytest.fixture
def course(tmp_path):
    return graded(tmp_path / "course")


def run(course, out, **options):
    with opened(course.folder) as book:
        return export(course, book, out, who="ta", **options)


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_the_folder_holds_every_file_with_its_fixed_columns(course, tmp_path):
    out = tmp_path / "out"
    done = run(course, out)
    rubric = list(course.rubric)
    heads = {
        "grades.csv": ["group", "points", "max_points", *rubric, "lateness", "late_days", "flags"],
        "copying.csv": ["group_a", "group_b", "score", "p", "q", "shared_edits"],
        "consensus.csv": ["id", "label", "share", "tie"],
        "late_days.csv": ["group", "identifier", "email", "name", "late_days_left"],
    }
    for name, head in heads.items():
        assert next(csv.reader(io.StringIO((out / name).read_text("utf-8")))) == head
    assert {"worksheet.csv", "feedback.zip", "export.json", *heads} <= set(done.files)
    assert sum(name.startswith("feedback/") for name in done.files) == 4


def test_what_nobody_graded_is_blank_and_never_zero(course, tmp_path):
    done = run(course, tmp_path / "out")
    rows = table(tmp_path / "out/grades.csv")
    assert [row["points"] for row in rows] == ["90.9", "", "72", ""]
    assert rows[1]["predictions"] == ""
    assert rows[3]["data_quality"] == ""
    assert [case.group.key for case in done.ungraded] == ["g002", "g004"]
    sheet = {row["Identifier"]: row["Grade"] for row in table_with_bom(tmp_path / "out/worksheet.csv")}
    assert sheet["Participant 13"] == sheet["Participant 15"] == sheet["Participant 99"] == ""


def table_with_bom(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_members_of_one_group_can_lose_different_points(course, tmp_path):
    run(course, tmp_path / "out")
    sheet = {row["Identifier"]: row["Grade"] for row in table_with_bom(tmp_path / "out/worksheet.csv")}
    assert (sheet["Participant 11"], sheet["Participant 12"]) == ("90.90", "80.90")


def test_late_days_are_written_for_the_next_homework(course, tmp_path):
    run(course, tmp_path / "out")
    left = {row["identifier"]: row["late_days_left"] for row in table(tmp_path / "out/late_days.csv")}
    assert left == {
        "Participant 11": "1",
        "Participant 12": "1",
        "Participant 13": "2",
        "Participant 14": "1",
        "Participant 15": "2",
    }


def test_formulas_are_neutralised_and_numbers_stay_numbers(course, tmp_path):
    run(course, tmp_path / "out")
    rows = table(tmp_path / "out/grades.csv")
    assert rows[2]["group"].startswith("'=cmd")
    copied = table(tmp_path / "out/copying.csv")
    assert [row["p"] for row in copied] == ["1e-09", ""]
    assert [row["tie"] for row in table(tmp_path / "out/consensus.csv")] == ["false", "true"]


def test_flags_say_what_to_know_of_a_number(course, tmp_path):
    run(course, tmp_path / "out")
    flags = [row["flags"] for row in table(tmp_path / "out/grades.csv")]
    assert flags == [
        "may-flip;late",
        "not-graded;copying",
        "late;by-hand;copying",
        "nothing-handed-in;not-graded",
    ]


def test_no_text_of_another_group_is_on_a_page(course, tmp_path):
    run(course, tmp_path / "out")
    pages = {path.name[:4]: path.read_text("utf-8") for path in (tmp_path / "out/feedback").iterdir()}
    assert CANARY in pages.pop("g003")
    assert len(pages) == 3
    for page in pages.values():
        assert CANARY not in page
        assert "copying" not in page
        assert "g003" not in page
    names = [name for name in MEMBERS if name != "Harbor Lights"]
    assert not any(name in pages["g001"] for name in names)


def test_without_an_id_mode_the_feedback_zip_is_none_that_moodle_would_take(course, tmp_path):
    done = run(course, tmp_path / "out")
    names = zipfile.ZipFile(tmp_path / "out/feedback.zip").namelist()
    assert len(names) == 4
    assert not any("assignfeedback" in name for name in names)
    assert any("feedback_ids" in note for note in done.notes)


@pytest.mark.parametrize(
    ("ids", "numbers"), [("user", ["11", "12", "13", "14", "15"]), ("group", ["71", "72", "73"])]
)
def test_the_feedback_zip_has_a_folder_for_each_user_or_group(tmp_path, ids, numbers):
    course = graded(tmp_path / "course", lms=f'[lms]\nfeedback_ids = "{ids}"\n')
    run(course, tmp_path / "out")
    names = zipfile.ZipFile(tmp_path / "out/feedback.zip").namelist()
    assert sorted(name.split("_")[1] for name in names) == numbers
    assert all(name.endswith("_assignfeedback_file/feedback.html") for name in names)


def test_the_same_book_gives_the_same_bytes_and_replaces_its_own_folder(course, tmp_path):
    out = tmp_path / "out"
    run(course, out)
    first = {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    run(course, out)
    assert {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()} == first


@pytest.mark.parametrize("edit", ["mine.txt", "grades.csv"])
def test_a_folder_with_foreign_or_edited_files_is_left_alone(course, tmp_path, edit):
    out = tmp_path / "out"
    run(course, out)
    (out / edit).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=edit):
        run(course, out)
    assert (out / edit).read_text("utf-8") == "mine"
    done = run(course, out, force=True)
    assert not (out / "mine.txt").exists()
    assert (tmp_path / "out.1" / edit).read_text("utf-8") == "mine"
    assert done.notes[-1] == f"what was in {out} is now in {tmp_path / 'out.1'}"


def test_the_course_folder_is_never_put_aside(course, tmp_path):
    for out in (course.folder, tmp_path):
        with pytest.raises(InputError, match="holds the course"):
            run(course, out, force=True)
    run(course, course.folder / "out")
    assert (course.folder / "grading.db").exists()


def test_what_cannot_be_read_is_nothing_that_export_wrote(course, tmp_path):
    out = tmp_path / "out"
    run(course, out)
    (out / "grades.csv").unlink()
    os.mkfifo(out / "grades.csv")
    with pytest.raises(InputError, match=r"grades\.csv"):
        run(course, out)


def test_a_failing_export_leaves_neither_files_nor_history(course, tmp_path):
    out = tmp_path / "no-folder"
    out.write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="no folder"):
        run(course, out)
    assert entries(course) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course", "no-folder"]


def test_what_the_book_does_not_keep_is_not_written(course, tmp_path):
    run(course, tmp_path / "out")
    before = (tmp_path / "out/grades.csv").read_bytes()
    with opened(course.folder) as book, book.writing() as db:
        db.exec_driver_sql("delete from grade_line where grp = 'g001'")
        refuse = "create trigger refuse before insert on history begin select raise(abort, 'no room'); end"
        db.exec_driver_sql(refuse)
    with pytest.raises(IntegrityError, match="no room"):
        run(course, tmp_path / "out")
    assert (tmp_path / "out/grades.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course", "out"]


def test_another_maximum_than_the_rubrics_is_said(tmp_path):
    course = graded(tmp_path / "course", lms="[rubric]\ndata_quality = 40\nfail_mode = 15\n")
    done = run(course, tmp_path / "out")
    assert any("maximum grade is 100, and the rubric's points are 55" in note for note in done.notes)


def entries(course):
    with opened(course.folder) as book, book.reading() as db:
        return [entry for entry in history.entries(db) if entry.what == "export"]


def test_the_history_keeps_ids_and_hashes_and_no_names(course, tmp_path):
    run(course, tmp_path / "out")
    (entry,) = entries(course)
    assert entry.who == "ta"
    assert entry.after["ungraded"] == ["g002", "g004"]
    assert "Harbor" not in json.dumps(entry.after)
    assert len(entry.after["files"]["grades.csv"]) == 64


def test_a_member_who_is_not_in_the_worksheet_stops_the_export(tmp_path):
    course = graded(tmp_path / "course", without_worksheet=("Participant 13",))
    with pytest.raises(InputError, match="Participant 13"):
        run(course, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_book_without_marks_is_not_exported(tmp_path):
    folder = tmp_path / "course"
    course = graded(folder)
    with opened(folder) as book, book.writing() as db:
        db.exec_driver_sql("delete from grade_line")
    with pytest.raises(InputError, match="nothing was graded"):
        run(course, tmp_path / "out")


def test_without_a_worksheet_the_rest_is_written(tmp_path):
    course = graded(tmp_path / "course")
    with opened(course.folder) as book, book.writing() as db:
        db.exec_driver_sql("delete from setting where key = 'worksheet'")
    done = run(course, tmp_path / "out")
    assert "worksheet.csv" not in done.files
    assert any("--worksheet" in note for note in done.notes)


def test_grades_that_could_flip_come_first(course, tmp_path):
    assert [case.group.key for case in run(course, tmp_path / "out").review] == ["g001"]


def test_reconcile_names_what_moodle_skipped(course, tmp_path):
    out = tmp_path / "out"
    run(course, out)
    after = tmp_path / "after.csv"
    after.write_bytes((out / "worksheet.csv").read_bytes().replace(b",90.90,", b",,"))
    with opened(course.folder) as book:
        found = reconciled(course, book, after)
        same = reconciled(course, book, out / "worksheet.csv")
    assert [(one.identifier, one.sent, one.found) for one in found.skipped] == [
        ("Participant 11", 90.9, None)
    ]
    assert same.skipped == ()
    assert same.sent == 3


def test_reconcile_needs_an_export(course, tmp_path):
    with opened(course.folder) as book, pytest.raises(InputError, match="no worksheet was exported"):
        reconciled(course, book, course.folder / "worksheet.csv")


def test_a_line_that_a_person_marks_counts(course, tmp_path):
    with opened(course.folder) as book, book.writing() as db:
        marks.save(
            db, "g002", "predictions", 5.0, why="w", who="ta", expected=1, hand_in_version=VERSIONS["g002"]
        )
    run(course, tmp_path / "out")
    assert table(tmp_path / "out/grades.csv")[1]["points"] == "73.4"


def test_two_groups_of_one_name_keep_apart(tmp_path):
    course = graded(tmp_path / "course")
    with opened(course.folder) as book, book.writing() as db:
        people.put_group(db, name="Harbor Lights", identifier="74")
    run(course, tmp_path / "out")
    groups = [row["group"] for row in table(tmp_path / "out/grades.csv")]
    assert {"Harbor Lights (g001)", "Harbor Lights (g004)"} <= set(groups)


def test_the_course_on_canvas_fills_its_gradebook(tmp_path):
    from grading.exporting.export import Gradebook

    course = graded(tmp_path / "course", lms='[lms]\nkind = "canvas"\n')
    assert load(course.folder).lms == "canvas"
    book = tmp_path / "canvas.csv"
    rows = [
        f'"{name}",{1000 + place},Participant {place},u{place},S1,'
        for place, name in ((11, "Byron, Ada"), (12, "Okafor, Ben"), (13, "Y"), (14, "N"), (15, "K"))
    ]
    head = ["Student,ID,SIS User ID,SIS Login ID,Section,HW4 (777)", "    Points Possible,,,,,100"]
    book.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    run(course, tmp_path / "out", gradebook=Gradebook(book))
    filled = (tmp_path / "out/canvas.csv").read_text("utf-8").splitlines()
    assert [line.rpartition(",")[2] for line in filled[2:]] == ["90.90", "80.90", "", "72.00", ""]
    assert HOSTILE_NAME not in "".join(filled)
