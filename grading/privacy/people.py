"""Whom `forget` means, and what the book holds of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process
from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from grading.book.people import GROUP, PERSON
from grading.book.tables import identity, member
from grading.privacy import names
from grading.privacy.names import Names
from quality.errors import InputError
from quality.reports.escape import visible
from quality.wording import cut, listed

NEAREST = 3


Identity = Row[Any]
"""One row of `identity`."""


class Nobody(InputError):
    """A person whom the book does not know."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who goes, and what goes with them.

    Attributes:
        people: Their keys.
        groups: Keys of groups that go wholly: nobody is left in them.
        staying: Keys of groups that they leave and that stay.
        names: How all of these may be written; of the groups that stay only what names the person.
    """

    people: tuple[str, ...]
    groups: tuple[str, ...]
    staying: tuple[str, ...]
    names: Names

    @property
    def keys(self) -> tuple[str, ...]:
        """Of everybody and everything that goes."""
        return (*self.people, *self.groups)


def find(db: Connection, text: str) -> Leaving:
    """Who is meant by a key, an identifier, an e-mail address or a name; capitals do not matter in the latter two.

    A group of which no member is known is the one person who handed in.

    Raises:
        Nobody: There is none.
        InputError: There are several.
    """
    rows = db.execute(select(identity)).all()
    members = {row.person: row.grp for row in db.execute(select(member))}
    alone = set(members.values())
    known = [row for row in rows if row.kind == PERSON or row.subject not in alone]
    for kind in (PERSON, GROUP):
        found = _fitting([row for row in known if row.kind == kind], text)
        if len(found) > 1:
            raise InputError(
                f"{_said(text)} can be several: {listed(row.subject for row in found)}",
                remedy="name one by its key, or by the LMS's number",
            )
        if found:
            return leaving(rows, members, [found[0].subject])
    raise Nobody(f"nobody here is {_said(text)}", remedy=_near(known, text))


def leaving(rows: Sequence[Identity], members: dict[str, str], subjects: Sequence[str]) -> Leaving:
    """What goes with these persons and groups.

    Args:
        rows: All of `identity`.
        members: Person → group.
        subjects: Keys of persons and of groups; with a group go its members.
    """
    going = {*subjects, *(person for person, group in members.items() if group in subjects)}
    left = {group for person, group in members.items() if person in going}
    full = {group for person, group in members.items() if person not in going}
    groups = {
        row.subject
        for row in rows
        if row.kind == GROUP and (row.subject in going or row.subject in left - full)
    }
    going -= groups
    known = _names(rows, going | groups)
    return Leaving(tuple(sorted(going)), tuple(sorted(groups)), tuple(sorted(left - groups)), known)


def _names(rows: Sequence[Identity], going: set[str]) -> Names:
    """How they may be written; not by a name that somebody who stays has as well."""
    staying = {(row.name or "").casefold() for row in rows if row.subject not in going}
    known = Names()
    for row in rows:
        if row.subject in going:
            write = names.of_person if row.kind == PERSON else names.of_group
            shared = (row.name or "").casefold() in staying
            known |= write(row.name or "", row.email or "", row.identifier or "", shared=shared)
    return known


def _fitting(rows: Sequence[Identity], text: str) -> list[Identity]:
    """By the first way that fits anybody."""
    folded = text.strip().casefold()
    ways: tuple[list[Identity], ...] = (
        [row for row in rows if row.subject == text],
        [row for row in rows if row.identifier == text],
        [row for row in rows if row.email and row.email.casefold() == folded],
        [row for row in rows if row.name and row.name.strip().casefold() == folded],
    )
    return next((found for found in ways if found), ways[0])


def _near(known: Sequence[Identity], text: str) -> str:
    called = {row.subject: row.name for row in known if row.name}
    near = process.extract(text, called, score_cutoff=60, limit=NEAREST)
    if not near:
        return "give their key, the LMS's number, their e-mail address or their name"
    return f"did you mean {listed(f'{visible(cut(name, 60))} ({key})' for name, _, key in near)}?"


def _said(text: str) -> str:
    return repr(visible(cut(text, 60)))
