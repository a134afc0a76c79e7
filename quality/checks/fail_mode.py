"""Fail mode: the annotator's label for what was wrong with the original response.

What it does. Each row's `fail_mode` must be a label of the guide, by name or alias, whatever its case and white space;
several labels in one cell are joined by a comma, a semicolon, a slash or "and". When the corrected output still shows
the fault that the label names, or any fault under the label `none`, that is said too. With `--original` the label is
held against what the correction shows: `none` with an edited output, a fault with an untouched one, and a fault of
which nothing is to be seen while another shows clearly. Labels are not asked for in tables without the column.

Why it is bad. The labels are what a course or a vendor counts; a misspelt one is lost, an empty one is a row that
nobody judged, a wrong one counts for a fault that was not there, and a fault still there means that the correction was
not made.

Known limits. What a correction shows is a reading of traces, by the rules of `docs/fail_modes.md`; a fault that leaves
none of them is not seen. A label is contradicted only where the traces are clear, and what they speak for is shown to
graders alone: to choose the label is the annotator's work.

Source: Chat Style Guide, error labels; the labels and their aliases are `[fail_modes]` of the guide in use.
"""

from __future__ import annotations

from collections.abc import Iterator

from quality.checks import fail_mode_rules as rules
from quality.correction.labels import OUTER, Agreement, agreement, is_edited, read_labels
from quality.correction.reading import MAX_CHARACTERS
from quality.guide import FailMode
from quality.model import Correction, Finding, NotApplicable, Unmeasured
from quality.rule import Check, Context, Judgement

CRITERION = "fail_mode"
MOST_SEEN = 3
"""Things seen that a message names; a reader needs no more."""
_NOT_OF_THE_RESPONSE = frozenset({"contract", CRITERION, "ai_signals", "privacy", "correction", "advice"})


def judge(context: Context) -> Iterator[Judgement]:
    """Findings on the row's label; not applicable in a table without labels."""
    if not context.inputs.labelled:
        yield NotApplicable(CRITERION, "the table has no fail_mode column")
        return
    label = context.row.fail_mode
    if not label.strip(OUTER):
        yield rules.EMPTY.found(
            context, "no label; `none` says that the original response had no fault", column="fail_mode"
        )
        return
    modes, unknown = read_labels(label, context.guide)
    for name, at in unknown:
        yield _unknown(context, name, at)
    compared = list(_compared(context, modes)) if modes else []
    if not any(isinstance(one, Finding) and one.code == rules.UNTOUCHED.code for one in compared):
        yield from _still_shown(context, modes)  # of an output that nobody touched it goes without saying
    yield from compared


def _unknown(context: Context, name: str, at: int) -> Judgement:
    near = context.guide.nearest_fail_mode(name)
    known = ", ".join(context.guide.fail_modes)
    hint = f"did you mean `{near}`?" if near else f"the guide knows {known}"
    end = min(at + len(name), len(context.row.fail_mode))
    return rules.UNKNOWN.found(
        context,
        f"`{name}` is no fail mode of this guide; {hint}",
        column="fail_mode",
        start=at,
        end=end,
        detail={"nearest": near},
    )


def _still_shown(context: Context, modes: tuple[FailMode, ...]) -> Iterator[Judgement]:
    faults = context.faults - _NOT_OF_THE_RESPONSE
    named = {mode.criterion for mode in modes}
    shown = sorted(faults) if named == {""} else sorted(faults & named)
    if not shown:
        return
    what = ", ".join(shown)
    message = (
        f"labelled as free of faults, but the output shows: {what}"
        if named == {""}
        else f"the output still shows the fault that the label names: {what}"
    )
    yield rules.SHOWN.found(context, message, column="fail_mode", detail={"faults": shown})


def _compared(context: Context, modes: tuple[FailMode, ...]) -> Iterator[Judgement]:
    """The label held against the correction, where there is one."""
    row, correction = context.row, context.correction
    if context.uncompared:
        yield Unmeasured(CRITERION, f"the label could not be held against the original: {context.uncompared}")
        return
    if correction is None or row.original is None:
        return
    if max(len(row.original), len(row.output)) > MAX_CHARACTERS and is_edited(row):
        yield Unmeasured(
            CRITERION, f"original or output over {MAX_CHARACTERS:,} characters: label not compared"
        )
    elif agreement(row, modes, correction, context.guide) is Agreement.CONTRADICTED:
        yield _contradicted(context, modes, correction)


def _contradicted(context: Context, modes: tuple[FailMode, ...], correction: Correction) -> Judgement:
    names = [mode.name for mode in modes]
    labelled = f"labelled {', '.join(names)}"
    if not is_edited(context.row):
        rule, message = rules.UNTOUCHED, f"{labelled}, but the output is the original unchanged"
    elif all(not mode.criterion for mode in modes):
        rule, message = rules.EDITED, f"{labelled}, but the output differs from the original"
    else:
        seen = _seen(correction)
        shown = "; ".join(seen)
        message = f"{labelled}, of which the correction shows no sign; what was changed: {shown}"
        return rules.CONTRADICTED.found(
            context, message, column="fail_mode", detail={"labelled": names, "seen": seen}
        )
    return rule.found(context, message, column="fail_mode", detail={"labelled": names})


def _seen(correction: Correction) -> list[str]:
    """What speaks for the strongest fault, in words that do not name it."""
    strongest = correction.inferred[0] if correction.inferred else None
    messages = dict.fromkeys(one.message for one in strongest.evidence) if strongest else {}
    return list(messages)[:MOST_SEEN]


CHECK = Check(
    family="fail_mode",
    rules=(
        rules.EMPTY,
        rules.UNKNOWN,
        rules.SHOWN,
        rules.CONTRADICTED,
        rules.EDITED,
        rules.UNTOUCHED,
    ),
    judge=judge,
    follows=True,
)
