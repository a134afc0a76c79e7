"""What comparing the groups' corrections yields. Evidence for a person; nothing here costs a point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SharedEdit:
    """One change of a row that both groups of a pair made.

    Attributes:
        id: The row's.
        start: Where it starts in the sheet's text, in code points; a pure insertion ends where it starts.
        end: Where it ends there.
        before: What stands in the sheet.
        after: What the first group of the pair put there, as written.
        weight: Its surprise in nats, given how many groups made it outside the pair and its cluster.
        groups: How many groups made it.
    """

    id: str
    start: int
    end: int
    before: str
    after: str
    weight: float
    groups: int

    def as_json(self) -> dict[str, Any]:
        """JSON values under the same names."""
        return {
            "id": self.id,
            "start": self.start,
            "end": self.end,
            "before": self.before,
            "after": self.after,
            "weight": round(self.weight, 4),
            "groups": self.groups,
        }


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups, `a < b`.

    Attributes:
        score: Weighted Jaccard similarity of all that the two changed, 0..1: 1 where they changed the same. A change
            weighs by its rarity among the other groups.
        containment: Share of the smaller set of changes that the other group made too, weighted, 0..1.
        p: How likely independent groups agree as much; None where there is nothing to hold them against.
        q: The same for the list of all pairs up to this one: the expected share of honest pairs in it.
        shared_edits: Changes that both made.
        evidence: The rarest of these, rarest first; only for pairs that are worth a look.
    """

    a: str
    b: str
    score: float
    containment: float
    p: float | None
    q: float | None
    shared_edits: int
    evidence: tuple[SharedEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether the p values of pairs that are no candidates are as those of independent groups should be: uniform.

    Attributes:
        tested: Pairs with a p value.
        candidates: Pairs up to the q value asked for.
        spread: Standard deviation of the other pairs' scores against the null; what is above 1 was divided out.
        leanings: Groups that stay closer to what the others do than the course's middle (above 1), or less close
            (below 1): two of them are expected to agree by the product.
        own_way: Groups that agree with nobody (blank cells, one sentence for all rows, everything written anew): what
            the others do is not held against them.
        quantiles: Share → the p value below which that share of the other pairs lies; equal when uniform.
        ks: The largest distance of their distribution from the uniform one, 0..1; None without such pairs.
    """

    tested: int
    candidates: int
    spread: float
    leanings: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    own_way: tuple[str, ...] = ()
    quantiles: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    ks: float | None = None

    def as_json(self) -> dict[str, Any]:
        """JSON values under the same names."""
        return {
            "tested": self.tested,
            "candidates": self.candidates,
            "spread": self.spread,
            "leanings": dict(self.leanings),
            "own_way": list(self.own_way),
            "quantiles": dict(self.quantiles),
            "ks": self.ks,
        }


@dataclass(frozen=True, slots=True)
class Copying:
    """All pairs in the order of their keys, the clusters of candidates, and how far the p values can be trusted.

    Attributes:
        clusters: Groups, sorted, that belong together; a cluster of two is a pair.
    """

    pairs: tuple[Pair, ...]
    clusters: tuple[tuple[str, ...], ...]
    calibration: Calibration
