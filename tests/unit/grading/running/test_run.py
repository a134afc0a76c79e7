"""The batch: every group graded, one that fails costs nobody else, and nothing is done twice."""

import shutil
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from grading.book import documents, hand_ins, history, marks, pairs, people, settings
from grading.book.book import opened
from grading.course.reading import load
from grading.feedback import titles
from grading.model import HandIn, Role
from grading.running import run as running
from grading.running import summary, telling, worker
from quality import lock
from quality.errors import InputError, ProofgateError
from quality.workers import keeping
from tests.unit.grading.running import courses

WHO = "ta"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course of four groups, graded once: honest, untouched, without predictions, and not a CSV."""
    course = courses.make(tmp_path_factory.mktemp("running"))
    handed_in = {
        "honest": courses.files(),
        "untouched": courses.files(data=courses.data(courses.FAULTY), notebook=courses.notebook("print(2)")),
        "no answers": courses.files(predictions=None, notebook=courses.notebook("print(3)")),
        "no table": courses.files(data=b"<html>log in</html>", notebook=courses.notebook("print(4)")),
    }
    with opened(course.folder) as book, keeping():
        for name, contents in handed_in.items():
            courses.hand_in(book, course, name, contents)
        with book.writing() as db:
            people.put_group(db, name="absent", identifier=None)
        graded_now(course, book)
    return course.folder


@pytest.fixture
def course(graded, tmp_path):
    """A copy of it, for one test."""
    shutil.copytree(graded, tmp_path / "course")
    return load(tmp_path / "course")


@pytest.fixture
def book(course):
    with opened(course.folder, "") as book:
        yield book


@pytest.fixture(autouse=True)
def _one_worker():
    with keeping():
        yield


def graded_now(course, book, **options):
    return running.run(course, book, jobs=1, progress=courses.silent, who=WHO, **options)


def read(book):
    with book.reading() as db:
        return {group: {mark.key: mark for mark in given} for group, given in marks.all_marks(db).items()}


def points(book):
    return {group: {key: mark.points for key, mark in given.items()} for group, given in read(book).items()}


def events(book):
    with book.reading() as db:
        return len(history.entries(db))


def test_every_group_has_every_line_and_what_is_missing_is_open(course, book):
    found = points(book)
    assert list(found) == ["g001", "g002", "g003", "g004", "g005"]
    assert all(sorted(lines) == sorted(course.rubric) for lines in found.values())
    assert None not in found["g001"].values()
    assert found["g001"]["data_quality"] > found["g002"]["data_quality"]
    assert [key for key, value in found["g003"].items() if value is None] == ["predictions"]
    assert found["g004"]["data_quality"] is None
    assert found["g004"]["predictions"] == found["g001"]["predictions"]
    assert set(found["g005"].values()) == {None}


def test_documents_and_pairs_are_in_the_book(book):
    with book.reading() as db:
        for name in ("examined", "quality", "predictions", "consensus", "facts", "signals", "stability"):
            assert "g001" in documents.get_all(db, name), name
        for name in ("calibration", "clusters", "alpha"):
            assert documents.get(db, documents.COURSE, name), name
        assert [(one.a, one.b) for one in pairs.get_all(db)] == [
            ("g001", "g002"),
            ("g001", "g003"),
            ("g002", "g003"),
        ]
        assert documents.get(db, "g001", "examined")["lineage"]["state"] == "not given"


def test_the_same_command_again_does_nothing(course, book, monkeypatch):
    before, events_before = read(book), events(book)
    monkeypatch.setattr(worker.score, "score", None)
    done = graded_now(course, book)
    assert (done.groups, done.scored, done.failed, done.empty) == (4, 0, {}, ("g005",))
    assert read(book) == before
    assert events(book) == events_before


def test_fresh_makes_everything_anew_and_finds_the_same(course, book):
    before, events_before = read(book), events(book)
    assert graded_now(course, book, fresh=True).scored == 4
    assert read(book) == before
    assert events(book) == events_before


def test_a_changed_rubric_checks_nothing_again_and_leaves_a_persons_marks(course, book, monkeypatch):
    with book.writing() as db:
        marks.save(db, "g001", "hand_in", 7.0, why="late mail", who=WHO, expected=1, hand_in_version=None)
    monkeypatch.setattr(worker.score, "score", None)
    before = read(book)["g001"]
    other = courses.change(course.folder, data_quality="20", hand_in="30")
    assert graded_now(other, book).scored == 0
    after = read(book)["g001"]
    assert after["data_quality"].points == before["data_quality"].points / 2
    assert (after["hand_in"].effective, after["hand_in"].points) == (7.0, 30.0)


def test_a_newer_hand_in_is_scored_alone_and_its_missing_files_are_not_the_old_ones(course, book):
    newer = courses.put(course, "g001", courses.files(predictions=None, notebook=courses.notebook("x = 1")))
    with book.writing() as db:
        hand_ins.add(db, newer)
    done = graded_now(course, book)
    assert done.scored == 1
    assert points(book)["g001"]["predictions"] is None
    assert done.open["g001"] == ("predictions",)
    with book.reading() as db:
        assert documents.get(db, "g001", "examined")["hand_in"] == newer.version


def test_a_group_at_which_the_program_fails_is_open_and_tried_again(course, book, monkeypatch):
    right = worker.score.score

    def failing(hand_in, bench):
        if hand_in.group == "g002":
            raise RuntimeError("boom")
        return right(hand_in, bench)

    monkeypatch.setattr(worker.score, "score", failing)
    done = graded_now(course, book, fresh=True)
    assert list(done.failed) == ["g002"]
    assert "RuntimeError in test_run.py" in done.failed["g002"]
    assert set(points(book)["g002"].values()) == {None}
    assert points(book)["g001"]["data_quality"] is not None
    monkeypatch.undo()
    assert graded_now(course, book).scored == 1
    assert points(book)["g002"]["completeness"] == 10


def test_a_stopped_run_goes_on_where_it_was(course, book):
    def stop(what, done, total):
        if what == "groups" and done == 2:
            raise KeyboardInterrupt

    before = points(book)
    with pytest.raises(KeyboardInterrupt):
        running.run(course, book, jobs=1, progress=stop, who=WHO, fresh=True)
    with book.writing() as db:  # as if the first run had been stopped there
        for group in ("g003", "g004"):
            documents.put(db, group, "examined", "f" * 64, {})
    assert graded_now(course, book).scored == 2
    assert points(book) == before


def test_comparing_that_fails_costs_no_grade_but_the_part_that_hangs_on_it(course, book, monkeypatch):
    from grading.copying import compare

    def broken(*_, **__):
        raise RuntimeError("boom")

    monkeypatch.setattr(compare, "compare", broken)
    done = graded_now(course, book, fresh=True)
    assert any("copying" in note and "boom" in note for note in done.notes)
    assert points(book)["g001"]["data_quality"] is not None
    assert read(book)["g001"]["fail_mode"].evidence["others"] is None
    monkeypatch.undo()
    graded_now(course, book)
    with book.reading() as db:
        assert pairs.get_all(db)


def test_lateness_by_member_and_the_extension_of_any_of_them(course, book):
    late = courses.change(course.folder, at="2026-12-01T23:59:00+03:00", policy='"per-member"')
    received = datetime(2026, 12, 3, 12, tzinfo=ZoneInfo("Europe/Istanbul"))
    with book.writing() as db:
        (one,) = hand_ins.of_group(db, "g001")
        hand_ins.add(db, replace(one, received=received))
        keys = [
            people.put_person(db, identifier=name, name=name, email="")
            for name in ("Participant 1", "Participant 2")
        ]
        for key, left in zip(keys, (2.0, 0.0), strict=True):
            people.put_member(db, key, "g001", left)
    assert graded_now(late, book).scored == 0
    mark = read(book)["g001"]["lateness"]
    assert mark.points == 0
    assert mark.evidence["members"] == [
        {"person": keys[0], "days_used": 2.0, "points_off": 0.0},
        {"person": keys[1], "days_used": 0.0, "points_off": 20.0},
    ]
    assert read(book)["g002"]["lateness"].points is None  # nobody knows when it came
    with book.writing() as db:
        settings.put(db, "extensions", {keys[1]: "2026-12-04T00:00:00+03:00"})
    graded_now(late, book)
    assert read(book)["g001"]["lateness"].evidence["begun_days"] == 0


def test_two_workers_find_what_one_finds(course, book):
    before = read(book)
    done = running.run(course, book, jobs=2, progress=courses.silent, who=WHO, fresh=True)
    assert done.scored == 4
    assert read(book) == before


def test_a_hand_in_without_any_file_is_open(course, book):
    with book.writing() as db:
        key = people.put_group(db, name="empty", identifier=None)
        hand_ins.add(db, HandIn(key, "e" * 64, None, {}))
    graded_now(course, book)
    found = points(book)[key]
    assert {found[name] for name in ("data_quality", "fail_mode", "completeness", "predictions")} == {None}
    assert found["hand_in"] == 0


def test_a_stored_file_that_is_gone_or_changed_is_the_courses_error(course, book):
    before, events_before = read(book), events(book)
    with book.reading() as db:
        one = hand_ins.current(db)["g001"].files[Role.DATA]
    content = one.read_bytes()
    for damaged in (None, content + b"r7,more\n"):
        one.unlink() if damaged is None else one.write_bytes(damaged)
        for fresh in (False, True):
            with pytest.raises(InputError, match="g001") as refused:
                graded_now(course, book, fresh=fresh)
            assert refused.value.exit_code == 2
        assert (read(book), events(book)) == (before, events_before)
        one.write_bytes(content)
    assert graded_now(course, book).scored == 0


def test_what_a_run_leaves_to_people_is_said(course, book):
    with book.writing() as db:
        marks.save(db, "g001", "predictions", 20.0, why="fine", who=WHO, expected=1, hand_in_version=None)
    rubric = {**course.rubric, "predictions": 15.0, "report": 10.0}
    done = graded_now(replace(course, rubric=rubric), book)
    assert done.waiting == {"report": 4}
    assert done.above == {"g001": ("predictions",)}
    assert not any("report" in keys for group, keys in done.open.items() if group not in done.empty)
    said = telling.as_text(done)
    assert "report: waits for a person in 4 groups" in said
    assert "  g001: predictions" in said
    assert titles.NO_DEADLINE in done.notes


def test_two_runs_at_once_are_refused(course, book):
    taken = "another `grading run` works here"
    with (
        lock.held(course.folder / running.LOCK, where=course.folder, taken=taken),
        pytest.raises(ProofgateError, match="another `grading run`") as refused,
    ):
        graded_now(course, book)
    assert refused.value.exit_code == 2
    assert graded_now(course, book).scored == 0


def test_what_others_agree_on_is_credited_to_its_own_rows(book):
    with book.reading() as db:
        share = documents.get(db, "g001", "consensus")["share"]
        credits = documents.get(db, "g001", "credits")
    assert share is None or round(sum(credits.values()) / len(credits), 6) == round(share, 6)


def test_a_crash_is_told_without_control_characters():
    done = summary.Summary(1, 1, (), {"g001": "\x1b[31mred"}, {}, {}, {}, ())
    assert "\x1b" not in telling.as_text(done)
