"""Prompt compliance: each thing that a prompt asks for, held against the answer.

What it does. Every ask of the prompt is verified and comes out satisfied, violated (a finding with the prompt's words
and the place in the answer) or unverifiable. A count can be read in several ways, and so can a format; an ask is
violated only if every sensible reading of it is. What no program can verify (a persona, an age) is shown as
unverifiable and weighs nothing. What a program could have verified but for a limit, an undetermined language or a value
that it did not understand leaves the criterion unmeasured, so that it never passes. Asks that exclude one another are a
finding on the prompt; the answer is then held to neither.

Why it is bad. The guide's section 1.1.2-5 lets prompt compliance trump all else, and a model learns to ignore what it
is asked from answers that do.

Known limits. Only what the prompt asks in plain words is known; an ask that was misread is verified as read. Items in
running text are not counted. Whether data says what was asked is not looked at, only that it parses.

Source: Chat Style Guide 1.1.2-5; the kinds follow IFEval (Zhou et al., 2023, arXiv:2311.07911), whose checkers know one
reading each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version

from quality.compliance import data
from quality.compliance.conflicts import conflicts
from quality.compliance.verdict import Case, Verdict
from quality.compliance.verify import code, verify
from quality.model import (
    Ask,
    AskResult,
    NotApplicable,
    Result,
    Unmeasured,
)
from quality.rule import Check, Context, Judgement, Rule, example

_CRITERION = "compliance"


def judge(context: Context) -> Iterator[Judgement]:
    """A result for each ask, a finding for each that is violated, and for each pair that excludes one another."""
    asks = context.prompt.asks
    clashing = _clashes(asks)
    yield from _on_prompt(context, clashing)
    if not context.row.output.strip():
        yield NotApplicable(_CRITERION, "the cell holds no answer")
        yield from (AskResult(ask, Result.UNVERIFIABLE, "no answer") for ask in asks)
        return
    for ask in asks:
        if ask in clashing:
            yield AskResult(ask, Result.UNVERIFIABLE, f"excludes “{_words(context, clashing[ask])}”")
        else:
            yield from _held(context, ask)


def _clashes(asks: Sequence[Ask]) -> dict[Ask, Ask]:
    """Each ask that another one excludes, with that other one."""
    found: dict[Ask, Ask] = {}
    for one, other in conflicts(asks):
        found.setdefault(one, other)
        found.setdefault(other, one)
    return found


def _on_prompt(context: Context, clashing: dict[Ask, Ask]) -> Iterator[Judgement]:
    told: set[Ask] = set()
    for ask, other in clashing.items():
        if ask in told or other in told:
            continue
        told |= {ask, other}
        first, second = sorted((ask, other), key=lambda one: one.start)
        yield CONFLICT.found(
            context,
            f"no answer can do both “{_words(context, first)}” and “{_words(context, second)}”",
            column="instruction",
            start=second.start,
            end=second.end,
            detail={**_asked(context, first), "kinds": [first.kind, second.kind]},
        )


def _held(context: Context, ask: Ask) -> Iterator[Judgement]:
    """The ask's result, with its finding or with what kept it from being verified."""
    case = Case(
        ask=ask,
        instruction=context.row.instruction,
        output=context.row.output,
        measured=context.measures.get("output", {}),
        tolerance=context.guide.threshold("compliance.about_tolerance"),
    )
    verdict = verify(case)
    yield AskResult(ask, verdict.result, verdict.given)
    if verdict.result is Result.VIOLATED:
        yield _finding(context, ask, verdict)
    elif verdict.blocks:
        yield Unmeasured(_CRITERION, f"{ask.kind}: {verdict.given}")


def _finding(context: Context, ask: Ask, verdict: Verdict) -> Judgement:
    return _BY_CODE[code(ask.kind) or ""].found(
        context,
        f"the prompt asks for “{_words(context, ask)}”, the answer has {verdict.given}",
        start=verdict.start,
        end=verdict.end,
        detail={**_asked(context, ask), "got": verdict.given, "kind": ask.kind},
    )


def _asked(context: Context, ask: Ask) -> dict[str, object]:
    return {
        "asked": context.row.instruction[ask.start : ask.end],
        "asked_start": ask.start,
        "asked_end": ask.end,
    }


def _words(context: Context, ask: Ask) -> str:
    """The prompt's words, short enough for a message."""
    words = " ".join(context.row.instruction[ask.start : ask.end].split())
    return words if len(words) <= 100 else words[:99] + "…"


def engine_version() -> str:
    """The parser whose distribution has another name than its module."""
    return f"PyYAML {version('pyyaml')}"


_MEASURED = (
    "ASK001 and ASK002: 0.6% of 2,376 answers of strong models flagged, 15 findings, all right, but rules were "
    "mended on these same rows; ASK003 and ASK004: 6 such rows each had anything to verify; ASK005 and ASK006: not "
    "measured on real answers. Verdicts agree with IFEval's own checkers on 97.6% of 7,644 pairs; answers were made "
    "for this, and with odder styles among them it was 95.0% before verifiers were mended and the styles made rarer "
    "(benchmarks/compliance.py)"
)
_MEASURED_CONFLICTS = (
    "1 of 667 prompts of AlpacaEval and IFEval (dev halves) flagged: "
    "a story about people who avoid a letter is taken for an ask"
)


_TEA = "Tea is made from the leaves of a shrub. Most of it is grown in hills where rain is plentiful."
_IGNORES = "A model that learns from answers which ignore the prompt learns to ignore it."

_rule = partial(
    Rule,
    source="Chat Style Guide 1.1.2-5; kinds of asks: IFEval (Zhou et al., 2023)",
    criterion=_CRITERION,
    measured=_MEASURED,
)

LENGTH = _rule(
    code="ASK001",
    name="missed-length",
    what="An answer with more or fewer words, sentences, paragraphs, items or lines than the prompt asks for.",
    why=_IGNORES,
    remedy="Bring the answer to the length that the prompt states.",
    bad=(
        example("Describe tea in at least 60 words.", _TEA, flagged=True),
        example("Describe tea in one sentence.", f"{_TEA} It is drunk all over the world.", flagged=True),
        example("Give me a list of 5 teas.", "1. Assam\n2. Sencha\n3. Oolong", flagged=True),
    ),
    good=(
        example("Describe tea in at most 20 words.", _TEA, flagged=False),
        example("Describe tea in two sentences.", f"Sure! Here are two sentences:\n\n{_TEA}", flagged=False),
        example("Give me a list of 5 teas.", "Assam, Sencha, Oolong, Darjeeling, and Keemun.", flagged=False),
    ),
    limits="Items in running text are not counted; “about 100 words” leaves the tolerance that the guide sets.",
)
FORMAT = _rule(
    code="ASK002",
    name="missed-format",
    what="An answer that is not in the form that the prompt asks for: data that does not parse, no table, "
    "no code, other bullets.",
    why=_IGNORES + " Data that does not parse is useless to whoever asked for it.",
    remedy="Give the answer in the form that the prompt names; for data, mend what the parser says.",
    bad=(
        example("Describe tea. Wrap the entire output in JSON format.", '{"name": "tea",}', flagged=True),
        example("Describe tea in exactly 3 bullet points.", "* A plant\n* A drink", flagged=True),
        example("Compare tea and coffee in a table.", "Tea has less caffeine than coffee.", flagged=True),
    ),
    good=(
        example(
            "Describe tea. Wrap the entire output in JSON format.",
            '```json\n{"name": "tea"}\n```',
            flagged=False,
        ),
        example(
            "Describe tea in exactly 3 bullet points.",
            "Tea:\n\n• A plant\n• A leaf\n• A drink",
            flagged=False,
        ),
        example(
            "Compare tea and coffee in a table.", "| | Tea |\n|---|---|\n| Caffeine | less |", flagged=False
        ),
    ),
    limits="That data parses does not say that it is what was asked for; of code only Python is parsed.",
)
KEYWORD = _rule(
    code="ASK003",
    name="missed-keyword",
    what="An answer without a word that the prompt demands, with one that it forbids, or with it too often or "
    "too seldom.",
    why=_IGNORES,
    remedy="Use the word, take it out, or use it as often as the prompt says.",
    bad=(
        example("Describe tea. Include the keywords leaves and monsoon.", _TEA, flagged=True),
        example("Describe tea. Do not use the word rain.", _TEA, flagged=True),
    ),
    good=(
        example(
            "Describe tea. Include the keywords leaf and shrub.",
            _TEA.replace("leaves", "leaf"),
            flagged=False,
        ),
        example("Describe tea. Do not use the word hill.", _TEA, flagged=False),
    ),
    limits="Inflected forms count where a word must stand, not where it must not; irregular ones are not known.",
)
LANGUAGE = _rule(
    code="ASK004",
    name="wrong-language",
    what="An answer in another language than the prompt asks for.",
    why=_IGNORES,
    remedy="Write the answer in that language.",
    bad=(example("Describe tea in German.", _TEA, flagged=True),),
    good=(
        example(
            "Describe tea in German.",
            "Tee wird aus den Blättern eines Strauches gemacht, der im Hügelland wächst.",
            flagged=False,
        ),
    ),
    limits="Texts of a few words, and those in which languages alternate, are unmeasured.",
)
LETTERS = _rule(
    code="ASK005",
    name="wrong-letter-case",
    what="Capital or small letters, or commas, where the prompt wants none.",
    why=_IGNORES,
    remedy="Change the letters; rebuild the sentences that need a comma.",
    bad=(
        example("Describe tea in all lowercase letters.", _TEA, flagged=True),
        example("Describe tea. Do not use any commas.", "Tea, a drink, is old.", flagged=True),
    ),
    good=(
        example("Describe tea in all lowercase letters.", _TEA.lower(), flagged=False),
        example("Describe tea. Do not use any commas.", _TEA, flagged=False),
    ),
    limits="Letters in code, addresses and elements are free; commas in numbers count as commas.",
)
PART = _rule(
    code="ASK006",
    name="missed-part",
    what="An answer that lacks a part which the prompt asks for: title, sections, highlights, placeholders, "
    "postscript, beginning, end, quotation marks, two responses, the prompt repeated.",
    why=_IGNORES,
    remedy="Add the part where the prompt wants it.",
    bad=(
        example("Describe tea. Wrap your whole response in double quotation marks.", _TEA, flagged=True),
        example(
            "Describe tea with a title wrapped in double angular brackets, such as <<joy>>.",
            _TEA,
            flagged=True,
        ),
    ),
    good=(
        example(
            "Describe tea. Wrap your whole response in double quotation marks.", f"“{_TEA}”", flagged=False
        ),
        example(
            "Describe tea with a title wrapped in double angular brackets, such as <<joy>>.",
            f"<<Tea>>\n\n{_TEA}",
            flagged=False,
        ),
    ),
    limits="Sections and responses are told apart by headings, numbers and dividers; without these: unverifiable.",
)
CONFLICT = _rule(
    code="ASK007",
    name="conflicting-asks",
    what="A prompt with asks that no answer can fulfil together.",
    why="Whatever the answer, it teaches a model to ignore part of the prompt.",
    remedy="Strike one of the two asks, or say which part of the answer each is about.",
    bad=(
        example("Describe tea in all lowercase letters and in all capital letters.", _TEA, flagged=True),
        example("Write at least 300 words about tea, and fewer than 200 words.", _TEA, flagged=True),
    ),
    good=(example("Describe tea in at least 10 words, and fewer than 200 words.", _TEA, flagged=False),),
    limits="Only pairs are compared; that three asks exclude one another is not seen.",
    criterion="complexity",
    measured=_MEASURED_CONFLICTS,
)
_BY_CODE = {rule.code: rule for rule in (LENGTH, FORMAT, KEYWORD, LANGUAGE, LETTERS, PART)}

CHECK = Check(
    family="compliance",
    rules=(*_BY_CODE.values(), CONFLICT),
    judge=judge,
    measure=data.measure,
    engine=engine_version,
)
