"""The program's points beside a person's, line by line; every change is in the history with the line's version.

A line's version rises by one when the program's value, points or maximum change, and with every save by a person.
So whoever saves on a version that is not the newest did not see what counts now: that is a `Conflict`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from rapidfuzz import process
from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from grading.book import history, moments
from grading.book.mark import Conflict, Manual, Mark, check_points, check_why
from grading.book.tables import grade_line as table
from grading.model import Line
from quality import wording
from quality.errors import InputError
from quality.reports.escape import visible

__all__ = ["Conflict", "Manual", "Mark", "all_marks", "marks", "one", "put_automatic", "save"]


def put_automatic(db: Connection, group: str, lines: Sequence[Line], *, who: str) -> None:
    """Keeps what the program says on the group's lines, in place of what it said before.

    A person's mark stays. A line that the rubric has no longer goes, unless a person marked it. The same lines again
    change nothing; a new sentence or evidence for the same points is kept without a new version.
    """
    known = {row.key: row for row in db.execute(select(table).where(table.c.grp == group))}
    versions = history.versions(db, group)  # of lines too that the rubric had once: theirs go on
    for line in lines:
        row = known.pop(line.key, None)
        if row is None:
            _insert(db, group, line, versions.get(line.key, 0) + 1, who)
        else:
            _update(db, row, line, who)
    for row in known.values():
        if row.manual_points is None:
            db.execute(delete(table).where(_is(group, row.key)))
            _record(db, row.grp, row.key, row.version + 1, "automatic", who, _automatic(row), None)


def save(
    db: Connection,
    group: str,
    key: str,
    points: float | None,
    *,
    why: str,
    who: str,
    expected: int,
    hand_in_version: str | None,
) -> int:
    """Keeps a person's mark; the line's new version.

    Args:
        points: None takes the person's mark back; the version stays where there is none.
        expected: The version that the person saw.
        hand_in_version: Of the hand-in that the person saw.

    Raises:
        Conflict: The line has another version by now; nothing was saved.
        InputError: There is no such line, no reason, or the points are not the line's to give.
    """
    row = _row(db, group, key)
    why = check_why(why)
    if points is not None:
        points = check_points(key, points, row.most)
    if points is None and row.manual_points is None and row.version == expected:
        return expected
    done = db.execute(
        update(table)
        .where(_is(group, key), table.c.version == expected)
        .values(**_manual(points, why, who, hand_in_version), version=expected + 1)
    )
    if not done.rowcount:
        now = _mark(_row(db, group, key))
        raise Conflict(now, history.last(db, group, key), points, expected, moments.zone(db))
    before = None if row.manual_points is None else _given(row.manual_points, row.manual_version)
    after = None if points is None else _given(points, hand_in_version)
    _record(db, row.grp, row.key, expected + 1, "manual", who, before, after, why)
    return expected + 1


def one(db: Connection, group: str, key: str) -> Mark:
    """One line of the group.

    Raises:
        InputError: There is no such line.
    """
    return _mark(_row(db, group, key))


def marks(db: Connection, group: str) -> tuple[Mark, ...]:
    """The group's lines in the order of their keys; the rubric's order is the course's to know."""
    return _in_order(db.execute(select(table).where(table.c.grp == group)))


def all_marks(db: Connection) -> dict[str, tuple[Mark, ...]]:
    """Group → its lines, for every group that has any."""
    found: dict[str, list[Row[Any]]] = {}
    for row in db.execute(select(table).order_by(table.c.grp)):
        found.setdefault(row.grp, []).append(row)
    return {group: _in_order(rows) for group, rows in found.items()}


def _in_order(rows: Iterable[Row[Any]]) -> tuple[Mark, ...]:
    # not by the database, whose order depends on its locale
    return tuple(sorted(map(_mark, rows), key=lambda mark: mark.key))


def _insert(db: Connection, group: str, line: Line, version: int, who: str) -> None:
    values = {"grp": group, "key": line.key, **_said(line), **_words(line), "version": version}
    db.execute(insert(table).values(**values))
    _record(db, group, line.key, version, "automatic", who, None, _said(line))


def _update(db: Connection, row: Row[Any], line: Line, who: str) -> None:
    said = _said(line)
    if said != _automatic(row):
        version = row.version + 1
        db.execute(update(table).where(_is(row.grp, row.key)).values(**said, **_words(line), version=version))
        _record(db, row.grp, row.key, version, "automatic", who, _automatic(row), said)
    elif _words(line) != {"sentence": row.sentence, "evidence": row.evidence}:
        db.execute(update(table).where(_is(row.grp, row.key)).values(**_words(line)))


def _record(
    db: Connection,
    group: str,
    key: str,
    version: int,
    what: str,
    who: str,
    before: Any,
    after: Any,
    why: str | None = None,
) -> None:
    history.append(
        db, who=who, what=what, group=group, line=key, version=version, before=before, after=after, why=why
    )


def _row(db: Connection, group: str, key: str) -> Row[Any]:
    row = db.execute(select(table).where(_is(group, key))).one_or_none()
    if row is not None:
        return row
    known = db.scalars(select(table.c.key).where(table.c.grp == group).order_by(table.c.key)).all()
    near = process.extractOne(key, known, score_cutoff=50)
    lines = f"did you mean {near[0]}?" if near else f"its lines: {wording.listed(known)}"
    raise InputError(
        f"{group} has no line {visible(wording.cut(key, 40))!r}",
        remedy=lines if known else "grade it first: grading run",
    )


def _is(group: str, key: str) -> ColumnElement[bool]:
    return and_(table.c.grp == group, table.c.key == key)


def _said(line: Line) -> dict[str, Any]:
    return {"value": line.value, "points": line.points, "most": line.most}


def _automatic(row: Row[Any]) -> dict[str, Any]:
    return {"value": row.value, "points": row.points, "most": row.most}


def _words(line: Line) -> dict[str, Any]:
    # as it is read back, so that a tuple is no change
    return {"sentence": line.sentence, "evidence": json.loads(json.dumps(dict(line.evidence)))}


def _given(points: float, hand_in: str | None) -> dict[str, Any]:
    return {"points": points, "hand_in": hand_in}


def _manual(points: float | None, why: str, who: str, hand_in: str | None) -> dict[str, Any]:
    kept = points is not None
    return {
        "manual_points": points,
        "manual_why": why if kept else None,
        "manual_who": who if kept else None,
        "manual_at": moments.now() if kept else None,
        "manual_version": hand_in if kept else None,
    }


def _mark(row: Row[Any]) -> Mark:
    manual = None
    if row.manual_points is not None:
        at = moments.moment(row.manual_at)
        manual = Manual(row.manual_points, row.manual_why, row.manual_who, at, row.manual_version)
    return Mark(
        row.grp, row.key, row.value, row.points, row.most, row.sentence, row.evidence, manual, row.version
    )
