"""What the other channels look at in a hand-in, and what they say about groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

NO_TEXTS: Mapping[str, str] = MappingProxyType({})
MOST = 20
"""Places that a signal lists; all are counted."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What a group handed in, as far as groups are told apart by it.

    Attributes:
        predictions: Id → the model's answer.
        labels: Id → fail mode.
        outputs: Id → corrected text.
        notebook_sha256: Of the notebook's code alone; None or "" where there is none.
        lineage_hashes: Name → hash of what must be a group's own (adapter, run), never of what all share.
    """

    predictions: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    labels: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    outputs: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    notebook_sha256: str | None = None
    lineage_hashes: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that some groups share and others do not. Evidence for a person, never points.

    Attributes:
        kind: `outputs`, `typos`, `labels`, `predictions`, `notebook` or `lineage`.
        groups: Sorted, two and more.
        sentence: What was seen, with ids of groups alone.
        count: How many rows, typos, labels, answers or files it is about.
        detail: JSON values: the places, at most `MOST`.
    """

    kind: str
    groups: tuple[str, ...]
    sentence: str
    count: int
    detail: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """JSON values under the same names."""
        return {
            "kind": self.kind,
            "groups": list(self.groups),
            "sentence": self.sentence,
            "count": self.count,
            "detail": dict(self.detail),
        }


def joined(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The groups that the pairs join, each sorted, in order."""
    leader: dict[str, str] = {}

    def find(one: str) -> str:
        while leader.setdefault(one, one) != one:
            one = leader[one]
        return one

    for a, b in pairs:
        first, second = sorted((find(a), find(b)))
        leader[second] = first
    members: dict[str, list[str]] = {}
    for one in sorted(leader):
        members.setdefault(find(one), []).append(one)
    return sorted(tuple(group) for group in members.values())
