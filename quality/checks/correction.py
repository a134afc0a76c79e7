"""The correction itself: what an annotator changed against the sheet's original response, and whether it was worth it.

What it does. With `--original`, the original response is checked by the same rules as the output, the two texts are
compared token by token, and the findings of both are told apart: fixed, left, introduced. From that the rules here
speak of a fault that was left untouched, an error that the correction brought in, a rewrite where a touch would do, a
change of white space alone, and one correction given to several rows.

Why it is bad. The correction is the work under review: what a reader trusts was looked at, and what a course grades.

Known limits. A rule can only miss or bring in what it can see: a wrong fact that was put right counts for nothing here,
a wrong fact that was put in is not noticed. `docs/rules.md` states for each rule how precise it is.

Source: Chat Style Guide, the task: correct each response, keep what is right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from quality.model import Correction, EditKind, Example, Finding, Measures, NotApplicable, Row, Unmeasured
from quality.rule import Check, Context, Inputs, Judgement, Rule, example
from quality.text.damage import hidden, mojibake
from quality.wording import listed

CRITERION = "correction"
SHORT_KINDS = frozenset({"yes_no", "one_word", "choice", "number", "data", "translation"})
"""Prompts whose right answers are the same in many rows."""


def judge(context: Context) -> Iterator[Judgement]:
    """Findings on the row's correction; not applicable to a row that has no original."""
    if context.uncompared:
        yield Unmeasured(CRITERION, context.uncompared)
        return
    correction = context.correction
    if correction is None:
        yield NotApplicable(CRITERION, "the row has no original response")
        return
    if not correction.edits:
        yield from _untouched(context, correction)
    elif context.row.output.split() == (context.row.original or "").split():
        yield _white_space(context, correction)
    else:
        yield from _introduced(context, correction)
        yield from _rewritten(context, correction)
        yield from _shared(context)


def _untouched(context: Context, correction: Correction) -> Iterator[Judgement]:
    left = _errors(correction.left)
    if left:
        yield UNTOUCHED.found(
            context,
            f"the original had {_named(left)}, and the output is the original unchanged",
            detail={"codes": _codes(left)},
        )


def _white_space(context: Context, correction: Correction) -> Judgement:
    left = _errors(correction.left)
    still = f"; it still has {_named(left)}" if left else ""
    return WHITE_SPACE.found(context, f"only white space was changed{still}", detail={"codes": _codes(left)})


def _introduced(context: Context, correction: Correction) -> Iterator[Judgement]:
    new = _errors(correction.introduced)
    if new:
        first = new[0]
        more = f", and {len(new) - 1} more" if len(new) > 1 else ""
        yield INTRODUCED.found(
            context,
            f"the original did not have this error ({first.code}): {first.message.rstrip('.')}{more}",
            column=first.column,
            start=first.start,
            end=first.end,
            detail={"codes": _codes(new)},
        )


def _rewritten(context: Context, correction: Correction) -> Iterator[Judgement]:
    """A rewrite of an original whose fault, by its label and by the rules, was its language, here and there."""
    original = context.row.original or ""
    limit = context.guide.threshold
    mode = context.guide.fail_mode(context.row.fail_mode)
    if (
        mode is None
        or mode.criterion != "grammar"
        or len(original.split()) < limit("correction.rewrite_words")
    ):
        return
    kept, faults = _kept_share(original, correction), (*correction.fixed, *correction.left)
    if kept > limit("correction.kept_share") or {fault.criterion for fault in faults} != {"grammar"}:
        return
    if any(mojibake(original)) or any(hidden(original)):
        return  # damaged text is not to be started from
    if _touched_share(original, faults) <= limit("correction.touched_share"):
        yield REWRITTEN.found(
            context,
            f"labelled {mode.name}, yet {1 - kept:.0%} of the original was rewritten, "
            f"and the rules found {_named(faults)} in it",
            detail={"kept_share": round(kept, 3), "codes": _codes(faults)},
        )


def _kept_share(original: str, correction: Correction) -> float:
    """Share of the original's characters that no edit touched."""
    changed = sum(edit.end - edit.start for edit in correction.edits if edit.kind is not EditKind.FORMAT)
    return 1 - changed / len(original) if original else 1.0


def _touched_share(original: str, faults: Sequence[Finding]) -> float:
    """Share of the original's characters that findings mark; a finding about the whole marks all."""
    if any(finding.start is None for finding in faults):
        return 1.0
    marked = {at for f in faults for at in range(f.start or 0, f.end or f.start or 0)}
    return len(marked) / len(original) if original else 0.0


def _shared(context: Context) -> Iterator[Judgement]:
    shared: Mapping[int, tuple[str, ...]] = context.facts or {}
    others = shared.get(context.row.row, ())
    if others and context.prompt.kind not in SHORT_KINDS:
        yield SHARED.found(
            context,
            f"the same output stands in row {listed(others, 3)}, where another answer stood before",
            related=others[:20],
        )


def _errors(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_error]


def _named(findings: Sequence[Finding]) -> str:
    """`GRM001 (3 times) and REP002`."""
    counts = Counter(finding.code for finding in findings)
    named = [code if n == 1 else f"{code} ({n} times)" for code, n in sorted(counts.items())]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _codes(findings: Sequence[Finding]) -> list[str]:
    return sorted({finding.code for finding in findings})


def collect(rows: Sequence[Row], measures: Sequence[Mapping[str, Measures]], inputs: Inputs) -> Any:
    """Output → the rows that have it and did not have it before, as (record number, id, original, instruction)."""
    found: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    for row in rows:
        text = " ".join(row.output.split())
        if row.original is not None and text and text != " ".join(row.original.split()):
            found[text].append((row.row, row.id, " ".join(row.original.split()), row.instruction))
    return found


def merge(one: Any, other: Any) -> Any:
    """Both contributions in one."""
    for text, rows in other.items():
        one[text] += rows
    return one


def finish(found: Any, inputs: Inputs) -> dict[int, tuple[str, ...]]:
    """Record number → ids of the other rows that were given the same output for another prompt and original."""
    least = inputs.guide.threshold("correction.shared_words")
    shared: dict[int, tuple[str, ...]] = {}
    for text, rows in found.items():
        if len(rows) < 2 or len(text.split()) < least:
            continue
        for number, _, original, instruction in rows[:MOST_SHARED]:
            others = [
                r for r in rows[:MOST_SHARED] if r[0] != number and r[2] != original and r[3] != instruction
            ]
            if others:
                shared[number] = tuple(other[1] for other in others)
    return shared


MOST_SHARED = 200
"""Rows with one output that are compared; a reader needs no more."""

_ASKED = "Why do leaves turn red in autumn?"
_FAULTY = "Leaves turns red because the green pigment brake down in the cold and other pigments becomes visible then."
_GOOD = "Leaves turn red because the green pigment breaks down in the cold and other pigments become visible then."


def _row(output: str, original: str | None, number: int = 2, asked: str = _ASKED) -> Row:
    return Row(
        row=number,
        line=number,
        id=f"r{number}",
        instruction=asked,
        output=output,
        fail_mode="grammar",
        original=original,
    )


_example = partial(example, _ASKED, label="grammar")
_rule = partial(
    Rule, criterion=CRITERION, source="Chat Style Guide, the task: correct each response", needs="original"
)

_MISSPELT = "Leaves turn red becuase the green pigment breaks down in the cold and other pigments become visible then."

UNTOUCHED = _rule(
    code="EDT001",
    name="untouched-fault",
    what="An output that is the original unchanged, though the original has errors.",
    why="The row was not corrected; its label or its silence says that it was looked at.",
    remedy="Correct the errors that the findings on the output name.",
    measured="as precise as the rules that found the errors",
    bad=(_example(_MISSPELT, original=_MISSPELT, flagged=True),),
    good=(_example(_GOOD, original=_MISSPELT, flagged=False), _example(_GOOD, original=_GOOD, flagged=False)),
)
INTRODUCED = _rule(
    code="EDT002",
    name="introduced-error",
    what="An error of the output that the original did not have.",
    why="A correction that breaks what was right makes the data worse than no correction.",
    remedy="Mend the error, or take that part of the original back.",
    measured="as precise as the rules that found the error",
    bad=(_example(_MISSPELT, original=_GOOD, flagged=True),),
    good=(
        _example(_GOOD, original=_MISSPELT, flagged=False),
        _example(_MISSPELT, original=_MISSPELT, flagged=False),
    ),
)
REWRITTEN = _rule(
    code="EDT003",
    name="needless-rewrite",
    what="An output labelled as a correction of grammar alone that keeps little of an original in which the rules "
    "found few errors, all of grammar.",
    why="A rewrite loses what was right in the original, and nobody can tell any more what was corrected.",
    remedy="Start from the original again and mend what is wrong in it.",
    measured="1 of 468 corrections of learners' sentences (JFLEG dev) and 0 of 56 corrected answers flagged; 26 of 44 "
    "answers with seeded errors that another answer replaced",
    limits="Clumsy wording that no rule sees may be a reason to rewrite: hence a warning.",
    bad=(
        _example(
            "In autumn a tree stops making chlorophyll. Carotenoids, which were hidden all summer long, show their "
            "yellow, and sugars that stay in the blade form anthocyanins, whose color is red.",
            original=_MISSPELT,
            flagged=True,
        ),
    ),
    good=(
        _example(_GOOD, original=_MISSPELT, flagged=False),
        _example(_GOOD, original="I do not know.", flagged=False),
    ),
)
WHITE_SPACE = _rule(
    code="EDT004",
    name="white-space-edit",
    what="An output that differs from the original in white space alone.",
    why="It looks like a correction where the files are compared, and corrects nothing.",
    remedy="Correct what is wrong, or leave the response as it is and label it `none`.",
    measured="exact by construction",
    bad=(
        _example(f"{_GOOD} ", original=_GOOD, flagged=True),
        _example(_GOOD.replace(" ", "  "), original=_GOOD, flagged=True),
    ),
    good=(_example(_GOOD, original=_GOOD, flagged=False), _example(_GOOD, original=_MISSPELT, flagged=False)),
)
SHARED = _rule(
    code="EDT005",
    name="shared-correction",
    what="An output that several rows were given, in place of different originals and for different prompts.",
    why="One text seldom answers two prompts: it was pasted into the wrong row, or stands in for work.",
    remedy="Answer each prompt for itself.",
    measured="exact by construction; not measured on real corrections",
    limits="Left out: prompts whose right answers are alike (yes or no, one word, a choice, a number).",
    bad=(
        Example(
            rows=(_row(_GOOD, _FAULTY), _row(_GOOD, "It is cold.", 3, "Why is the sky blue?")), flags=(2, 3)
        ),
    ),
    good=(
        Example(
            rows=(
                _row("Yes.", "No.", asked="Is ice cold? Yes or no."),
                _row("Yes.", "Maybe.", 3, "Is fire hot? Yes or no."),
            )
        ),
        Example(rows=(_row(_GOOD, _FAULTY), _row(_GOOD, _GOOD, 3))),
    ),
)

CHECK = Check(
    family="correction",
    rules=(UNTOUCHED, INTRODUCED, REWRITTEN, WHITE_SPACE, SHARED),
    judge=judge,
    collect=collect,
    merge=merge,
    finish=finish,
    follows=True,
)
