"""Which column of the file is which of ours, and ids for records that have none."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process

from quality.errors import InputError
from quality.table.delimited import folded
from quality.table.types import Columns

INPUT = "input"
"""Alpaca's second half of an instruction; in a table without ids it also tells that the shape is alpaca."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Our names → the file's, with notes about names that fit only in part."""

    names: Mapping[str, str]
    notes: tuple[str, ...] = ()

    def get(self, name: str) -> str | None:
        """The file's name for ours; None without such a column."""
        return self.names.get(name)


def match(
    header: Sequence[str], columns: Columns, where: str, *, tabular: bool, labels_required: bool | None
) -> Matched:
    """The file's columns by our names: matched exactly, then without case, spaces and punctuation.

    In a CSV or TSV (`tabular`) the sheet's four columns are a must, unless it has alpaca's; elsewhere `id` may be
    missing too. `labels_required` says whether `fail_mode` must be there; None means in a CSV or TSV.

    Raises:
        InputError: A column is missing or stands twice.
    """
    _refuse_doubled(header, where)
    names: dict[str, str] = {}
    notes: list[str] = []
    for ours, wanted in {**columns.named(), INPUT: INPUT}.items():
        theirs = _find(header, wanted, where)
        if theirs is not None:
            names[ours] = theirs
            if theirs != wanted:
                notes.append(f"column `{shown(theirs)}` is read as `{wanted}`")
    alpaca = INPUT in names and "id" not in names
    required = ["instruction"] if columns.output is None else ["instruction", "output"]
    if tabular and not alpaca:
        required.insert(0, "id")
    if labels_required if labels_required is not None else tabular and not alpaca:
        required.append("fail_mode")
    missing = [columns.named()[name] for name in required if name not in names]
    if missing:
        raise _missing(missing, header, set(names.values()), where, columns.settings)
    return Matched(names, tuple(notes))


def shown(name: str) -> str:
    """A name from a file, short enough for a message."""
    return name if len(name) <= 40 else f"{name[:39]}…"


def _refuse_doubled(header: Sequence[str], where: str) -> None:
    for name, count in Counter(header).items():
        if name.strip() and count > 1:
            raise InputError(
                f"the column `{shown(name)}` stands {count} times in the header",
                where=where,
                remedy="delete or rename the others, so that it is clear which one counts",
            )


def _find(header: Sequence[str], wanted: str, where: str) -> str | None:
    if wanted in header:
        return wanted
    alike = [name for name in header if folded(name) == folded(wanted) and folded(name)]
    if len(alike) > 1:
        raise InputError(
            f"two columns may be `{wanted}`: {', '.join(f'`{shown(name)}`' for name in alike)}",
            where=where,
            remedy=f"call the right one `{wanted}` and rename the other",
        )
    return alike[0] if alike else None


def _missing(
    missing: Sequence[str], header: Sequence[str], taken: set[str], where: str, settings: str
) -> InputError:
    free = [name for name in header if name not in taken and name.strip()]
    near = process.extractOne(missing[0], free, score_cutoff=50)
    if near:
        remedy = f"rename `{shown(near[0])}` to `{missing[0]}` if that is the one"
    else:
        remedy = f"the header must have `{missing[0]}`; add it"
    if settings:
        remedy += f", or name your own column under [columns] in {settings}"
    lacks = ", ".join(f"`{name}`" for name in missing)
    found = ", ".join(f"`{shown(name)}`" for name in header[:12]) + (" …" if len(header) > 12 else "")
    return InputError(f"no column {lacks}; found: {found}", where=where, remedy=remedy)


def joined(instruction: str, more: str) -> str:
    """An alpaca instruction with its input."""
    return f"{instruction}\n\n{more}" if more.strip() else instruction


@dataclass(slots=True)
class MadeIds:
    """Ids for records without one: from what is asked, so that correcting the answer keeps the id."""

    seen: Counter[str] = field(default_factory=Counter[str])

    def next(self, *asked: str) -> str:
        """Twelve hex digits of the content's SHA-256, with `-2`, `-3` … for further occurrences."""
        digest = hashlib.sha256("\0".join(asked).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        self.seen[digest] += 1
        count = self.seen[digest]
        return digest if count == 1 else f"{digest}-{count}"
