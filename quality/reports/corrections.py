"""What the reports say of corrections, in the same words in every format.

Which fail modes an original had is said with `--explain` alone: choosing the label is the annotator's work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quality.correction import summary
from quality.model import Correction, EditKind
from quality.reports.document import Document
from quality.reports.escape import visible
from quality.wording import count

KINDS = {
    EditKind.FORMAT: "layout",
    EditKind.PUNCTUATION: "punctuation",
    EditKind.SPELLING: "spelling",
    EditKind.GRAMMAR: "grammar",
    EditKind.NUMBER: "a number",
    EditKind.NAME: "a name",
    EditKind.WORDING: "wording",
    EditKind.RESTRUCTURE: "moved or put together anew",
    EditKind.CUT: "cut",
    EditKind.ADDITION: "added",
    EditKind.REWRITE: "rewritten",
}
"""Kind of edit → what it changed, in words."""

MOST_EVIDENCE = 3


def corrections(document: Document) -> str:
    """`Corrections: 412 of 500 rows edited; …`, without a full stop; "" where no row has an original."""
    known = summary.statistics(document.report.rows)
    if not known:
        return ""
    rows: Mapping[str, int] = known["rows"]
    corrected = rows["edited"] + rows["untouched"]
    told = [f"{rows['edited']:,} of {count(corrected, 'row')} edited"]
    if rows["without_original"]:
        told.append(f"{count(rows['without_original'], 'row')} without an original")
    if rows["uncompared"]:
        told.append(f"{count(rows['uncompared'], 'row')} that could not be compared")
    told.append(balance(known))
    if known["unexplained_edits"]:
        told.append(f"{count(known['unexplained_edits'], 'edit')} beyond the findings")
    told += filter(None, [by_criterion(known["value"])])
    return f"Corrections: {'; '.join(told)}"


def balance(known: Mapping[str, Any]) -> str:
    """`1,204 findings fixed, 88 left, 31 introduced`, of statistics."""
    fixed, left, introduced = (sum(known[key].values()) for key in ("fixed", "left", "introduced"))
    return f"{count(fixed, 'finding')} fixed, {left:,} left, {introduced:,} introduced"


def by_criterion(value: Mapping[str, float]) -> str:
    """`net by criterion (errors; …): grammar +310, repetition −2`; "" where nothing was won or lost."""
    changed = [(key, worth) for key, worth in value.items() if round(worth, 1)]
    changed.sort(key=lambda item: -item[1])
    named = ", ".join(f"{visible(key)} {signed(worth)}" for key, worth in changed)
    return f"net by criterion (errors; a warning counts in part): {named}" if named else ""


def signed(number: float) -> str:
    """`+3`, `−0.5`, `0`, with at most one decimal."""
    rounded = round(number, 1)
    text = f"{abs(rounded):,.1f}".removesuffix(".0")
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{text}"


def of_row(correction: Correction) -> str:
    """`3 edits; 2 findings fixed, 1 left, 0 introduced; 1 edit beyond the findings`."""
    edits = count(len(correction.edits), "edit") if correction.edits else "not edited"
    told = [
        edits,
        f"{count(len(correction.fixed), 'finding')} fixed, {len(correction.left):,} left, "
        f"{len(correction.introduced):,} introduced",
    ]
    if correction.unexplained:
        told.append(f"{count(len(correction.unexplained), 'edit')} beyond the findings")
    if correction.unknown:
        told.append(f"the original could not be measured in {', '.join(correction.unknown)}")
    return "; ".join(told)


def inferred(document: Document, correction: Correction | None) -> Iterator[str]:
    """`grammar (0.92): 3 spelling findings are gone`, a line for each mode; nothing without `--explain`."""
    if not document.explain or correction is None:
        return
    for mode in correction.inferred:
        seen = "; ".join(one.message for one in mode.evidence[:MOST_EVIDENCE])
        known = document.guide.fail_modes.get(mode.mode)
        name = known.name if known else mode.mode
        yield f"{name} ({mode.strength:.2f})" + (f": {seen}" if seen else "")
