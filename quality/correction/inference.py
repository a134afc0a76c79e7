"""Which fail modes an original response showed, inferred from its correction.

Every rule of `evidence.CLUES` looks at the case and says what it saw; what speaks for one mode is joined as independent
signs are: 1 − (1 − a)(1 − b)… A mode counts from `fail_mode.plausible` on. Nothing edited and nothing found: none.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from quality.correction.case import Case
from quality.correction.evidence import CLUES
from quality.correction.reading import View, read
from quality.guide import StyleGuide
from quality.model import Evidence, Finding, Inferred

LEFT_ERROR = 0.7
LEFT_WARNING = 0.15
"""How strongly a finding speaks that is left on the output; a warning, or a doubtful error, only beside edits."""
LEFT_WORDS = 50
"""Words with one error of language from which that holds in full."""
UNTOLD = frozenset({"plagiarism"})
"""Criteria in which a fault that is left says nothing: rows share an answer for many reasons."""
LEFT_EDITED = 0.7
"""What is left of that where the output was edited: the annotator saw to something else."""


def infer(case: Case) -> tuple[Inferred, ...]:
    """The fail modes that the original showed, the strongest first; () for none, and for texts too long to be read."""
    view = read(case)
    if view is None:
        return ()
    modes = _modes(case.inputs.guide)
    seen: dict[str, list[Evidence]] = {}
    for criterion, evidence in (*_left(view), *(_seen(view) if view.is_edited else ())):
        for mode in modes.get(criterion, ()):
            seen.setdefault(mode, []).append(Evidence(mode, *evidence))
    least = case.inputs.guide.threshold("fail_mode.plausible")
    found = [_joined(mode, evidence) for mode, evidence in seen.items()]
    order = list(case.inputs.guide.fail_modes)
    return tuple(
        sorted(
            (one for one in found if one.strength >= least),
            key=lambda one: (-one.strength, order.index(one.mode)),
        )
    )


def _modes(guide: StyleGuide) -> Mapping[str, tuple[str, ...]]:
    """Criterion → the guide's modes of that criterion."""
    by_criterion: dict[str, tuple[str, ...]] = {}
    for mode in guide.fail_modes.values():
        by_criterion[mode.criterion] = (*by_criterion.get(mode.criterion, ()), mode.name)
    return by_criterion


_Sign = tuple[str, tuple[str, float, str]]


def _seen(view: View) -> list[_Sign]:
    signs: list[_Sign] = []
    for clue in CLUES:
        seen = clue.see(view)
        if seen is not None and seen.share > 0:
            signs.append((clue.criterion, (clue.name, round(clue.weight * seen.share, 3), seen.message)))
    return signs


def _left(view: View) -> list[_Sign]:
    """Findings that are left: the fault is still there to be seen."""
    signs: list[_Sign] = []
    for criterion, found in view.left.items():
        if criterion in UNTOLD:
            continue
        count = sum(_is_sure(finding) for finding in found)
        if not count and not view.is_edited:
            continue
        # a proof-reader's false alarms grow with the words that it reads
        share = (
            min(1.0, count * LEFT_WORDS / max(1, view.changes.old_words))
            if criterion == "grammar"
            else count > 0
        )
        weight = max(LEFT_ERROR * share, LEFT_WARNING) * (LEFT_EDITED if view.is_edited else 1)
        signs.append(
            (criterion, ("fault-left", round(weight, 3), "what a rule found in the original is still there"))
        )
    return signs


def _is_sure(finding: Finding) -> bool:
    return finding.is_error and finding.detail.get("doubtful") is not True


def _joined(mode: str, evidence: list[Evidence]) -> Inferred:
    strength = 1 - prod(1 - one.weight for one in evidence)
    return Inferred(mode, round(strength, 3), tuple(sorted(evidence, key=lambda one: -one.weight)))
