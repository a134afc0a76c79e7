"""The drawing of clusters."""

import itertools
import math
import random

from dashboard.cohort.graph import WIDTH, Side, graph
from grading.book.pairs import PairRow


def pair(a, b, score=0.5):
    return PairRow(f"g{a:03}", f"g{b:03}", score, None, 1e-9, 1e-9, 3, [])


RING = [pair(a, b) for a, b in itertools.combinations(range(13), 2)]
TWOS = [pair(at, at + 1) for at in range(100, 200, 2)]


def test_only_groups_of_candidate_pairs_are_drawn():
    drawn = graph(TWOS[:1])
    assert [node.group for node in drawn.nodes] == ["g100", "g101"]
    assert graph([]).nodes == ()


def test_the_order_of_pairs_does_not_matter():
    mixed = [*RING, *TWOS]
    random.Random(1).shuffle(mixed)
    assert graph(mixed) == graph([*RING, *TWOS])


def test_no_two_groups_lie_upon_one_another():
    nodes = graph([*RING, *TWOS]).nodes
    assert len(nodes) == 113
    assert min(math.dist((a.x, a.y), (b.x, b.y)) for a, b in itertools.combinations(nodes, 2)) > 30


def test_labels_on_one_side_of_a_circle_stand_apart():
    nodes = graph(RING, letters=20).nodes
    assert [node.side for node in nodes].count(Side.BELOW) == 1
    for side in (Side.LEFT, Side.RIGHT):
        heights = sorted(node.y for node in nodes if node.side is side)
        assert min(high - low for low, high in itertools.pairwise(heights)) > 11


def test_everything_lies_within_the_drawing():
    drawn = graph([*RING, *TWOS], letters=4)
    assert all(0 < node.x < WIDTH and 0 < node.y < drawn.height for node in drawn.nodes)


def test_lines_end_at_their_groups():
    drawn = graph(RING)
    at = {node.group: (node.x, node.y) for node in drawn.nodes}
    assert {(at[one.pair.a], at[one.pair.b]) for one in drawn.edges} == {
        ((one.x, one.y), (one.x2, one.y2)) for one in drawn.edges
    }
