"""The LMS's download, the worksheet and the roster → groups and hand-ins in the grade book.

    download ─ source ─→ files ─ submissions ─→ who handed in what ─ directory ─→ group
                                                                   ─ receiving ─→ files in the course folder
    groups, members and the worksheet in one transaction; then the files; then all hand-ins in one transaction

Importing twice changes nothing. A newer hand-in supersedes an older one, and both are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from grading.book import hand_ins, history, people, settings
from grading.book.book import Book
from grading.book.settings import EXTENSIONS, WORKSHEET
from grading.collecting import changes
from grading.collecting import roster as rosters
from grading.collecting import source as sources
from grading.collecting.directory import Directory, Owner, Somebody
from grading.collecting.enrolment import directory, strangers
from grading.collecting.receiving import SEVERAL, receive
from grading.collecting.renewing import renew
from grading.collecting.result import Group, Imported, State, Unknown
from grading.collecting.roster import Roster
from grading.collecting.submissions import Submission, is_one_hand_in, submissions
from grading.course.model import Course
from grading.lms import worksheet as worksheets
from grading.lms.types import Worksheet
from grading.model import HandIn, Level, Trouble
from quality.errors import ConfigError, InputError
from quality.wording import listed

_NEVER = datetime.min.replace(tzinfo=UTC)


def import_(
    source: Path,
    course: Course,
    book: Book,
    *,
    worksheet: Path | None = None,
    roster: Path | None = None,
    who: str,
    prepare: Callable[[], None] | None = None,
) -> Imported:
    """Takes all hand-ins of the download into the book; a broken one is a finding for its group alone.

    Args:
        source: The LMS's zip, a folder of hand-ins, or one group's archive.
        worksheet: Moodle's grading worksheet: who is who, and when they handed in.
        roster: Who is in which group, and their late days.
        who: For the history.
        prepare: Called once all inputs are known to be readable, before anything changes; makes the backup.

    Raises:
        InputError: The download, the worksheet or the roster cannot be read, or names somebody twice.
        ConfigError: A worksheet for another LMS than Moodle.
        ProofgateError: The grade book or the course folder cannot be written.
    """
    sheet = _worksheet(worksheet, course)
    listing = rosters.read(roster, course.zone) if roster else Roster()
    with sources.opened(source) as parts:
        found = _found(source, parts, course)
        if prepare is not None:
            prepare()
        with book.writing() as db:
            known = directory(people.groups(db), sheet.participants if sheet else (), listing.rows)
            enrolled = changes.enrolment(db)
            _put_people(db, known, sheet)
            changes.record(db, enrolled, who=who)
            owned, unknown = _owned(db, found, known)
        taken = _taken(owned, course)
    with book.writing() as db:
        before = hand_ins.current(db)
        done = [(one.group, _kept(db, one)) for one in taken]
        groups = _groups(db, before, done)
        alone = strangers(people.groups(db), hand_ins.current(db))
        imported = Imported(
            groups, tuple(unknown), (*listing.notes, *known.notes, *_untimed(groups, taken), *alone)
        )
        if before != hand_ins.current(db) or any(state is not State.UNCHANGED for _, state in done):
            history.append(db, who=who, what="import", after=_told(imported))
    return imported


def _worksheet(path: Path | None, course: Course) -> Worksheet | None:
    if path is None:
        return None
    if course.lms == "canvas":
        what = "the course is on Canvas, which has no grading worksheet"
        raise ConfigError(what, where=str(path), remedy="give --roster, with Canvas's numbers as identifier")
    return worksheets.read(path, course.language, course.zone)


def _found(source: Path, parts: Sequence[sources.Part], course: Course) -> tuple[Submission, ...]:
    if source.is_file() and is_one_hand_in(parts, course):
        parts = (sources.whole(source),)
    found = submissions(parts, course)
    if not found:
        what = "there is no hand-in in it"
        remedy = "name the zip of all submissions, or a folder with an archive or a folder for each group"
        raise InputError(what, where=str(source), remedy=remedy)
    return found


def _put_people(db: Connection, known: Directory, sheet: Worksheet | None) -> None:
    """Groups, persons and the worksheet; who is known already keeps their key."""
    for key, name in known.renamed.items():
        people.rename_group(db, key, name)
    told = [one for one in known.people if not one.key]
    keys = {name: people.put_group(db, name=name, identifier=None) for name in _group_names(told)}
    order: list[str] = []
    extensions: dict[str, str] = {}
    for one in told:
        person = people.put_person(
            db, identifier=one.identifier or None, name=one.name, email=one.email, worksheet=one.worksheet
        )
        if one.group:
            people.put_member(db, person, keys[one.group], one.days_left)
        if one.worksheet is not None:
            order.append(person)
        if one.extension is not None:
            extensions[person] = one.extension.isoformat()
    if sheet is not None:
        settings.put(db, WORKSHEET, {**worksheets.layout(sheet), "order": order})
        settings.put(db, EXTENSIONS, extensions)


def _group_names(told: Iterable[Somebody]) -> Iterable[str]:
    return dict.fromkeys(one.group for one in told if one.group)


_Owned = tuple[Submission, Owner, str]


def _owned(
    db: Connection, found: Iterable[Submission], known: Directory
) -> tuple[list[_Owned], list[Unknown]]:
    """Each submission with its group's key, those that came first before the others; and those without a group."""
    owned: list[_Owned] = []
    unknown: list[Unknown] = []
    for submission in found:
        owner = known.owner(submission)
        group: str | None = None
        if not isinstance(owner, str):
            try:
                group = people.put_group(db, name=owner.group, identifier=owner.number)
            except InputError as error:  # several groups of the book have that name
                owner = error.what
        if isinstance(owner, str) or group is None:
            who = " ".join(filter(None, (submission.name, submission.number)))
            unknown.append(Unknown(who, str(owner)))
        else:
            owned.append((submission, owner, group))
    owned.sort(key=lambda one: one[1].received or _NEVER)
    return owned, unknown


def _taken(owned: Sequence[_Owned], course: Course) -> list[HandIn]:
    """The hand-ins, their files kept. The same files handed in by two members are one hand-in, the earlier."""
    taken: dict[tuple[str, str], HandIn] = {}
    for submission, owner, group in owned:
        one = receive(submission, owner, group, course)
        taken.setdefault((one.group, one.version), one)
    versions: dict[str, int] = {}
    for one in taken.values():
        versions[one.group] = versions.get(one.group, 0) + 1
    return [_one_of_several(one) if versions[one.group] > 1 else one for one in taken.values()]


def _one_of_several(one: HandIn) -> HandIn:
    how = "the latest counts" if one.received else "when they came is not known, and the last by name counts"
    what = f"members of the group handed in different files; {how}, the others are kept"
    trouble = Trouble(SEVERAL, Level.WARNING, what, "", "hand in once for the group")
    return replace(one, troubles=(*one.troubles, trouble))


def _kept(db: Connection, one: HandIn) -> State:
    """What the hand-in is to the book, before it is known which counts."""
    if hand_ins.add(db, one):
        return State.NEW
    return State.RENEWED if renew(db, one) else State.UNCHANGED


def _groups(
    db: Connection, before: Mapping[str, HandIn], done: Iterable[tuple[str, State]]
) -> tuple[Group, ...]:
    now = hand_ins.current(db)
    states: dict[str, set[State]] = {}
    for key, state in done:
        states.setdefault(key, set()).add(state)
    return tuple(
        Group(
            group.key,
            group.name,
            _state(before.get(group.key), now.get(group.key), states.get(group.key, set())),
            now.get(group.key),
        )
        for group in people.groups(db)
    )


def _state(before: HandIn | None, now: HandIn | None, done: set[State]) -> State:
    """What the import did to a group, of whose hand-ins it did this."""
    if now is None:
        return State.NOTHING
    if not done:
        return State.NOT_HERE
    if before is None:
        return State.NEW
    if now.version != before.version:
        return State.NEWER
    if State.NEW in done:
        return State.OLDER
    return State.RENEWED if State.RENEWED in done else State.UNCHANGED


def _untimed(groups: Iterable[Group], taken: Iterable[HandIn]) -> Iterator[str]:
    """Of new hand-ins without a time, which come before all that have one."""
    without = {one.group for one in taken if one.received is None}
    keys = [group.key for group in groups if group.state is State.OLDER and group.key in without]
    if keys:
        yield (
            f"{listed(keys)}: when the new hand-in came is not known, so the one with a time counts; "
            "give --worksheet, or `received` in the roster"
        )


def _told(imported: Imported) -> dict[str, Any]:
    """For the history: numbers, nobody's name."""
    counted = {state.name.lower(): imported.count(state) for state in State}
    return {**counted, "unknown": len(imported.unknown)}
