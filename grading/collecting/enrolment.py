"""The grade book, the worksheet and the roster, joined: who is in which group.

The roster is the teaching assistant's own word: where it and the LMS name different groups, the roster's holds, and
that is said.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz import process

from grading.book.people import Group
from grading.collecting.directory import Directory, Somebody
from grading.collecting.roster import Enrolled
from grading.hand_in.naming import same_name, slug
from grading.lms.types import Participant
from quality.errors import InputError
from quality.reports.escape import shown_id
from quality.wording import count

_ALIKE = 60
"""Of 100, from which a group's name may be a slip for another's."""


def directory(
    known: Sequence[Group], participants: Sequence[Participant], roster: Sequence[Enrolled]
) -> Directory:
    """Everybody whom the book, the worksheet and the roster know; the later of them counts.

    Raises:
        InputError: Two rows of the worksheet, or of the roster, are one person.
    """
    people, moved = _joined(_participants(participants), _of_book(known))
    people, notes = _enrolled(people, roster)
    if moved:
        notes.append(
            f"the worksheet puts {count(moved, 'person', 'persons')} into another group than the book did"
        )
    named = dict.fromkeys(one.group for one in people if one.group)
    renamed = _adopted(known, named)
    groups = dict.fromkeys([*named, *(renamed.get(group.key, group.name) for group in known)])
    return Directory(tuple(people), tuple(groups), tuple(notes), renamed)


def strangers(groups: Sequence[Group], handed_in: Container[str]) -> Iterator[str]:
    """A note for each group that handed in without a member, where others have some: nobody would get its points."""
    known = {group.key: slug(group.name).casefold() for group in groups if group.members and group.name}
    for group in groups if known else ():
        if group.name and not group.members and group.key in handed_in:
            near = process.extractOne(slug(group.name).casefold(), known, score_cutoff=_ALIKE)
            meant = f"did they mean {near[2]}? " if near else ""
            yield (
                f"{group.key}: neither the worksheet nor the roster puts anybody into a group of that name; "
                f"{meant}write its name into the roster as it stands in the table"
            )


def _adopted(known: Sequence[Group], named: Iterable[str]) -> dict[str, str]:
    """Groups that came by an archive's name alone, and the one new group that is called alike.

    An archive's name holds a slug: `Easy-Going` for Easy Going.
    """
    bare = [group for group in known if not group.members]
    theirs = {group.name for group in known}
    adopted: dict[str, str] = {}
    for name in named:
        alike = [group.key for group in bare if same_name(group.name, name) and group.key not in adopted]
        if name not in theirs and len(alike) == 1:
            adopted[alike[0]] = name
    return adopted


def _participants(participants: Sequence[Participant]) -> list[Somebody]:
    seen: set[str] = set()
    for one in participants:
        if one.identifier in seen:
            what = f"the worksheet has two rows of `{shown_id(one.identifier)}`"
            raise InputError(what, remedy="download the worksheet again")
        seen.add(one.identifier)
    return [
        Somebody(
            one.identifier,
            one.name,
            one.email,
            one.group,
            submitted=one.submitted,
            extension=one.extension,
            worksheet=one.cells,
        )
        for one in participants
    ]


def _of_book(known: Iterable[Group]) -> list[Somebody]:
    return [
        Somebody(
            one.identifier or "", one.name, one.email, group.name, days_left=one.days_left, key=group.key
        )
        for group in known
        for one in group.members
    ]


def _joined(people: list[Somebody], known: Sequence[Somebody]) -> tuple[list[Somebody], int]:
    """The people with what only the book knows of them, and those whom only the book knows; how many change groups."""
    places = {one.identifier: place for place, one in enumerate(people)}
    places |= {one.email.casefold(): place for place, one in enumerate(people) if one.email}
    moved = 0
    for one in known:
        place = places.get(one.identifier or one.email.casefold())
        if place is None:
            people.append(one)
        elif not people[place].group:
            people[place] = replace(people[place], group=one.group)
        else:
            moved += people[place].group != one.group
    return people, moved


def _enrolled(people: list[Somebody], roster: Sequence[Enrolled]) -> tuple[list[Somebody], list[str]]:
    notes: list[str] = []
    taken: dict[int, str] = {}
    for row in roster:
        place = _place(row, people)
        if place is None:
            people.append(Somebody("", "", "", ""))
            place = len(people) - 1
        elif place in taken:
            line = taken[place].rpartition(":")[2]
            what = f"this is the same person as in line {line}"
            raise InputError(what, where=row.place, remedy="give everybody one line and one group")
        taken[place] = row.place
        one = people[place]
        if one.group and row.group and not same_name(one.group, row.group):
            line = row.place.rpartition(":")[2]
            notes.append(f"the roster (line {line}) names another group than the LMS; the roster's counts")
        people[place] = _updated(one, row)
    return people, notes


def _updated(one: Somebody, row: Enrolled) -> Somebody:
    # the LMS's spelling of a group that both name alike, so that it stays one group
    group = one.group if one.group and same_name(one.group, row.group) else row.group
    return replace(
        one,
        identifier=one.identifier or row.identifier,
        name=one.name or row.name,
        email=one.email or row.email,
        group=group or one.group,
        days_left=one.days_left if row.days_left is None else row.days_left,
        submitted=one.submitted or row.received,
        key="",
    )


def _place(row: Enrolled, people: Sequence[Somebody]) -> int | None:
    """Where the person of that row stands: by identifier or its number, else by e-mail, else by name."""
    tests = (_has_identifier, _has_email, _has_name)
    for test in tests:
        found = [place for place, one in enumerate(people) if test(row, one)]
        if len(found) == 1:
            return found[0]
    return None


def _has_identifier(row: Enrolled, one: Somebody) -> bool:
    if not row.identifier or not one.identifier:
        return False
    # a bare number can be another one, such as a student's, that happens to be somebody's at the LMS
    alike = row.identifier == one.number and (not row.name or not one.name or same_name(row.name, one.name))
    return alike or row.identifier == one.identifier


def _has_email(row: Enrolled, one: Somebody) -> bool:
    return bool(row.email) and row.email.casefold() == one.email.casefold()


def _has_name(row: Enrolled, one: Somebody) -> bool:
    """Not where both have an identifier of the LMS, for these would be one too."""
    return same_name(row.name, one.name) and not (" " in row.identifier and one.identifier)
