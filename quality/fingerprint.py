"""What a verdict depends on, as hashes."""

from __future__ import annotations

import hashlib
import json

from quality import versions
from quality.checks import FAMILIES
from quality.guide import StyleGuide
from quality.llm_judge import framing
from quality.llm_judge.endpoint import Endpoint
from quality.model import Fingerprint
from quality.plan import Plan

DECIDING = ("quality.run", "quality.gate", "quality.options")
"""What makes a verdict, besides the checks; with all that these import, wherever in them."""
NOT_DECIDING = frozenset({"quality.cli_inputs", "quality.course"})
"""Imported by those, and yet only words of `--help`, and what a course refuses: no verdict changes with them."""


def fingerprint(plan: Plan) -> Fingerprint:
    """The fingerprint of a run: rows, file, guide, source of the checks, and every other input."""
    request = plan.request
    config = {
        "original": request.sheet.data_sha256 if request.sheet else None,
        "against": request.against.data_sha256 if request.against else None,
        "baseline": request.baseline.sha256 if request.baseline else None,
        "codes": sorted(plan.codes),
        "engines": {c.name: version for c in plan.active if (version := c.engine_version())},
        "labelled": request.table.labelled,
        "judge": _judge(request.judge, request.guide),
        **({"decisions": request.decisions.sha256} if request.decisions else {}),
    }
    return Fingerprint(
        data=request.table.data_sha256,
        file=request.table.sha256,
        guide=request.guide.sha256,
        checks=source_sha256(),
        config=hashlib.sha256(json.dumps(config, sort_keys=True).encode()).hexdigest(),
    )


def _judge(endpoint: Endpoint | None, guide: StyleGuide) -> list[str | int] | None:
    """What the judge's advice hangs on: who is asked what, and how often; how many at once it does not."""
    if endpoint is None:
        return None
    return [endpoint.url, endpoint.model, endpoint.budget, framing.version(guide)]


def source_sha256() -> str:
    """SHA-256, in hex, over the source of every module that can change a verdict, and of the data files beside them."""
    digest = hashlib.sha256()
    for name in sorted(deciding()):
        digest.update(f"{name}\0{versions.source_sha256(name)}\n".encode())
    return digest.hexdigest()


def deciding() -> frozenset[str]:
    """Names of the modules that can change a verdict: not those that show, write or install something."""
    # checks are imported by a computed name, which the import closure does not follow
    families = (f"quality.checks.{family}" for family in FAMILIES)
    return versions.modules(frozenset((*DECIDING, *families))) - NOT_DECIDING
