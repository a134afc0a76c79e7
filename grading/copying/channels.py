"""What groups share beside single changes: whole rows, slips, labels, answers, a notebook's code, an adapter's hash.

Each channel says what was seen and where, for a person to judge; none costs a point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TypeVar

from grading.copying.folding import words
from grading.copying.same_outputs import same_outputs
from grading.copying.shared_labels import shared_labels
from grading.copying.signal import MOST, NO_TEXTS, Signal, Signals, joined
from grading.copying.typos import shared_typos
from quality.wording import count, percent

T = TypeVar("T", bound=Hashable)

__all__ = ["Signal", "Signals", "channels"]

LONG = 25
"""Words from which two models seldom give one answer; short answers agree honestly."""
MIN_ANSWERS = 3
MIN_SHARE = 0.1
"""Share of the long answers of the group with fewer of them that must be identical."""
TEMPLATE = 0.5
"""Share of the groups above which equal code is the course's own template, from five groups on."""


def channels(groups: Mapping[str, Signals], *, sheet: Mapping[str, str] = NO_TEXTS) -> tuple[Signal, ...]:
    """What groups share that they would not share by chance, by kind and group; the order of groups does not matter.

    Args:
        groups: Key → what was handed in.
        sheet: Id → text before correction; without it neither equal corrections nor slips are looked for.
    """
    return tuple(
        signal
        for found in (
            same_outputs(groups, sheet),
            shared_typos(groups, sheet),
            shared_labels(groups),
            _same_answers(groups),
            _same_notebook(groups),
            _same_lineage(groups),
        )
        for signal in found
    )


def _same_answers(groups: Mapping[str, Signals]) -> Iterator[Signal]:
    """Groups whose models gave long answers word for word alike that less than half of the groups have."""
    long = {group: _long_answers(signals.predictions) for group, signals in groups.items()}
    by_answer = _owners((group, answer) for group, answers in long.items() for answer in answers)
    rare = {answer: by for answer, by in by_answer.items() if len(by) <= max(2, len(groups) // 2)}
    same: dict[tuple[str, str], int] = defaultdict(int)
    for by in rare.values():
        for pair in combinations(by, 2):
            same[pair] += 1
    sure = [
        (a, b)
        for (a, b), times in same.items()
        if times >= max(MIN_ANSWERS, MIN_SHARE * min(len(long[a]), len(long[b])))
    ]
    for together in joined(sure):
        ids = sorted({answer[0] for answer, by in rare.items() if len(set(by) & set(together)) > 1})
        fewest = min(len(long[group]) for group in together)
        of = percent(min(len(ids), fewest), fewest)
        sentence = f"have {count(len(ids), 'long answer')} word for word alike ({of} of theirs)"
        yield Signal("predictions", together, sentence, len(ids), {"ids": ids[:MOST], "long_answers": fewest})


def _long_answers(predictions: Mapping[str, str]) -> set[tuple[str, tuple[str, ...]]]:
    texts = ((id_, tuple(words(text))) for id_, text in predictions.items())
    return {(id_, answer) for id_, answer in texts if len(answer) >= LONG}


def _same_notebook(groups: Mapping[str, Signals]) -> Iterator[Signal]:
    given = ((group, signals.notebook_sha256) for group, signals in groups.items() if signals.notebook_sha256)
    for sha256, by in sorted(_owners(given).items()):
        if len(by) < 2 or (len(groups) >= 5 and len(by) > TEMPLATE * len(groups)):
            continue
        sentence = f"handed in notebooks with the same code; {count(len(by), 'group')} of {len(groups):,} did"
        yield Signal("notebook", by, sentence, 1, {"sha256": sha256})


def _same_lineage(groups: Mapping[str, Signals]) -> Iterator[Signal]:
    given = (
        (group, (name, sha256))
        for group, signals in groups.items()
        for name, sha256 in signals.lineage_hashes.items()
        if sha256
    )
    shared: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for (name, sha256), by in sorted(_owners(given).items()):
        if len(by) > 1:
            shared[by][name] = sha256
    for by, hashes in sorted(shared.items()):
        sentence = f"have the same {' and the same '.join(hashes)}, which each training run makes anew"
        yield Signal("lineage", by, sentence, len(hashes), {"hashes": hashes})


def _owners(given: Iterable[tuple[str, T]]) -> dict[T, tuple[str, ...]]:
    """What was given → the groups that gave it, sorted."""
    owners: dict[T, list[str]] = defaultdict(list)
    for group, what in given:
        owners[what].append(group)
    return {what: tuple(sorted(by)) for what, by in owners.items()}
