"""Grammar, punctuation and spelling of the outputs.

What it does: proof-reads the prose of every output with Harper, with LanguageTool, or with both. Code, addresses,
maths, short quotations and lines in other languages are masked; what merely wraps prose (fences, quotes, comments,
`$…$`) is taken off, so that wrapping hides nothing. A word that the engine does not know is *mistyped* (an error) when
a common word was the likely intention, else only *unknown* (a warning, and nothing when the prompt or another row uses
it too, or when it is a name). Each of the engines' rules is trusted as far as it was measured, and where that is too
little, as its category is; patterns of our own add what Harper does not know. With both engines a word that one of
them knows needs better evidence, and what both say of one fault is one finding, which names them.

Why: a model repeats the language that it was trained on, and the guide asks for perfect grammar and spelling. Prompts
may have typos, because people's prompts have, so only outputs are proof-read.

Measured by `benchmarks/grammar.py` on the development half of JFLEG (538 erroneous sentences, 3,016 corrections, in
which the correctors left some errors) and on 400 answers of strong models; with an error are

    Harper        62% of the erroneous sentences, 4.6% of the corrections, 3.0% of the answers (0.13 in 1,000 words)
    LanguageTool  65%                             5.8%                     4.5%                (0.23)
    both          67%                             6.2%                     4.8%                (0.23)
    raw Harper    64%                            13.8%                      68%                (17.7)

On 800 other strong answers: 4.0%, 4.9% and 5.1%. With Harper it costs about a tenth more CPU than Harper alone.

Known limits: Harper knows English alone; LanguageTool the languages in its folder, each output in its own, by its
categories and the language's word frequencies (not measured). A language that the engine does not know is unmeasured,
never passed. Errors that are real words in the wrong place ("in" for "on") and missing words are mostly not seen: a
clean row is not a flawless row. British and American spelling both pass. An output that is mostly masked is
unmeasured, unless the prompt asks for code, data or a number: then only its prose is proof-read, and without prose
grammar does not apply.

Source: Chat Style Guide 1.1.2-2; Harper (https://writewithharper.com); LanguageTool (https://languagetool.org); JFLEG
(Napoles et al., 2017); word frequencies by wordfreq (Speer, 2022).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any, cast

from quality.checks.grammar_measure import lints_of, measure, measure_by_both, measure_by_languagetool
from quality.checks.grammar_rules import BY_CODE, MISSPELLING, RULES, UNKNOWN
from quality.engines import harper, languagetool
from quality.engines.proofreading import Lint
from quality.engines.trust import CAPITALIZATION
from quality.model import Finding, Fix, Measures, NotApplicable, Row, Severity, Unmeasured
from quality.rule import Check, Context, Inputs, Judgement, Service
from quality.text.lexicon import letter_words, zipf
from quality.text.likeness import reads_as_prose

CODE_KINDS = frozenset({"code", "data", "number"})
"""Kinds of prompt whose answers may be wholly without prose."""
MAX_LINE = 300
"""Code points each way that tell whether the line around a match is prose."""


def collect(rows: Sequence[Row], measures: Sequence[Mapping[str, Measures]], inputs: Inputs) -> Counter[str]:
    """How many of the rows use each word that the engine does not know."""
    counted: Counter[str] = Counter()
    for measured in measures:
        counted.update({lint.word.casefold() for lint in lints_of(measured["output"]) if lint.word})
    return counted


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
    read_lints = [lint for lint in lints_of(measured) if not _is_record(context, lint)]
    findings = _distinct((lint, _finding(context, lint, glossary, shared)) for lint in read_lints)
    if _wants_other_language(context) and any(f.code == MISSPELLING.code for f in findings):
        yield Unmeasured("grammar", "language: the prompt asks for another than English, and words are in it")
        return
    yield from findings[:most]
    if len(findings) > most:
        yield Unmeasured("grammar", f"more than {most} findings")


def _not_readable(context: Context, measured: Mapping[str, Any]) -> Unmeasured | NotApplicable | None:
    if measured["foreign"] > context.guide.threshold("grammar.max_foreign_share"):
        return Unmeasured("grammar", f"language: {measured['strange']}")
    if context.prompt.kind in CODE_KINDS:
        return None if measured["words"] else NotApplicable("grammar", "the prompt asks for code or data")
    if measured["masked"] > context.guide.threshold("grammar.max_masked_share"):
        return Unmeasured(
            "grammar", f"{measured['masked']:.0%} of the text is code, maths, quotations or addresses"
        )
    return None


def _wants_other_language(context: Context) -> bool:
    read_as = context.measures["output"]["language"]
    return any(a.kind == "language:response_language" and a.value != read_as for a in context.prompt.asks)


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
        detail={
            "engine": "+".join(lint.engines),
            "rule": lint.rule,
            "suggestions": list(suggestions),
            **({"doubtful": True} if _is_doubtful(context, lint, code) else {}),
        },
    )


def _is_doubtful(context: Context, lint: Lint, code: str) -> bool:
    """Whether the word may as well be a term that no dictionary knows: most false alarms are such words."""
    return code == MISSPELLING.code and 0 < lint.gain < context.guide.threshold("grammar.certain_word")


def _distinct(found: Iterable[tuple[Lint, Finding | None]]) -> list[Finding]:
    """One finding for each fault: where several rules or engines see it, the gravest, and the best attested."""
    kept: list[tuple[Lint, Finding]] = []
    for lint, finding in found:
        if finding is None:
            continue
        at = next((at for at in range(len(kept) - 1, -1, -1)[:3] if _is_same_fault(kept[at][0], lint)), None)
        if at is None:
            kept.append((lint, finding))
        elif _weight(lint, finding) > _weight(*kept[at]):
            kept[at] = lint, finding
    return [finding for _, finding in kept]


def _is_same_fault(one: Lint, other: Lint) -> bool:
    """Whether the two overlap; a capital is a fault of its own, and so is a misspelt word within a phrase."""
    if (one.code == CAPITALIZATION) != (other.code == CAPITALIZATION):
        return False
    if one.word or other.word:
        return (one.start, one.end) == (other.start, other.end)
    return one.start < other.end and other.start < one.end


def _weight(lint: Lint, finding: Finding) -> tuple[bool, int, bool]:
    return finding.severity == Severity.ERROR, len(lint.engines), finding.fix is not None


def _is_mistyped(context: Context, lint: Lint, glossary: frozenset[str]) -> bool:
    """Whether a common word was likely meant; a capitalised word may be a name, a prompt's word a term."""
    needed = context.guide.threshold(f"grammar.mistyped_{lint.place}")
    if lint.disputed:
        needed += context.guide.threshold("grammar.disputed_malus")
    elif "languagetool" in lint.engines and lint.place == "word":
        needed -= context.guide.threshold("grammar.languagetool_bonus")
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
SERVICE = Service(version=languagetool.version, address=languagetool.address, use=languagetool.use)
CHECKS = {
    "harper": CHECK,
    "languagetool": replace(CHECK, variant="languagetool", measure=measure_by_languagetool, service=SERVICE),
    "both": replace(CHECK, variant="both", measure=measure_by_both, service=SERVICE),
}
"""The same rules by each engine that `--engine` can name."""
