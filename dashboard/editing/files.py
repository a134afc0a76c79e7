"""The corrected file beside the user's own, the log of what was corrected, and what another program did to them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.editing.splice import Copy, copy_of
from quality import table
from quality.cli_inputs import Options
from quality.errors import InputError
from quality.interactive import answers as logs
from quality.interactive.answers import Answer, Log
from quality.interactive.session import Places, places
from quality.table import Table


@dataclass(frozen=True, slots=True)
class Found:
    """What lies beside the user's file.

    Attributes:
        copy: The corrected table; the user's own where nothing was corrected yet.
        answers: The corrections that count, in their order.
        log_bytes: Length of the log; 0 as long as there is none.
    """

    copy: Copy
    answers: tuple[Answer, ...] = ()
    log_bytes: int = 0


def beside(data: Path) -> Places:
    """Where corrections of that file go: `data.edited.csv` and its log, beside `data.csv`."""
    return places(data.with_name(f"{data.stem}.edited{data.suffix}"), None, named=False)


def at_work(options: Options) -> Options:
    """The options with the corrected file in place of the user's, where there is one whose log is about those bytes."""
    known = beside(options.data)
    try:
        log = logs.read(known.log) if known.target.is_file() else None
        same = log is not None and hashlib.sha256(options.data.read_bytes()).hexdigest() == log.data.file
    except (OSError, InputError):  # whoever wants to correct a row is told then
        return options
    return replace(options, data=known.target) if same else options


def find(data: Table) -> Found:
    """What was corrected so far.

    Args:
        data: The user's file as it is now.

    Raises:
        InputError: What lies there is about other data, is damaged or was not made here.
    """
    known = beside(data.path)
    log = logs.read(known.log)
    if log is None:
        if known.target.exists():
            raise InputError(
                f"is there already, and no log beside it says that it holds corrections of {data.path.name}",
                where=str(known.target),
                remedy="move it away, or open it by itself",
            )
        return Found(copy_of(data))
    if not known.target.exists() and not log.answers:
        return Found(copy_of(data))
    return Found(copy_of(_gone_on(data, known, log)), log.answers, log.bytes)


def _gone_on(data: Table, known: Places, log: Log) -> Table:
    begin = f"move {known.target.name} and {known.log.name} away to begin anew"
    if log.data.data != data.data_sha256:
        raise InputError(
            f"the corrections are of other data: {data.path.name} was changed since",
            where=str(known.log),
            remedy=f"open {known.target.name} by itself to go on with it, or {begin}",
        )
    if not known.target.exists():
        raise InputError(
            "is gone, but its log is here", where=str(known.target), remedy=f"put it back, or {begin}"
        )
    try:
        current = table.edited(data, known.target.read_bytes())
    except (OSError, ValueError, InputError) as error:
        raise InputError(
            f"cannot be gone on with: {error}", where=str(known.target), remedy=f"mend it, or {begin}"
        ) from None
    if [row.id for row in current.rows] != [row.id for row in data.rows]:
        raise InputError(
            f"has other rows than {data.path.name}",
            where=str(known.target),
            remedy=f"put it back, or {begin}",
        )
    return current


def demand(path: Path, content: bytes | None) -> None:
    """Returns when the file holds what was last written or read, or for None is not there.

    Raises:
        InputError: Another program wrote to it, and its work would be lost.
    """
    try:
        now = path.read_bytes() if content is not None or path.exists() else None
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="put it back, then save again"
        ) from None
    if now != content:
        raise InputError(
            "was changed by another program meanwhile, so nothing was saved",
            where=str(path),
            remedy="copy what you wrote, then start the dashboard again: it reads the file anew",
        )


def free_name(path: Path) -> Path:
    """`data.csv.bak`, or with a number that is not taken."""
    number = 1
    while True:
        name = path.with_name(f"{path.name}.bak{number if number > 1 else ''}")
        if not name.exists():
            return name
        number += 1
