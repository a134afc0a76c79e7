"""One row's original, output and findings → what its correction changed, and what it was worth."""

from __future__ import annotations

from dataclasses import replace

from quality.correction import compare
from quality.correction.case import Case, Side
from quality.correction.diff import edits
from quality.correction.inference import infer
from quality.model import Correction, Prompt, Row
from quality.rule import Inputs


def reviewed(row: Row, prompt: Prompt, before: Side, after: Side, inputs: Inputs) -> Correction:
    """What the correction changed, and what it was worth.

    Args:
        row: With its original response.
        before: What the checks say of the original.
        after: What they say of the output; other checks have read it too, and count for nothing here.
    """
    original = row.original or ""
    changes = edits(original, row.output)
    served = {mode.criterion for mode in inputs.guide.fail_modes.values()} - before.unmeasured.keys()
    compared = compare.compare(
        [f for f in before.findings if f.criterion in served],
        [f for f in after.findings if f.criterion in served],
        changes,
        (original, row.output),
    )
    correction = Correction(
        edits=changes,
        fixed=tuple(replace(f, column="original") if f.column == "output" else f for f in compared.fixed),
        left=compared.left,
        introduced=compared.introduced,
        unexplained=compare.unexplained(changes, compared.fixed),
        value=compare.value(compared, inputs.guide),
        unknown=tuple(sorted(before.unmeasured)),
    )
    return replace(correction, inferred=infer(Case(row, prompt, inputs, before, after, correction)))
