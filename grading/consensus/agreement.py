"""Krippendorff's alpha for names, from the votes on each row.

Source: K. Krippendorff, Content Analysis (2004), chapter 11: nominal data, any number of coders, missing values.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def alpha(counts: npt.NDArray[np.int64]) -> float | None:
    """How far the votes agree beyond chance: 1 wholly, 0 as by chance, below 0 less than that.

    None where nothing can be told: no row with two votes, or one label alone in all rows that have two.

    Args:
        counts: [rows, labels] votes.
    """
    pairable = counts[counts.sum(axis=1) >= 2].astype(np.float64)
    votes = pairable.sum(axis=1)
    total = float(votes.sum())
    by_label = pairable.sum(axis=0)
    expected = (total**2 - float((by_label**2).sum())) / (total - 1) if total > 1 else 0.0
    if expected <= 0:
        return None
    # both are disagreements times the number of votes
    observed = float(((votes**2 - (pairable**2).sum(axis=1)) / (votes - 1)).sum())
    return 1.0 - observed / expected
