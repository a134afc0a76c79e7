"""Grammar, punctuation and spelling of the outputs.

What it does: proof-reads the prose of every output with Harper. Code, addresses, maths, short quotations and lines in
other languages are masked; what merely wraps prose (fences, quotes, comments, `$…$`) is taken off, so that wrapping
hides nothing. A word that Harper does not know is *mistyped* (an error) when a common word was the likely intention,
else only *unknown* (a warning, and nothing when the prompt or another row uses it too, or when it is a name). Each of
Harper's rules is trusted as far as it was measured; a few patterns add what Harper does not know.

Why: a model repeats the language that it was trained on, and the guide asks for perfect grammar and spelling. Prompts
may have typos, because people's prompts have, so only outputs are proof-read.

Measured by `benchmarks/grammar.py` on the development half of JFLEG (538 erroneous sentences, 3,016 corrections) and
on 400 answers of strong models: 60% of the erroneous sentences and 5.0% of the corrections have an error, as have 9%
of the strong answers (0.52 errors in 1,000 words). Raw Harper: 64%, 13.8%, 68% (17.7 in 1,000 words). It costs about as
much CPU as Harper alone.

Known limits: Harper knows English alone; another language is unmeasured, never passed. Errors that are real words in
the wrong place ("in" for "on") and missing words are mostly not seen: a clean row is not a flawless row. British and
American spelling both pass. An output that is mostly masked is unmeasured, unless the prompt asks for code, data or a
number: then only its prose is proof-read, and without prose grammar does not apply.

Source: Chat Style Guide 1.1.2-2; Harper (https://writewithharper.com); JFLEG (Napoles et al., 2017); word frequencies
by wordfreq (Speer, 2022).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any, cast

from quality.engines import harper
from quality.engines.proofreading import Lint, lints
from quality.model import Example, Finding, Fix, Measures, NotApplicable, Row, Unmeasured
from quality.rule import Check, Context, Inputs, Judgement, Rule
from quality.text.lexicon import letter_words, zipf
from quality.text.likeness import reads_as_prose
from quality.text.masking import OPAQUE, read

GUIDE = "Chat Style Guide 1.1.2-2"
CODE_KINDS = frozenset({"code", "data", "number"})
"""Kinds of prompt whose answers may be wholly without prose."""
MAX_LINE = 300
"""Code points each way that tell whether the line around a match is prose."""

MAX_CHARACTERS = 200_000
MAX_RUN = 4_000
MAX_BRACKETS = 4_000
MAX_NUMBERS = 20_000
MAX_WORDS = 20_000
MAX_LINTS = 2_000
MAX_SIGNS = 20
"""Beyond these Harper takes minutes: it is quadratic in unbroken runs, brackets and rows of numbers."""
_NUMBER = re.compile(r"\d+")


def _rule(
    code: str,
    name: str,
    what: str,
    remedy: str,
    measured: str,
    bad: tuple[str, ...],
    good: tuple[str, ...],
    *,
    why: str = "A model repeats the errors that it was trained on.",
    limits: str = "",
    fixable: bool = True,
) -> Rule:
    return Rule(
        code=code,
        name=name,
        criterion="grammar",
        what=what,
        why=why,
        remedy=remedy,
        source=GUIDE,
        measured=f"{measured} (JFLEG dev half; 400 answers of strong models)",
        bad=tuple(_example(output, flagged=True) for output in bad),
        good=tuple(_example(output, flagged=False) for output in good),
        limits=limits,
        fixable=fixable,
    )


def _example(output: str, *, flagged: bool) -> Example:
    return Example((Row(2, 2, "r1", "Tell me about it.", output),), (2,) if flagged else ())


MISSPELLING = _rule(
    "GRM001",
    "misspelling",
    "A word that the dictionary does not know, and that a common word was likely meant by: one that is far more"
    " frequent and a few typical slips away.",
    "Write the word as the dictionary does; the nearest common word is suggested.",
    "40.9% of erroneous sentences, 2.6% of corrections, 0.32 in 1,000 words of strong answers",
    ("They gave thier answer to the teacher.", "The goverment will recieve the letter tomorrow."),
    ("They gave their answer to the teacher.", "Fanon wrote about akathisia and the colour of Kubernetes."),
    limits="A term or a foreign word one slip from a common word is taken for it (`cepstral` for “central”); naming it"
    " in the prompt helps. Capitalised words, which may be names, need stronger evidence.",
)
CAPITALIZATION = _rule(
    "GRM002",
    "capitalization",
    "A sentence, the pronoun “I”, or the name of a nation, language, day or month that starts with a small letter.",
    "Start the word with a capital letter.",
    "17.3% of erroneous sentences, 0.9% of corrections, 0.06 in 1,000 words of strong answers",
    ("We left early. it was raining hard outside.", "My friend and i went home after the film."),
    ("We left early. It was raining hard outside.", "a. first option\nb. second option"),
    why="Readers take it for carelessness.",
    limits="A line without a mark at its end may be a heading or a list item and is left alone.",
)
GRAMMAR = _rule(
    "GRM003",
    "grammar",
    "Words that do not agree, stand in the wrong form, or are one too many.",
    "Mend the sentence; the suggestion, if there is one, is one way.",
    "11.3% of erroneous sentences, 1.2% of corrections, 0.06 in 1,000 words of strong answers",
    ("She have a new car and likes it.", "There are several reason for this.", "They will able to go."),
    ("She has a new car and likes it.", "There are several reasons for this.", "A beer can is empty."),
    limits="Finds a minority of grammatical errors: it has no parser.",
)
ARTICLE = _rule(
    "GRM004",
    "article",
    "“A” before a vowel sound, or “an” before a consonant sound.",
    "Use “an” before a vowel sound and “a” before any other.",
    "1.1% of erroneous sentences, 0.1% of corrections, 0.06 in 1,000 words of strong answers",
    ("He ate a apple after lunch.",),
    ("He ate an apple after lunch.", "Spending an hour at a university is fun."),
    limits="Missing articles are not seen.",
)
BOUNDARY = _rule(
    "GRM005",
    "word-boundary",
    "Two words written as one, or one as two.",
    "Split or join the words.",
    "3.5% of erroneous sentences, 0.1% of corrections, none in strong answers",
    ("Ofcourse we can help you with that.", "I like it alot because it works."),
    ("Of course we can help you with that.", "Link the webpage to its backlinks."),
    limits="Compounds that are also written apart (“web page”) are left alone.",
)
PUNCTUATION = _rule(
    "GRM006",
    "punctuation",
    "A comma missing after an introductory word, an apostrophe missing or misplaced, or two marks where one is due.",
    "Set the mark as suggested.",
    "3.2% of erroneous sentences, 0.8% of corrections, 0.02 in 1,000 words of strong answers; all first suggestions"
    " moved nearer to a correction",
    ("However we should wait for the results.",),
    ("However, we should wait for the results.",),
    limits="Most missing commas are not seen.",
)
UNKNOWN = _rule(
    "GRM007",
    "unknown-word",
    "A word in small letters that neither the dictionary, the prompt nor another row knows.",
    "Check its spelling; leave it if it is right.",
    "3.5% of erroneous sentences, 0.3% of corrections, 0.12 in 1,000 words of strong answers",
    ("The frobnitzle was carefully measured twice.",),
    ("The frequency was carefully measured twice.",),
    why="It may be a misspelling far from its word; it may as well be a term.",
    fixable=False,
)
WORDING = _rule(
    "GRM008",
    "wording",
    "A turn of phrase that says a thing twice, or an expression that is usually another.",
    "Follow the suggestion if you agree with it.",
    "no erroneous sentence, no correction, 0.03 in 1,000 words of strong answers",
    ("Please use the ATM machine near the entrance.",),
    ("Please use the cash machine near the entrance.",),
    why="The guide asks for professional language.",
    limits="Advice, not error: Harper's rules on style were measured at 0 to 40% of helpful suggestions, and the least"
    " helpful are not run.",
)
RULES = (MISSPELLING, CAPITALIZATION, GRAMMAR, ARTICLE, BOUNDARY, PUNCTUATION, UNKNOWN, WORDING)
BY_CODE = {rule.code: rule for rule in RULES}


def measure(text: str) -> Measures:
    """The engine's trusted matches in the text's prose, and how much of it is prose.

    Returns:
        `lints`: fields of `proofreading.Lint`; `words`: how many were proof-read; `masked` and `foreign`: shares
        of letters and digits, 0..1, that are not prose or in another language; or `unmeasured`: what makes the
        text too hostile to read.
    """
    if len(text) > MAX_CHARACTERS:
        return {"unmeasured": f"the cell is longer than {MAX_CHARACTERS:,} characters"}
    reading = read(text)
    reason = _beyond_limits(reading.text) or _wordless(text)
    if reason:
        return {"unmeasured": reason}
    found = [{**asdict(lint), "suggestions": list(lint.suggestions)} for lint in lints(reading)]
    if len(found) > MAX_LINTS:
        return {"unmeasured": f"more than {MAX_LINTS:,} remarks in one text"}
    return {
        "lints": found,
        "words": len(letter_words(reading.text.replace(OPAQUE, ""))),
        "masked": round(reading.masked_share, 4),
        "foreign": round(reading.share("language"), 4),
    }


def _wordless(text: str) -> str:
    """Why a text of signs alone is not proof-read; "" for one with letters or digits, or as short as an emoji."""
    signs = len(text.strip())
    short = signs <= MAX_SIGNS or any(character.isalnum() for character in text)
    return "" if short else f"{signs:,} signs without a letter or digit"


def _beyond_limits(text: str) -> str:
    """Which of the engine's limits the text breaks, in words; "" for none."""
    pieces = text.split()
    if len(pieces) > MAX_WORDS:
        return f"{len(pieces):,} words"
    longest = max(map(len, pieces), default=0)
    if longest > MAX_RUN:
        return f"{longest:,} characters without a space"
    brackets = sum(map(text.count, "(){}"))
    if brackets > MAX_BRACKETS:
        return f"{brackets:,} brackets"
    numbers = sum(1 for _ in _NUMBER.finditer(text))
    return f"{numbers:,} numbers" if numbers > MAX_NUMBERS else ""


def collect(rows: Sequence[Row], measures: Sequence[Mapping[str, Measures]], inputs: Inputs) -> Counter[str]:
    """How many of the rows use each word that the engine does not know."""
    counted: Counter[str] = Counter()
    for measured in measures:
        counted.update({lint.word.casefold() for lint in _read_lints(measured["output"]) if lint.word})
    return counted


def _read_lints(measured: Measures) -> list[Lint]:
    found = cast("list[dict[str, Any]]", measured.get("lints", []))
    return [_lint(fields) for fields in found]


def _lint(fields: dict[str, Any]) -> Lint:
    known: dict[str, Any] = {**fields, "suggestions": tuple(fields["suggestions"])}
    return Lint(**known)


def merge(one: Counter[str], other: Counter[str]) -> Counter[str]:
    """Both contributions as one."""
    return one + other


def finish(counted: Counter[str], inputs: Inputs) -> frozenset[str]:
    """The words that several rows share."""
    enough = inputs.guide.threshold("grammar.shared_by_rows")
    return frozenset(word for word, rows in counted.items() if rows >= enough)


def judge(context: Context) -> Iterator[Judgement]:
    """Findings on one row's output."""
    measured = context.measures["output"]
    verdict = _not_readable(context, measured)
    if verdict is not None:
        yield verdict
        if isinstance(verdict, Unmeasured):
            return
    glossary = _glossary(context)
    shared = cast("frozenset[str]", context.facts or frozenset())
    most = int(context.guide.threshold("limits.max_findings_per_row"))
    read_lints = [lint for lint in _read_lints(measured) if not _is_record(context, lint)]
    findings = [f for lint in read_lints if (f := _finding(context, lint, glossary, shared))]
    if _wants_other_language(context) and any(f.code == MISSPELLING.code for f in findings):
        yield Unmeasured("grammar", "language: the prompt asks for another than English, and words are in it")
        return
    yield from findings[:most]
    if len(findings) > most:
        yield Unmeasured("grammar", f"more than {most} findings")


def _not_readable(context: Context, measured: Mapping[str, Any]) -> Unmeasured | NotApplicable | None:
    if measured["foreign"] > context.guide.threshold("grammar.max_foreign_share"):
        return Unmeasured("grammar", "language: not English, the only language that the engine knows")
    if context.prompt.kind in CODE_KINDS:
        return None if measured["words"] else NotApplicable("grammar", "the prompt asks for code or data")
    if measured["masked"] > context.guide.threshold("grammar.max_masked_share"):
        return Unmeasured(
            "grammar", f"{measured['masked']:.0%} of the text is code, maths, quotations or addresses"
        )
    return None


def _wants_other_language(context: Context) -> bool:
    return any(a.kind == "language:response_language" and a.value != "en" for a in context.prompt.asks)


def _is_record(context: Context, lint: Lint) -> bool:
    """Whether the match lies in a line of data or code, which has words to spell but is no sentence."""
    if context.prompt.kind not in CODE_KINDS or lint.word or lint.code == MISSPELLING.code:
        return False
    text = context.row.output
    if lint.rule == "CommaFixes" and text[lint.start : lint.end] == ",":
        return True  # it separates values
    before = text[max(0, lint.start - MAX_LINE) : lint.start].rpartition("\n")[2]
    after = text[lint.end : lint.end + MAX_LINE].partition("\n")[0]
    return not reads_as_prose(before + text[lint.start : lint.end] + after)


def _glossary(context: Context) -> frozenset[str]:
    prompt = (context.row.instruction, *context.row.context)
    return frozenset(word.casefold() for text in prompt for word in letter_words(text))


def _finding(
    context: Context, lint: Lint, glossary: frozenset[str], shared: frozenset[str]
) -> Finding | None:
    code, message, suggestions = lint.code, lint.message, lint.suggestions
    if lint.word and not _is_mistyped(context, lint, glossary):
        if lint.place != "word" or lint.word.casefold() in glossary | shared or _is_known(context, lint.word):
            return None
        code, message, suggestions = UNKNOWN.code, f"no dictionary knows “{lint.word}”", ()
    if context.guide.severity(code) == "off":
        return None
    return BY_CODE[code].found(
        context,
        message,
        start=lint.start,
        end=lint.end,
        fix=Fix(lint.start, lint.end, suggestions[0], lint.safe) if suggestions else None,
        detail={"engine": "harper", "rule": lint.rule, "suggestions": list(suggestions)},
    )


def _is_mistyped(context: Context, lint: Lint, glossary: frozenset[str]) -> bool:
    """Whether a common word was likely meant; a capitalised word may be a name, a prompt's word a term."""
    needed = context.guide.threshold(f"grammar.mistyped_{lint.place}")
    if lint.word.casefold() in glossary:
        needed += context.guide.threshold("grammar.prompt_word_bonus")
    return lint.gain >= needed


def _is_known(context: Context, word: str) -> bool:
    return zipf(word) >= context.guide.threshold("grammar.known_word")


def engine_version() -> str:
    """What the measures depend on besides this project's source."""
    return f"{harper.version()}, wordfreq {version('wordfreq')}"


CHECK = Check(
    family="grammar",
    rules=RULES,
    judge=judge,
    measure=measure,
    collect=collect,
    merge=merge,
    finish=finish,
    engine=engine_version,
)
