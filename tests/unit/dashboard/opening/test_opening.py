"""What is named → a site: what cannot be opened, what is fresh, what a renewed site sees, what a course's rows are."""

import shutil
import sys
from dataclasses import replace

import pytest
from sqlalchemy import delete

from dashboard.editing import desks
from dashboard.editing.desk import seen
from dashboard.index import Index
from dashboard.model import Filter, RowKey, ref
from dashboard.opening import one_file, ready, worker
from dashboard.site import Named, Opening
from grading.book import documents, hand_ins, people, tables
from grading.model import HandIn
from grading.scoring.full_report import MOST_TEXT
from quality.cli_inputs import Options
from quality.errors import ConfigError, HardwareError, InputError, ProofgateError
from tests import sites


def test_a_file_is_opened_with_what_a_check_finds(file_site):
    index = file_site.index
    assert index.count() == 8
    assert [brief.id for brief in index.page()] == sites.HOSTILE_IDS
    assert index.entry(8).row.output == sites.FAULTY[7]
    assert "GRM" in "".join(rule.code for rule in index.totals().rules)
    assert index.about().verdict["passed"] is False
    assert file_site.file.resolved() is file_site.file.resolved()


def test_what_no_csv_can_hold_comes_back_as_it_was(tmp_path):
    site = sites.one_file(tmp_path, sites.ODD_ROWS)
    assert [entry.row.output for entry in map(site.index.entry, (1, 2, 3))] == [
        row[2] for row in sites.ODD_ROWS
    ]
    assert site.index.count(Filter(text="A NUL\x00 byte")) == 1
    assert site.index.count(Filter(fail_modes=("\x00",))) == 1


def test_an_index_is_made_once_and_anew_after_a_change(file_site):
    assert file_site.renewed().index == file_site.index
    sites.write(file_site.file.options.data, [*sites.ROWS, ("new", *sites.ROWS[5][1:])])
    renewed = file_site.renewed()
    assert (renewed.index.count(), file_site.index.count()) == (9, 8)  # who still looks at the old one can
    assert len(renewed.file.resolved().request.table.rows) == 9


def test_a_corrected_copy_that_is_shown_in_place_of_the_file_is_named(file_site):
    row = file_site.index.entry(8).row
    desks.desk_of(file_site).save(row.row, seen(row), {"output": sites.MENDED[7]})
    desks.forget(file_site.file.options.data)
    about = file_site.renewed().index.about()
    assert about.path.endswith("data.edited.csv")
    assert about.notes[0].startswith("data.edited.csv is shown: data.csv with the corrections")
    assert not any("is shown" in note for note in file_site.index.about().notes)


def test_a_named_original_is_beside_each_row(tmp_path):
    site = sites.one_file(tmp_path, sites.ROWS[5:7], original=[(*sites.ROWS[5][:2], sites.FAULTY[7], "")])
    assert [site.index.entry(number).row.original for number in (1, 2)] == [sites.FAULTY[7], None]
    assert site.index.count(Filter(text="mammals")) == 1


def test_a_large_file_is_checked_in_a_process_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(one_file, "MOST_HERE", 0)
    seen = []
    path = sites.write(tmp_path / "data", sites.ROWS[5:7])
    made = one_file.index(Options(path, jobs=1), Named(), tmp_path, pytest.fail, seen.append)
    assert Index(made).count() == 2
    assert Opening("rows", 2, 2) in seen


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        (
            '{"error": ["InputError", "the file is empty", "data.csv", "fill it"]}',
            InputError,
            "the file is empty",
        ),
        ('{"progress": ["texts", 1, 2]}', HardwareError, "was ended from outside"),
    ],
)
def test_a_process_that_fails_says_why(tmp_path, monkeypatch, said, kind, words):
    monkeypatch.setattr(worker, "COMMAND", (sys.executable, "-S", "-c", f"input(); print({said!r})"))
    with pytest.raises(kind, match=words):
        worker.made_elsewhere(tmp_path / "x", Options(tmp_path), None, tmp_path, lambda opening: None)


def test_what_cannot_be_opened_is_said_at_once(tmp_path):
    (tmp_path / "data.csv").write_text("x", encoding="utf-8")
    data = tmp_path / "data.csv"
    for path, options, reviews, words in (
        (tmp_path / "gone.csv", {}, None, "there is no such file"),
        (tmp_path, {}, None, r"no course\.toml"),
        (data, {"original": tmp_path / "gone.csv"}, None, "there is no such file"),
        (data, {"guide": "chta"}, None, "chta"),
        (data, {}, tmp_path / "gone" / "x.db", "cannot write here"),
    ):
        with pytest.raises(ProofgateError) as error:
            ready(path, replace(Options(path), **options), Named(), reviews=reviews)
        assert error.match(words), words
    assert sorted(tmp_path.iterdir()) == [data]


def test_a_course_has_no_reviews_file(tmp_path, course_site):
    with pytest.raises(ConfigError, match="single file"):
        ready(course_site.course.folder, Options(tmp_path), Named(), reviews=tmp_path / "x.db")


def test_a_course_shows_the_rows_of_all_groups(course_site):
    index = course_site.index
    assert {one.label: one.rows for one in index.groups()} == dict.fromkeys(sites.GROUPS, 10)
    hostile = next(one for one in index.groups() if one.label == sites.HOSTILE_NAME)
    first, long, twice, other = (
        index.find(RowKey(hostile.key, key)) for key in (ref("r1"), ref("r5"), ref("r8", 2), ref("r99"))
    )
    assert (first.row.instruction, first.row.output) == (sites.PROMPTS[0], sites.SCRIPT)
    assert (first.row.original, first.row.fail_mode, first.cut) == (sites.FAULTY[0], "grammar", False)
    assert (long.row.output, long.cut) == (sites.LONG[:MOST_TEXT], True)
    assert (twice.row.output, twice.row.original, twice.row.fail_mode) == (
        "Whales sing.",
        sites.FAULTY[7],
        "tone",
    )
    assert (other.row.instruction, other.row.output, other.row.original) == (sites.SCRIPT, sites.LINKS, None)
    assert index.totals(Filter(groups=(hostile.key,))).rows == 10


def test_only_groups_that_changed_are_read_again(course_site, monkeypatch):
    kept = course_site.index
    assert course_site.renewed().index == kept
    first, second, _ = (one.key for one in kept.groups())
    with course_site.book.writing() as db:
        body = documents.get(db, second, "report")
        body["rows"] = body["rows"][:3]
        body["findings"] = [one for one in body["findings"] if one["row"] in (2, 3, 4)]
        documents.put(db, second, "report", "f" * 64, body)
        # it would have no row if the group were read
        documents.put(db, first, "answers", documents.inputs(db, "answers")[first], {})
    renewed = course_site.renewed().index
    assert [one.rows for one in renewed.groups()] == [10, 3, 10]
    assert renewed.entry(14).row == kept.entry(21).row
    assert kept.count() == 30


def test_a_group_that_waits_for_a_run_is_named(course_site):
    with course_site.book.writing() as db:
        known = hand_ins.current(db)["g001"]
        hand_ins.add(db, HandIn("g001", "9" * 64, known.received, known.files))
        documents.put(db, "g002", "report", "f" * 64, {})
    notes = course_site.renewed().index.about().notes
    assert "g001: a newer hand-in was not run yet: `grading run`" in notes
    assert "g002: the grade book has no row of it: `grading run`, then `grading show g002` says why" in notes


def test_a_group_whose_documents_do_not_fit_together_costs_itself_alone(course_site):
    before = course_site.index.count()
    with course_site.book.writing() as db:
        answers = documents.get(db, "g001", "answers")
        documents.put(db, "g001", "answers", "e" * 64, {})
    broken = course_site.renewed().index
    assert [one.key for one in broken.groups()] == ["g002", "g003"]
    assert any(note.startswith("g001: the grade book has no row of it") for note in broken.about().notes)
    with course_site.book.writing() as db:
        documents.put(db, "g001", "answers", "d" * 64, answers)
    assert course_site.renewed().index.count() == before


def test_a_group_without_readable_data_is_not_to_be_run_again(course_site):
    with course_site.book.writing() as db:
        for name in ("report", "quality"):
            db.execute(
                delete(tables.document).where(tables.document.c.grp == "g001", tables.document.c.name == name)
            )
        db.execute(
            delete(tables.document).where(tables.document.c.grp == "g002", tables.document.c.name == "report")
        )
        people.put_group(db, name="Empty Hands", identifier=None)
    notes = course_site.renewed().index.about().notes
    assert "g001: no row of the hand-in could be read: `grading show g001` says why" in notes
    assert "g002: was run by an earlier version, which kept no rows: `grading run`" in notes
    assert "1 group handed in nothing: g004" in notes


def test_a_course_without_its_submissions_shows_its_rows(course_site):
    shutil.rmtree(course_site.course.submissions)
    assert course_site.renewed().index.count() == 30
