"""History only grows: raw SQL that would change it is refused by the database itself."""

import sqlite3
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from grading.book import history, history_text

INSERT = "INSERT INTO history (id, at, who, what) VALUES (1, 'x', '\"eve\"', 'x')"
CHANGES = (
    "UPDATE history SET who = '\"eve\"'",
    "UPDATE history SET id = 7",
    "DELETE FROM history",
    "DELETE FROM history WHERE id = 1",
)
SQLITE_CHANGES = (
    INSERT.replace("INSERT", "INSERT OR REPLACE"),
    INSERT.replace("INSERT", "REPLACE"),
    "UPDATE OR REPLACE history SET id = 2 WHERE id = 1",
    "INSERT OR REPLACE INTO history (at, who, what, grp, line, version) VALUES ('x', '\"eve\"', 'x', 'g001', 'a', 1)",
)
POSTGRESQL_CHANGES = (
    "TRUNCATE history CASCADE",
    f"{INSERT} ON CONFLICT (id) DO UPDATE SET who = '\"eve\"'",
    "WITH gone AS (DELETE FROM history RETURNING id) SELECT count(*) FROM gone",
)


@pytest.fixture
def with_entries(book):
    with book.writing() as db:
        history.append(
            db, who="ada", what="manual", group="g001", line="a", version=1, after={"points": 1}, why="ok"
        )
        history.append(db, who="run", what="import")
    return book


def told(book):
    with book.reading() as db:
        return [(entry.id, entry.who, entry.what) for entry in history.entries(db)]


def test_no_entry_is_changed_or_deleted(with_entries):
    before = told(with_entries)
    sqlite = with_entries.file is not None
    for change in CHANGES + (SQLITE_CHANGES if sqlite else POSTGRESQL_CHANGES):
        with (
            pytest.raises(DBAPIError, match="history only grows"),
            with_entries.writing() as db,
        ):
            db.execute(text(change))
        assert told(with_entries) == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_entry_is_replaced_where_a_connection_hears_of_no_deleted_rows(with_entries):
    shell = sqlite3.connect(with_entries.file)
    for change in CHANGES + SQLITE_CHANGES:
        with pytest.raises(sqlite3.IntegrityError, match="history only grows"):
            shell.execute(change)
    shell.close()


def test_who_forgets_may_change_it_in_one_transaction_alone(with_entries):
    with with_entries.writing() as db, history.redacting(db):
        db.execute(text("UPDATE history SET why = NULL WHERE id = 1"))
        db.execute(text("DELETE FROM history WHERE id = 2"))
    assert told(with_entries) == [(1, "ada", "manual")]
    with pytest.raises(DBAPIError, match="only grows"), with_entries.writing() as db:
        db.execute(text("DELETE FROM history"))


def test_a_way_past_the_triggers_is_never_left_open(with_entries):
    with pytest.raises(IntegrityError), with_entries.writing() as db:
        db.execute(text("INSERT INTO redaction (id) VALUES (0)"))
        db.execute(text("DELETE FROM history"))
    with pytest.raises(IntegrityError), with_entries.writing() as db:
        db.execute(text("INSERT INTO redaction (id) VALUES (1)"))
    assert len(told(with_entries)) == 2


def test_numbers_of_purged_entries_are_not_given_again(with_entries):
    with with_entries.writing() as db, history.redacting(db):
        db.execute(text("DELETE FROM history"))
    with with_entries.writing() as db:
        history.append(db, who="ada", what="export")
    assert told(with_entries) == [(3, "ada", "export")]


def test_a_version_of_a_line_stands_there_once(with_entries):
    with pytest.raises(DBAPIError), with_entries.writing() as db:
        history.append(db, who="eve", what="manual", group="g001", line="a", version=1)
    assert len(told(with_entries)) == 2


def test_entries_of_one_group(with_entries):
    with with_entries.reading() as db:
        (entry,) = history.entries(db, "g001")
        assert history.entries(db, "g002") == ()
    assert (entry.line, entry.version, entry.before, entry.after, entry.why) == (
        "a",
        1,
        None,
        {"points": 1},
        "ok",
    )
    assert entry.at.utcoffset().total_seconds() == 0


def test_text_that_no_database_takes_comes_back_as_it_was(book):
    with book.writing() as db:
        history.append(db, who="ada\x00\ud800", what="x", why="\x1b[31m\u202e'; DROP TABLE history; --")
    with book.reading() as db:
        (entry,) = history.entries(db)
    assert (entry.who, entry.why) == ("ada\x00\ud800", "\x1b[31m\u202e'; DROP TABLE history; --")


def test_what_was_done_to_the_course_is_told_in_words(book):
    done = (
        ("import", None, None, {"new": 9, "newer": 0, "unknown": 2}),
        ("export", None, None, {"groups": 9, "ungraded": ["g006"], "accepted": 0, "files": {"a.csv": "0" * 64}}),
        ("purge", None, None, {"people": ["p0001"], "groups": [], "grades_kept": True}),
        ("enrolment", "g001", {"person": "p0001", "late_days": 1.0}, {"person": "p0001", "late_days": 0.0}),
        ("enrolment", "g001", {"person": "p0001", "extension": None}, {"person": "p0001", "extension": "2026-12-01"}),
        ("backup", None, None, None),
    )  # fmt: skip
    with book.writing() as db:
        for what, group, before, after in done:
            history.append(db, who="ada", what=what, group=group, before=before, after=after)
    with book.reading() as db:
        zone, *lines = history_text.render(history.entries(db), ZoneInfo("Europe/Istanbul")).splitlines()
    assert zone == "times of Europe/Istanbul"
    assert [line.split("  ", 1)[1] for line in lines] == [
        "ada  import  9 new, 2 unknown",
        "ada  export  1 files, 9 groups, ungraded g006",
        "ada  purge  grades kept, people p0001",
        "ada  enrolment  g001: late days 1, person p0001 → late days 0, person p0001",
        "ada  enrolment  g001: person p0001 → extension 2026-12-01, person p0001",
        "ada  backup",
    ]


def test_without_entries_nothing_is_told():
    assert history_text.render((), ZoneInfo("UTC")) == ""
