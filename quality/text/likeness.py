"""Does a piece of text read as English prose, as code, or as another language?

Judged by English grammar words, common words and punctuation; the thresholds were set on fenced and unfenced code,
and on prose, of model answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quality.text.lexicon import common_share, grammar_share, is_common, letter_words, likelier_language

CODE_CHARACTERS = frozenset('{}[]();=<>\\_^|&*+/%$#@~`:"')
_CODE_START = re.compile(
    r"(?:def|class|import|from|return|if|for|while|elif|else|try|except|print|const|let|var|local|function|public|private"
    r"|static|void|int|float|double|char|#include|using|namespace|SELECT|INSERT|UPDATE|DELETE|CREATE|package|func|npm|npx|pip"
    r"|sudo|git|cd|mkdir|docker|curl|\$|>>>|\.\.\.|@\w|<\?|<!DOCTYPE|</?[a-z])\b"
)
_COMMAND = re.compile(
    r"[ \t$]{0,20}(?:cd|mkdir|touch|npm|npx|yarn|pip3?|sudo|git|docker|curl|wget|apt(?:-get)?|brew|chmod)"
    r" [^.!?]{0,200}$"
)
"""A line for a shell."""
_ASSIGNMENT = re.compile(
    r"(?:[a-z]{2,10} )?[a-z_][\w.]{0,60}(?:\[\w{1,20}\])? ?[-+*/:]?= ?[^\s=]", re.IGNORECASE
)
_KEY = re.compile(r"[{\[]{1,3} ?\"[^\"\n]{1,60}\"|\"[\w ]{1,60}\" ?: ?[\[{\"\d]")
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_ASIDE = re.compile(r"`[^`\n]{1,400}`|https?://\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,64}")
"""What may stand amid prose and says nothing about it."""
_OPTION = re.compile(r"(?<!\S)--?[a-z]", re.IGNORECASE)
"""An option of a command: `-type f`."""
_CODE_END = (";", "{", "}", ")", ":", "]")


def is_code(lines: Sequence[str], fenced: bool) -> bool:
    """Whether lines between blank lines are code, maths or data; a fence asks for less evidence."""
    text = _ASIDE.sub(" ", "\n".join(lines))
    words = letter_words(text)
    if not words:
        return False
    symbols = sum(character in CODE_CHARACTERS for character in text) / len(text)
    grammar = grammar_share(words)
    if fenced and all(_COMMAND.match(line) for line in lines):
        return True
    if fenced:
        bare = symbols < 0.03 and "=" not in text and grammar >= 0.05 and common_share(words) >= 0.7
        return not (bare or (grammar >= 0.15 and symbols < 0.08))
    coded = sum(bool(_CODE_START.match(line)) or line.endswith((";", "{", "}")) for line in lines)
    return (symbols >= 0.12 and grammar < 0.12) or (
        coded > len(lines) / 2 and symbols >= 0.06 and grammar < 0.15
    )


def is_code_line(line: str) -> bool:
    """Whether one line amid prose is a statement of a programming language."""
    if _ASSIGNMENT.match(line) or _KEY.match(line):
        return True
    if not (_CODE_START.match(line) and line.endswith(_CODE_END)):
        return False
    bare = _STRING.sub("", line)
    return any(character in bare for character in "([{=;") and grammar_share(letter_words(bare)) < 0.15


def reads_as_prose(text: str, min_words: int = 4) -> bool:
    """Whether a piece of a line is English prose rather than code, maths or a name."""
    words = letter_words(text)
    if len(words) < min_words:
        return False
    symbols = sum(character in "{}[];=<>\\_^|&*+/%" for character in text) / len(text)
    if symbols >= 0.08:
        return False
    return grammar_share(words) >= 0.15 or (common_share(words) >= 0.75 and not _OPTION.search(text))


def is_foreign(text: str) -> bool:
    """Whether a line is in another script or, when it is of some length, in another language than English."""
    words = letter_words(text)
    if not words:
        return False
    letters = sum(map(len, words))
    if sum(not _is_latin(character) for word in words for character in word) > letters / 2:
        return True
    if len(words) < 3 or grammar_share(words) >= 0.2:
        return False
    strange = len(words) > 3 and sum(word.isascii() and is_common(word) for word in words) < len(words) / 2
    return (strange and grammar_share(words) < 0.1) or bool(likelier_language(words))


def is_english(text: str) -> bool:
    """Whether a line of some length is English prose, amid another language."""
    words = letter_words(text)
    return len(words) > 3 and grammar_share(words) >= 0.2 and common_share(words) >= 0.8


def _is_latin(character: str) -> bool:
    return character < "\u0250" or "\u1e00" <= character < "\u1f00"
