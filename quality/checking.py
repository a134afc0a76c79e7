"""What the user names → the rows checked and the verdict, as one document, and that document in words."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quality import console, gate, option_conflicts, progress, run
from quality.cli_inputs import Options
from quality.model import Report
from quality.options import Resolved, resolve
from quality.reports import render
from quality.reports.document import Document

if TYPE_CHECKING:
    from quality.accepting import Updated


@dataclass(frozen=True, slots=True)
class View:
    """What of a document is shown.

    Attributes:
        statistics: Leave the single findings out.
        explain: Say which fail modes the originals seem to have had.
    """

    statistics: bool = False
    explain: bool = False


WHOLE = View()


def inputs(options: Options, *, new_baseline: bool = False) -> Resolved:
    """The request behind the options; what the user should know of how it was put together goes to stderr.

    Args:
        new_baseline: A baseline that is not there yet is an empty one.

    Raises:
        ProofgateError: Any of the inputs is missing, unreadable or names what is not known.
    """
    resolved = resolve(options, start=Path.cwd(), new_baseline=new_baseline)
    for note in resolved.notes:
        console.say(f"note: {note}")
    return resolved


def document(
    options: Options,
    resolved: Resolved,
    view: View = WHOLE,
    update: Callable[[Report], Updated] | None = None,
) -> Document:
    """The checked rows with the verdict; the progress goes to stderr.

    Args:
        update: Writes the baseline anew from the report, where that is wanted.

    Raises:
        ProofgateError: The rows cannot be checked, or the baseline cannot be written.
    """
    option_conflicts.of_explaining(view.explain, resolved.settings.original)
    request = resolved.request
    with progress.measuring(kept=options.cache) as bar:
        report = run.check(request, bar, lambda text: console.say(f"note: {text}"))
    if update is not None:
        updated = update(report)
        report = updated.report
        console.say(updated.said)
    known = run.rules()
    return Document(
        report=report,
        verdict=gate.decide(report, request.guide, {code: rule.criterion for code, rule in known.items()}),
        rows={row.row: row for row in request.table.rows},
        frame=request.table.frame,
        path=str(request.table.path),
        guide=request.guide,
        rules=known,
        notes=resolved.notes,
        statistics=view.statistics,
        explain=view.explain,
        options=tuple(options.again()),
    )


def rendered(document: Document, form: str, target: Path | None) -> str:
    """The document in that format, in colour where it goes to a terminal."""
    width = shutil.get_terminal_size((100, 24)).columns
    return render(form, document, color=in_colour(target), width=width)


def in_colour(target: Path | None) -> bool:
    """Whether what is written there, or to stdout, reaches a terminal."""
    return target is None and sys.stdout.isatty()
