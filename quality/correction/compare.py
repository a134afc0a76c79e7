"""Findings before and after an edit → fixed, left, introduced; and what the edit was worth.

A finding is left when its rule finds something at the same place of the edited text, or elsewhere in the same words; a
finding about a whole cell when its rule still says so. Waived findings are no faults on either side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quality.guide import StyleGuide
from quality.model import Edit, EditKind, Finding, Severity

LARGE = frozenset(
    {
        EditKind.FORMAT,
        EditKind.RESTRUCTURE,
        EditKind.CUT,
        EditKind.ADDITION,
        EditKind.REWRITE,
        EditKind.WORDING,
    }
)
"""Kinds of edits that a finding about a whole answer can ask for."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The faults of two versions of one text, told apart."""

    fixed: tuple[Finding, ...]
    left: tuple[Finding, ...]
    introduced: tuple[Finding, ...]


def compare(
    before: Sequence[Finding],
    after: Sequence[Finding],
    edits: Sequence[Edit],
    texts: tuple[str, str],
) -> Compared:
    """The faults that an edit fixed, left and introduced.

    Args:
        before: Findings on the earlier text.
        after: Findings on the later one.
        edits: What changed between them.
        texts: The earlier and the later text.
    """
    was = [f for f in before if f.waived is None]
    now = [f for f in after if f.waived is None]
    matched = _matched(was, now, edits, texts)
    left = set(matched.values())
    return Compared(
        fixed=tuple(f for at, f in enumerate(was) if at not in matched),
        left=tuple(f for at, f in enumerate(now) if at in left),
        introduced=tuple(f for at, f in enumerate(now) if at not in left),
    )


def _matched(
    was: Sequence[Finding], now: Sequence[Finding], edits: Sequence[Edit], texts: tuple[str, str]
) -> dict[int, int]:
    """Place in `was` → place in `now` of the finding that says the same: at its place first, then of its words."""
    matched: dict[int, int] = {}
    free = dict(enumerate(now))
    starts = [edit.start for edit in edits]
    for same in (_same_place, _same_words):
        by_code: dict[str, list[int]] = defaultdict(list)
        for at, finding in free.items():
            by_code[finding.code].append(at)
        for at, finding in enumerate(was):
            if at in matched:
                continue
            place = _place_after(finding, edits, starts)
            found = next(
                (o for o in by_code[finding.code] if o in free and same(finding, free[o], place, texts)), None
            )
            if found is not None:
                matched[at] = found
                del free[found]
    return matched


def _place_after(finding: Finding, edits: Sequence[Edit], starts: Sequence[int]) -> tuple[int, int] | None:
    """Where the finding's span stands after the edits, with the whole of those that touch it; None without a span."""
    if finding.start is None:
        return None
    end = finding.start if finding.end is None else finding.end
    return _moved(finding.start, edits, starts, first=True), _moved(end, edits, starts, first=False)


def _moved(place: int, edits: Sequence[Edit], starts: Sequence[int], *, first: bool) -> int:
    at = bisect_right(starts, place) - 1
    if at < 0:
        return place
    edit = edits[at]
    if place < edit.end or (not first and place == edit.end):
        return edit.new_start if first else edit.new_end
    return place - edit.end + edit.new_end


def _same_place(was: Finding, now: Finding, place: tuple[int, int] | None, texts: tuple[str, str]) -> bool:
    if place is None or now.start is None:
        return place is None and now.start is None
    end = now.start if now.end is None else now.end
    return now.start <= place[1] and place[0] <= end


def _same_words(was: Finding, now: Finding, place: tuple[int, int] | None, texts: tuple[str, str]) -> bool:
    if was.start is None or now.start is None:
        return was.start is now.start
    return texts[0][was.start : was.end] == texts[1][now.start : now.end]


def unexplained(edits: Sequence[Edit], fixed: Sequence[Finding]) -> tuple[int, ...]:
    """The places of the edits that no fixed finding asked for.

    A finding explains the edits that touch its span or stand within two words of it; one about the whole answer
    explains every edit that is larger than a touch.
    """
    spans = [(f.start, f.start if f.end is None else f.end) for f in fixed if f.start is not None]
    whole = any(f.start is None for f in fixed)
    return tuple(
        at
        for at, edit in enumerate(edits)
        if not (whole and edit.kind in LARGE)
        and not any(start - NEAR <= edit.end and edit.start <= end + NEAR for start, end in spans)
    )


NEAR = 12
"""Code points; about two words: a missing article is often marked at the noun that lacks it."""


def weight(finding: Finding, guide: StyleGuide) -> float:
    """How much a finding weighs, in errors: 1, or for a warning the part that the guide's factors make it."""
    if finding.severity is Severity.ERROR:
        return 1.0
    of_error = 1 - guide.error_factor
    return (1 - guide.warning_factor) / of_error if of_error > 0 else 0.0


def value(compared: Compared, guide: StyleGuide) -> Mapping[str, float]:
    """Criterion → faults fixed less faults introduced, in errors; criteria in which nothing changed are left out."""
    worth: dict[str, float] = defaultdict(float)
    for finding in compared.fixed:
        worth[finding.criterion] += weight(finding, guide)
    for finding in compared.introduced:
        worth[finding.criterion] -= weight(finding, guide)
    return {key: round(worth[key], 3) for key in guide.criteria if key in worth}
