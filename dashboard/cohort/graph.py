"""Where the groups of candidate pairs are drawn: each connected set on a circle, the circles in rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grading.book.pairs import PairRow
from grading.copying.signal import joined

WIDTH = 680.0
"""Of the drawing, in its own units: pixels where the page is narrow, else a little more."""
LETTER = 6.0
"""Width of a letter of a label."""
STEP = 46.0
"""Between two nodes along the circle, and the room for a label below."""


class Side(StrEnum):
    """Where a node's label has room."""

    LEFT = "left"
    RIGHT = "right"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Node:
    """A group. `x` grows to the right, `y` downwards."""

    group: str
    x: float
    y: float
    side: Side


@dataclass(frozen=True, slots=True)
class Edge:
    """A candidate pair between two places."""

    pair: PairRow
    x: float
    y: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Graph:
    """The drawing, `WIDTH` wide; empty without candidate pairs."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    height: float


def graph(pairs: Sequence[PairRow], letters: int = 4) -> Graph:
    """Groups and pairs laid out; the same pairs in any order give the same drawing, large sets first.

    Args:
        letters: Of the longest label.
    """
    sets = sorted(joined((pair.a, pair.b) for pair in pairs), key=lambda one: (-len(one), one))
    nodes: list[Node] = []
    x = y = row = 0.0
    for members in sets:
        radius = _radius(len(members))
        width, height = 2 * (radius + STEP / 2 + letters * LETTER), 2 * radius + 1.5 * STEP
        if x and x + width > WIDTH:
            x, y, row = 0.0, y + row, 0.0
        nodes += _circle(_in_order(members, pairs), x + width / 2, y + height / 2, radius)
        x, row = x + width, max(row, height)
    at = {node.group: node for node in nodes}
    edges = tuple(
        Edge(pair, at[pair.a].x, at[pair.a].y, at[pair.b].x, at[pair.b].y)
        for pair in sorted(pairs, key=lambda pair: (pair.a, pair.b))
    )
    return Graph(tuple(nodes), edges, y + row)


def _radius(size: int) -> float:
    return max(STEP / 2, size * STEP / (2 * math.pi))


def _circle(members: Sequence[str], x: float, y: float, radius: float) -> Iterator[Node]:
    """None stands at the very top and one at most at the bottom, so that no label lies on another."""
    for place, group in enumerate(members):
        angle = 2 * math.pi * (place + 0.5) / len(members) - math.pi / 2
        across = math.cos(angle)
        side = Side.BELOW if abs(across) < 1e-9 else Side.RIGHT if across > 0 else Side.LEFT
        yield Node(group, x + radius * across, y + radius * math.sin(angle), side)


def _in_order(members: Sequence[str], pairs: Iterable[PairRow]) -> list[str]:
    """Each beside one that it shares most with, from the first of them on, so that edges cross seldom."""
    shared: dict[tuple[str, str], float] = {}
    inside = set(members)
    for pair in pairs:
        if pair.a in inside:
            shared[pair.a, pair.b] = shared[pair.b, pair.a] = pair.score
    order = [members[0]]
    left = set(members[1:])
    while left:
        last = order[-1]
        following = max(sorted(left), key=lambda one: shared.get((last, one), 0.0))
        order.append(following)
        left.remove(following)
    return order
