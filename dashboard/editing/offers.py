"""What the panel offers for a row: the corrections that its findings carry, the labels, the commands that come next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from dashboard.editing.desk import Desk
from dashboard.model import Entry
from quality import fix
from quality.cli_inputs import Options
from quality.guide import StyleGuide
from quality.model import Finding
from quality.wording import as_argument

CORRECTED = ("output", "fail_mode")
"""The columns that are corrected here: what was asked is the sheet's."""


def fixes(entry: Entry) -> list[Finding]:
    """The open findings whose correction can be taken, in the order of the text."""
    found = [
        one
        for one in entry.findings
        if one.fix is not None and one.is_open and one.column in CORRECTED and _fits(one, entry)
    ]
    return sorted(found, key=lambda one: (one.column, one.fix.start if one.fix else 0, one.code))


def applied(entry: Entry, finding: Finding) -> dict[str, str]:
    """Column → its text with that finding's correction."""
    assert finding.fix is not None
    return {finding.column: fix.apply(getattr(entry.row, finding.column), [finding.fix])}


def old(entry: Entry, finding: Finding) -> str:
    """The words that the correction takes out."""
    assert finding.fix is not None
    cell: str = getattr(entry.row, finding.column)
    return cell[finding.fix.start : finding.fix.end]


def labels(guide: StyleGuide, own: str) -> list[str]:
    """No label, the guide's fail modes, and what the cell has if that is neither."""
    return list(dict.fromkeys(("", *guide.fail_modes, own)))


def commands(desk: Desk, options: Options) -> Iterator[str]:
    """What to run next on the corrected file."""
    target = as_argument(str(desk.places.target))
    yield shlex.join(["quality", "gate", target, *options.again()])
    yield shlex.join(["quality", "diff", as_argument(str(options.data)), target, *options.again()])


def _fits(finding: Finding, entry: Entry) -> bool:
    one, cell = finding.fix, str(getattr(entry.row, finding.column) or "")
    return one is not None and 0 <= one.start <= one.end <= len(cell)
