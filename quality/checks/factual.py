"""Facts that can be recomputed: sums that do not come out, and other statements that a reader can check on paper.

What it does. Each reader of `quality.facts` finds statements of one sort in the answer, computes them anew (arithmetic
with exact fractions, units and roots with as many digits as matter), and says whether they hold within the precision
that the answer shows. What cannot be read with certainty (unknowns, other bases, formulas) is no statement, and what
the answer shows in code, quotes from the prompt, denies or supposes is not its own. Text is never executed: numbers and
operators are read from a fixed alphabet, with limits on digits, exponents, depth and length.

Why it is bad. A wrong sum is wrong whoever reads it, and a model trained on wrong sums learns to assert them.

Known limits. Only what can be computed from the answer and its prompt: a wrong year in history is not seen. A right sum
says nothing about the rest of the answer, so that it never lifts a score; where nothing can be recomputed, the
criterion does not apply.

Source: Chat Style Guide 1.1.2-1; worked arithmetic as in GSM8K (Cobbe et al., 2021).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quality.checks import factual_rules, factual_stated_rules
from quality.facts.asserted import stood_by
from quality.facts.claim import Claim, Reader, TooMuch
from quality.model import NotApplicable, Unmeasured
from quality.rule import Check, Context, Judgement, Rule

READERS: tuple[Reader, ...] = (*factual_rules.READERS, *factual_stated_rules.READERS)
"""In the order of their codes."""

RULES: Mapping[str, Rule] = {**factual_rules.RULES, **factual_stated_rules.RULES}
"""Sort of claim → the rule for those that do not hold."""

CRITERION = "factual"


def judge(context: Context) -> Iterator[Judgement]:
    """A finding for each statement that does not hold; not applicable where nothing could be recomputed."""
    claims: list[Claim] = []
    most = int(context.guide.threshold("factual.max_claims"))
    for said in _read(context.row.instruction, context.row.output):
        if isinstance(said, TooMuch):
            yield Unmeasured(CRITERION, said.reason)
            return
        claims.append(said)
        if len(claims) > most:
            yield Unmeasured(CRITERION, f"more than {most:,} statements to recompute")
            return
    meant = stood_by(claims, context.row.instruction, context.row.output)
    if not meant:
        yield NotApplicable(CRITERION, "nothing in the answer can be recomputed")
    for claim in _told(meant):
        yield RULES[claim.sort].found(
            context,
            claim.message,
            start=claim.start,
            end=claim.end,
            detail={"stated": claim.stated, "computed": claim.computed},
        )


def _read(instruction: str, output: str) -> Iterator[Claim | TooMuch]:
    for reader in READERS:
        yield from reader(instruction, output)


def _told(claims: list[Claim]) -> list[Claim]:
    """The claims that do not hold, in their order; of several at one place the first reader's."""
    told: list[Claim] = []
    for claim in claims:
        if not claim.holds and not any(claim.start < c.end and c.start < claim.end for c in told):
            told.append(claim)
    return sorted(told, key=lambda claim: (claim.start, claim.end))


CHECK = Check(family="factual", rules=tuple(dict.fromkeys(RULES.values())), judge=judge)
