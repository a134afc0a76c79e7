"""Copies of the grade book: sound, whole, for their owner alone, and restorable."""

import os
import resource
import shutil
import sqlite3
import stat
import subprocess

import pytest
from sqlalchemy import text

from grading.book import people, versions
from grading.book.book import opened
from grading.privacy import backup, copies
from quality.errors import ConfigError, HardwareError, InputError, ProofgateError
from tests.unit.grading.book.test_versions import make_old


def names(book):
    with book.reading() as db:
        return [group.name for group in people.groups(db)]


def add(book, name):
    with book.writing() as db:
        return people.put_group(db, name=name, identifier=None)


def test_a_copy_is_the_book_of_that_moment(book, tmp_path):
    add(book, "Işık")
    path = backup.backup(book)
    add(book, "Later")
    assert path.parent == tmp_path / "backups"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    if book.file is not None:
        restored = tmp_path / "restored"
        restored.mkdir()
        shutil.copy(path, restored / "grading.db")
        with opened(restored, "") as again:
            assert names(again) == ["Işık"]


@pytest.mark.postgresql
def test_a_dump_is_restored_into_an_empty_database(tmp_path, _postgresql):
    from tests import postgres

    with opened(tmp_path, postgres.create(_postgresql)) as book:
        add(book, "Işık")
        path = backup.backup(book)
    empty = postgres.create(_postgresql)
    subprocess.run(
        ["pg_restore", "--no-owner", f"--dbname={empty}", str(path)], check=True, capture_output=True
    )
    with opened(tmp_path, empty) as again:
        assert names(again) == ["Işık"]
        with pytest.raises(Exception, match="history only grows"), again.writing() as db:
            db.execute(text("TRUNCATE history CASCADE"))


def test_a_copy_while_somebody_reads_and_another_has_written(tmp_path):
    with opened(tmp_path, "") as book, opened(tmp_path, "") as other:
        with other.reading() as db:
            people.groups(db)
            add(book, "A")
            path = backup.backup(book)
        copy = sqlite3.connect(path)
        assert copy.execute("SELECT name FROM identity").fetchall() == [('"A"',)]
        copy.close()


def test_a_file_that_is_there_is_not_replaced(book, tmp_path):
    for path in (tmp_path / "mine", book.file or tmp_path / "mine"):
        path.touch()
        before = path.read_bytes()
        with pytest.raises(InputError, match="is there already"):
            backup.backup(book, path)
        assert path.read_bytes() == before


def test_copies_that_nobody_asked_for_are_kept_for_a_while(tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "KEPT", 3)
    with opened(tmp_path, "") as book:
        asked = backup.backup(book)
        own = asked.with_name("before-the-exam.db")
        backup.backup(book, own)
        made = []
        for _ in range(5):
            backup.before_import(book)()
            made.append(backup.made(asked.parent)[-1])
    assert sorted(asked.parent.iterdir()) == sorted([asked, own, *made[-3:]])


def test_an_old_book_is_copied_before_its_tables_change(database, tmp_path, capsys):
    with opened(tmp_path, database) as book:
        add(book, "A")
    make_old(tmp_path, database)
    with opened(tmp_path, database, before_migration=backup.before_migration) as book:
        [path] = backup.made(tmp_path / "backups")
        assert path.stem.endswith("-migration")
        if book.file is not None:
            copy = sqlite3.connect(path)
            assert copy.execute(f"SELECT * FROM {versions.VERSION_TABLE}").fetchall() == [("0001",)]
            copy.close()
    assert str(path) in capsys.readouterr().err


def test_a_damaged_book_gives_no_copy(tmp_path):
    with opened(tmp_path, "") as book:
        with book.writing() as db:
            for number in range(60):
                people.put_group(db, name=f"group {number}" * 90, identifier=None)
        with book.file.open("r+b") as stream:
            stream.seek(8 * 4096)
            stream.write(b"\xff" * 4096 * 4)
        with pytest.raises(ProofgateError, match=r"damaged|malformed"):
            backup.backup(book)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with opened(tmp_path, "") as book:
        add(book, "A")
        size = backup.backup(book).stat().st_size
        refused = 0
        for limit in range(0, size, 4096 * 7):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            try:
                with pytest.raises(HardwareError, match=r"full|cannot be written") as told:
                    backup.backup(book)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            assert told.value.exit_code == 2
            refused += 1
            assert len(list((tmp_path / "backups").iterdir())) == 1
        assert refused > 2
        backup.backup(book)
        assert names(book) == ["A"]


@pytest.mark.postgresql
def test_without_postgresqls_own_program(tmp_path, _postgresql, monkeypatch, capsys):
    from tests import postgres

    with opened(tmp_path, postgres.create(_postgresql)) as book:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(copies.NoTool, match="pg_dump, is not here") as told:
            backup.backup(book)
        assert "postgresql-client" in str(told.value)
        backup.before_import(book)()
        assert "note: no backup was made" in capsys.readouterr().err
        with pytest.raises(ConfigError):
            backup.before_migration(book, "0001")
    assert not any((tmp_path / "backups").iterdir())


@pytest.mark.postgresql
def test_the_password_is_on_no_command_line(tmp_path, _postgresql, monkeypatch):
    from tests import postgres

    seen = tmp_path / "seen"
    program = tmp_path / "bin" / "pg_dump"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" > {seen}\necho "$PGPASSWORD" >> {seen}\necho "s3cret no" >&2\nexit 1\n'
    )
    program.chmod(0o755)
    url = postgres.create(_postgresql).replace("tests@", "tests:s3cret@")
    with opened(tmp_path, url) as book:
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
        with pytest.raises(ConfigError) as told:
            backup.backup(book)
    command, password = seen.read_text().splitlines()
    assert "s3cret" not in command
    assert password == "s3cret"
    assert "s3cret" not in str(told.value)
