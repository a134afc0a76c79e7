"""From the documents of a run: how well the rows meet the guide's criteria, and which of them cost points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grading.feedback.bodies import Body, body
from quality.guide import StyleGuide

MAX_CRITERIA = 3
STRONG = 0.95
"""Mean of a criterion from which it is named as done well."""
LOSS = 0.005
"""Mean loss of a criterion from which it is named as something to mend."""


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One demand of the guide and how well the rows meet it, in per cent."""

    title: str
    section: str
    text: str
    share: float


def strong(quality: Body, guide: StyleGuide) -> tuple[CriterionView, ...]:
    """The guide's own demands that nearly all rows meet and that are not among the `weak`, in its order."""
    costly = dict(_costly(quality, guide))
    return tuple(
        _criterion(guide, key, mean)
        for key, mean in _measured(quality, guide).items()
        if mean >= STRONG and key not in costly and guide.criteria[key].section[:1].isdigit()
    )


def weak(quality: Body, guide: StyleGuide) -> tuple[CriterionView, ...]:
    """Criteria that cost the most, the costliest first."""
    return tuple(_criterion(guide, key, mean) for key, mean in _costly(quality, guide))


def _costly(quality: Body, guide: StyleGuide) -> list[tuple[str, float]]:
    means, costs = _measured(quality, guide), losses(quality, guide)
    costly = sorted((key for key in means if 1 - means[key] >= LOSS), key=lambda key: -costs[key])
    return [(key, means[key]) for key in costly[:MAX_CRITERIA]]


def losses(quality: Body, guide: StyleGuide) -> dict[str, float]:
    """Criterion → what its mean costs, with its weight."""
    return {key: guide.criteria[key].weight * (1 - mean) for key, mean in _measured(quality, guide).items()}


def costing(found: Sequence[Body], guide: StyleGuide) -> list[Body]:
    """Those of criteria that count: signs of generated text, say, are evidence for a person."""
    return [one for one in found if (known := guide.criteria.get(one["criterion"])) and known.weight]


def _measured(quality: Body, guide: StyleGuide) -> dict[str, float]:
    """Criterion → mean 0..1, of those that were measured and count."""
    means = body(quality, "criteria")
    return {
        key: means[key]
        for key, criterion in guide.criteria.items()
        if criterion.weight and means.get(key) is not None
    }


def _criterion(guide: StyleGuide, key: str, mean: float) -> CriterionView:
    criterion = guide.criteria[key]
    section = guide.section_of(key) if criterion.section[:1].isdigit() else ""
    return CriterionView(criterion.title, section, criterion.text, 100 * mean)
