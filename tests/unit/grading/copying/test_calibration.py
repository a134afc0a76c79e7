import numpy as np
import pytest

from grading.copying.calibration import calibration, corrected, leanings
from grading.copying.closeness import Closeness, alike_in_ways


def scores(size, seed=1):
    z = np.random.default_rng(seed).normal(size=(size, size))
    z = np.triu(z, 1)
    z = z + z.T
    np.fill_diagonal(z, np.nan)
    return z


def test_few_groups_are_taken_as_they_are():
    z = scores(6)
    assert not leanings(z).any()
    assert corrected(z, leanings(z), z)[1] == 1


def test_a_group_that_agrees_with_everybody_is_leaned_back():
    z = scores(30)
    z[3] += 3
    z[:, 3] += 3
    leaning = leanings(z)
    assert leaning[3] == pytest.approx(3, abs=0.7)
    assert np.delete(leaning, 3).max() < 1


def test_a_ring_is_no_leaning():
    z = scores(30)
    z[:8, :8] += 20
    assert leanings(z).max() < 1.5


def test_excess_spread_is_divided_out():
    z = scores(40) * 2
    found, spread = corrected(z, np.zeros(40), z)
    assert spread == pytest.approx(2, abs=0.2)
    assert np.nanstd(found) == pytest.approx(1, abs=0.1)


def test_rings_do_not_count_towards_the_spread():
    z = scores(40)
    outside = z.copy()
    z[:8, :8] += 20
    outside[:8, :8] = np.nan
    found, spread = corrected(z, np.zeros(40), outside)
    assert spread == pytest.approx(1, abs=0.1)
    assert np.nanmin(found[:8, :8]) > 10


def test_less_spread_than_the_null_makes_nobody_more_suspicious():
    z = scores(40) / 2 - 1
    found, spread = corrected(z, np.zeros(40), z)
    assert spread == 1
    assert np.nanmax(found) <= np.nanmax(z)


def test_the_account_leaves_out_the_candidates():
    z = np.append(np.random.default_rng(2).normal(size=400), [9.0, np.nan])
    candidates = np.append(np.zeros(400, bool), [True, False])
    close = Closeness(np.array([0.5]), np.array([True]), np.ones(1), np.array([False]))
    found = calibration(z, candidates, 1.0, ["g001"], close)
    assert (found.tested, found.candidates) == (401, 1)
    assert found.ks < 0.1
    assert found.quantiles["0.5"] == pytest.approx(0.5, abs=0.1)
    assert found.leanings == {"g001": 0.5}
    assert found.own_way == ("g001",)
    assert found.as_json()["ks"] == found.ks


def test_no_pairs_at_all():
    found = calibration(np.zeros(0), np.zeros(0, bool), 1.0, [], alike_in_ways(0))
    assert found.ks is None
    assert found.quantiles == {}
