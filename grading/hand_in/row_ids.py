"""A file's ids against those handed out: empty, doubled, missing, added, written otherwise, in another order."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from grading.model import Level, Trouble
from quality.model import Row
from quality.wording import count, cut, listed

SHOWN = 5
_LONGEST_NUMBER = 40
PLAIN = "format the id column as plain text before you open or paste the file (Format → Number → Plain text)"


def troubles(
    rows: Sequence[Row], given: Sequence[Row] | None, kind: str, file: str, of: str
) -> Iterator[Trouble]:
    """What is wrong with the ids; of one fault one trouble.

    Args:
        given: The rows that were handed out; None where they are not at hand, and only the file itself is looked at.
        kind: Beginning of the codes, `data` or `predictions`.
        of: What the rows that were handed out are called.
    """
    empty = [row.row for row in rows if not row.id.strip()]
    if empty:
        what = f"{count(len(empty), 'row')} without an id: row {listed(empty, SHOWN)}"
        yield Trouble(f"{kind}.id-empty", Level.ERROR, what, file, f"write the ids of {of} there")
    times = Counter(row.id for row in rows if row.id.strip())
    doubled = {key: number for key, number in times.items() if number > 1}
    if doubled:
        named = listed((f"{shown(key)} ({number} times)" for key, number in doubled.items()), SHOWN)
        what = f"{count(len(doubled), 'id')} that several rows have: {named}"
        yield Trouble(f"{kind}.id-doubled", Level.ERROR, what, file, "keep one row of each")
    if given is not None:
        yield from _compared(times, given, kind, file, of)
        yield from _reordered(rows, given, kind, file, of)


def shown(row_id: str) -> str:
    """The id, cut where it is long; raw."""
    return cut(row_id, 40, "")


def _compared(
    times: Mapping[str, int], given: Sequence[Row], kind: str, file: str, of: str
) -> Iterator[Trouble]:
    known = {row.id for row in given}
    missing = [row.id for row in given if row.id not in times]
    added = [key for key in times if key not in known]
    respelled = _respelled(added, missing)
    if respelled:
        pairs = listed((f"{shown(theirs)} for {shown(ours)}" for theirs, ours in respelled.items()), SHOWN)
        what = f"{count(len(respelled), 'id')} written otherwise than in {of}: {pairs}"
        yield Trouble(f"{kind}.id-changed", Level.ERROR, what, file, PLAIN)
    meant = set(respelled.values())
    missing = [key for key in missing if key not in meant]
    added = [key for key in added if key not in respelled]
    if missing:
        what = f"{count(len(missing), 'row')} of {of} {_is(missing)} missing: {listed(map(shown, missing), SHOWN)}"
        yield Trouble(f"{kind}.rows-missing", Level.ERROR, what, file, f"add {_them(missing)}, from {of}")
    if added:
        what = f"{count(len(added), 'id')} that {of} does not have: {listed(map(shown, added), SHOWN)}"
        yield Trouble(
            f"{kind}.rows-added", Level.ERROR, what, file, "take them out, or write the ids as they were"
        )


def _reordered(rows: Sequence[Row], given: Sequence[Row], kind: str, file: str, of: str) -> Iterator[Trouble]:
    known = {row.id for row in given}
    here = dict.fromkeys(row.id for row in rows if row.id in known)
    there = [row.id for row in given if row.id in here]
    if list(here) != there:
        what = f"the rows stand in another order than in {of}; they are found by their ids"
        yield Trouble(f"{kind}.reordered", Level.NOTE, what, file)


def _respelled(added: Sequence[str], missing: Sequence[str]) -> dict[str, str]:
    """Id as the file has it → the one that was meant, where a spreadsheet or a slip changed how it is written."""
    meant: dict[str, list[str]] = {}
    for key in missing:
        meant.setdefault(_folded(key), []).append(key)
    taken = Counter(map(_folded, added))
    return {
        key: meant[folded][0]
        for key in added
        if len(meant.get(folded := _folded(key), ())) == 1 and taken[folded] == 1
    }


def _folded(row_id: str) -> str:
    """The id without what a spreadsheet changes: `007` and `7`, `1e3` and `1000`, case, white space, hidden signs."""
    plain = unicodedata.normalize("NFKC", row_id)
    text = "".join(
        c for c in plain if unicodedata.category(c) not in {"Cf", "Cc"} and not c.isspace()
    ).casefold()
    if len(text) <= _LONGEST_NUMBER and text[:1].isdigit():
        try:
            return f"number {Decimal(text.replace(',', '.')).normalize()}"
        except ArithmeticError:
            return text
    return text


def _is(items: Sequence[object]) -> str:
    return "is" if len(items) == 1 else "are"


def _them(items: Sequence[object]) -> str:
    return "it" if len(items) == 1 else "them"
