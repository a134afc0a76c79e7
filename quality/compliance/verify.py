"""Asks × answer → results: the table of verifiers by kind of ask, and the way through it."""

from __future__ import annotations

from collections.abc import Mapping

from quality.compliance import formats, keywords, lengths, letters, parts, tongues
from quality.compliance.verdict import Case, Verdict, Verifier, unverifiable
from quality.text import counting

LENGTH, FORMAT, KEYWORD, LANGUAGE, LETTERS, PART = "ASK001", "ASK002", "ASK003", "ASK004", "ASK005", "ASK006"

MAX_CHARACTERS = 60_000
"""Of an answer that is still read, some 10,000 words: one of any shape is then done with in a second."""

VERIFIERS: Mapping[str, tuple[str, Verifier]] = {
    "length_constraints:number_words": (LENGTH, lengths.of(counting.words, "words")),
    "length_constraints:number_sentences": (LENGTH, lengths.of(counting.sentences, "sentences")),
    "length_constraints:number_paragraphs": (LENGTH, lengths.paragraphs),
    "length:items": (LENGTH, lengths.items),
    "length:characters": (LENGTH, lengths.of(counting.characters, "characters")),
    "length:lines": (LENGTH, lengths.of(counting.lines, "lines")),
    "length:stanzas": (LENGTH, lengths.stanzas),
    "length:questions": (LENGTH, lengths.of(counting.questions, "questions")),
    "format:one_word": (LENGTH, formats.one_word),
    "detectable_format:number_bullet_lists": (FORMAT, formats.bullets),
    "detectable_format:json_format": (FORMAT, formats.data("json")),
    "detectable_format:constrained_response": (FORMAT, formats.options),
    "format:yaml": (FORMAT, formats.data("yaml")),
    "format:toml": (FORMAT, formats.data("toml")),
    "format:xml": (FORMAT, formats.data("xml")),
    "format:csv": (FORMAT, formats.data("csv")),
    "format:html": (FORMAT, formats.html),
    "format:table": (FORMAT, formats.table),
    "format:code": (FORMAT, formats.code),
    "format:bullets": (FORMAT, formats.bullets),
    "format:numbered": (FORMAT, formats.numbered),
    "format:yes_no": (FORMAT, formats.yes_no),
    "format:only": (FORMAT, formats.nothing_else),
    "keywords:existence": (KEYWORD, keywords.existence),
    "keywords:forbidden_words": (KEYWORD, keywords.forbidden),
    "keywords:frequency": (KEYWORD, keywords.frequency),
    "keywords:letter_frequency": (KEYWORD, keywords.letters),
    "style:emoji": (KEYWORD, keywords.emoji),
    "language:response_language": (LANGUAGE, tongues.response),
    "task:translation": (LANGUAGE, tongues.translation),
    "change_case:english_capital": (LETTERS, letters.capital),
    "change_case:english_lowercase": (LETTERS, letters.lowercase),
    "change_case:capital_word_frequency": (LETTERS, letters.capital_words),
    "punctuation:no_comma": (LETTERS, letters.no_comma),
    "detectable_format:title": (PART, parts.title),
    "detectable_format:multiple_sections": (PART, parts.sections),
    "detectable_format:number_highlighted_sections": (PART, parts.highlights),
    "detectable_content:number_placeholders": (PART, parts.placeholders),
    "detectable_content:postscript": (PART, parts.postscript),
    "startend:end_checker": (PART, parts.ending),
    "startend:opening": (PART, parts.opening),
    "startend:quotation": (PART, parts.quotation),
    "combination:two_responses": (PART, parts.two_responses),
    "combination:repeat_prompt": (PART, parts.repeated_prompt),
    "length_constraints:nth_paragraph_first_word": (PART, parts.paragraph_first_word),
}
"""Kind of ask → the rule that a violation breaks, and the verifier. Any other kind no program can verify."""


def code(kind: str) -> str | None:
    """The rule that a violation of the ask breaks; None for a kind that no program can verify."""
    known = VERIFIERS.get(kind)
    return known[0] if known else None


def verify(case: Case) -> Verdict:
    """Whether the answer does what the ask says."""
    known = VERIFIERS.get(case.ask.kind)
    if known is None:
        return unverifiable("no program can tell")
    if len(case.output) > MAX_CHARACTERS:
        return unverifiable(f"an answer of more than {MAX_CHARACTERS:,} characters", blocks=True)
    return known[1](case)
