"""What persons decided about single rows; every save is in the history with the review's version.

Whoever saves on a version that is not the newest did not see what counts now: that is a `ReviewConflict`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.engine import Row as Record

from grading.book import history, moments
from grading.book.tables import review as table
from quality import wording
from quality.errors import InputError, ProofgateError
from quality.reports.escape import shown_id, visible

ACCEPTED = "accepted"
FLAGGED = "flagged"
STATES = (ACCEPTED, FLAGGED)
FIRST, SECOND = 1, 2
"""A row's first look, and a second one by somebody who does not know what the first gave. Neither changes the other."""
MAX_COMMENT = 5_000
"""Characters of a comment."""
WHAT = "review"
"""What the history calls a save."""
_LINE = 28
"""Hex digits of a row's ref in the history: no two rows of a group share them, not even on purpose."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided about a row.

    Attributes:
        group: Key of the group; "" where one file is reviewed.
        ref: Of the row in its group.
        row_id: Its id, raw.
        content: SHA-256 of the texts that the person saw.
        state: `accepted`, `flagged`, or None: open.
        label: The fail mode that they give instead; None: the row's own.
        comment: "" without one.
        at: In UTC.
        version: 1, 2, 3, …: raised by every save.
        look: `FIRST` or `SECOND`.
    """

    group: str
    ref: str
    row_id: str
    content: str
    state: str | None
    label: str | None
    comment: str
    who: str
    at: datetime
    version: int
    look: int = FIRST

    @property
    def decision(self) -> tuple[str, str | None, str | None, str]:
        """What was decided, and on which texts."""
        return self.content, self.state, self.label, self.comment

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: what it said was taken back."""
        return not (self.state or self.label or self.comment)


class ReviewConflict(ProofgateError):
    """A save on a row that somebody else reviewed meanwhile; nothing was saved.

    Attributes:
        wanted: What was to be saved; its version is the one that the person saw, 0 for none.
        found: What is there; None where the review was removed.
    """

    exit_code = 1

    def __init__(self, wanted: Review, found: Review | None, zone: str = "UTC") -> None:
        self.wanted = wanted
        self.found = found
        if found is None:
            what = "its review was removed meanwhile"
        else:
            when = f"{moments.local(found.at, zone)} {zone}"
            what = f"was reviewed meanwhile by {visible(found.who)} at {when} (version {found.version})"
        super().__init__(
            f"{what}; your review was made on version {wanted.version} and was not saved",
            where=f"{wanted.group} row {shown_id(wanted.row_id)}".strip(),
            remedy="look at both, then take theirs or save yours",
        )


def save(
    db: Connection,
    group: str,
    ref: str,
    *,
    row_id: str,
    content: str,
    state: str | None,
    label: str | None,
    comment: str,
    who: str,
    expected: int,
    why: str | None = None,
    look: int = FIRST,
) -> int:
    """Keeps what the person decided; the review's new version. What is there already is not saved again.

    Args:
        expected: The version that the person saw; 0: no review.
        why: For the history, such as that an earlier decision is taken back.

    Raises:
        ReviewConflict: There is another version by now; nothing was saved.
        InputError: The state is none of `STATES`, or the comment is too long.
    """
    check(state, comment)
    wanted = Review(
        group,
        ref,
        row_id,
        content,
        state,
        label,
        comment.strip(),
        who,
        moments.moment(moments.now()),
        expected,
        look,
    )
    found = get(db, group, ref, look)
    if found is not None and found.who == who and found.decision == wanted.decision:
        return found.version  # a key that was pressed twice
    return _put(db, wanted, found, who, why)


def put_back(db: Connection, before: Review, *, who: str, expected: int) -> int:
    """Keeps again, under its own name and time, what stood there before that version; the review's new version.

    Raises:
        ReviewConflict: There is another version by now; nothing was saved.
    """
    found = get(db, before.group, before.ref, before.look)
    return _put(db, replace(before, version=expected), found, who, "taken back")


def _put(db: Connection, wanted: Review, found: Review | None, who: str, why: str | None) -> int:
    if (found.version if found else 0) != wanted.version:
        raise ReviewConflict(wanted, found, moments.zone(db))
    version = _next(db, wanted, found)
    group, ref, look, values = wanted.group, wanted.ref, wanted.look, _values(wanted, version)
    if found is None:
        db.execute(insert(table).values(grp=group, ref=ref, look=look, **values))
    else:
        db.execute(update(table).where(_is(group, ref, look)).values(**values))
    history.append(
        db,
        who=who,
        what=WHAT,
        group=group,
        line=line(ref, look),
        version=version,
        before=None if found is None else _told(found),
        after=_told(wanted),
        why=why,
    )
    return version


def check(state: str | None, comment: str) -> None:
    """Refuses what cannot be kept.

    Raises:
        InputError: The state is none of `STATES`, or the comment is too long.
    """
    if state is not None and state not in STATES:
        raise InputError(f"a row cannot be {state!r}", remedy=f"give one of: {wording.listed(STATES)}")
    if len(comment) > MAX_COMMENT:
        raise InputError(
            f"a comment of {wording.count(len(comment), 'character')} is too long",
            remedy=f"use at most {MAX_COMMENT:,}",
        )


def get(db: Connection, group: str, ref: str, look: int = FIRST) -> Review | None:
    """The row's review; None where nobody reviewed it."""
    row = db.execute(select(table).where(_is(group, ref, look))).one_or_none()
    return None if row is None else _review(row)


def all_reviews(db: Connection, look: int = FIRST) -> dict[tuple[str, str], Review]:
    """Group and ref of a row → its review, for every row that has one."""
    query = select(table).where(table.c.look == look)
    return {(row.grp, row.ref): _review(row) for row in db.execute(query)}


def of_line(db: Connection, group: str, told: str) -> Review | None:
    """The review that the history calls so in that group; None where there is none."""
    _, start, *again = told.split(" ")
    query = select(table).where(
        table.c.grp == group,
        table.c.ref.between(start, f"{start}g"),  # after every hex digit
        table.c.look == (SECOND if again else FIRST),
    )
    row = db.execute(query).one_or_none()
    return None if row is None else _review(row)


def line(ref: str, look: int = FIRST) -> str:
    """What the history calls the row's review."""
    return f"row {ref[:_LINE]}" + (" again" if look == SECOND else "")


def _next(db: Connection, wanted: Review, found: Review | None) -> int:
    """The version after the newest that the history knows: a removed review's numbers are never given again."""
    if found is not None:
        return found.version + 1
    last = history.last(db, wanted.group, line(wanted.ref, wanted.look))
    return 1 if last is None or last.version is None else last.version + 1


def _values(review: Review, version: int) -> dict[str, Any]:
    return {
        "row_id": review.row_id,
        "content": review.content,
        "state": review.state,
        "label": review.label,
        "comment": review.comment or None,
        "who": review.who,
        "at": moments.text(review.at),
        "version": version,
    }


def _told(review: Review) -> dict[str, Any]:
    said = {"state": review.state or "open", "label": review.label, "comment": review.comment or None}
    kept = {key: value for key, value in said.items() if value is not None}
    return {"row": review.row_id, "content": review.content, **kept}


def _is(group: str, ref: str, look: int) -> ColumnElement[bool]:
    return and_(table.c.grp == group, table.c.ref == ref, table.c.look == look)


def _review(row: Record[Any]) -> Review:
    return Review(
        group=row.grp,
        ref=row.ref,
        row_id=row.row_id,
        content=row.content,
        state=row.state,
        label=row.label,
        comment=row.comment or "",
        who=row.who,
        at=moments.moment(row.at),
        version=row.version,
        look=row.look,
    )
