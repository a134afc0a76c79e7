"""Which database a course's book is in, and how to say so without its password."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from quality.errors import ConfigError

VARIABLE = "DATABASE_URL"
FILE = "grading.db"
"""In the course folder, where no other database is named."""
REMEDY = f"write it as postgresql://USER:PASSWORD@HOST/DATABASE, or unset {VARIABLE} for a file in the course folder"
_POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")
_PASSWORDS = ("password", "sslpassword", "passfile")


def address(folder: Path, url: str | None) -> URL:
    """The database's URL with its driver.

    Args:
        folder: The course folder.
        url: None: what `DATABASE_URL` says, else the file in the course folder.

    Raises:
        ConfigError: It is no URL, or of a database that the book cannot live in. The message never quotes it.
    """
    text = url if url is not None else os.environ.get(VARIABLE, "")
    if not text:
        return _of_file(folder / FILE)
    try:
        parsed = make_url(text)
        parsed.render_as_string()
    except (ArgumentError, ValueError):
        raise ConfigError("is no database's address", where=VARIABLE, remedy=REMEDY) from None
    if parsed.drivername == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return _of_file(folder / str(parsed.database))
    if "@" in f"{parsed.host}{parsed.database}":
        raise ConfigError(
            "holds more than one @, so its password cannot be told from the rest",
            where=VARIABLE,
            remedy="write @ as %40, : as %3A and / as %2F in the password",
        )
    if parsed.drivername not in _POSTGRESQL:
        raise ConfigError("names neither PostgreSQL nor an SQLite file", where=VARIABLE, remedy=REMEDY)
    return parsed.set(drivername="postgresql+psycopg")


def shown(url: URL) -> str:
    """The address without anything secret, for messages."""
    if url.drivername.startswith("sqlite"):
        return str(url.database)
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{url.host or url.query.get('host', '')}{port}/{url.database or ''}"


def scrubbed(text: str, url: URL) -> str:
    """The driver's message without the password."""
    secrets = [url.password, *(url.query.get(key) for key in _PASSWORDS)]
    for secret in secrets:
        if secret:
            text = text.replace(str(secret), "***")
    return text


def _of_file(path: Path) -> URL:
    return URL.create("sqlite", database=str(path.absolute()))
