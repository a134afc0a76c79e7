"""Fail-mode labels: what a cell names, and whether it agrees with what the correction shows.

A label agrees when its fault is about the strongest that was seen; it is a plausible second when its fault was seen
too; it is contradicted when something else was seen clearly and of its own fault next to nothing. Of several labels the
best counts, and of several faults each is right. Where nothing was seen clearly, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from quality.guide import FailMode, StyleGuide
from quality.model import Correction, Row

_JOINT = re.compile(r"[,;/|+&\n]|\s(?:and|und|et|y)\s")
OUTER = " \t\r\n.!:;,\"'“”‘’()[]*_\u00a0\u200b\ufeff"
"""Characters around a label that are no part of it."""
MAX_LABEL = 500
"""Characters of a cell that can be a label; longer ones are unknown without a look."""
_NEAR = 0.9
"""Share of the strongest mode's strength from which another is as strong."""


class Agreement(StrEnum):
    """How a label stands to what was inferred from the correction."""

    AGREED = "agreed"
    PLAUSIBLE = "plausible"
    CONTRADICTED = "contradicted"
    NOT_JUDGED = "not_judged"


def read_labels(label: str, guide: StyleGuide) -> tuple[tuple[FailMode, ...], tuple[tuple[str, int], ...]]:
    """The fail modes that a cell names, and the names in it that the guide does not know, with their places."""
    if len(label) > MAX_LABEL:
        return (), ((label[:60].strip() + "…", 0),)
    whole = guide.fail_mode(label.strip(OUTER))
    if whole:
        return (whole,), ()
    modes: list[FailMode] = []
    unknown: list[tuple[str, int]] = []
    start = 0
    for end in (*(m.start() for m in _JOINT.finditer(label)), len(label)):
        joint = _JOINT.match(label, start) if start else None
        piece = label[joint.end() if joint else start : end]
        name = piece.strip(OUTER)
        mode = guide.fail_mode(name) if name else None
        if mode:
            modes.append(mode)
        elif name:
            unknown.append((name, end - len(piece) + piece.index(name)))
        start = end
    return tuple(modes), tuple(unknown)


def is_edited(row: Row) -> bool:
    """Whether the output differs from the original beyond white space."""
    return row.original is not None and row.original.split() != row.output.split()


def agreement(row: Row, modes: Sequence[FailMode], correction: Correction, guide: StyleGuide) -> Agreement:
    """How the row's label stands to its correction.

    Args:
        modes: What the label names; none for an empty or unknown label, which is not judged.
    """
    if not modes or row.original is None:
        return Agreement.NOT_JUDGED
    faults = {mode.criterion for mode in modes} - {""}
    if not is_edited(row):
        return _of_untouched(bool(faults), correction)
    if not faults:
        return Agreement.CONTRADICTED
    return _of_edited(faults, correction, guide)


def _of_untouched(faulty: bool, correction: Correction) -> Agreement:
    if faulty:
        return Agreement.CONTRADICTED
    return Agreement.PLAUSIBLE if correction.inferred else Agreement.AGREED


def _of_edited(faults: set[str], correction: Correction, guide: StyleGuide) -> Agreement:
    strengths = {guide.fail_modes[one.mode].criterion: one.strength for one in correction.inferred}
    strongest = max(strengths.values(), default=0.0)
    own = max((strengths.get(criterion, 0.0) for criterion in faults), default=0.0)
    if own and own >= _NEAR * strongest:
        return Agreement.AGREED
    if own and own >= guide.threshold("fail_mode.second") * strongest:
        return Agreement.PLAUSIBLE
    # a fault that could not be looked for in the original may be there
    if strongest < guide.threshold("fail_mode.clear") or faults & set(correction.unknown):
        return Agreement.NOT_JUDGED
    return Agreement.CONTRADICTED


def totals(rows: Iterable[tuple[Row, Correction | None]], guide: StyleGuide) -> dict[str, int]:
    """How many labels agree with their corrections, are plausible, contradicted, or could not be judged."""
    counts = dict.fromkeys(map(str, Agreement), 0)
    for row, correction in rows:
        modes = read_labels(row.fail_mode, guide)[0]
        stands = agreement(row, modes, correction, guide) if correction else Agreement.NOT_JUDGED
        counts[stands] += 1
    return counts
