"""Text as tokens of arithmetic: numbers, operators, brackets, equality signs, words; one pass, linear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from quality.facts import safe_maths
from quality.text.number_words import CARDINAL, PORTION, VULGAR, cardinal, portion


@dataclass(frozen=True, slots=True)
class Token:
    """One token, with its place in the text.

    Attributes:
        kind: `number`, `sign` (an operator), `(`, `)`, `=`, `~` (about equal), `%`, `!`, `superscript`, `currency`,
            `root`, `frac`, `word`, `bad` (no arithmetic with it), `stop` (a sentence, cell or clause ends).
        text: As written; of a `sign` the operator that it stands for.
        spaced: Whether white space stands before it.
        number: Of a `number`.
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool
    number: safe_maths.Number | None = None


_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SIGNS = {
    "+": "+", "-": "-", "−": "-", "–": "-", "*": "*", "×": "*", "·": "*", "⋅": "*", "∗": "*", "✕": "*", "✖": "*",
    "÷": "/", "/": "/", "⁄": "/", "∕": "/", "^": "^", "**": "^", "\\*": "*", "\\times": "*", "\\cdot": "*",
    "\\div": "/", "\\*\\*": "^",
}  # fmt: skip
_WORDED = {
    "plus": "+", "minus": "-", "times": "*", "multiplied by": "*", "divided by": "/", "to the power of": "^",
}  # fmt: skip

_NUMBER = (
    r"(?:[0-9]{1,3}(?:(?:,|\{,\})[0-9]{2,3}){0,20}(?:,|\{,\})[0-9]{3}(?![0-9])|[0-9]{1,60})(?:\.[0-9]{1,60})?"
    r"(?:e[+-]?[0-9]{1,3}(?![\w.]))?"
)
_TOKEN = re.compile(
    rf"""(?P<space>[ \t\u00a0\u2009\u202f]{{1,200}}|\\[,;:! ])
    |(?P<huge>[0-9]{{61,}}(?:\.[0-9]{{0,200}})?|[0-9]{{0,60}}\.[0-9]{{61,}})
    |(?P<bad>[0-9]{{1,9}}(?:[.:][0-9]{{1,9}}){{2,9}}|[0-9]{{1,3}}:[0-9]{{1,3}}|0[0-9]{{1,30}}(?![0-9.])
        |[0-9]{{1,9}},[0-9]{{1,2}}(?![0-9,])|[0-9]{{1,9}}(?:st|nd|rd|th)\b
        |\.\.\.|…|±|\\pm\b|\\(?:l|c)?dots\b|["“”„][0-9]|(?<!\w)['‘][0-9]|∞|\ufffd|===?|~=|≡|\\equiv\b|(?<=[0-9])–(?=[0-9]))
    |(?P<mixed>[0-9]{{1,4}}[ ][0-9]{{1,2}}/[0-9]{{1,2}}(?![0-9/.,][0-9]|[0-9]))
    |(?P<vulgar>[0-9]{{0,6}}[{"".join(VULGAR)}])
    |(?P<number>{_NUMBER}|(?<![\w.])\.[0-9]{{1,60}})
    |(?P<equal>=(?![=>])|&=)
    |(?P<about>≈|≅|≃|\\approx\b|\\simeq\b)
    |(?P<stop>\n|[,;:?|](?![0-9])|[:;?|]|[<>≤≥≠→⇒]|<=|>=|=>|!=|->|\\\\
        |\\(?:le|ge|ne|leq|geq|neq|to|implies|Rightarrow|rightarrow)\b|\\[\[\]()])
    |(?P<emphasis>(?<![\w)\]])\*\*(?!\s)|\*\*(?![\w(\[\s])|(?<=[\w)\]%.!?$])\*\*(?=\s)|\*\*(?=[$])
        |(?<![0-9)\]%][ ])(?<![\w)\]%$])\*(?=\S))
    |(?P<sign>\*\*|\\\*\\\*|\\\*|\\times\b|\\cdot\b|\\div\b|[-+−–*×·⋅∗✕✖÷/⁄∕^]
        |(?<=[0-9)])x(?=\\?\$?\(?[0-9.])|(?<=[\s])x(?=[ ]?\\?\$?\(?[0-9.]))
    |(?P<percent>\\?%|percent\b|per\scent\b)
    |(?P<factorial>!)
    |(?P<superscript>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{{1,6}})
    |(?P<currency>\\?[$€£¥₹](?=[ ]?[0-9.(]))
    |(?P<root>√|\\sqrt\b|sqrt(?=\())
    |(?P<frac>\\[dt]?frac\b)
    |(?P<open>\\left\(|[({{\[])|(?P<close>\\right\)|[)}}\]])
    |(?P<latex>\\(?:text|mathrm|textbf|mathbf|boxed|quad|qquad|left|right|displaystyle|mathbf)(?![a-z]))
    |(?P<worded>(?:multiplied|divided)\sby\b|plus\b|minus\b|times\b|to\sthe\spower\sof\b)
    |(?P<equals>(?:(?:is|are|which)\s)?(?:equals|equal\sto)\b)
    |(?P<portion>\b{PORTION}(?=\sof\b))
    |(?P<multiple>(?:twice|double|triple)(?=\s\$?[0-9]))
    |(?P<cardinal>{CARDINAL})
    |(?P<word>[^\W\d_](?:[^\W⁰¹²³⁴⁵⁶⁷⁸⁹]|['’]){{0,60}}|°[CF]?|~(?=[ ]?[0-9$]))
    |(?P<markup>[*_`'‘’~&#•$])
    |(?P<dot>\.)
    |(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE,
)
_KIND = {
    "mixed": "number", "vulgar": "number", "cardinal": "number", "portion": "number", "other": "stop",
    "equal": "=", "equals": "=", "about": "~", "percent": "%", "factorial": "!", "open": "(", "close": ")",
    "dot": "stop", "latex": "", "emphasis": "", "markup": "", "space": "",
}  # fmt: skip


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of `text[start:end]`; markup and white space are left out."""
    spaced = True
    at, last = start, len(text) if end is None else end
    while at < last:
        match = _TOKEN.match(text, at, last)
        if match is None:  # an undecodable character
            at += 1
            continue
        name = match.lastgroup or "other"
        at = match.end()
        kind = _KIND.get(name, name)
        if not kind:
            spaced = spaced or name == "space"
            continue
        yield _token(name, kind, match, spaced)
        spaced = False


def _token(name: str, kind: str, match: re.Match[str], spaced: bool) -> Token:
    text, start, end = match.group(), match.start(), match.end()
    if name == "sign":
        return Token("sign", _SIGNS.get(text, "*"), start, end, spaced)
    if name == "worded":
        return Token("sign", _WORDED[" ".join(text.lower().split())], start, end, spaced)
    if name == "superscript":
        return Token(kind, text.translate(_SUPERSCRIPT), start, end, spaced)
    if name == "multiple":
        return Token(
            kind,
            text,
            start,
            end,
            spaced,
            safe_maths.Number(Fraction(3 if text[0] in "tT" and text[1] in "rR" else 2)),
        )
    if kind == "number":
        number = _number(name, text)
        return Token("number" if number else "huge", text, start, end, spaced, number)
    return Token(kind, text, start, end, spaced)


def _number(name: str, text: str) -> safe_maths.Number | None:
    """What the digits or words stand for; None where that is too long to be told."""
    if name == "mixed":
        whole, _, part = text.partition(" ")
        upper, _, lower = part.partition("/")
        if not int(lower):
            return None
        return safe_maths.Number(int(whole) + Fraction(int(upper), int(lower)), whole=int(whole))
    if name == "vulgar":
        return safe_maths.Number(VULGAR[text[-1]] + int(text[:-1] or 0))
    if name == "portion":
        return safe_maths.Number(portion(text))
    if name == "cardinal":
        return safe_maths.Number(Fraction(cardinal(text)))
    digits, _, exponent = text.replace("{,}", ",").lower().partition("e")
    try:
        found = safe_maths.number(digits) * Fraction(10) ** int(exponent or 0)
    except OverflowError:
        return None
    decimals = len(digits.partition(".")[2])
    return safe_maths.Number(found, decimals=decimals - int(exponent or 0), sure=decimals == 0)
