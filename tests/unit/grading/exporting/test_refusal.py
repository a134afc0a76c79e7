"""What `export` refuses, and what it says of grades that go out all the same."""

import csv
import io

import pytest
from sqlalchemy.exc import IntegrityError

from grading.book import documents, marks, settings
from grading.book.book import opened
from grading.book.hand_ins import add
from grading.collecting import roster
from grading.course.reading import load
from grading.exporting import pages, show_text
from grading.exporting.export import export
from grading.exporting.refusal import ExportRefused
from grading.exporting.show import shown
from grading.model import HandIn
from grading.privacy import people as leaving
from grading.privacy import removal
from tests.graded import VERSIONS, graded


@pytest.fixture
def course(tmp_path):
    return graded(tmp_path / "course")


def run(course, out, **options):
    with opened(course.folder) as book:
        return export(course, book, out, who="ta", **options)


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def mark(course, group, line, points, *, expected=1, seen=None):
    with opened(course.folder) as book, book.writing() as db:
        marks.save(db, group, line, points, why="w", who="ta", expected=expected, hand_in_version=seen)


def test_a_mark_on_a_replaced_hand_in_is_asked_about(course, tmp_path):
    newer = HandIn("g003", "d" * 64, None, {})
    with opened(course.folder) as book, book.writing() as db:
        db.exec_driver_sql("update hand_in set received = NULL where grp = 'g003'")
        add(db, newer)
        documents.put(db, "g003", "examined", "0" * 64, {"hand_in": newer.version})
    with pytest.raises(ExportRefused, match="g003  predictions: 20 by ta") as refused:
        run(course, tmp_path / "out")
    assert refused.value.exit_code == 1
    assert "--accept-superseded" in refused.value.remedy
    assert not (tmp_path / "out").exists()
    done = run(course, tmp_path / "out", accept_superseded=True)
    assert len(done.accepted) == 1


def test_points_of_an_older_hand_in_do_not_go_out(course, tmp_path):
    with opened(course.folder) as book, book.writing() as db:
        db.exec_driver_sql("update hand_in set received = NULL where grp = 'g001'")
        add(db, HandIn("g001", "e" * 64, None, {}))
    with pytest.raises(ExportRefused, match="g001"):
        run(course, tmp_path / "out", accept_superseded=True)


def test_a_mark_from_before_any_hand_in_is_on_another_one(course, tmp_path):
    mark(course, "g004", "predictions", 0.0)
    run(course, tmp_path / "out")
    with opened(course.folder) as book, book.writing() as db:
        add(db, HandIn("g004", "f" * 64, None, {}))
    with pytest.raises(ExportRefused, match=r"newer hand-in.*g004"):
        run(course, tmp_path / "out")
    with opened(course.folder) as book, book.writing() as db:
        documents.put(db, "g004", "examined", "0" * 64, {"hand_in": "f" * 64})
    with pytest.raises(ExportRefused, match="g004  predictions: 0 by ta"):
        run(course, tmp_path / "out")


def test_a_group_at_which_the_program_failed_stops_nobody(course, tmp_path):
    with opened(course.folder) as book, book.writing() as db:
        documents.put(db, "g002", "examined", "0" * 64, {})
    assert run(course, tmp_path / "out").groups == 4


def test_a_changed_rubric_is_graded_first_and_marks_above_it_are_asked_about(course, tmp_path):
    rubric = (
        "[rubric]\ndata_quality = 40\nfail_mode = 15\ncompleteness = 10\npredictions = 15\nhand_in = 10\n"
    )
    toml = course.folder / "course.toml"
    toml.write_text(toml.read_text("utf-8") + rubric, encoding="utf-8")
    course = load(course.folder)
    with pytest.raises(ExportRefused, match=r"rubric in course\.toml was changed"):
        run(course, tmp_path / "out")
    with opened(course.folder) as book, book.writing() as db:
        db.exec_driver_sql("update grade_line set most = 15.0 where key = 'predictions'")
    with pytest.raises(ExportRefused, match="g003  predictions: 20 of 15 by ta") as refused:
        run(course, tmp_path / "out")
    assert "--accept-above" in refused.value.remedy
    done = run(course, tmp_path / "out", accept_above=True)
    assert done.accepted == ("  g003  predictions: 20 of 15 by ta",)
    assert "mark-above-maximum" in table(tmp_path / "out/grades.csv")[2]["flags"]


def test_a_mark_on_a_line_that_is_no_longer_in_the_rubric_blocks_nothing(course, tmp_path):
    with opened(course.folder) as book, book.writing() as db:
        db.exec_driver_sql("update grade_line set key = 'report', most = 5.0 where manual_points is not null")
        db.exec_driver_sql("update grade_line set manual_version = 'older' where key = 'report'")
    run(course, tmp_path / "out")
    with opened(course.folder) as book:
        found = shown(book, course, "g003")
    assert [line["line"] for line in found["former"]] == ["report"]
    assert "report" not in {line["line"] for line in found["rubric"]}
    assert "no longer in the rubric" in show_text.render(found, course.zone)


def test_what_a_run_that_was_cut_off_left_does_not_go_out(course, tmp_path):
    with opened(course.folder) as book, book.writing() as db:
        settings.put(db, settings.CUT_OFF_RUN, True)
    with pytest.raises(ExportRefused, match="cut off"):
        run(course, tmp_path / "out")


def test_groups_that_were_not_compared_do_not_go_out(course, tmp_path):
    with opened(course.folder) as book, book.writing() as db:
        for group in VERSIONS:
            documents.put(db, group, "answers", "0" * 64, {"labels": {}})
    with pytest.raises(ExportRefused, match="not compared"):
        run(course, tmp_path / "out")
    with opened(course.folder) as book, book.writing() as db:
        documents.put(db, "", "clusters", "0" * 64, {"clusters": []})
        documents.put(db, "g001", "signals", "0" * 64, [])
    assert run(course, tmp_path / "out").groups == 4


def test_a_grade_that_was_changed_since_has_no_old_interval(course, tmp_path):
    mark(course, "g001", "data_quality", 0.0, seen=VERSIONS["g001"])
    assert run(course, tmp_path / "out").review == ()
    with opened(course.folder) as book:
        assert shown(book, course, "g001")["stability"] is None


def test_without_a_deadline_it_is_said_that_lateness_is_not_graded(tmp_path):
    folder = tmp_path / "course"
    graded(folder)
    toml = folder / "course.toml"
    toml.write_text(toml.read_text("utf-8").replace("at = ", "# at = "), encoding="utf-8")
    course = load(folder)
    assert any("no deadline is set" in note for note in run(course, tmp_path / "out").notes)
    with opened(folder) as book, book.writing() as db:
        db.exec_driver_sql("delete from grade_line where key = 'lateness'")
    with opened(folder) as book:
        assert "no deadline is set" in show_text.render(shown(book, course, "g001"), course.zone)


def test_points_that_a_purge_kept_go_out_under_the_key(course, tmp_path):
    with opened(course.folder) as book, book.writing() as db:
        removal.remove(db, leaving.find(db, "p0004"), who="ta", what="purge", keep_grades=True)
    done = run(course, tmp_path / "out")
    row = next(row for row in table(tmp_path / "out/grades.csv") if row["group"] == "g003")
    assert (row["points"], row["flags"]) == ("72", "purged;by-hand")
    assert any("only the points are left: g003" in note for note in done.notes)
    assert not any(name.startswith("feedback/g003") for name in done.files)
    with opened(course.folder) as book:
        assert shown(book, course, "g003")["grade"]["points"] == 72.0


def test_a_mark_saved_while_it_is_exported_is_not_passed_over(course, tmp_path, monkeypatch):
    made = pages.pages

    def slowly(known):
        mark(course, "g001", "data_quality", 1.0, seen=VERSIONS["g001"])
        return made(known)

    monkeypatch.setattr(pages, "pages", slowly)
    with pytest.raises(ExportRefused, match="changed while"):
        run(course, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_book_that_cannot_keep_the_export_gets_the_old_folder_back(course, tmp_path):
    out = tmp_path / "out"
    run(course, out)
    before = (out / "grades.csv").read_bytes()
    mark(course, "g001", "data_quality", 1.0, seen=VERSIONS["g001"])
    deferred = "create table late (id integer references history(id) deferrable initially deferred)"
    trigger = "create trigger refuse after insert on history begin insert into late values (-1); end"
    with opened(course.folder) as book, book.writing() as db:
        db.exec_driver_sql(deferred)
        db.exec_driver_sql(trigger)
    with pytest.raises(IntegrityError):  # at the commit, when the new folder is in place
        run(course, out)
    assert (out / "grades.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course", "out"]


def test_late_days_are_a_roster_for_the_next_homework(course, tmp_path):
    run(course, tmp_path / "out")
    rows = roster.read(tmp_path / "out/late_days.csv", course.zone).rows
    assert [(row.group, row.identifier, row.days_left) for row in rows[:2]] == [
        ("Harbor Lights", "Participant 11", 1.0),
        ("Harbor Lights", "Participant 12", 1.0),
    ]
