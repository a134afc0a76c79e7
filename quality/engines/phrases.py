"""Turns of phrase that Harper does not know, found by patterns and word frequencies.

Each pattern states a rule of grammar and was tried on the JFLEG development half and on answers of strong models;
those that flagged corrections or strong answers as often as learners' sentences were left out. The whole set costs
about a hundredth of Harper's time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quality.engines import Match
from quality.text.lexicon import zipf

_FOLLOWER = (
    r"(?=[.,;!?]|$| (?:of|to|for|in|on|at|that|which|who|why|where|when|is|are|was|were|have|has|had|can|will|should"
    r"|and|or|but|because|from|with|by|as)\b)"
)
"""What follows a noun that ends its phrase; before another noun (“a sports car”) number says nothing."""
_SOME = "several|many|various|two|three|four|five|six|seven|eight|nine|ten|few|numerous"
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
_FUNCTION_WORDS = frozenset(
    str.split(
        "of to for in on at that which who why where when is are was were have has had can will should and"
        " or but because from with by as this its his us yours ours theirs hers those these always perhaps"
        " sometimes does"
    )
)
_UNCOUNTED = frozenset(
    str.split(
        "hundred thousand million billion dozen score stone pair head people more less other day year month week"
        " fish sheep deer aircraft come consider find think argue believe agree feel say claim see know use try call"
        " advocate most best first last"
    )
)
_SINGULAR_IN_S = frozenset(
    str.split(
        "means series species news lens sales sports thus plus process business blues goods arts headquarters"
    )
)
_NOT_INFLECTED = frozenset(
    str.split("need indeed proceed succeed exceed feed speed embed shed seed bleed breed heed bed weed")
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A pattern whose first group is at fault when `accepts` agrees; `mend` gives the suggestion, "" for none."""

    rule: str
    kind: str
    message: str
    pattern: re.Pattern[str]
    accepts: Callable[[str], bool] = bool
    mend: Callable[[str], str] = lambda word: ""


def _plural_of(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"


def _is_singular(noun: str) -> bool:
    """Whether the word is a noun whose plural is about as usual as itself."""
    if noun.endswith("s") or noun in _UNCOUNTED or noun in _FUNCTION_WORDS:
        return False
    return zipf(_plural_of(noun)) >= max(3.3, zipf(noun) - 1.2)


def _is_plural(noun: str) -> bool:
    if noun in _SINGULAR_IN_S or noun in _FUNCTION_WORDS or noun.endswith(("ss", "us", "is", "os", "ws")):
        return False
    return zipf(noun[:-1]) >= max(3.5, zipf(noun) - 0.8)


def _is_inflected(verb: str) -> bool:
    if verb in _NOT_INFLECTED or verb in _FUNCTION_WORDS:
        return False
    if verb.endswith("ed"):
        return max(zipf(verb[:-2]), zipf(verb[:-1])) >= 4.0
    return not verb.endswith(("ss", "us", "is")) and zipf(verb[:-1]) >= 4.2


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_PLAIN_FORM = "The plain form of the verb is due here."
_PHRASES = (
    _Phrase(
        "SingularAfterNumber",
        "Grammar",
        "A plural is due after a number.",
        _pattern(rf"(?<!\bthe )(?<!\bthese )(?<!\bthose )\b(?:{_SOME}) ([a-z]{{3,20}}){_FOLLOWER}"),
        _is_singular,
        _plural_of,
    ),
    _Phrase(
        "OneOfSingular",
        "Grammar",
        "A plural is due after “one of”.",
        _pattern(
            r"\bone of (?:the|my|your|his|her|our|their|these|those)(?: (?:most|best|biggest|main|many|greatest))?"
            rf" ([a-z]{{3,20}}){_FOLLOWER}"
        ),
        _is_singular,
        _plural_of,
    ),
    _Phrase(
        "PluralAfterArticle",
        "Grammar",
        "A singular is due after this word.",
        re.compile(rf"\b(?:a|an|another|[Ee]ach|[Ee]very) ([a-z]{{3,20}}s){_FOLLOWER}"),
        _is_plural,
        lambda noun: noun[:-1],
    ),
    _Phrase(
        "OthersBeforeNoun",
        "Grammar",
        "“Other” has no plural before a noun.",
        _pattern(r"\b(others) (?=[a-z]{3,20}s\b)(?!always|perhaps|sometimes|does|was|has|is|this|its|his)"),
        mend=lambda word: word[:-1],
    ),
    _Phrase(
        "InflectedAfterAuxiliary",
        "Grammar",
        _PLAIN_FORM,
        _pattern(
            rf"\b(?:(?:I|you|he|she|it|we|they|who|which|that|people) (?:{_MODAL})|{_SURE_MODAL}) ({_IRREGULAR})\b"
        ),
    ),
    _Phrase(
        "RegularInflectedAfterAuxiliary",
        "Grammar",
        _PLAIN_FORM,
        _pattern(
            rf"(?<![\w-])(?:{_AFTER_SUBJECT}(?:{_MODAL})|(?:want|wants|need|needs|able|try|order) to)"
            r" ([a-z]{3,20}(?:ed|s))\b"
        ),
        _is_inflected,
    ),
    _Phrase(
        "FormOfBePlain",
        "Grammar",
        "A plain verb cannot follow a form of “be”.",
        _pattern(
            r"\b(?:is|are|was|were|am)(?: not|n't)? (agree|disagree|depend|exist|belong|happen|believe|prefer|go|make"
            r"|take|see|give|become|have|has|get|think|want|need|learn|decrease|increase)\b(?! (?:up|or|and))"
        ),
    ),
    _Phrase(
        "ModalAble",
        "Grammar",
        "“Be” is missing before “able”.",
        _pattern(r"\b(?:can|could|will|would|must|should|may|might)(?: not)? (able) to\b"),
        mend=lambda word: f"be {word}",
    ),
    _Phrase(
        "ParticipleForPast",
        "Grammar",
        "A participle needs “have” or “be” before it.",
        _pattern(
            r"(?<!have )(?<!had )(?<!has )\b(?:we|they|I|he|she)(?: all)? (known|seen|gone|been|done|given|taken|chosen"
            r"|shown)\b"
        ),
    ),
    _Phrase(
        "MostOfNoun",
        "Grammar",
        "“Of” is due only before “the”, “my” and the like.",
        _pattern(
            r"\b(?:most|many)( of) (?=(?:people|[a-z]{4,20}s)\b(?!['’]))(?!those|these|yours|ours|theirs|this)"
        ),
    ),
    _Phrase(
        "UncountableAfterArticle",
        "Grammar",
        "This noun is not counted.",
        _pattern(
            r"\b((?:an?|many|several) (?:information|advice|homework|equipment|furniture|luggage|evidence|progress"
            rf"|traffic|pollution|knowledge|software)){_FOLLOWER}"
        ),
    ),
    _Phrase(
        "UncountablePlural",
        "Grammar",
        "This noun has no plural.",
        _pattern(
            r"\b(informations|advices|homeworks|equipments|furnitures|luggages|knowledges|softwares|pollutions|traffics|stuffs"
            r"|medias|educations|transportations|childrens|mens|womens|datas)\b"
        ),
        mend=lambda noun: noun[:-1],
    ),
    _Phrase(
        "TwoDeterminers",
        "Grammar",
        "One of the two words is too many.",
        _pattern(
            r"\b((?:the|a|an|my|your|our|their) (?:the|a|an|my|your|our|their|these|this|those))\b(?=[ ][a-z])"
        ),
        lambda words: words.split()[1] != "a" or words.split()[0] in ("the", "a", "an"),
    ),
    _Phrase(
        "TwoStops", "Punctuation", "Two marks where one is due.", _pattern(r"(?<=\w)(\.\.|,,|\.,,)(?![.,])")
    ),
    _Phrase(
        "NoSpaceBeforeQuote",
        "Punctuation",
        "A space is due before the quotation.",
        _pattern(r"\b[a-z]{2,}(\")(?=[a-z]{2,} )"),
    ),
)

_START = re.compile(
    r"(?:\A|\n\n|\n- |(?<=\w)[.!?]\s|(?<=\w)\.[\"”’)]\s)[^\w\n`]{0,9}(a|[a-z]{2,20})(?=[ ,'’])(?! [-–—:=])"
    r"([^.!?\n]{0,2000}[.!?])?"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[a-z]|etc|vs|approx|inc|ltd|co|corp|no|fig|st|mr|mrs|ms|dr|prof|jr|sr|vol|ed|eds|al|cf|esp|min|max|ca|pp)"
    r"\.\W*$",
    re.IGNORECASE,
)
_MIN_WORDS = 3


def check(text: str) -> tuple[Match, ...]:
    """Every match, in the order of their spans."""
    found = [match for phrase in _PHRASES for match in _of(phrase, text)]
    return tuple(
        sorted((*found, *_small_starts(text)), key=lambda match: (match.start, match.end, match.rule))
    )


def _of(phrase: _Phrase, text: str) -> Iterator[Match]:
    for match in phrase.pattern.finditer(text):
        word = match[1].casefold()
        if phrase.accepts(word):
            mended = phrase.mend(match[1])
            yield Match(*match.span(1), phrase.kind, phrase.rule, phrase.message, (mended,) if mended else ())


def _small_starts(text: str) -> Iterator[Match]:
    """Sentences that start with a small letter; one without a mark at its end may be a heading or a list item."""
    place = 0
    while match := _START.search(text, place):
        place = match.end(1)
        before = text[max(0, match.start() - 8) : match.start(1)]
        if match[2] and len(match[2].split()) >= _MIN_WORDS and not _ABBREVIATION.search(before):
            message = "A sentence starts with a capital letter."
            yield Match(*match.span(1), "Capitalization", "SentenceStart", message, (match[1].capitalize(),))
