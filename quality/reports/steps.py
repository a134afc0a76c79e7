"""What the reader does next, in the same words in every report and at the gate."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from pathlib import PurePath

from quality.cli_inputs import as_argument
from quality.reports.document import Document, count, counts
from quality.reports.escape import visible


def next_steps(document: Document, *, unseen: bool = False, record: str = "") -> list[tuple[str, str]]:
    """What to do now, each as (why, command); the command is "" where the work is by hand.

    Args:
        unseen: The reader has not seen the findings yet.
        record: The gate record that speaks of the data; "" when there is none.
    """
    if document.verdict.passed and record:
        return [(f"Fine-tune on this file; the gate record {visible(record)} binds the run to it", "")]
    path = document.path
    if document.verdict.passed:
        return [_step(document, "Write the gate record, which binds a fine-tune to this data", "gate", path)]
    if unseen:
        return [_step(document, "See each finding and how to mend it", "check", path)]
    return _mending(document)


def _mending(document: Document) -> list[tuple[str, str]]:
    numbers = counts(document)
    steps: list[tuple[str, str]] = []
    path, called = document.path, "the same file"
    if numbers.safe:
        mends = f"Let the tool mend {count(numbers.safe, 'finding')} that it can mend safely"
        steps.append(_step(document, mends, "fix", path))
        name = PurePath(path)
        path = str(name.with_name(f"{name.stem}.fixed{name.suffix}")) if name.name else path
        called = "the corrected file"
    if numbers.errors > numbers.safe:
        steps.append(("Correct by hand what is left; each finding says how", ""))
    elif not numbers.safe:
        steps.append(("See to the reasons why the gate is closed", ""))
    return [*steps, _step(document, "Check again", "check", path, called)]


def _step(
    document: Document, why: str, verb: str, path: str, called: str = "the same file"
) -> tuple[str, str]:
    """The command with the user's own options; in words where a name cannot be shown as it is."""
    words = ["quality", verb, as_argument(path), *document.options]
    if all(visible(word) == word for word in words):
        return why, shlex.join(words)
    options = " with the same options" if document.options else ""
    return f"{why}: quality {verb} on {called}{options}", ""


def next_line(steps: Sequence[tuple[str, str]], paint: Callable[[str], str] = str) -> str:
    """The steps up to the first command, in a line; `paint` is given the command."""
    by_hand: list[str] = []
    for why, command in steps:
        if command:
            return f"Next: {', then '.join([*by_hand, paint(command)])}"
        by_hand.append(f"{why[:1].lower()}{why[1:]}")
    return f"Next: {', then '.join(by_hand)}"
