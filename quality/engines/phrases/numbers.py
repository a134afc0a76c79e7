"""Nouns and the words that count them: number, agreement, determiners."""

from __future__ import annotations

import re

from quality.engines.phrases.phrase import FUNCTION_WORDS, PLAIN_VERB, Phrase, pattern
from quality.text.lexicon import zipf

_FOLLOWER = (
    r"(?=[.,;!?]|$| (?:of|to|for|in|on|at|that|which|who|why|where|when|is|are|was|were|have|has|had|can|will|should"
    r"|and|or|but|because|from|with|by|as)\b)"
)
"""What follows a noun that ends its phrase; before another noun (“a sports car”) number says nothing."""

_SOME = "several|many|various|two|three|four|five|six|seven|eight|nine|ten|few|numerous"

_THING = (
    "thing|reason|problem|country|student|idea|place|car|book|friend|child|product|teacher|company|animal|city"
    "|house"
)

_ONE = (
    "professor|lecturer|author|writer|speaker|government|man|woman|person|theory|advertisement|world|article|passage"
    "|lecture|situation|method|statement|school|family|father|mother"
)

_THINGS = (
    "things|reasons|problems|countries|students|ideas|places|cars|books|friends|children|products|teachers|companies"
    "|animals|cities|houses|people|men|women"
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

_IRREGULAR_PLURALS = {"child": "children", "person": "people", "man": "men", "woman": "women"}


def _plural_of(noun: str) -> str:
    if plural := _IRREGULAR_PLURALS.get(noun.casefold()):
        return plural
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"


def _is_singular(noun: str) -> bool:
    """Whether the word is a noun whose plural is about as usual as itself."""
    if noun.endswith("s") or noun in _UNCOUNTED or noun in FUNCTION_WORDS:
        return False
    return zipf(_plural_of(noun)) >= max(3.3, zipf(noun) - 1.2)


def _is_plural(noun: str) -> bool:
    if noun in _SINGULAR_IN_S or noun in FUNCTION_WORDS or noun.endswith(("ss", "us", "is", "os", "ws")):
        return False
    return zipf(noun[:-1]) >= max(3.5, zipf(noun) - 0.8)


PHRASES = (
    Phrase(
        "SingularAfterNumber",
        "Grammar",
        "A plural is due after a number.",
        pattern(
            rf"(?<!\bthe )(?<!\bthese )(?<!\bthose )\b(?:{_SOME}|more and more) ([a-z]{{3,20}}){_FOLLOWER}"
        ),
        _is_singular,
        _plural_of,
    ),
    Phrase(
        "OneOfSingular",
        "Grammar",
        "A plural is due after “one of”.",
        pattern(
            r"\bone of (?:the|my|your|his|her|our|their|these|those)(?: (?:most|best|biggest|main|many|greatest))?"
            rf" ([a-z]{{3,20}}){_FOLLOWER}"
        ),
        _is_singular,
        _plural_of,
        hints=("one of",),
    ),
    Phrase(
        "PluralAfterArticle",
        "Grammar",
        "A singular is due after this word.",
        re.compile(rf"\b(?:a|an|another|[Ee]very) ([a-z]{{3,20}}s){_FOLLOWER}"),
        _is_plural,
        lambda noun: noun[:-1],
    ),
    Phrase(
        "SingularAfterLot",
        "Grammar",
        "A plural is due after “a lot of”.",
        pattern(rf"\b(?:a lot|lots) of ({_THING}){_FOLLOWER}"),
        mend=_plural_of,
        hints=("lot",),
    ),
    Phrase(
        "PluralAfterThis",
        "Grammar",
        "This word wants a singular.",
        pattern(rf"\b((?:this|every) (?:{_THINGS}))\b"),
    ),
    Phrase(
        "MuchPlural",
        "Grammar",
        "“Many” is due before a plural.",
        pattern(rf"\b(?<!as )(much) (?={_THINGS})\b(?!men|women)"),
        mend=lambda word: "many",
        hints=("much ",),
    ),
    Phrase(
        "ThereIsPlural",
        "Grammar",
        "“There are” is due before a plural.",
        pattern(
            r"\bthere (is|was) (?=(?:many|several|two|three|four|five) [a-z]"
            r"|(?:a lot|lots) of (?:people|[a-z]{4,20}[^\Wsiu]s)\b)"
        ),
        mend=lambda verb: {"is": "are", "was": "were"}.get(verb.casefold(), ""),
        hints=("there is", "there was"),
    ),
    Phrase(
        "OnePersonWhoAre",
        "Grammar",
        "The verb belongs to one person.",
        pattern(
            r"\b(?:a|an|one) (?:person|man|woman|student|child|teacher|someone) who (are|have|do|were|want|like|know"
            r"|think|need)\b"
        ),
        hints=(" who ",),
    ),
    Phrase(
        "OthersBeforeNoun",
        "Grammar",
        "“Other” has no plural before a noun.",
        pattern(
            r"\b(others) (?=[a-z]{2,20}[^\Wsiu]s\b)(?!always|perhaps|sometimes|does|was|has|is|this|its|his)"
        ),
        mend=lambda word: word[:-1],
        hints=("others ",),
    ),
    Phrase(
        "PlainAfterSingular",
        "Agreement",
        "The verb of one person or thing ends in “s”.",
        pattern(
            rf"(?:^|[.!?\n] |, )(?:the|this|that|my|his|her|our|every|each|an?) (?:{_ONE}|{_THING}) ({PLAIN_VERB}"
            r"|agree|disagree|oppose|believe|argue|say|want|do|explain|mention|suggest|describe|consider|see|seem|appear|affect"
            r"|contradict|depend|happen|exist|include|contain|tell|need)\b"
        ),
    ),
    Phrase(
        "SingularAfterMany",
        "Agreement",
        "The verb belongs to several.",
        pattern(
            r"\b(?:people|students|children|those|men|women|teachers|scientists|customers|workers) (?:who|that)"
            r" (is|was|has|does|wants|likes|thinks|knows|needs|lives|works|drives|goes|makes|takes|gets)\b"
        ),
    ),
    Phrase(
        "AlmostNoun",
        "Grammar",
        "“Almost all” or “most” is due before a noun.",
        pattern(r"\b(almost) (?:people|students|of the|of them|countries|children|of people|of all)\b"),
        mend=lambda word: f"{word} all",
        hints=("almost",),
    ),
    Phrase(
        "SingularAfterNumeral",
        "Grammar",
        "A plural is due after a number.",
        pattern(
            r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty|[2-9]|[1-9]\d{1,3})"
            r" (year|month|week|day|hour|minute)(?= (?:ago|later|from now|before|after)\b|[.,;!?]|$)"
        ),
        mend=_plural_of,
        hints=("year", "month", "week", "day", "hour", "minute"),
    ),
    Phrase(
        "BareNoun",
        "Grammar",
        "The noun wants an article, or a plural.",
        pattern(
            r"(?:^|[.!?\n] |\b(?:that|because|if|when|although|case) )(student|scientist|teacher|robot|tourist|customer"
            r"|consumer|driver|worker|parent|friend|company|country|car|child|animal|researcher|advertisement)"
            r" (?:can|will|have|must|should|would|could|do|don't|learn|want|need|think|is|are)\b"
        ),
    ),
    Phrase(
        "MostOfNoun",
        "Grammar",
        "“Of” is due only before “the”, “my” and the like.",
        pattern(
            r"\b(?:most|many)( of) (?=(?:people|[a-z]{4,20}s)\b(?!['’]))(?!those|these|yours|ours|theirs|this)"
        ),
    ),
    Phrase(
        "UncountableAfterArticle",
        "Grammar",
        "This noun is not counted.",
        pattern(
            r"\b((?:an?|many|several|few|these|those) (?:information|advice|homework|equipment|furniture|luggage"
            rf"|evidence|progress|traffic|pollution|knowledge|software)){_FOLLOWER}"
        ),
    ),
    Phrase(
        "UncountablePlural",
        "Grammar",
        "This noun has no plural.",
        pattern(
            r"\b(informations|advices|homeworks|equipments|furnitures|luggages|knowledges|softwares|pollutions|traffics|stuffs"
            r"|medias|educations|transportations|childrens|mens|womens|datas)\b"
        ),
        mend=lambda noun: noun[:-1],
        hints=(
            "ions",
            "ces",
            "works",
            "ments",
            "tures",
            "gages",
            "ledges",
            "wares",
            "fics",
            "stuffs",
            "medias",
            "ens",
            "datas",
        ),
    ),
    Phrase(
        "TwoDeterminers",
        "Grammar",
        "One of the two words is too many.",
        pattern(
            r"\b((?:the|a|an|my|your|our|their) (?:the|a|an|my|your|our|their|these|this|those))\b(?=[ ][a-z])"
        ),
        lambda words: words.split()[1] != "a" or words.split()[0] in ("the", "a", "an"),
    ),
)
