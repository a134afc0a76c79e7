"""The chain as text for a reader and as JSON for a program."""

from __future__ import annotations

import json
from dataclasses import asdict

from finetune.verify.verification import Verification
from quality import __version__, lineage
from quality.lineage import Link, State
from quality.reports.escape import visible
from quality.wording import count

FORMAT = 1
MEANING = "This shows that the files belong together, not who made them."
_OPTIONS = {
    "data": "--data",
    "test file": "--test",
    "template": "--run",
    "adapter": "--run",
    "base model": "--base",
    "tokenizer": "--base",
}
"""Beginning of a link → what has it checked."""


def as_text(found: Verification) -> str:
    """The chain for a reader: the verdict first, then link by link."""
    name = visible(found.predictions.name)
    unchecked = [link for link in found.links if link.state is State.NOT_CHECKED]
    missing = [title for name, title in lineage.RECORDS.items() if getattr(found.records, name) is None]
    verdict = "consistent"
    if found.broken:
        verdict = f"broken: {'; '.join(link.name for link in found.broken)}"
    elif missing:
        verdict += f", but {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
    if unchecked:
        verdict += f" ({count(len(unchecked), 'link')} not checked)"
    width = max(len(state) for state in State)
    lines = [f"{name}: {verdict}"]
    for link in found.links:
        detail = f": {visible(link.detail)}" if link.detail else ""
        lines.append(f"  {link.state:<{width}}  {link.name}{detail}{_how_to_check(link)}")
    return "\n".join([*lines, MEANING, ""])


def as_json(found: Verification) -> str:
    """The links and the complete records, for a program."""
    body = {
        "format": FORMAT,
        "tool": {"name": "proofgate", "version": __version__},
        "predictions": found.predictions.name,
        "consistent": not found.broken,
        "links": [asdict(link) for link in found.links],
        "meaning": MEANING,
        "records": lineage.as_json(found.records),
    }
    return json.dumps(body, indent=1, ensure_ascii=True) + "\n"


def _how_to_check(link: Link) -> str:
    if link.state is not State.NOT_CHECKED:
        return ""
    option = next((option for start, option in _OPTIONS.items() if link.name.startswith(f"{start} ↔")), "")
    return f" (name it with {option})" if option else ""
