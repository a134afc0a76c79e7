"""What the grammar family measures in one text: its lints, by the engine that the run names, and how much is prose."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any, cast

from quality.engines import Unreadable
from quality.engines.other_languages import language_of, readable
from quality.engines.other_languages import lints as foreign_lints
from quality.engines.proofreading import Lint, lints
from quality.model import Measures
from quality.prompt.languages import LANGUAGES
from quality.text.lexicon import letter_words
from quality.text.masking import OPAQUE, read

MAX_CHARACTERS = 200_000
MAX_RUN = 4_000
MAX_BRACKETS = 4_000
MAX_NUMBERS = 20_000
MAX_WORDS = 20_000
MAX_LINTS = 2_000
MAX_SIGNS = 20
"""Beyond these Harper takes minutes: it is quadratic in unbroken runs, brackets and rows of numbers."""
_NUMBER = re.compile(r"\d+")
_NAMES = {code: name.title() for name, code in LANGUAGES.items()}

LITTLE_FOREIGN = 0.1
"""Share of letters in other languages up to which a text is English without a closer look."""


def measure(text: str, engine: str = "harper") -> Measures:
    """The engine's trusted matches in the text's prose, and how much of it is prose.

    Args:
        engine: `harper`, `languagetool` or `both`.

    Returns:
        `lints`: fields of `proofreading.Lint`; `words`: how many were proof-read; `masked` and `foreign`: shares
        of letters and digits, 0..1, that are not prose or in another language; `language`: what it was
        read as; `strange`: what else it is in, in words; or `unmeasured`: what makes the text too hostile to read.
    """
    if len(text) > MAX_CHARACTERS:
        return {"unmeasured": f"the cell is longer than {MAX_CHARACTERS:,} characters"}
    reading = read(text)
    strange = engine != "harper" and reading.share("language") > LITTLE_FOREIGN
    language = language_of(text) if strange else "en"
    known = language == "en" or readable(language)
    if language != "en" and known:
        reading = read(text, language)
    reason = _beyond_limits(reading.text) or _wordless(text)
    if reason:
        return {"unmeasured": reason}
    try:
        believed = (
            lints(reading, engine) if language == "en" or not known else foreign_lints(reading, language)
        )
        found = [_fields(lint) for lint in believed]
    except Unreadable as refused:
        return {"unmeasured": refused.reason, "passing": refused.passing}
    if len(found) > MAX_LINTS:
        return {"unmeasured": f"more than {MAX_LINTS:,} remarks in one text"}
    return {
        "lints": found,
        "words": len(letter_words(reading.text.replace(OPAQUE, ""))),
        "masked": round(reading.masked_share, 4),
        "foreign": round(reading.share("language"), 4),
        "language": language,
        "strange": _strange(engine, language, known),
    }


def _strange(engine: str, language: str, known: bool) -> str:
    """What a text is in that goes unread because of its language."""
    if engine == "harper":
        return "not English, the only language that the engine knows"
    name = _NAMES.get(language, language)
    return (
        f"mostly other than {name}, as which it was read"
        if known
        else f"{name}, which no engine at hand reads"
    )


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


def measure_by_languagetool(text: str) -> Measures:
    """The same by LanguageTool."""
    return measure(text, "languagetool")


def measure_by_both(text: str) -> Measures:
    """The same by both engines together."""
    return measure(text, "both")


def lints_of(measured: Measures) -> list[Lint]:
    """The lints that a text's measures hold."""
    found = cast("list[dict[str, Any]]", measured.get("lints", []))
    return [_lint(fields) for fields in found]


def _fields(lint: Lint) -> dict[str, Any]:
    return {**asdict(lint), "suggestions": list(lint.suggestions), "engines": list(lint.engines)}


def _lint(fields: dict[str, Any]) -> Lint:
    known: dict[str, Any] = fields | {name: tuple(fields[name]) for name in ("suggestions", "engines")}
    return Lint(**known)
