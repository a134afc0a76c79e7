"""What the comparison of an original with its correction is given for one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quality.model import AskResult, Correction, Finding, Prompt, Row
from quality.rule import Inputs


@dataclass(frozen=True, slots=True)
class Side:
    """What the checks say of one version of a response.

    Attributes:
        findings: Waived ones too.
        ask_results: The prompt's asks held against it.
        unmeasured: Criterion → why it could not be measured.
    """

    findings: Sequence[Finding]
    ask_results: Sequence[AskResult]
    unmeasured: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """All that the inference of fail modes may look at.

    Attributes:
        row: With the corrected output, the original response and the instruction that counts.
        before: What the checks say of the original.
        after: What they say of the output.
        correction: What was changed, without `inferred`.
    """

    row: Row
    prompt: Prompt
    inputs: Inputs
    before: Side
    after: Side
    correction: Correction
