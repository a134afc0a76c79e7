import numpy as np
import pytest
from scipy.stats import false_discovery_control

from grading.copying.clusters import clusters, q_values


def test_q_values_are_those_of_benjamini_and_hochberg():
    p = np.random.default_rng(1).random(50) ** 3
    assert q_values(p) == pytest.approx(false_discovery_control(p))


def test_pairs_without_a_p_value_are_not_counted():
    assert q_values(np.array([0.01, np.nan, 0.5]))[0] == pytest.approx(0.02)
    assert np.isnan(q_values(np.array([np.nan]))).all()


def table(size, sure):
    q = np.ones((size, size))
    for a, b in sure:
        q[a, b] = q[b, a] = 0.001
    return q


def test_a_ring_is_one_cluster_and_a_stranger_stays_out():
    ring = [(0, 1), (0, 2), (1, 2), (4, 5)]
    assert clusters(table(6, ring), 0.05) == ((0, 1, 2), (4, 5))


def test_one_chance_pair_does_not_join_two_rings():
    ring = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)]
    assert clusters(table(6, ring), 0.05) == ((0, 1, 2), (3, 4, 5))


def test_no_candidates_no_clusters():
    assert clusters(np.full((4, 4), np.nan), 0.05) == ()
    assert clusters(np.ones((1, 1)), 0.05) == ()
