"""Where an SQLite file can be trusted, and which SQLite."""

import sqlite3

import pytest

from grading.book import settings, sqlite_file
from grading.book.book import opened
from quality.errors import ConfigError, HardwareError

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
//server/share /mnt/with\040space cifs rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
drive /content/drive fuse rw 0 0
ada@host: /home/local/far fuse.sshfs rw 0 0
/dev/sdc1 /media/stick fuseblk rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", "ext4"),
        ("/work", "ext4"),
        ("/home/ada/cs412", "nfs4"),
        ("/homes/ada", "ext4"),
        ("/home/local/cs412", "ext4"),
        ("/home/local/far", "fuse.sshfs"),
        ("/mnt/with space/cs412", "cifs"),
        ("/content/drive/MyDrive", "fuse.drive"),
        ("/media/stick", "fuseblk"),
    ],
)
def test_the_kind_of_disk_is_that_of_the_nearest_mount(tmp_path, folder, kind):
    assert sqlite_file.file_system(tmp_path.__class__(folder), MOUNTS) == kind


def test_where_nothing_is_known_nothing_is_said(tmp_path):
    assert sqlite_file.file_system(tmp_path, "") == ""


def test_a_network_drive_is_refused(tmp_path):
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/home {tmp_path} nfs4 rw 0 0\n"
    with pytest.raises(ConfigError, match=r"network drive \(nfs4\)[\s\S]*PostgreSQL by DATABASE_URL"):
        sqlite_file.refuse_network(tmp_path / "grading.db", mounts)
    sqlite_file.refuse_network(tmp_path / "grading.db", mounts.replace("nfs4", "ext4"))


def test_a_link_to_a_network_drive_is_one(tmp_path):
    far = tmp_path / "far"
    far.mkdir()
    (tmp_path / "course").symlink_to(far)
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/home {far} cifs rw 0 0\n"
    with pytest.raises(ConfigError, match="cifs"):
        sqlite_file.refuse_network(tmp_path / "course" / "grading.db", mounts)


@pytest.mark.parametrize(
    ("version", "has"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((4, 0, 0), False),
    ],
)
def test_which_sqlite_can_lose_a_commit(version, has):
    assert sqlite_file.has_wal_reset_bug(version) is has


def test_an_sqlite_that_is_too_old(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with (
        pytest.raises(ConfigError, match=r"SQLite is 3\.34\.1; the grade book needs 3\.35\.0"),
        opened(tmp_path, ""),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("version", "pages"), [((3, 40, 1), 0), ((3, 51, 3), 1000)])
def test_the_log_is_folded_in_only_where_that_is_safe(tmp_path, monkeypatch, version, pages):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    with opened(tmp_path, "") as book, book.outside() as db:
        assert db.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == pages


def test_every_connection_has_the_settings(tmp_path):
    wanted = {
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "synchronous": 2,
        "secure_delete": 1,
        "journal_mode": "wal",
    }
    with opened(tmp_path, "") as book:
        for connection in (book.reading, book.writing, book.outside):
            with connection() as db:
                assert {name: db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted


def test_the_file_is_its_owners_alone_and_nothing_is_left_beside_it(tmp_path):
    with opened(tmp_path, "") as book, book.writing(), book.reading():
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert [path.name for path in tmp_path.iterdir()] == ["grading.db"]


def test_a_course_folder_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError, match=r"no such folder[\s\S]*grading init"), opened(tmp_path / "x", ""):
        pass


def test_a_file_that_is_no_book(tmp_path):
    (tmp_path / "grading.db").write_bytes(b"id,instruction\n" * 1000)
    with pytest.raises(HardwareError, match="is no grade book"), opened(tmp_path, ""):
        pass
    assert (tmp_path / "grading.db").read_bytes() == b"id,instruction\n" * 1000


def test_a_folder_in_the_files_place(tmp_path):
    (tmp_path / "grading.db").mkdir()
    with pytest.raises(ConfigError, match="cannot be written"), opened(tmp_path, ""):
        pass


def test_a_file_that_is_damaged(tmp_path):
    with opened(tmp_path, "") as book, book.writing() as db:
        settings.put(db, "a", "x" * 50_000)
    path = tmp_path / "grading.db"
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    with (
        pytest.raises(HardwareError, match=r"file is damaged[\s\S]*restore a backup"),
        opened(tmp_path, "") as book,
        book.reading() as db,
    ):
        settings.get(db, "a")


def test_what_is_deleted_is_nowhere_in_the_file(tmp_path):
    with opened(tmp_path, "") as book:
        for value in ("canary-7f3a" * 500, "gone"):
            with book.writing() as db:
                settings.put(db, "a", value)
    assert [path.name for path in tmp_path.iterdir()] == ["grading.db"]
    assert b"canary-7f3a" not in (tmp_path / "grading.db").read_bytes()
