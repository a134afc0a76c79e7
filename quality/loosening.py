"""What a style guide lets through that the shipped one does not.

A file that nobody named may make the gate stricter, never looser: who hands in data could lay it there. A threshold
or a weight counts as looser whenever it differs, because which way is looser depends on the rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from quality.guide import GatePolicy, PassingPolicy, StyleGuide


def loosened(own: StyleGuide, shipped: StyleGuide) -> tuple[str, ...]:
    """What of `own` is, or may be, looser than `shipped`, in words; empty for a stricter or relabelled guide."""
    return (
        *_gate(own.gate, shipped.gate),
        *_passing(own.passing, shipped.passing),
        *_rules(own, shipped),
        *_values(own, shipped),
    )


def _gate(own: GatePolicy, shipped: GatePolicy) -> Iterator[str]:
    if own.min_rows < shipped.min_rows:
        yield f"gate.min_rows is {own.min_rows}, below {shipped.min_rows}"
    if own.min_passing_share < shipped.min_passing_share:
        yield f"gate.min_passing_share is {own.min_passing_share:g}, below {shipped.min_passing_share:g}"
    if own.max_unmeasured_share > shipped.max_unmeasured_share:
        yield f"gate.max_unmeasured_share is {own.max_unmeasured_share:g}, above {shipped.max_unmeasured_share:g}"
    if own.max_accepted_share > shipped.max_accepted_share:
        yield f"gate.max_accepted_share is {own.max_accepted_share:g}, above {shipped.max_accepted_share:g}"
    yield from (f"gate.required lacks {key}" for key in shipped.required if key not in own.required)
    yield from (f"gate.clean lacks {key}" for key in shipped.clean if key not in own.clean)
    yield from (f"gate.ignorable permits {code}" for code in own.ignorable if code not in shipped.ignorable)


def _passing(own: PassingPolicy, shipped: PassingPolicy) -> Iterator[str]:
    if own.doubtful_errors > shipped.doubtful_errors:
        yield f"passing.doubtful_errors is {own.doubtful_errors}, above {shipped.doubtful_errors}"
    if own.doubtful_words < shipped.doubtful_words:
        yield f"passing.doubtful_words is {own.doubtful_words}, below {shipped.doubtful_words}"


def _rules(own: StyleGuide, shipped: StyleGuide) -> Iterator[str]:
    for code, before in shipped.rules.items():
        now = own.rules.get(code, "off")
        if now == "off" != before:
            yield f"{code} is off"
        elif (before, now) == ("error", "warning"):
            yield f"{code} is a warning, not an error"


def _values(own: StyleGuide, shipped: StyleGuide) -> Iterator[str]:
    for key, threshold in shipped.thresholds.items():
        if key not in own.thresholds or own.threshold(key) != threshold.value:
            yield f"changed threshold {key}"
    for name in ("error_factor", "warning_factor"):
        if getattr(own, name) > getattr(shipped, name):
            yield f"score.{name} is {getattr(own, name):g}, above {getattr(shipped, name):g}"
    yield from (f"score.lowering lacks {key}" for key in shipped.lowering if key not in own.lowering)
    for key, criterion in shipped.criteria.items():
        if key not in own.criteria or own.criteria[key].weight != criterion.weight:
            yield f"changed weight of {key}"
