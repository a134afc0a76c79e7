import numpy as np
import pytest
from scipy.stats import norm

from grading.copying.agreement import STEPS, Agreement
from grading.copying.null import deviations, excess
from grading.copying.null import null as expected

ROWS = 60


def agreement(steps, null):
    """Three groups who changed every row; the first pair has the given sum of steps."""
    total = np.zeros((3, 3), np.int64)
    total[0, 1] = total[1, 0] = steps
    kinds = np.zeros((3, 3), np.int64)
    return Agreement(total, np.ones((len(null), 3), np.bool_), kinds, null[None])


def deviation(found):
    of = expected(found)
    return deviations(excess(found, of), of)


@pytest.fixture
def null():
    drawn = np.random.default_rng(3)
    shares = np.zeros((ROWS, STEPS + 1))
    for row in shares:
        row[0] = 5
        row[drawn.integers(1, STEPS + 1, 6)] += drawn.random(6)
    return shares / shares.sum(axis=1, keepdims=True)


def exact(null):
    """The distribution of the sum, by convolution."""
    whole = np.ones(1)
    for row in null:
        whole = np.convolve(whole, row)
    return whole


@pytest.mark.parametrize("share", [0.5, 0.1, 0.01, 1e-4, 1e-7, 1e-12])
def test_the_tail_is_that_of_the_exact_sum(null, share):
    whole = exact(null)
    upper = np.cumsum(whole[::-1])[::-1]
    steps = int(np.flatnonzero(upper <= share)[0])
    p = norm.sf(deviation(agreement(steps, null))[0, 1])
    assert p == pytest.approx(upper[steps], rel=0.1)


def test_below_the_mean_too(null):
    upper = np.cumsum(exact(null)[::-1])[::-1]
    steps = int(np.flatnonzero(upper <= 0.97)[0])
    assert norm.sf(deviation(agreement(steps, null))[0, 1]) == pytest.approx(upper[steps], abs=0.01)


def test_rows_that_tell_no_pair_from_another_say_nothing():
    null = np.zeros((5, STEPS + 1))
    null[:, 10] = 1
    assert np.isnan(deviation(agreement(50, null))[0, 1])


def test_the_largest_possible_sum_of_the_coarsest_rows_within_a_factor_of_two():
    null = np.zeros((20, STEPS + 1))
    null[:, [0, STEPS]] = 0.5
    p = norm.sf(deviation(agreement(20 * STEPS, null))[0, 1])
    assert 0.5 <= p / 0.5**20 <= 2


def test_no_agreement_where_little_is_expected_is_no_evidence():
    null = np.zeros((30, STEPS + 1))
    null[:, 0], null[:, 1] = 0.99, 0.01
    z = deviation(agreement(0, null))[0, 1]
    assert norm.sf(z) > 0.5
    assert norm.sf(deviation(agreement(1, null))[0, 1]) == pytest.approx(1 - 0.99**30, rel=0.2)


def test_a_sum_at_its_mean_and_beyond_every_slope_is_no_warning():
    null = np.zeros((1, STEPS + 1))
    null[0, [0, STEPS]] = 1e-6, 1 - 1e-6
    assert np.isfinite(deviation(agreement(STEPS, null))[0, 1])
