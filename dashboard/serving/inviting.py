"""Invitations to the dashboard of a course, and the small file that tells where it runs."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dashboard.serving.address import Address
from dashboard.serving.keys import token
from grading.book import access, moments
from grading.book.book import Book
from quality.errors import ConfigError, InputError
from quality.reports.escape import visible
from quality.wording import count

RUNNING = ".dashboard-{port}.json"
"""In the course folder, for its owner's eyes: the address of a running dashboard, of which there may be several."""
MAX_NAME = 100
"""Characters of a person's name."""


@contextmanager
def announced(folder: Path, address: Address) -> Generator[None]:
    """Where the dashboard runs, for `dashboard invite`, as long as it does.

    Raises:
        InputError: The course folder cannot be written.
    """
    path = folder / RUNNING.format(port=address.port)
    _write_private(path, json.dumps({"url": address.url, "host": address.host, "port": address.port}))
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def base_url(folder: Path, named: str | None) -> str:
    """What links to the course's dashboard begin with.

    Args:
        named: By the user; None: the running dashboard's.

    Raises:
        ConfigError: None runs, or the named one is no address.
    """
    if named is not None:
        url = named.rstrip("/")
        if not url.startswith(("http://", "https://")) or "?" in url or "#" in url or not url.isprintable():
            raise ConfigError("--url is no address", remedy="such as https://grades.uni.example")
        return url
    url = _running(folder)
    if url is None:
        raise ConfigError(
            "no dashboard of this course runs, so nobody knows its address",
            where=str(folder),
            remedy=f"start it with `dashboard {shlex.quote(str(folder))}`, or name the address with --url",
        )
    return url


def invite(book: Book, name: str, *, by: str, days: int, url: str) -> str:
    """The link that opens the dashboard once, for that person.

    Raises:
        ConfigError: The name cannot be shown.
        ProofgateError: The grade book cannot be written.
    """
    name = name.strip()
    if not name or not name.isprintable() or len(name) > MAX_NAME:
        raise ConfigError(
            f"a name is one line of printable characters, at most {MAX_NAME}", remedy="dashboard invite NAME"
        )
    made = token()
    with book.writing() as db:
        access.invite(db, made, name=name, expires=datetime.now(UTC) + timedelta(days=days), by=by)
    return f"{url}/?token={made}"


def listed(book: Book) -> str:
    """One line for each invitation and session: the name, what it is, until when.

    Raises:
        ProofgateError: The grade book cannot be read.
    """
    with book.reading() as db:
        found = access.everybody(db)
    lines = (
        f"{visible(one.name)}: {_state(one)}, until {moments.local(one.expires, book.zone)} {book.zone}\n"
        for one in found
    )
    return "".join(lines)


def revoke(book: Book, name: str, *, by: str) -> str:
    """What was taken back, in a sentence.

    Raises:
        InputError: Nobody of that name was invited.
        ProofgateError: The grade book cannot be written.
    """
    with book.writing() as db:
        taken = access.revoke(db, name.strip(), by=by)
    if not taken:
        raise InputError(
            f"nobody of the name {visible(name)} is invited", remedy="see `dashboard invite --list`"
        )
    return (
        f"{count(taken, 'invitation or session', 'invitations and sessions')} of {visible(name)} taken back"
    )


def _state(one: access.Access) -> str:
    if one.kind == access.SESSION:
        return "signed in"
    return "invited" if one.used is None else "invitation opened"


def _running(folder: Path) -> str | None:
    """The address of the course's dashboard, of several any."""
    found = sorted(folder.glob(RUNNING.format(port="*")))
    return next((url for url in map(_answering, found) if url is not None), None)


def _answering(path: Path) -> str | None:
    """The address in the file; None where nobody answers there, for its dashboard was killed."""
    import socket

    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
        with socket.create_connection((found["host"], found["port"]), timeout=1):
            return str(found["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_private(path: Path, content: str) -> None:
    """For its owner alone from the first moment on, and in one step."""
    try:
        handle, part = tempfile.mkstemp(prefix=path.name, dir=path.parent)  # mode 0600
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(content)
        Path(part).replace(path)
    except OSError as error:
        raise InputError(
            f"cannot write here: {error.strerror}",
            where=str(path.parent),
            remedy="the course folder must be yours",
        ) from None
