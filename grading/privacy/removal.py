"""Out of the book's tables: identities, what a group handed in and what was found in it, and texts that name somebody.

Everything happens in the caller's transaction. A note of whom it was about, in keys alone, stays until files, backups
and the free pages of the database are clean as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, Table, and_, delete, or_, select, update
from sqlalchemy.engine import Connection

from grading.book import documents, history, settings
from grading.book.people import PERSON
from grading.book.settings import OF_PEOPLE
from grading.book.tables import (
    consensus,
    dismissal,
    document,
    grade_line,
    hand_in,
    identity,
    member,
    pair,
    review,
    setting,
    vote,
)
from grading.book.tables import history as entry
from grading.privacy.names import REMOVED, Names
from grading.privacy.people import Leaving
from quality.dismissals import Scope

UNFINISHED = "unfinished removal"
"""Setting: keys of those who are out of the tables, while files and free pages may still hold them."""
ORDER = "order"
"""In the setting `worksheet`: keys of its persons, row by row."""
BETWEEN_GROUPS = ("consensus", "credits", "facts", "signals")
"""Documents of a group that quote other groups, or count them."""
ABOUT_FILES = "examined"
"""The document that quotes the names of files in a hand-in."""
OF_GRADES = ("automatic", "manual", "enrolment")
"""What the history calls changes of points and of late days; they stay where grades are kept."""
_TEXTS: Mapping[Table, tuple[Column[Any], ...]] = MappingProxyType(
    {
        grade_line: (grade_line.c.sentence, grade_line.c.evidence, grade_line.c.manual_why),
        hand_in: (hand_in.c.troubles,),
        setting: (setting.c.value,),
        review: (review.c.label, review.c.comment),
        dismissal: (dismissal.c.why,),
        entry: (entry.c.before, entry.c.after, entry.c.why),
    }
)
"""Where a teaching assistant, or the program, may have written a name."""


def remove(db: Connection, leaving: Leaving, *, who: str, what: str, keep_grades: bool = False) -> None:
    """Takes them out of every table, and adds what was done to the history.

    Args:
        what: `forget` or `purge`.
        keep_grades: Points stay, under the group's key alone, in the history and beside the rubric's lines.
    """
    _remove_groups(db, leaving.groups, keep_grades=keep_grades)
    _remove_decisions(db, leaving)
    _remove_texts(db, leaving)
    _remove_people(db, leaving)
    _note(db, leaving)
    after = {"people": list(leaving.people), "groups": list(leaving.groups), "grades_kept": keep_grades}
    history.append(db, who=who, what=what, after=after)


def unfinished(db: Connection) -> dict[str, list[str]] | None:
    """`people` and `groups` whose traces outside the tables may still be there; None: no removal was cut off."""
    return settings.get(db, UNFINISHED)


def finished(db: Connection) -> None:
    """Nothing is left to do."""
    db.execute(delete(setting).where(setting.c.key == UNFINISHED))


def _remove_groups(db: Connection, groups: tuple[str, ...], *, keep_grades: bool) -> None:
    if not groups:
        return
    db.execute(delete(hand_in).where(hand_in.c.grp.in_(groups)))
    shared = or_(
        document.c.name.in_(BETWEEN_GROUPS),
        and_(document.c.grp == documents.COURSE, document.c.name != "sheet"),
    )
    db.execute(delete(document).where(or_(document.c.grp.in_(groups), shared)))
    for table in (pair, consensus):  # theirs have a part in all of it; the next run makes it anew
        db.execute(delete(table))
    lines = grade_line.c.grp.in_(groups)
    if keep_grades:
        texts: dict[str, Any] = {"sentence": REMOVED, "evidence": {}}
        db.execute(update(grade_line).where(lines).values(**texts))
        db.execute(
            update(grade_line).where(lines, grade_line.c.manual_why.is_not(None)).values(manual_why=REMOVED)
        )
    else:
        db.execute(delete(grade_line).where(lines))
    of_groups = entry.c.grp.in_(groups)
    going = and_(of_groups, entry.c.what.not_in(OF_GRADES)) if keep_grades else of_groups
    with history.redacting(db):
        db.execute(update(entry).where(of_groups, entry.c.why.is_not(None)).values(why=REMOVED))
        for column in (entry.c.before, entry.c.after):
            db.execute(update(entry).where(going, column.is_not(None)).values({column: REMOVED}))


def _remove_decisions(db: Connection, leaving: Leaving) -> None:
    """What persons decided about rows and answers of the groups.

    What they said of words, or of a line of text, holds for the others as well: it stays, but not where it was seen,
    unless it names who leaves.
    """
    for table in (review, vote):
        db.execute(delete(table).where(table.c.grp.in_(leaving.groups)))
    seen = dismissal.c.grp.in_(leaving.groups)
    db.execute(delete(dismissal).where(seen, dismissal.c.scope == str(Scope.ROW)))
    for row in db.execute(select(dismissal).where(seen)).mappings().all():
        body = {**row["body"], "row_id": ""}
        if leaving.names.removed_from(body, own=True) == body:
            _put(db, dismissal, row, {"grp": "", "ref": "", "body": body})
        else:
            db.execute(delete(dismissal).where(dismissal.c.id == row["id"]))


def _remove_texts(db: Connection, leaving: Leaving) -> None:
    with history.redacting(db):
        for table, columns in _TEXTS.items():
            _rewrite(db, table, columns, leaving)
    for group in leaving.staying:
        _rewrite_group(db, group, leaving.names)


def _rewrite(db: Connection, table: Table, columns: tuple[Column[Any], ...], leaving: Leaving) -> None:
    own = frozenset(leaving.staying)
    for row in db.execute(select(table)).mappings().all():
        of_own = row.get("grp") in own
        new = {column.name: leaving.names.removed_from(row[column.name], own=of_own) for column in columns}
        _put(db, table, row, new)


def _rewrite_group(db: Connection, group: str, names: Names) -> None:
    """What the group that stays holds of its member: its name, its other members' rows, its files' names."""
    inside = select(member.c.person).where(member.c.grp == group)
    query = select(identity).where(or_(identity.c.subject == group, identity.c.subject.in_(inside)))
    for row in db.execute(query).mappings().all():
        columns = ("worksheet",) if row["kind"] == PERSON else ("name",)
        new = {name: names.removed_from(row[name]) for name in columns}
        _put(db, identity, row, {name: "" if value == REMOVED else value for name, value in new.items()})
    about = select(document).where(document.c.grp == group, document.c.name == ABOUT_FILES)
    for row in db.execute(about).mappings().all():
        _put(db, document, row, {"body": names.removed_from(row["body"], own=True)})


def _put(db: Connection, table: Table, row: Any, new: dict[str, Any]) -> None:
    changed = {name: value for name, value in new.items() if value != row[name]}
    if changed:
        same = and_(*(column == row[column.name] for column in table.primary_key))
        db.execute(update(table).where(same).values(**changed))


def _remove_people(db: Connection, leaving: Leaving) -> None:
    db.execute(
        delete(member).where(or_(member.c.person.in_(leaving.people), member.c.grp.in_(leaving.groups)))
    )
    db.execute(delete(identity).where(identity.c.subject.in_(leaving.keys)))
    for key in OF_PEOPLE:
        _put_without(db, key, leaving.people)
    layout = settings.get(db, "worksheet")
    if layout is not None:
        order = [one for one in layout.get(ORDER) or () if one not in leaving.people]
        settings.put(db, "worksheet", {**layout, ORDER: order})


def _put_without(db: Connection, key: str, people: Iterable[str]) -> None:
    known: dict[str, Any] | None = settings.get(db, key)
    if known is not None:
        settings.put(db, key, {one: value for one, value in known.items() if one not in people})


def _note(db: Connection, leaving: Leaving) -> None:
    before = unfinished(db) or {"people": [], "groups": []}
    settings.put(
        db,
        UNFINISHED,
        {
            "people": sorted({*before["people"], *leaving.people}),
            "groups": sorted({*before["groups"], *leaving.groups}),
        },
    )
