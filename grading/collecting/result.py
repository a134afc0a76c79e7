"""What an import did: to each group, and with whom nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from grading.model import HandIn, Trouble


class State(StrEnum):
    """What an import did to a group."""

    NEW = "new"
    NEWER = "newer"
    OLDER = "kept, not the latest"
    RENEWED = "sorted anew"
    UNCHANGED = "unchanged"
    NOT_HERE = "not in this download"
    NOTHING = "nothing handed in"


@dataclass(frozen=True, slots=True)
class Group:
    """One group after the import.

    Attributes:
        hand_in: The one that counts; None where there is none.
    """

    key: str
    name: str
    state: State
    hand_in: HandIn | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A submission that nothing assigns to a group; none of it was taken.

    Attributes:
        who: As the LMS names them; hostile.
        why: In words.
    """

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What the import did.

    Attributes:
        groups: All groups of the book, in the order of their keys.
        unknown: Submitters without a group.
        notes: On how the worksheet, the roster and the book agree.
    """

    groups: tuple[Group, ...]
    unknown: tuple[Unknown, ...]
    notes: tuple[str, ...]

    def count(self, *states: State) -> int:
        """How many groups are in one of these states."""
        return sum(group.state in states for group in self.groups)

    @property
    def troubles(self) -> Mapping[str, tuple[Trouble, ...]]:
        """Key of a group → what is wrong with the hand-in that counts."""
        return {group.key: group.hand_in.troubles for group in self.groups if group.hand_in}
