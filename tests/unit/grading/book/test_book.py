"""The book is read and written whole: one writer at a time, readers see one moment, refusals are sentences."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from grading.book import settings, sqlite_file
from grading.book.book import opened
from quality.errors import ConfigError, HardwareError, InputError

SECRET = "s3cr3t-hunter2"


def test_what_is_written_is_there_afterwards(book, database, tmp_path):
    with book.writing() as db:
        settings.put(db, "a", 1)
    with opened(tmp_path, database) as again, again.reading() as db:
        assert settings.get(db, "a") == 1


def test_what_fails_leaves_nothing(book):
    with pytest.raises(InputError), book.writing() as db:
        settings.put(db, "a", 1)
        raise InputError("no")
    with book.reading() as db:
        assert settings.get(db, "a") is None


def test_a_reader_sees_one_moment(book):
    with book.reading() as seen:
        assert settings.get(seen, "a") is None
        with book.writing() as db:
            settings.put(db, "a", 1)
        assert settings.get(seen, "a") is None
    with book.reading() as db:
        assert settings.get(db, "a") == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_reader_on_a_server_cannot_write(book):
    with pytest.raises(DBAPIError, match="read-only transaction"), book.reading() as db:
        settings.put(db, "a", 1)


def test_a_second_writer_waits_until_the_first_is_done(book):
    inside, order = threading.Event(), []

    def second():
        inside.wait(30)
        with book.writing() as db:
            order.append(("second", settings.get(db, "a")))

    with ThreadPoolExecutor(1) as pool:
        with book.writing() as db:
            done = pool.submit(second)
            inside.set()
            settings.put(db, "a", 1)
            order.append(("first", None))
        done.result(30)
    assert order == [("first", None), ("second", 1)]


def test_a_second_writer_does_not_wait_for_ever(database, tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite_file, "WAIT_S", 1 if database else 0.05)  # the server counts whole seconds
    with (
        opened(tmp_path, database) as one,
        opened(tmp_path, database) as two,
        one.writing(),
        pytest.raises(HardwareError, match="another command is writing"),
        two.writing(),
    ):
        pass


def test_many_who_open_a_new_book_at_once_all_get_it(empty_database, tmp_path):
    start = threading.Barrier(6)

    def one(number):
        start.wait(30)
        with opened(tmp_path, empty_database) as book, book.writing() as db:
            settings.put(db, f"key {number}", number)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(6)))
    with opened(tmp_path, empty_database) as book, book.reading() as db:
        assert [settings.get(db, f"key {number}") for number in range(6)] == list(range(6))


def test_vacuum_runs_outside_a_transaction(book):
    with book.outside() as db:
        db.execute(text("VACUUM"))


def test_a_bug_of_ours_is_not_dressed_up(book):
    with pytest.raises(DBAPIError, match="no_such_column") as caught, book.writing() as db:
        db.execute(text("SELECT no_such_column FROM history WHERE who = :name"), {"name": "Ada Lovelace"})
    assert "Ada" not in str(caught.value)  # the message of a bug is a log like any other


@pytest.mark.postgresql
def test_a_server_that_is_not_there(tmp_path):
    url = f"postgresql://ada:{SECRET}@127.0.0.1:1/cs412"
    with pytest.raises(ConfigError) as caught, opened(tmp_path, url):
        pass
    assert "postgresql://127.0.0.1:1/cs412: the database refuses" in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.postgresql
def test_a_database_that_is_not_there(tmp_path, _postgresql):
    url = _postgresql.replace("tests@", f"tests:{SECRET}@").replace("{}", "no_such_database")
    with pytest.raises(ConfigError) as caught, opened(tmp_path, url):
        pass
    assert 'database "no_such_database" does not exist' in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.postgresql
def test_a_driver_that_is_not_installed(tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with (
        pytest.raises(ConfigError, match=r"not installed[\s\S]*proofgate\[postgresql\]"),
        opened(tmp_path, "postgresql://x/y"),
    ):
        pass
