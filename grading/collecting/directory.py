"""Everybody who is known, and to whom a submission belongs. Whom nothing puts into a group is listed, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from grading.collecting.submissions import Kind, Submission
from grading.hand_in.naming import same_name, slug

_BLIND = frozenset({"participant", "katilimci"})
"""What Moodle calls everybody while marking is blind, as slugs."""
_NUMBERED = re.compile("(?:participant|katılımcı)? ?(?P<number>[0-9]+)", re.IGNORECASE)
"""An identifier as Moodle's sites write it in English and Turkish, or a bare number."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person whom the worksheet, the roster or the book knows.

    Attributes:
        identifier: As the LMS numbers them, such as `Participant 123`; "" where nothing says.
        group: Name of their group; "" in none.
        submitted: When the LMS or the roster says that their hand-in came.
        worksheet: Their row there.
        key: Their group's in the book, where all that is known of them comes from there; "" else.
    """

    identifier: str
    name: str
    email: str
    group: str
    days_left: float | None = None
    submitted: datetime | None = None
    extension: datetime | None = None
    worksheet: tuple[str, ...] | None = field(default=None, repr=False)
    key: str = ""

    @property
    def number(self) -> str:
        """The number that the LMS puts into file names; "" where the identifier is none of the LMS's."""
        found = _NUMBERED.fullmatch(self.identifier)
        return found["number"] if found else ""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a submission is.

    Attributes:
        group: The group's name.
        number: The group's, as the LMS numbers it; None where it is not told.
    """

    group: str
    number: str | None
    received: datetime | None


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody who is known.

    Attributes:
        people: The worksheet's first, in its order.
        groups: Names, those without a known member too.
        notes: What the teaching assistant should know of how it came together.
        renamed: Key of a group of the book → how the worksheet or the roster writes its name.
    """

    people: tuple[Somebody, ...]
    groups: tuple[str, ...]
    notes: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def has_groups(self) -> bool:
        """Whether it tells who is in which group, so that nobody else's group is to be made up."""
        return any(one.group for one in self.people)

    def owner(self, submission: Submission) -> Owner | str:
        """Whose the submission is, or in words why that is not known."""
        by_group = self._by_group(submission)
        if by_group and submission.kind is Kind.FOLDER:
            return by_group
        person = self._person(submission)
        if person is None:
            return by_group or self._new(submission)
        if person.group:
            return Owner(person.group, None, person.submitted)
        if self.has_groups:
            return "is in no group"
        return Owner(person.name or person.identifier, person.identifier, person.submitted)

    def _new(self, submission: Submission) -> Owner | str:
        if submission.kind is Kind.MOODLE and not submission.number:
            return "is Moodle's folder for people without a group"
        if self.people:
            return "is no group and no person that the worksheet or the roster knows"
        return Owner(submission.name or submission.number, submission.number or None, None)

    def _by_group(self, submission: Submission) -> Owner | None:
        alike = [name for name in self.groups if same_name(name, submission.name)]
        found = [name for name in alike if name == submission.name] or alike
        if len(found) != 1:
            return None
        times = [one.submitted for one in self.people if one.group == found[0] and one.submitted]
        return Owner(found[0], submission.number or None, max(times, default=None))

    def _person(self, submission: Submission) -> Somebody | None:
        """By number and name; by number alone where there is no name; by name where they have no number."""
        numbered = [one for one in self.people if submission.number and one.number == submission.number]
        if len(numbered) == 1 and _is_theirs(numbered[0], submission):
            return numbered[0]
        named = [
            one
            for one in self.people
            if (not one.number or submission.kind is Kind.FOLDER) and same_name(one.name, submission.name)
        ]
        return named[0] if len(named) == 1 else None


def _is_theirs(one: Somebody, submission: Submission) -> bool:
    """Whether the name does not speak against it: teams have numbers too, and they can be the same.

    Canvas writes names without spaces, and its numbers are always a person's. With groups, older Moodle writes
    `Group-Full name`.
    """
    said = slug(submission.name).casefold()
    if submission.kind is Kind.CANVAS or said in _BLIND or not one.name:
        return True
    name = slug(one.name).casefold()
    return said == name or said.endswith(f"-{name}")
