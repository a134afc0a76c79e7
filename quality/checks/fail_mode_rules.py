"""The rules of the fail-mode family with their examples and figures; `fail_mode` says where they apply."""

from __future__ import annotations

from functools import partial

from quality.model import Example
from quality.rule import Rule, example

CRITERION = "fail_mode"


_ASKED = "At what temperature does water boil?"
_BOILS = "Water boils at 100 degrees Celsius at sea level."


def _example(label: str, *, flagged: bool, output: str = _BOILS, original: str | None = None) -> Example:
    return example(_ASKED, output, flagged=flagged, label=label, original=original)


_LOOP = "Water boils at 100 degrees and it boils at 100 degrees and it boils at 100 degrees and it boils at 100 degrees"
_SOURCE = "Chat Style Guide, error labels"
_MEASURED = "exact: a lookup in the guide's labels"
_rule = partial(Rule, criterion=CRITERION, source=_SOURCE)
_compared = partial(_rule, needs="original")

EMPTY = _rule(
    code="LBL001",
    name="empty-label",
    what="A row without an error label.",
    why="Nobody has said what was wrong with the original response; the row cannot be counted.",
    remedy="Choose the fault that the original response had, or `none`.",
    measured=_MEASURED,
    bad=(_example("", flagged=True), _example("  \t", flagged=True)),
    good=(_example("none", flagged=False), _example("Grammar", flagged=False)),
)
UNKNOWN = _rule(
    code="LBL002",
    name="unknown-label",
    what="A label that the guide does not list, by name or alias.",
    why="What is misspelt or made up is lost when labels are counted.",
    remedy="Use a label of the guide, or add yours to `[fail_modes]` of a guide of your own.",
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
SHOWN = _rule(
    code="LBL003",
    name="labelled-fault-still-shown",
    what="An output in which the fault that its label names is still found, or any fault under `none`.",
    why="The correction was not made, or the label is wrong.",
    remedy="Correct the output, or choose the label that fits.",
    measured="as precise as the rules that found the fault",
    bad=(
        _example("repetition", flagged=True, output=_LOOP),
        _example("none", flagged=True, output=_LOOP),
        _example("tone, repetition", flagged=True, output=_LOOP),
    ),
    good=(_example("repetition", flagged=False), _example("plagiarism", flagged=False, output=_LOOP)),
    limits="Warnings and findings that the prompt excuses do not count.",
)


_COLD = "Water boils at 70 degrees Celsius at sea level."
_MISSPELT = "Water boyls at 100 degrees Celsius at see level, and it freeze at 0 degrees."
_SPELT = "Water boils at 100 degrees Celsius at sea level, and it freezes at 0 degrees."
_RUDE = "What a stupid question. Water boils at 100 degrees Celsius at sea level."

CONTRADICTED = _compared(
    code="LBL004",
    name="label-contradicted-by-correction",
    what="A label of whose fault the correction shows no sign, while it clearly shows another.",
    why="The label is counted as a fault that the original did not have, and the one that it had is not counted.",
    remedy="Compare your output with the original, and choose the label of what you corrected.",
    measured="480 seeded rows of strong models' answers, half of them labelled wrongly: with LBL005 and LBL006 "
    "precision .99, recall .92 (alone .99 and .90); JFLEG dev pairs labelled grammar: 2 of 665 contradicted, labelled "
    "repetition: 641 of 665 (benchmarks/fail_mode.py --rows 60 --seed 94); 80 short answers reworded by hand, half "
    "labelled wrongly, at first sight: .85 and .85 (not kept)",
    bad=(
        _example("repetition", flagged=True, original=_COLD),
        _example("repetition", flagged=True, output=_SPELT, original=_MISSPELT),
        _example("plagiarism", flagged=True, original=_RUDE),
    ),
    good=(
        _example("factual", flagged=False, original=_COLD),
        _example("grammar", flagged=False, output=_SPELT, original=_MISSPELT),
        _example("tone", flagged=False, original=_RUDE),
        _example("repetition, tone", flagged=False, original=_RUDE),
    ),
    limits="Reads traces (`docs/fail_modes.md`), hence a warning; where nothing shows clearly, nothing is said.",
)
EDITED = _compared(
    code="LBL005",
    name="none-with-edit",
    what="The label `none` on a row whose output differs from the original, beyond white space.",
    why="Either the original had a fault, which the label denies, or a good answer was changed for nothing.",
    remedy="Choose the label of what you corrected, or take the original back.",
    measured="exact by construction",
    bad=(_example("none", flagged=True, original=_COLD), _example("No error", flagged=True, original=_RUDE)),
    good=(
        _example("none", flagged=False, original=_BOILS),
        _example("none", flagged=False, original=f"{_BOILS} "),
    ),
)
UNTOUCHED = _compared(
    code="LBL006",
    name="fault-on-untouched-output",
    what="A label that names a fault, on a row whose output is the original, beyond white space.",
    why="Either the fault is still there, or the label names one that the original did not have.",
    remedy="Correct the fault, or label the row `none`.",
    measured="exact by construction",
    bad=(
        _example("tone", flagged=True, original=_BOILS),
        _example("grammar, tone", flagged=True, original=_BOILS.replace(" ", "  ")),
    ),
    good=(
        _example("none", flagged=False, original=_BOILS),
        _example("factual", flagged=False, original=_COLD),
    ),
)
