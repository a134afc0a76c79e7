"""The language of an answer."""

from __future__ import annotations

import re

from quality.compliance.verdict import SATISFIED, Case, Verdict, not_understood, unverifiable, violated
from quality.prompt.languages import LANGUAGES
from quality.text.language import are_kin, detect

_QUOTED = re.compile(r"[\"“«„]([^\"”»“\n]{3,600})[\"”»“]|^>[ \t]?([^\n]{3,600})", re.MULTILINE)

_TRANSLATE = re.compile(r"\btranslat|\bhow (?:do|would|to|can) .{0,40}\bsay\b", re.IGNORECASE)
"""A translation may be of a word or two, too little for any detector."""
_MOST_PIECES, _MOST_LETTERS = 20, 300
"""Lines and quotations whose language is looked at on their own, and how much of each."""


def _named(code: str) -> str:
    """The language's English name; its code where we know none."""
    name = next((name for name, known in LANGUAGES.items() if known == code), "")
    return name.title() or f"“{code}”"


def response(case: Case) -> Verdict:
    """The whole answer is in the language."""
    if not re.fullmatch(r"[a-z]{2,3}", case.ask.value):
        return not_understood(case)
    found: str | None = case.measured.get("language")
    if found is None:
        return unverifiable("the answer's language is undetermined", blocks=not _TRANSLATE.search(case.asked))
    return SATISFIED if are_kin(found, case.ask.value) else violated(f"text in {_named(found)}")


def translation(case: Case) -> Verdict:
    """The answer, or a line or quotation in it, is in the target language; words of explanation may stand around."""
    found: str | None = case.measured.get("language")
    if found is not None and are_kin(found, case.ask.value):
        return SATISFIED
    pieces = [first or second for first, second in _QUOTED.findall(case.output)]
    pieces += [line for line in case.output.splitlines() if line.strip()]
    languages = {detect(piece[:_MOST_LETTERS]) for piece in pieces[:_MOST_PIECES]}
    if any(language is not None and are_kin(language, case.ask.value) for language in languages):
        return SATISFIED
    if found is None or None in languages:
        return unverifiable("too little text to tell its language")
    return violated(f"text in {_named(found)}")
