import numpy as np
import pandas as pd
import pytest

from grading.consensus.agreement import alpha


def _counts(*rows):
    return np.array(rows, dtype=np.int64)


def test_wholly_agreed():
    assert alpha(_counts([2, 0], [0, 2])) == 1.0


def test_as_krippendorff_worked_it_out():
    # X: yes yes; Y: no no; Z: yes no
    assert alpha(_counts([2, 0], [0, 2], [1, 1])) == pytest.approx(4 / 9)


@pytest.mark.parametrize(
    "counts",
    [_counts([1, 0], [0, 1]), _counts([3, 0], [2, 0]), _counts([0, 0]), np.zeros((0, 3), dtype=np.int64)],
    ids=["no row with two votes", "one label alone", "no votes", "no rows"],
)
def test_undefined_is_none(counts):
    assert alpha(counts) is None


@pytest.mark.parametrize("seed", range(4))
def test_equals_crowd_kit_with_missing_votes(seed):
    from crowdkit.metrics.data import alpha_krippendorff

    rng = np.random.default_rng(seed)
    votes = rng.integers(-1, 4, (6, 25))  # -1: no vote
    voices, rows = np.nonzero(votes >= 0)
    frame = pd.DataFrame({"task": rows, "worker": voices, "label": votes[voices, rows]})
    counts = np.stack([(votes == at).sum(axis=0) for at in range(4)], axis=1)
    assert alpha(counts) == pytest.approx(alpha_krippendorff(frame))
