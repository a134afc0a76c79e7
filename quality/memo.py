"""What the tables of many annotators of one sheet have in common, found out once: originals, measures, corrections.

A memo saves time and changes no report. It belongs to one process and one thread, and to runs with one sheet, guide,
selection and engine: what others left in it is forgotten.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from quality.correction.case import Side
from quality.correction.review import reviewed
from quality.judge import Judged
from quality.measure import Measured
from quality.model import Correction, Prompt, Row
from quality.plan import Request
from quality.rule import Inputs, Violation

T = TypeVar("T")

MOST_CORRECTIONS: Final = 20_000
"""Corrections that are remembered, the last used ones: some 60 MB."""

Originals = tuple[tuple[Row, ...], Mapping[int, tuple[Violation, ...]]]
"""What a judgement of the originals depends on, within one memo."""


@dataclass(slots=True)
class Memo:
    """Filled by `run.check` while it checks one table after the other.

    Attributes:
        serves: What the runs so far had in common.
        measured: Measures of the sheet's own texts.
        originals: The last originals that were judged, and what was said of them by record number.
        corrections: (instruction, original, output) → what was said of both versions, and what came of it.
    """

    serves: tuple[Any, ...] = ()
    measured: Measured = field(default_factory=Measured)
    originals: tuple[Originals, Mapping[int, Judged]] | None = None
    corrections: OrderedDict[tuple[str, str, str], tuple[Side, Side, Correction]] = field(
        default_factory=OrderedDict[tuple[str, str, str], tuple[Side, Side, Correction]]
    )

    def begin(self, request: Request) -> None:
        """Forgets all where the run has another sheet, guide, selection or engine than those before."""
        serves = (
            request.guide.sha256,
            request.sheet.data_sha256 if request.sheet else "",
            request.against.data_sha256 if request.against else "",
            request.codes,
            request.engine,
            request.engine_url,
            request.table.labelled,
            request.judge is None,
        )
        if serves != self.serves or request.judge is not None:  # a judge's opinions are about one table
            self.serves, self.measured, self.originals = serves, Measured(), None
            self.corrections.clear()

    def judged(
        self, originals: Mapping[int, Row], inputs: Inputs, judge: Callable[[], Mapping[int, Judged]]
    ) -> Mapping[int, Judged]:
        """What the checks say of the originals, by record number; `judge` is asked where nobody has judged them yet."""
        # the line of a row says nothing about its text, and moves with the line breaks in the rows before it
        key = (tuple(replace(row, line=0) for row in originals.values()), inputs.violations)
        if self.originals is None or self.originals[0] != key:
            self.originals = key, judge()
        return self.originals[1]

    def reviewed(self, row: Row, prompt: Prompt, before: Side, after: Side, inputs: Inputs) -> Correction:
        """As `quality.correction.review.reviewed`."""
        key = (row.instruction, row.original or "", row.output)
        known = self.corrections.get(key)
        if known is not None and known[0] == before and known[1] == after:
            self.corrections.move_to_end(key)
            return known[2]
        correction = reviewed(row, prompt, before, after, inputs)
        self.corrections[key] = before, after, correction
        if len(self.corrections) > MOST_CORRECTIONS:
            self.corrections.popitem(last=False)
        return correction

    def keep(self, texts: Iterable[str], measured: Measured) -> None:
        """Remembers what was measured in these texts."""
        wanted = set(texts)
        _copy(wanted, measured.measures, self.measured.measures)
        _copy(wanted, measured.crashes, self.measured.crashes)


def _copy(texts: set[str], found: dict[str, dict[str, T]], kept: dict[str, dict[str, T]]) -> None:
    for name, known in found.items():
        kept[name].update((text, known[text]) for text in texts & known.keys())


def sheet_texts(rows: Sequence[Row], originals: Mapping[int, Row]) -> Iterable[str]:
    """The texts of a table that the other tables of its sheet have, too."""
    yield from (row.instruction for row in rows)
    yield from (row.output for row in originals.values())
