"""What a group's documents were made from, as one hash: whatever can change them changes it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from grading.course.inputs import Inputs
from grading.model import HandIn
from grading.scoring import asking
from quality import fingerprint, versions
from quality.plan import plan

NEVER = "0" * 64
"""The hash of what has to be made anew next time: a group at which the program failed."""


def of_course(inputs: Inputs) -> str:
    """SHA-256 over all but the hand-in: what it is held against, rules, decisions, and the program itself."""
    course = inputs.course
    asked = asking.of_data(inputs, inputs.sheet)
    return sha256(
        {
            "sheet": inputs.sheet.sha256,
            "test": inputs.test.sha256,
            "base": dict(inputs.base) if inputs.base is not None else None,
            "guide": inputs.guide.sha256,
            "codes": sorted(asked.codes or ()),
            "engines": {c.name: c.engine_version() for c in plan(asked).active},
            "columns": [*course.data_columns.named().items(), course.prediction_column],
            "checks": fingerprint.source_sha256(),
            "grading": _own_source(),
            **({"decisions": inputs.decisions.sha256} if inputs.decisions else {}),
        }
    )


def of_hand_in(hand_in: HandIn, course: str) -> str:
    """SHA-256 over the hand-in and what it is held against."""
    roles = sorted(role.value for role in hand_in.files)
    return sha256([course, hand_in.version, roles])


def sha256(values: Any) -> str:
    """SHA-256, in hex, of JSON values."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _own_source() -> list[str]:
    names = versions.modules(frozenset({"grading.scoring.score"}))
    return [f"{name} {versions.source_sha256(name)}" for name in sorted(names)]
