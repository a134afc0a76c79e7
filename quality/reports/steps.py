"""What the reader does next, in the same words in every report and at the gate: the three steps that buy the most.

A step is worth the rows that pass once it is done, then the errors that it removes. What the gate wants clean comes
before all else.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from quality.model import CRASHED, NOT_REQUESTED, Finding
from quality.reports.document import Document, listed, rule_name, unmeasured
from quality.reports.escape import visible
from quality.wording import as_argument, count

MOST = 3
CORRECTED = ("output", "fail_mode")
"""The cells that an annotator corrects row by row."""
ADVICE = frozenset({"--judge", "--judge-model", "--judge-budget"})
"""Options that `quality fix` does not take: advice has no corrections."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        why: What it is about, in words.
        command: What to type; "" where the work is by hand.
        worth: Rows that pass by this step alone, and what it removes; the greater the earlier.
    """

    why: str
    command: str
    worth: tuple[float, ...] = ()


def next_steps(document: Document, *, unseen: bool = False, record: str = "") -> list[Step]:
    """What to do now, the most valuable first.

    Args:
        unseen: The reader has not seen the findings yet.
        record: The gate record that speaks of the data; "" when there is none.
    """
    if document.verdict.passed and record:
        bound = ("--gate-record", as_argument(record), "--out", "runs/first")
        return [_step(document, "Fine-tune; the gate record binds the run to this data", "run", *bound)]
    if document.verdict.passed:
        return [_step(document, "Write the gate record, which binds a fine-tune to this data", "gate")]
    if unseen:
        return [_step(document, "See each finding and how to mend it", "check")]
    found = sorted(_mending(document), key=lambda step: step.worth, reverse=True)
    return found[:MOST] or [_beyond(document)]


def _beyond(document: Document) -> Step:
    """What is left where no open finding keeps the gate closed."""
    quieting = "the file of decisions" if "decisions" in document.report.dataset else "the baseline"
    if any(finding.accepted is not None for finding in document.report.findings):
        return _step(document, f"See what {quieting} accepts and the gate does not", "check")
    return Step("See to the reasons why the gate is closed", "")


def _mending(document: Document) -> Iterator[Step]:
    open_ = [finding for finding in document.report.findings if finding.is_open]
    by_row = _errors_by_row(open_)
    safe = [finding for finding in open_ if finding.fix is not None and finding.fix.safe]
    if safe:
        yield _safe(document, safe, by_row)
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in open_:
        if finding.is_open_error and not (finding.fix and finding.fix.safe):
            by_code[finding.code].append(finding)
    for code, findings in by_code.items():
        yield _rule(document, code, findings, by_row)
    yield from _blind(document)


def _errors_by_row(findings: Iterable[Finding]) -> dict[int | None, list[Finding]]:
    by_row: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.is_open_error:
            by_row[finding.row].append(finding)
    return by_row


def _safe(document: Document, safe: Sequence[Finding], by_row: dict[int | None, list[Finding]]) -> Step:
    """All corrections that one command makes."""
    known = {id(finding) for finding in safe}
    rows = {finding.row for finding in safe}
    bought = [row for row in rows if by_row[row] and all(id(error) in known for error in by_row[row])]
    codes = listed(sorted({finding.code for finding in safe}), 4)
    what = f"{count(len(rows), 'row')}: {count(len(safe), 'safe correction')} ({codes})"
    worth = (_clean(document, safe), len(bought), len(safe))
    return _step(document, what + _buys(bought), "fix", worth=worth)


def _rule(
    document: Document, code: str, findings: Sequence[Finding], by_row: dict[int | None, list[Finding]]
) -> Step:
    """The errors of one rule, corrected row by row."""
    rows = list(dict.fromkeys(finding.row for finding in findings if finding.row is not None))
    bought = [row for row in rows if all(error.code == code for error in by_row[row])]
    name, shown = visible(rule_name(document, code).replace("-", " ")), visible(code)
    where = f"{count(len(rows), 'row')}: " if rows else ""
    what = f"{where}{name} ({shown})" if name else f"{where}{shown}"
    starts = dict.fromkeys(_id(document, row) for row in (bought or rows))
    first = f", first {listed(list(starts)[:3])}" if starts else ""
    worth = (_clean(document, findings), len(bought), len(findings))
    why = what + _buys(bought) + first
    if any(finding.column not in CORRECTED for finding in findings):
        return Step(f"{why}: mend the file itself", "", worth)
    return _step(document, why, "fix", "--interactive", "--select", code, worth=worth)


def _blind(document: Document) -> Iterator[Step]:
    """What keeps rows from passing because it could not be measured."""
    rows: dict[tuple[str, str], int] = defaultdict(int)
    for row in document.report.rows:
        for criterion, why in unmeasured(row).items():
            if why not in (CRASHED, NOT_REQUESTED):
                rows[criterion, why] += 1
    for (criterion, why), number in rows.items():
        words = f"{count(number, 'row')}: {visible(criterion)} could not be measured ({visible(why[:200])})"
        yield Step(words, "", (0.0, number, number))


def _clean(document: Document, findings: Iterable[Finding]) -> float:
    """Whether the gate stays shut as long as they are there."""
    return float(any(finding.criterion in document.guide.gate.clean for finding in findings))


def _buys(rows: Sequence[int | None]) -> str:
    if not rows:
        return ""
    return f"; {count(len(rows), 'row')} then {'passes' if len(rows) == 1 else 'pass'}"


def _id(document: Document, row: int) -> str:
    known = document.rows.get(row)
    return known.id if known else f"row {row}"


def _step(document: Document, why: str, verb: str, *more: str, worth: tuple[float, ...] = ()) -> Step:
    """The command with the user's own options; in words where a name cannot be shown as it is."""
    unwanted = {name for name in more if name == "--select"} | (ADVICE if verb == "fix" else set[str]())
    if verb == "check" and any(finding.accepted is not None for finding in document.report.findings):
        unwanted |= {"--baseline", "--decisions"}  # they hide what the gate counts
    options = _without(document.options, unwanted)
    program = "finetune" if verb == "run" else "quality"
    words = [program, verb, as_argument(document.path), *options, *more]
    if all(visible(word) == word for word in words):
        return Step(why, shlex.join(words), worth)
    same = " with the same options" if options else ""
    return Step(f"{why}: {program} {' '.join((verb, *map(visible, more)))} on the same file{same}", "", worth)


def _without(options: Sequence[str], names: set[str]) -> list[str]:
    """The options without those, each of which has a value."""
    pairs = zip(options[::2], options[1::2], strict=True)
    return [word for name, value in pairs if name not in names for word in (name, value)]


def next_line(steps: Sequence[Step], paint: Callable[[str], str] = str) -> str:
    """The first step in a line; `paint` is given the command."""
    first = steps[0]
    return f"Next: {paint(first.command) if first.command else f'{first.why[:1].lower()}{first.why[1:]}'}"


def next_lines(steps: Sequence[Step], paint: Callable[[str], str] = str) -> Iterator[str]:
    """The steps, numbered; a single command in a line of its own."""
    if len(steps) == 1 and steps[0].command:
        yield next_line(steps, paint)
        return
    yield "Next, what helps most:"
    for number, step in enumerate(steps, 1):
        yield f"  {number}. {step.why}"
        if step.command:
            yield f"     {paint(step.command)}"
