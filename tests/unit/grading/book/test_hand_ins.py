"""The newest hand-in counts, the others are kept, and importing twice changes nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from grading.book import hand_ins
from grading.model import HandIn, Level, Role, Trouble
from quality.errors import InputError

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def hand_in(folder, version, received=NOON, group="g001", troubles=()):
    path = folder / "submissions" / group / version[:16] / "data.csv"
    return HandIn(group, version * 32, received, {Role.DATA: path}, troubles)


def test_a_hand_in_comes_back_as_it_was(book, tmp_path):
    trouble = Trouble("archive.extra", Level.NOTE, "\x00\ud800 <b>", "x.txt", "leave it out")
    given = hand_in(tmp_path, "ab", troubles=(trouble,))
    with book.writing() as db:
        assert hand_ins.add(db, given)
    with book.reading() as db:
        assert hand_ins.current(db) == {"g001": given}


def test_the_same_again_is_known(book, tmp_path):
    with book.writing() as db:
        assert [hand_ins.add(db, hand_in(tmp_path, "ab")) for _ in range(2)] == [True, False]
        assert len(hand_ins.of_group(db, "g001")) == 1


def test_the_last_received_counts_whenever_it_was_imported(book, tmp_path):
    old, new = hand_in(tmp_path, "01"), hand_in(tmp_path, "02", NOON + timedelta(microseconds=1))
    with book.writing() as db:
        for one in (new, old, hand_in(tmp_path, "03", None)):
            hand_ins.add(db, one)
        assert hand_ins.current(db) == {"g001": new}
        assert [one.version[:2] for one in hand_ins.of_group(db, "g001")] == ["03", "01", "02"]


def test_without_times_the_last_imported_counts(book, tmp_path):
    with book.writing() as db:
        for version in ("02", "01"):
            hand_ins.add(db, hand_in(tmp_path, version, None))
        assert hand_ins.current(db)["g001"].version[:2] == "01"


def test_zones_do_not_disturb_the_order(book, tmp_path):
    istanbul = timezone(timedelta(hours=3))
    early = hand_in(tmp_path, "01", datetime(2026, 11, 23, 14, 59, tzinfo=istanbul))
    with book.writing() as db:
        hand_ins.add(db, hand_in(tmp_path, "02"))
        hand_ins.add(db, early)
        assert hand_ins.current(db)["g001"].version[:2] == "02"


def test_a_time_that_the_lms_says_later_is_taken_and_an_earlier_one_is_not(book, tmp_path):
    times = [None, NOON, NOON - timedelta(days=1), None, NOON + timedelta(days=1)]
    seen = []
    with book.writing() as db:
        for received in times:
            hand_ins.add(db, hand_in(tmp_path, "01", received))
            seen.append(hand_ins.current(db)["g001"].received)
    assert seen == [None, NOON, NOON, NOON, NOON + timedelta(days=1)]


def test_paths_move_with_the_course_folder(book, tmp_path):
    with book.writing() as db:
        hand_ins.add(db, hand_in(tmp_path, "ab"))
        stored = db.exec_driver_sql("SELECT files FROM hand_in").scalar()
    assert stored == '{"data":"submissions/g001/ab/data.csv"}'


def test_a_link_to_the_course_folder_does_not_matter(book, tmp_path):
    link = tmp_path.with_name(f"{tmp_path.name}-link")
    link.symlink_to(tmp_path)
    with book.writing() as db:
        hand_ins.add(db, hand_in(link, "ab"))
        assert hand_ins.current(db)["g001"] == hand_in(tmp_path, "ab")


def test_a_file_outside_the_course_folder_is_refused(book, tmp_path):
    with pytest.raises(InputError, match="must lie in the course folder"), book.writing() as db:
        hand_ins.add(db, hand_in(tmp_path.parent, "ab"))


def test_each_group_has_its_own(book, tmp_path):
    with book.writing() as db:
        for group in ("g002", "g001"):
            assert hand_ins.add(db, hand_in(tmp_path, "ab", group=group))
        assert list(hand_ins.current(db)) == ["g001", "g002"]


def test_a_known_hand_in_is_sorted_anew_without_another_time(book, tmp_path):
    with book.writing() as db:
        hand_ins.add(db, hand_in(tmp_path, "a"))
        hand_ins.renew(db, replace(hand_in(tmp_path, "a", None), files={}))
        (kept,) = hand_ins.of_group(db, "g001")
    assert (kept.files, kept.received) == ({}, NOON)
