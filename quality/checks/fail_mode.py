"""Fail mode: the annotator's label for what was wrong with the original response.

What it does. Each row's `fail_mode` must be a label of the guide, by name or alias, whatever its case and white space;
several labels in one cell are joined by a comma, a semicolon, a slash or "and". When the corrected output still shows
the fault that the label names, or any fault under the label `none`, that is said too. Labels are not asked for in
tables without the column.

Why it is bad. The labels are what a course or a vendor counts; a misspelt one is lost, an empty one is a row that
nobody judged, and a fault still there means that the correction was not made.

Known limits. Whether a label fits the original response is for a person (or the consensus of many) to say.

Source: Chat Style Guide, error labels; the labels and their aliases are `[fail_modes]` of the guide in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.guide import FailMode, StyleGuide
from quality.model import Example, NotApplicable, Row
from quality.rule import Check, Context, Judgement, Rule

CRITERION = "fail_mode"
_NOT_OF_THE_RESPONSE = frozenset({"contract", CRITERION, "ai_signals", "privacy"})
_JOINT = re.compile(r"[,;/|+&\n]|\s(?:and|und|et|y)\s")
_OUTER = " \t\r\n.!:;,\"'“”‘’()[]*_\u00a0\u200b\ufeff"
_MAX_LABEL = 500
"""Characters of a cell that can be a label; longer ones are unknown without a look."""


def judge(context: Context) -> Iterator[Judgement]:
    """Findings on the row's label; not applicable in a table without labels."""
    if not context.inputs.labelled:
        yield NotApplicable(CRITERION, "the table has no fail_mode column")
        return
    label = context.row.fail_mode
    if not label.strip(_OUTER):
        yield EMPTY.found(
            context, "no label; `none` says that the original response had no fault", column="fail_mode"
        )
        return
    modes, unknown = read_labels(label, context.guide)
    for name, at in unknown:
        yield _unknown(context, name, at)
    yield from _still_shown(context, modes)


def read_labels(label: str, guide: StyleGuide) -> tuple[tuple[FailMode, ...], tuple[tuple[str, int], ...]]:
    """The fail modes that a cell names, and the names in it that the guide does not know, with their places."""
    if len(label) > _MAX_LABEL:
        return (), ((label[:60].strip() + "…", 0),)
    whole = guide.fail_mode(label.strip(_OUTER))
    if whole:
        return (whole,), ()
    modes: list[FailMode] = []
    unknown: list[tuple[str, int]] = []
    start = 0
    for end in (*(m.start() for m in _JOINT.finditer(label)), len(label)):
        joint = _JOINT.match(label, start) if start else None
        piece = label[joint.end() if joint else start : end]
        name = piece.strip(_OUTER)
        mode = guide.fail_mode(name) if name else None
        if mode:
            modes.append(mode)
        elif name:
            unknown.append((name, end - len(piece) + piece.index(name)))
        start = end
    return tuple(modes), tuple(unknown)


def _unknown(context: Context, name: str, at: int) -> Judgement:
    near = context.guide.nearest_fail_mode(name)
    known = ", ".join(context.guide.fail_modes)
    hint = f"did you mean `{near}`?" if near else f"the guide knows {known}"
    end = min(at + len(name), len(context.row.fail_mode))
    return UNKNOWN.found(
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
    yield SHOWN.found(context, message, column="fail_mode", detail={"faults": shown})


def _row(label: str, output: str = "Water boils at 100 degrees Celsius at sea level.") -> Row:
    return Row(
        row=2,
        line=2,
        id="1",
        instruction="At what temperature does water boil?",
        output=output,
        fail_mode=label,
    )


def _example(
    label: str, *, flagged: bool, output: str = "Water boils at 100 degrees Celsius at sea level."
) -> Example:
    return Example(rows=(_row(label, output),), flags=(2,) if flagged else ())


_LOOP = "Water boils at 100 degrees and it boils at 100 degrees and it boils at 100 degrees and it boils at 100 degrees"
_SOURCE = "Chat Style Guide, error labels"
_MEASURED = "exact: a lookup in the guide's labels"

EMPTY = Rule(
    code="LBL001",
    name="empty-label",
    criterion=CRITERION,
    what="A row without an error label.",
    why="Nobody has said what was wrong with the original response; the row cannot be counted.",
    remedy="Choose the fault that the original response had, or `none`.",
    source=_SOURCE,
    measured=_MEASURED,
    bad=(_example("", flagged=True), _example("  \t", flagged=True)),
    good=(_example("none", flagged=False), _example("Grammar", flagged=False)),
)
UNKNOWN = Rule(
    code="LBL002",
    name="unknown-label",
    criterion=CRITERION,
    what="A label that the guide does not list, by name or alias.",
    why="What is misspelt or made up is lost when labels are counted.",
    remedy="Use a label of the guide, or add yours to `[fail_modes]` of a guide of your own.",
    source=_SOURCE,
    measured=_MEASURED,
    bad=(
        _example("grammer", flagged=True),
        _example("boring", flagged=True),
        _example("grammar, tonne", flagged=True),
    ),
    good=(
        _example("grammar", flagged=False),
        _example(" Too chatty ", flagged=False),
        _example("grammar; tone", flagged=False),
        _example("N/A", flagged=False),
    ),
)
SHOWN = Rule(
    code="LBL003",
    name="labelled-fault-still-shown",
    criterion=CRITERION,
    what="An output in which the fault that its label names is still found, or any fault under `none`.",
    why="The correction was not made, or the label is wrong.",
    remedy="Correct the output, or choose the label that fits.",
    source=_SOURCE,
    measured="as precise as the rules that found the fault",
    bad=(
        _example("repetition", flagged=True, output=_LOOP),
        _example("none", flagged=True, output=_LOOP),
        _example("tone, repetition", flagged=True, output=_LOOP),
    ),
    good=(_example("repetition", flagged=False), _example("plagiarism", flagged=False, output=_LOOP)),
    limits="Warnings and findings that the prompt excuses do not count.",
)

CHECK = Check(family="fail_mode", rules=(EMPTY, UNKNOWN, SHOWN), judge=judge, follows=True)
