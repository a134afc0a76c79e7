"""The versions of the book's tables, and how an old book becomes a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import column, inspect, select, table
from sqlalchemy.engine import Connection

from quality import wording
from quality.errors import ConfigError

if TYPE_CHECKING:
    from alembic.config import Config

VERSIONS = ("0001", "0002", "0003")
"""Every version there has been, the oldest first; named here so that a book of today opens without alembic."""
VERSION_TABLE = "book_version"
"""Not alembic's own name for it: a database that another program keeps with alembic is never taken for a book."""
SCRIPTS = Path(__file__).parent / "migrations"


def version(db: Connection, where: str) -> str | None:
    """The book's version; None for a database without any table.

    Raises:
        ConfigError: It is no grade book, or a newer proofgate made it.
    """
    names = inspect(db).get_table_names()
    if VERSION_TABLE not in names:
        if names:
            raise ConfigError(
                f"the database is no grade book, it holds other tables: {wording.listed(sorted(names), 3)}",
                where=where,
                remedy="give the grade book an empty database of its own",
            )
        return None
    found = db.execute(select(table(VERSION_TABLE, column("version_num")))).scalar()
    if found not in VERSIONS:
        raise ConfigError(
            f"a newer proofgate made this grade book: its version is {str(found)[:32]!r}, this proofgate knows "
            f"up to {VERSIONS[-1]!r}",
            where=where,
            remedy='update it: pip install -U "proofgate[grading]"',
        )
    return str(found)


def migrate(db: Connection, to: str = VERSIONS[-1]) -> None:
    """Brings the tables to that version, within the connection's transaction."""
    from alembic import command

    command.upgrade(alembic_config(db), to)


def alembic_config(db: Connection) -> Config:
    """What alembic needs to know; there is no alembic.ini."""
    from alembic.config import Config

    config = Config(attributes={"connection": db})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config
