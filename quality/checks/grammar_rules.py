"""The rules of the grammar family: what each flags, why, how to mend it, and how well it was measured."""

from __future__ import annotations

from quality.model import Example, Row
from quality.rule import Rule

GUIDE = "Chat Style Guide 1.1.2-2"

MEASURED = {
    "GRM001": ((40.1, 2.4, 0.12), (42.0, 2.9, 0.21), (42.8, 3.0, 0.20)),
    "GRM002": ((18.2, 0.9, 0.00), (18.0, 0.9, 0.00), (18.2, 0.9, 0.00)),
    "GRM003": ((13.6, 1.3, 0.01), (20.8, 2.4, 0.02), (22.5, 2.6, 0.03)),
    "GRM004": ((1.1, 0.0, 0.00), (1.1, 0.1, 0.00), (1.1, 0.1, 0.00)),
    "GRM005": ((4.6, 0.1, 0.00), (5.0, 0.1, 0.00), (5.0, 0.1, 0.00)),
    "GRM006": ((3.0, 0.5, 0.00), (2.6, 0.4, 0.00), (3.0, 0.5, 0.00)),
    "GRM007": ((4.3, 0.3, 0.19), (2.2, 0.2, 0.13), (3.0, 0.4, 0.18)),
    "GRM008": ((0.0, 0.0, 0.03), (0.4, 0.2, 0.04), (0.4, 0.2, 0.07)),
}
"""By Harper, LanguageTool, both: % of erroneous sentences, % of corrections, findings in 1,000 words of strong answers.

JFLEG's development half, and 400 answers of strong models; `benchmarks/grammar.py` prints them.
"""


def _measured(code: str) -> str:
    by_engine = (
        f"{engine} {sentences}%, {corrections}%, {rate:.2f}"
        for engine, (sentences, corrections, rate) in zip(
            ("Harper", "LanguageTool", "both"), MEASURED[code], strict=True
        )
    )
    return (
        "found in erroneous sentences, in corrections, and in 1,000 words of strong answers: "
        f"{'; '.join(by_engine)} (JFLEG dev half; 400 answers)"
    )


def _rule(
    code: str,
    name: str,
    what: str,
    remedy: str,
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
        measured=_measured(code),
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
    ("They gave thier answer to the teacher.", "The goverment will recieve the letter tomorrow."),
    ("They gave their answer to the teacher.", "Fanon wrote about akathisia and the colour of Kubernetes."),
    limits="A term or a foreign word one slip from a common word is taken for it (`indels` for “ideas”); naming it"
    " in the prompt helps. Capitalised words, which may be names, need stronger evidence.",
)
CAPITALIZATION = _rule(
    "GRM002",
    "capitalization",
    "A sentence, the pronoun “I”, or the name of a nation, language, day or month that starts with a small letter.",
    "Start the word with a capital letter.",
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
    ("She have a new car and likes it.", "There are several reason for this.", "They will able to go."),
    ("She has a new car and likes it.", "There are several reasons for this.", "A beer can is empty."),
    limits="Finds a minority of grammatical errors: it has no parser.",
)
ARTICLE = _rule(
    "GRM004",
    "article",
    "“A” before a vowel sound, or “an” before a consonant sound.",
    "Use “an” before a vowel sound and “a” before any other.",
    ("He ate a apple after lunch.",),
    ("He ate an apple after lunch.", "Spending an hour at a university is fun."),
    limits="Missing articles are not seen.",
)
BOUNDARY = _rule(
    "GRM005",
    "word-boundary",
    "Two words written as one, or one as two.",
    "Split or join the words.",
    ("Ofcourse we can help you with that.", "I like it alot because it works."),
    ("Of course we can help you with that.", "Link the webpage to its backlinks."),
    limits="Compounds that are also written apart (“web page”) are left alone.",
)
PUNCTUATION = _rule(
    "GRM006",
    "punctuation",
    "A comma missing after an introductory word, an apostrophe missing or misplaced, or two marks where one is due.",
    "Set the mark as suggested.",
    ("However we should wait for the results.",),
    ("However, we should wait for the results.",),
    limits="Most missing commas are not seen.",
)
UNKNOWN = _rule(
    "GRM007",
    "unknown-word",
    "A word in small letters that neither the dictionary, the prompt nor another row knows.",
    "Check its spelling; leave it if it is right.",
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
    ("Please use the ATM machine near the entrance.",),
    ("Please use the cash machine near the entrance.",),
    why="The guide asks for professional language.",
    limits="Advice, not error: Harper's rules on style were measured at 0 to 40% of helpful suggestions, and the least"
    " helpful are not run.",
)
RULES = (MISSPELLING, CAPITALIZATION, GRAMMAR, ARTICLE, BOUNDARY, PUNCTUATION, UNKNOWN, WORDING)
BY_CODE = {rule.code: rule for rule in RULES}
