"""Forms of verbs after modals, prepositions and “be”."""

from __future__ import annotations

from quality.engines.phrases.phrase import FUNCTION_WORDS, PLAIN_VERB, Phrase, pattern
from quality.text.lexicon import zipf

_MODAL = (
    "(?:can|could|will|would|shall|should|may|might|must)(?: not)?|cannot|can't|won't|couldn't|wouldn't|don't"
    "|doesn't|didn't|(?:do|does|did) not"
)

_AFTER_SUBJECT = (
    r"(?<=[\w)'’”\"] )(?<!why )(?<!how )(?<!when )(?<!where )(?<!what )(?<!nor )(?<! so )(?<!only then )"
)
"""Where a modal follows its subject: in a question the subject follows the modal ("Should schools start …?")."""

_SURE_MODAL = (
    "(?:could|would|should)(?: not)?|cannot|can't|won't|couldn't|wouldn't|don't|doesn't|didn't"
    "|(?:do|does|did) not"
)
"""Those that are not nouns as well (“a beer can is”)."""

_IRREGULAR = (
    "was|were|is|are|am|has|had|did|does|went|came|made|took|became|began|goes|makes|takes|gets|gives|gave|knew|saw|said"
    "|thought|found|told|felt|kept|brought"
)

_NOT_INFLECTED = frozenset(
    str.split("need indeed proceed succeed exceed feed speed embed shed seed bleed breed heed bed weed")
)


def _is_ing_form(verb: str) -> bool:
    return max(zipf(verb[:-3]), zipf(verb[:-3] + "e")) >= 4.3


def _is_inflected(verb: str) -> bool:
    if verb in _NOT_INFLECTED or verb in FUNCTION_WORDS:
        return False
    if verb.endswith("ed"):
        return max(zipf(verb[:-2]), zipf(verb[:-1])) >= 4.0
    return not verb.endswith(("ss", "us", "is")) and zipf(verb[:-1]) >= 4.2


_PLAIN_FORM = "The plain form of the verb is due here."

PHRASES = (
    Phrase(
        "InflectedAfterAuxiliary",
        "Grammar",
        _PLAIN_FORM,
        pattern(
            rf"\b(?:(?:I|you|he|she|it|we|they|who|which|that|people) (?:{_MODAL})|{_SURE_MODAL}) ({_IRREGULAR})\b"
        ),
    ),
    Phrase(
        "RegularInflectedAfterAuxiliary",
        "Grammar",
        _PLAIN_FORM,
        pattern(
            rf"(?<![\w-])(?:{_AFTER_SUBJECT}(?:{_MODAL})|(?:want|wants|need|needs|able|try|order) to)"
            r" ([a-z]{3,20}(?:ed|s))\b"
        ),
        _is_inflected,
    ),
    Phrase(
        "FormOfBePlain",
        "Grammar",
        "A plain verb cannot follow a form of “be”.",
        pattern(
            r"\b(?:is|are|was|were|am)(?: not|n't)? (agree|disagree|depend|exist|belong|happen|believe|prefer|go|make"
            r"|take|see|give|become|have|has|get|think|want|need|learn|decrease|increase)\b(?! (?:up|or|and))"
        ),
    ),
    Phrase(
        "ModalBePlain",
        "Grammar",
        "A plain verb cannot follow “be”.",
        pattern(
            r"\b(?:can|could|will|would|shall|should|may|might|must|to) be (agree|disagree|depend|exist|belong|happen"
            r"|believe|prefer|go|make|take|see|give|become|have|get|think|need|learn|decrease|increase|reduce|improve|develop|help)"
            r"\b(?! (?:up|or|and))"
        ),
    ),
    Phrase(
        "PastAfterTo",
        "Grammar",
        _PLAIN_FORM,
        pattern(r"\bto (went|took|gave|came|wrote|ate|bought|brought|knew|became|began|chose|spoke)\b"),
    ),
    Phrase(
        "PlainAfterPreposition",
        "Grammar",
        "The form in “-ing” is due after a preposition.",
        pattern(rf"\b(?:by|without|instead of|before|after) ({PLAIN_VERB})(?![\w-])"),
    ),
    Phrase(
        "SupposeTo",
        "Grammar",
        "“Supposed to” is meant.",
        pattern(r"(?:\b(?:is|are|was|were|am)|['’](?:m|re|s)) (suppose) to\b"),
        mend=lambda word: f"{word}d",
        hints=("suppose to",),
    ),
    Phrase(
        "IngAfterModal",
        "Grammar",
        _PLAIN_FORM,
        pattern(
            rf"(?<![\w-])(?:(?:I|you|he|she|it|we|they|who|people) (?:{_MODAL})|{_AFTER_SUBJECT}(?:{_SURE_MODAL}))"
            r" ([a-z]{3,17}ing)\b"
        ),
        _is_ing_form,
    ),
    Phrase(
        "ParticipleAfterModal",
        "Grammar",
        "“Be” or “have” is missing before the participle.",
        pattern(
            r"\b(?:can|could|will|would|should|may|might|must)(?: not)? (done|been|gone|seen|given|taken|known|shown"
            r"|written|spoken|broken|chosen)\b"
        ),
    ),
    Phrase(
        "ToAfterMake",
        "Grammar",
        "“To” is not due after “make” or “let”.",
        pattern(
            r"\b(?:make|makes|made|let|lets) (?:me|us|him|people|students|children|them)( to) (?!order|measure|scale"
            r"|the\b|a\b|my\b|your\b)[a-z]"
        ),
        hints=("make", "made", "let"),
    ),
    Phrase(
        "ThereHave",
        "Grammar",
        "“There is” or “there are” is due.",
        pattern(r"\bthere (have|has) (?:a|an|many|some|several|no|lots|two|three|so)\b"),
        hints=("there ha",),
    ),
    Phrase(
        "AgreeWith",
        "Grammar",
        "One agrees “with” it.",
        pattern(
            r"\b((?:dis)?agree[sd]?) (?:the|this|that) (?:statement|idea|opinion|view|author|writer|point)\b"
        ),
        mend=lambda verb: f"{verb} with",
        hints=("agree",),
    ),
    Phrase(
        "ModalAble",
        "Grammar",
        "“Be” is missing before “able”.",
        pattern(r"\b(?:can|could|will|would|must|should|may|might)(?: not)? (able) to\b"),
        mend=lambda word: f"be {word}",
        hints=("able to",),
    ),
    Phrase(
        "ParticipleForPast",
        "Grammar",
        "A participle needs “have” or “be” before it.",
        pattern(
            r"(?<!have )(?<!had )(?<!has )\b(?:we|they|I|he|she)(?: all)? (known|seen|gone|been|done|given|taken|chosen"
            r"|shown)\b"
        ),
    ),
)
