"""Many prompts, counted: what they open with, ask for, sound like and speak of. Adding two counts is associative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

import numpy as np

Root: TypeAlias = tuple[str, str]
_Counted = TypeVar("_Counted", str, Root)


@dataclass(frozen=True, slots=True)
class Spread:
    """What some prompts add up to.

    Attributes:
        having: Under `slips`, `informal` (slips among them), `rare`, `controls` and `several controls`: how many do.
        words: The length of each.
    """

    openings: Counter[str] = field(default_factory=Counter[str])
    roots: Counter[Root] = field(default_factory=Counter[Root])
    tones: Counter[str] = field(default_factory=Counter[str])
    topics: Counter[str] = field(default_factory=Counter[str])
    having: Counter[str] = field(default_factory=Counter[str])
    words: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.words)

    def __add__(self, other: Spread) -> Spread:
        return Spread(
            self.openings + other.openings,
            self.roots + other.roots,
            self.tones + other.tones,
            self.topics + other.topics,
            self.having + other.having,
            self.words + other.words,
        )

    @property
    def verb_objects(self) -> Counter[Root]:
        """The roots that have an object."""
        return Counter({root: n for root, n in self.roots.items() if all(root)})

    def share(self, name: str) -> float:
        """The share of prompts that have it, 0..1."""
        return self.having[name] / len(self) if self.words else 0.0

    def quartiles(self) -> tuple[float, float, float]:
        """Of the lengths in words."""
        low, middle, high = np.percentile(self.words, [25, 50, 75])
        return float(low), float(middle), float(high)


def spread(requests: list[Mapping[str, Any]]) -> Spread:
    """The count of prompts, each given as the fields of a `Request` with its `slips` and its number of `controls`."""
    counted = Spread(words=tuple(int(one["words"]) for one in requests))
    for one in requests:
        counted.openings[one["opening"]] += 1
        counted.roots[one["root"][0], one["root"][1]] += 1
        counted.tones[one["tone"]] += 1
        counted.topics.update(one["topics"])
        counted.having.update(_having(one))
    return counted


def _having(one: Mapping[str, Any]) -> Iterator[str]:
    named = {
        "slips": one["slips"],
        "informal": one["slips"] or one["informal"],
        "rare": one["rare"],
        "controls": one["controls"] > 0,
        "several controls": one["controls"] > 1,
    }
    return (name for name, has in named.items() if has)


def top(counted: Counter[_Counted], most: int) -> list[tuple[_Counted, int]]:
    """The most frequent; those of one count in alphabetical order, so that the order of rows does not show."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:most]


def statistics(counted: Spread, most: int) -> dict[str, Any]:
    """The counts in JSON values, at most so many entries a list."""
    pairs = counted.verb_objects
    return {
        "prompts": len(counted),
        "words_quartiles": [round(quartile, 1) for quartile in counted.quartiles()],
        "openings": [list(item) for item in top(counted.openings, most)],
        "verb_objects": [[*root, n] for root, n in top(pairs, most)],
        "different_verb_objects": len(pairs),
        "tones": dict(top(counted.tones, most)),
        "topics": [list(item) for item in top(counted.topics, most)],
        "share_with_slips": round(counted.share("slips"), 3),
        "share_informal": round(counted.share("informal"), 3),
        "share_with_rare_words": round(counted.share("rare"), 3),
        "share_with_controls": round(counted.share("controls"), 3),
        "share_with_several_controls": round(counted.share("several controls"), 3),
    }
