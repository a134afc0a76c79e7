"""Who the groups and their members are. All other tables know them as `g007` and `p0012`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.engine import Connection, Row

from grading.book import not_found, settings
from grading.book.tables import MAX_IDENTIFIER, identity, member
from grading.hand_in.naming import same_name
from quality import wording
from quality.errors import InputError

GROUP = "group"
PERSON = "person"
_DIGITS = {GROUP: 3, PERSON: 4}


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a group.

    Attributes:
        key: Such as `p0012`.
        identifier: As the LMS numbers them, such as `Participant 123`; None where nothing says.
        days_left: Late days; None: the course's own number.
        worksheet: The cells of their row in the worksheet; None without one.
    """

    key: str
    identifier: str | None
    name: str
    email: str
    days_left: float | None
    worksheet: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Group:
    """A group and its members in the order of their keys.

    Attributes:
        key: Such as `g007`.
        identifier: As the LMS numbers it; None where nothing says.
    """

    key: str
    identifier: str | None
    name: str
    members: tuple[Person, ...]


def put_group(db: Connection, *, name: str, identifier: str | None) -> str:
    """The group's key. It is found by the LMS's number, else by its name, else made.

    A group that was known by its name alone takes the number; one that is found by its number takes the name.

    Raises:
        InputError: Several groups have that name, there is neither name nor number, or the number is too long.
    """
    _check(identifier)
    if not name and identifier is None:
        raise InputError("a group has neither a name nor a number", remedy="give it a name in the roster")
    row = _by_identifier(db, GROUP, identifier)
    if row is None:
        row = _only(db, GROUP, identifier, identity.c.name == name, name)
    if row is None:
        return _make(db, GROUP, identifier=identifier, name=name)
    _change(db, row, identifier=identifier, name=name)
    return row.subject


def rename_group(db: Connection, key: str, name: str) -> None:
    """Gives the group that name."""
    db.execute(update(identity).where(identity.c.subject == key).values(name=name))


def put_person(
    db: Connection,
    *,
    identifier: str | None,
    name: str,
    email: str,
    worksheet: list[str] | tuple[str, ...] | None = None,
) -> str:
    """The person's key. They are found by the LMS's number, else by e-mail, without both by name, else made.

    Args:
        name: "" where nothing says; what is known is kept then. So for `email` and `worksheet`.

    Raises:
        InputError: Several persons have that e-mail or name, or the number is too long.
    """
    _check(identifier)
    row = _by_identifier(db, PERSON, identifier)
    if row is None and email:
        row = _only(db, PERSON, identifier, _with_email(db, email), email)
    elif row is None and name and identifier is None:
        row = _only(db, PERSON, identifier, identity.c.name == name, name)
    cells = None if worksheet is None else list(worksheet)
    if row is None:
        return _make(db, PERSON, identifier=identifier, name=name, email=email, worksheet=cells)
    _change(db, row, identifier=identifier, name=name, email=email, worksheet=cells)
    return row.subject


def put_member(db: Connection, person: str, group: str, days_left: float | None) -> None:
    """Makes the person a member of that group, and of no other. Unknown late days leave the known ones."""
    values: dict[str, Any] = {"grp": group} | ({} if days_left is None else {"days_left": days_left})
    done = db.execute(update(member).where(member.c.person == person).values(**values))
    if not done.rowcount:
        db.execute(insert(member).values(person=person, **values))


def groups(db: Connection) -> tuple[Group, ...]:
    """Every group in the order of the keys."""
    members: dict[str, list[Person]] = {}
    query = select(identity, member.c.grp, member.c.days_left).join(
        member, member.c.person == identity.c.subject
    )
    for row in sorted(db.execute(query), key=_order):
        members.setdefault(row.grp, []).append(_person(row))
    return tuple(
        Group(row.subject, row.identifier, row.name or "", tuple(members.get(row.subject, ())))
        for row in sorted(db.execute(select(identity).where(identity.c.kind == GROUP)), key=_order)
    )


def find_group(db: Connection, text: str) -> Group:
    """The group with that key, number or name; capitals, accents and separators do not matter in a name.

    Raises:
        InputError: There is none, or several.
    """
    known = groups(db)
    folded = text.casefold()
    ways = (
        [group for group in known if group.key == text],
        [group for group in known if group.identifier == text],
        [group for group in known if group.name == text],
        [group for group in known if group.name.casefold() == folded],
        [group for group in known if same_name(group.name, text)],
    )
    for found in filter(None, ways):
        if len(found) > 1:
            raise not_found.several(text, [group.key for group in found])
        return found[0]
    raise not_found.group(text, known)


def _check(identifier: str | None) -> None:
    if identifier is not None and not 0 < len(identifier) <= MAX_IDENTIFIER:
        raise InputError(
            f"an identifier of {wording.count(len(identifier), 'character')} cannot be the LMS's",
            remedy=f"give 1 to {MAX_IDENTIFIER}",
        )


def _by_identifier(db: Connection, kind: str, identifier: str | None) -> Row[Any] | None:
    if identifier is None:
        return None
    query = select(identity).where(identity.c.kind == kind, identity.c.identifier == identifier)
    return db.execute(query).one_or_none()


def _only(
    db: Connection, kind: str, identifier: str | None, same: ColumnElement[bool], text: str
) -> Row[Any] | None:
    """The one who is the same; whoever has a number is nobody with another number."""
    query = select(identity).where(identity.c.kind == kind, same)
    if identifier is not None:
        query = query.where(identity.c.identifier.is_(None))
    rows = db.execute(query).all()
    if len(rows) > 1:
        raise not_found.several(text, [row.subject for row in sorted(rows, key=_order)])
    return rows[0] if rows else None


def _with_email(db: Connection, email: str) -> ColumnElement[bool]:
    # folded here, for every database folds other letters
    known = db.execute(select(identity.c.subject, identity.c.email).where(identity.c.kind == PERSON))
    folded = email.casefold()
    return identity.c.subject.in_([row.subject for row in known if (row.email or "").casefold() == folded])


def _make(db: Connection, kind: str, **values: Any) -> str:
    counter = f"last {kind}"
    number = (settings.get(db, counter) or 0) + 1
    settings.put(db, counter, number)  # counted, so that the key of somebody forgotten is never given again
    key = f"{kind[0]}{number:0{_DIGITS[kind]}d}"
    db.execute(insert(identity).values(subject=key, kind=kind, **values))
    return key


def _change(db: Connection, row: Row[Any], **values: Any) -> None:
    new = {name: value for name, value in values.items() if value and value != getattr(row, name)}
    if new:
        db.execute(update(identity).where(identity.c.subject == row.subject).values(**new))


def _person(row: Row[Any]) -> Person:
    cells = None if row.worksheet is None else tuple(row.worksheet)
    return Person(row.subject, row.identifier, row.name or "", row.email or "", row.days_left, cells)


def _order(row: Row[Any]) -> tuple[int, str]:
    return len(row.subject), row.subject
