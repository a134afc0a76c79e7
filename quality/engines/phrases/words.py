"""Words written apart or as others, capitals within sentences, and punctuation."""

from __future__ import annotations

import re

from quality.engines.phrases.phrase import Phrase, pattern
from quality.text.lexicon import zipf


def _is_split(words: str) -> bool:
    return zipf(words.replace(" ", "")) >= 3.0


PHRASES = (
    Phrase(
        "SplitPrefix",
        "BoundaryError",
        "The two are one word.",
        pattern(r"\b((?:dis|un|mis) [a-z]{4,20})\b"),
        _is_split,
        lambda words: words.replace(" ", ""),
        hints=("dis ", "un ", "mis "),
    ),
    Phrase(
        "SplitCompound",
        "BoundaryError",
        "The two are one word.",
        pattern(
            r"\b(further more|mean while|other wise|an other|him self|them selves|our selves|it self|now a days"
            r"|home work|class room|class mates?|week ends?|every thing|some thing|any thing|every where|be cause"
            r"|al though|my self|her self|your self)\b(?!-)"
        ),
        mend=lambda words: words.replace(" ", ""),
    ),
    Phrase(
        "ItsForItIs",
        "Grammar",
        "“It's”, for “it is”, has an apostrophe.",
        pattern(
            r"(?:^|[.!?\n] )(its) (?:a|an|the|not|been|because|too|just|also|really|rightly|like|(?:hard|easy|important"
            r"|possible|impossible|difficult|necessary) to|(?:true|clear|obvious|said) that)\b(?!-)"
        ),
        mend=lambda word: f"{word[:2]}'s",
    ),
    Phrase(
        "VeryLess",
        "Grammar",
        "“Very little”, “much less” or “very few” is due.",
        pattern(r"\b(very (?:much )?(?:less|more|better|worse|fewer|bigger|smaller)) (?=[a-z])"),
        hints=("very ",),
    ),
    Phrase(
        "TwoCapitals",
        "Capitalization",
        "One capital letter is due.",
        re.compile(r"\b([A-Z]{2}[a-z]{2,20})\b"),
        lambda word: zipf(word) >= 4.5,
        str.capitalize,
    ),
    Phrase(
        "CapitalAfterComma",
        "Capitalization",
        "A small letter is due within the sentence.",
        re.compile(
            r"(?<=[a-z], )(The|When|If|It|They|We|He|She|This|There|But|And|Because|You|My|That|These)(?= [a-z])"
        ),
        mend=str.lower,
    ),
    Phrase(
        "PossessiveMissing",
        "Punctuation",
        "The possessive wants an apostrophe.",
        pattern(
            r"\b(persons|peoples|students|teachers|parents|professors|authors|fathers|mothers|friends|mens|womens"
            r"|childrens) (?:life|opinion|opinions|house|mind|job|future|point of view|argument|health|knowledge"
            r"|ideas)\b"
        ),
    ),
    Phrase(
        "OrdinalWithoutComma",
        "Punctuation",
        "A comma is due after the word that counts.",
        re.compile(
            r"(?:^|[.!?\n] )(First|Second|Third|Secondly|Thirdly|Firstly|Lastly)"
            r" (?:the|it|they|he|she|we|I|there|people|if|when|this)\b"
        ),
        mend=lambda word: f"{word},",
    ),
    Phrase(
        "OtherHand",
        "Grammar",
        "“On the other hand” is meant.",
        pattern(r"\b((?:on|in|by) other hand|in the other hand)\b"),
        mend=lambda words: "on the other hand",
        hints=("other hand",),
    ),
    Phrase(
        "TwoStops", "Punctuation", "Two marks where one is due.", pattern(r"(?<=\w)(\.\.|,,|\.,,)(?![.,])")
    ),
    Phrase(
        "NoSpaceBeforeQuote",
        "Punctuation",
        "A space is due before the quotation.",
        pattern(r"\b[a-z]{2,}(\")(?=[a-z]{2,} )"),
        hints=('"',),
    ),
)
