"""Who may open the dashboard: invitations, which are opened once, and the sessions that come of them.

Only SHA-256 hashes of tokens and of cookies are stored: whoever reads the book cannot come in with it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from grading.book import history, moments
from grading.book.tables import access

INVITE = "invite"
SESSION = "session"


@dataclass(frozen=True, slots=True)
class Access:
    """An invitation or a session.

    Attributes:
        made: In UTC, as all three.
        used: When the invitation was opened; None: not yet.
    """

    kind: str
    name: str
    made: datetime
    expires: datetime
    used: datetime | None


def hashed(secret: str) -> str:
    """What the book stores of a token or a cookie: its SHA-256 in hex."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def invite(db: Connection, secret: str, *, name: str, expires: datetime, by: str) -> None:
    """Adds an invitation that its owner can open once; its session lasts as long as the invitation would."""
    _clear(db)
    _add(db, secret, INVITE, name, expires)
    history.append(db, who=by, what="invite", after={"name": name, "expires": moments.text(expires)})


def start(db: Connection, secret: str, *, name: str, expires: datetime) -> None:
    """Adds a session."""
    _clear(db)
    _add(db, secret, SESSION, name, expires)


def redeem(db: Connection, token: str, session: str) -> Access | None:
    """The session that the invitation gives, once; None where there is none to be opened."""
    found = db.execute(
        update(access)
        .where(access.c.token == hashed(token), access.c.kind == INVITE, access.c.used.is_(None))
        .where(access.c.expires > moments.now())
        .values(used=moments.now())
        .returning(access.c.name, access.c.expires)
    ).one_or_none()
    if found is None:
        return None
    start(db, session, name=found.name, expires=moments.moment(found.expires))
    return of_session(db, session)


def of_session(db: Connection, secret: str) -> Access | None:
    """Whose session it is; None: of nobody, or it has expired or was taken back."""
    return _find(db, secret, SESSION)


def of_invitation(db: Connection, secret: str) -> Access | None:
    """For whom the invitation is that can still be opened; None: there is none."""
    found = _find(db, secret, INVITE)
    return found if found is not None and found.used is None else None


def everybody(db: Connection) -> tuple[Access, ...]:
    """All invitations and sessions that have not expired, by name, then in the order in which they were made."""
    rows = db.execute(select(access).where(access.c.expires > moments.now()).order_by(access.c.made))
    return tuple(sorted(map(_access, rows), key=lambda one: one.name.casefold()))


def revoke(db: Connection, name: str, *, by: str) -> int:
    """Takes all invitations and sessions of that name back.

    Returns:
        How many there were.
    """
    taken = db.execute(delete(access).where(access.c.name == name)).rowcount
    if taken:
        history.append(db, who=by, what="revoke", before={"name": name})
    return taken


def _add(db: Connection, secret: str, kind: str, name: str, expires: datetime) -> None:
    db.execute(
        insert(access).values(
            token=hashed(secret), kind=kind, name=name, made=moments.now(), expires=moments.text(expires)
        )
    )


def _clear(db: Connection) -> None:
    db.execute(delete(access).where(access.c.expires <= moments.now()))


def _find(db: Connection, secret: str, kind: str) -> Access | None:
    row = db.execute(
        select(access).where(
            access.c.token == hashed(secret), access.c.kind == kind, access.c.expires > moments.now()
        )
    ).one_or_none()
    return None if row is None else _access(row)


def _access(row: Row[tuple[object, ...]]) -> Access:
    used = row.used and moments.moment(row.used)
    return Access(row.kind, row.name, moments.moment(row.made), moments.moment(row.expires), used or None)
