"""The families of asks, each with the substrings of which one must be in the text for it to be worth a look.

A family is a function `scoped text → asks`. Precision comes first: an ask that is not there must not excuse a fault.
Source of the kinds: IFEval (Zhou et al., 2023, arXiv:2311.07911) where they hold a colon-separated id of its registry.
"""

from __future__ import annotations

from quality.prompt import (
    bare_words,
    choices,
    endings,
    items,
    keywords,
    lengths,
    letter_case,
    letters,
    marks,
    placement,
    sections,
    tasks,
    tongues,
)
from quality.prompt.formats import FORMATS
from quality.prompt.fullness import FULLNESS
from quality.prompt.masks import MASK
from quality.prompt.phrase import Family
from quality.prompt.styles import STYLES

FAMILIES: tuple[tuple[tuple[str, ...], Family], ...] = (
    ((), FORMATS),
    ((), STYLES),
    ((), FULLNESS),
    (("lower", "upper", "capital", "caps", "small letters"), letter_case.CASES),
    (("capital", "caps", "upper"), letter_case.capital_words),
    (("comma",), letter_case.no_comma),
    (("word", "sentence", "paragraph", "character", "line", "stanza", "verse"), lengths.counts),
    ((), items.items),
    (("bullet",), marks.bullets),
    (("highlight", "itali", "bold", "emphasi", "asterisk", "marked up"), marks.highlights),
    (("holder", "bracketed"), marks.placeholders),
    (
        (
            "section",
            "part",
            "paragraph",
            "stanza",
            "verse",
            "chapter",
            "day",
            "act",
            "scene",
            "segment",
            "each",
        ),
        sections.sections,
    ),
    (("two", "2", "*", "asterisk", MASK), sections.two_responses),
    (
        (
            "word",
            "term",
            "phrase",
            "expression",
            "name",
            "line",
            "verb",
            "noun",
            "adjective",
            "adverb",
            "hashtag",
            MASK,
        ),
        keywords.keywords,
    ),
    (("say", "mention", "utter"), bare_words.unsaid),
    (("times", "twice", "once", "thrice"), bare_words.mentioned),
    (
        ("letter", "'s", "symbol", "character", "sign", "exclamation", "question mark", "hashtag", "vowel"),
        letters.letters,
    ),
    (("translat", "say", "write", "what"), tasks.translation),
    (
        (
            "code",
            "function",
            "script",
            "program",
            "class",
            "snippet",
            "query",
            "regex",
            "algorithm",
            "convert",
            "app",
            "one-liner",
            "syntax",
            "command",
            "macro",
            "implement",
            "bot",
            "parse",
            "rewrite",
        ),
        tasks.code,
    ),
    (("in", "to", "using", "only", "language", "answer", "response", "reply", "output"), tongues.named),
    (tongues.NATIVE_HINTS, tongues.named_natively),
    (("end", "finish", "conclu", "clos", "last", "final", "terminat", "wrap", "sign"), endings.end),
    ((MASK,), endings.opening),
    (("paragraph",), endings.paragraph_openings),
    (("p.s", "p. s", "p.p", "pps", "ps", "post", MASK), placement.postscript),
    ((), placement.PHRASES),
    (
        (
            "choose",
            "select",
            "pick",
            "answer",
            "respond",
            "reply",
            "say",
            "one of",
            "either",
            "contain",
            "output",
            "return",
            "give",
        ),
        choices.constrained,
    ),
)
"""Each family with its hints; () means always."""
