"""An old book becomes a new one, and both databases end with the tables that the code works with."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from grading.book import marks, versions
from grading.book.book import Book, opened
from grading.book.tables import metadata
from grading.model import Line
from quality.errors import ConfigError

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
}
OLD_TRIGGERS = {
    "sqlite": ("history_no_update", "history_no_delete", "history_no_replace"),
    "postgresql": ("history_no_change", "history_no_truncate"),
}
NEW_TABLES = ("review", "dismissal", "vote", "access")


def make_old(folder, url, version="0001"):
    """A book as the first version left it."""
    with opened(folder, url) as book, book.writing() as db:
        for name in OLD_TRIGGERS[db.dialect.name]:
            db.execute(
                text(f"DROP TRIGGER {name}" + (" ON history" if db.dialect.name == "postgresql" else ""))
            )
        if db.dialect.name == "postgresql":
            db.execute(text("DROP FUNCTION history_only_grows"))
        for name in NEW_TABLES:
            db.execute(text(f"DROP TABLE {name}"))
        db.execute(text(f"UPDATE {versions.VERSION_TABLE} SET version_num = :version"), {"version": version})


def test_the_migrated_tables_are_those_of_the_code(empty_database, tmp_path):
    with opened(tmp_path, empty_database) as book, book.outside() as db:
        options = {"compare_type": True, "version_table": versions.VERSION_TABLE}
        assert compare_metadata(MigrationContext.configure(db, opts=options), metadata) == []


def test_the_triggers_are_there(book):
    with book.reading() as db:
        names = db.execute(text(TRIGGERS[db.dialect.name])).scalars().all()
        assert names == sorted(OLD_TRIGGERS[db.dialect.name])


def test_the_versions_that_the_code_names_are_those_of_the_scripts(book):
    with book.reading() as db:
        scripts = ScriptDirectory.from_config(versions.alembic_config(db))
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == versions.VERSIONS


def test_an_old_book_is_brought_up_to_date_after_its_owner_was_told(empty_database, tmp_path):
    with opened(tmp_path, empty_database) as book, book.writing() as db:
        marks.put_automatic(db, "g001", [Line("fail_mode", 0.5, 5.0, 10.0, "half")], who="run")
    make_old(tmp_path, empty_database)
    told = []

    def before(book: Book, version: str) -> None:
        with book.reading() as db:
            told.append((version, db.execute(text(TRIGGERS[db.dialect.name])).all()))

    with opened(tmp_path, empty_database, before_migration=before) as book, book.reading() as db:
        assert told == [("0001", [])]
        assert len(db.execute(text(TRIGGERS[db.dialect.name])).all()) == len(OLD_TRIGGERS[db.dialect.name])
        assert [mark.points for mark in marks.marks(db, "g001")] == [5.0]


def test_a_migration_that_is_not_wanted_changes_nothing(empty_database, tmp_path):
    make_old(tmp_path, empty_database)

    def refuse(_book: Book, _version: str) -> None:
        raise ConfigError("no room for a backup")

    for _ in range(2):
        with (
            pytest.raises(ConfigError, match="no room"),
            opened(tmp_path, empty_database, before_migration=refuse),
        ):
            pass


def test_nobody_is_told_about_a_new_book_or_one_of_today(empty_database, tmp_path):
    told = []
    for _ in range(2):
        with opened(tmp_path, empty_database, before_migration=lambda _book, version: told.append(version)):
            pass
    assert told == []


def test_a_newer_book_is_refused_and_left_alone(empty_database, tmp_path):
    with opened(tmp_path, empty_database) as book, book.writing() as db:
        db.execute(text(f"UPDATE {versions.VERSION_TABLE} SET version_num = '0099'"))
    with (
        pytest.raises(ConfigError, match="newer proofgate made this grade book: its version is '0099'"),
        opened(tmp_path, empty_database),
    ):
        pass


def test_another_programs_database_is_refused(empty_database, tmp_path):
    url = empty_database or f"sqlite:///{tmp_path}/grading.db"
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as db:
        db.execute(text("CREATE TABLE invoices (id INTEGER)"))
    engine.dispose()
    with (
        pytest.raises(ConfigError, match="is no grade book, it holds other tables: invoices"),
        opened(tmp_path, empty_database),
    ):
        pass
