"""What a verdict depends on, as hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from quality.guide import StyleGuide
from quality.llm_judge import framing
from quality.llm_judge.endpoint import Endpoint
from quality.model import Fingerprint
from quality.plan import Plan

NOT_DECIDING = frozenset(
    {
        "changes.py",
        "cli.py",
        "cli_inputs.py",
        "console.py",
        "course.py",
        "progress.py",
        "files.py",
        "fix.py",
        "interactive",
        "reports",
        "rulebook.py",
        "targets.py",
        "verdicts.py",
        "watch.py",
    }
)
"""Parts of the package that show or write results and cannot change one."""


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
    """SHA-256 over the source of every module that can change a verdict."""
    digest = hashlib.sha256()
    for name, source in sorted(_sources(files("quality"))):
        digest.update(f"{name}\0{len(source)}\0".encode())
        digest.update(source)
    return digest.hexdigest()


def _sources(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.name in NOT_DECIDING and not path:
            continue
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield path + entry.name, entry.read_bytes().replace(b"\r\n", b"\n")
