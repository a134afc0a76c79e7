"""What English words do in a sentence, as far as the kind of an edit depends on it: grammar, inflection, likeness."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from quality.text.affixes import shared_start
from quality.text.lexicon import zipf

ARTICLES = frozenset(("a", "an", "the"))
_FUNCTION = frozenset(
    str.split(
        "a an the this that these those each every either neither some any all both another such other own of"
        " to in on at by for from with about into onto over under up down out off as than through during"
        " between among within without upon against toward towards across along around near per via since until"
        " till after before behind beyond despite except like above below i me my mine myself you your yours"
        " yourself yourselves he him his himself she her hers herself it its itself we us our ours ourselves"
        " they them their theirs themselves who whom whose which what whoever whatever one's there here am is"
        " are was were be been being do does did done doing have has had having will would shall should can"
        " could may might must ought need isn't aren't wasn't weren't don't doesn't didn't haven't hasn't"
        " hadn't won't wouldn't can't couldn't shouldn't i'm you're he's she's it's we're they're i've you've"
        " we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll it'll we'll they'll that's"
        " there's who's what's and or but so if because although though while when where whether unless then"
        " nor yet much many more most less few little lot lots one ones too"
    )
)
_NEGATIONS = frozenset(
    str.split("not no never none nor cannot without neither hardly nobody nothing nowhere n't")
)
_IRREGULAR = (
    "be am is are was were been being", "have has had having", "do does did done doing",
    "go goes went gone going", "will would", "can could", "may might", "shall should", "say said", "make made",
    "get got gotten", "know knew known", "think thought", "take took taken", "see saw seen", "come came",
    "give gave given", "find found", "tell told", "feel felt", "leave left", "keep kept", "begin began begun",
    "show shown", "hear heard", "run ran", "hold held", "bring brought", "write wrote written", "sit sat",
    "stand stood", "lose lost", "pay paid", "meet met", "lead led", "understand understood",
    "speak spoke spoken", "spend spent", "grow grew grown", "win won", "buy bought", "teach taught",
    "catch caught", "send sent", "build built", "fall fell fallen", "sell sold", "drive drove driven",
    "break broke broken", "choose chose chosen", "eat ate eaten", "drink drank drunk", "sing sang sung",
    "rise rose risen", "fly flew flown", "draw drew drawn", "sleep slept", "wear wore worn",
    "throw threw thrown", "forget forgot forgotten", "become became", "mean meant", "deal dealt",
    "fight fought", "seek sought", "swim swam swum", "lie lay lain", "man men", "woman women",
    "child children", "person people", "foot feet", "tooth teeth", "mouse mice", "life lives",
    "good well better best", "bad worse worst", "much many more most", "little less least",
    "far farther further", "this these", "that those", "a an", "i me my mine myself", "he him his himself",
    "she her hers herself", "we us our ours ourselves", "they them their theirs themselves", "it its itself",
    "who whom whose", "you your yours yourself", "one ones", "other others another",
)  # fmt: skip
_LEMMA = {word: at for at, forms in enumerate(_IRREGULAR) for word in forms.split()}
_ENDINGS = frozenset(
    str.split(
        "s es ies ed ied d ing er ers est ier iest y ly ily ally al ally ful less ness iness ment ments ion"
        " ions ation ations ition tion tions sion sions ive ives able ible ability ibility ity ities ous ious"
        " ic ical ically ist ists ism ize ise izes ized ized ising izing ising en ens t te ts e ance ence ences"
        " ances ant ants ent ents cy cies or ors ator ure ures age ages ian ians ish th ve ves f fe fes de se"
        " ce 's s' 'd 're 've n n't r rs"
    )
) | {""}
_VOWELS = frozenset("aeiou")
_LONG = 40
"""Letters from which words are compared no more."""
_KNOWN = 2.4
"""Zipf frequency from which a word is taken for known, unless a far more usual one is near."""
_RARER = 1.6


def is_function(word: str) -> bool:
    """Whether the word carries grammar rather than content: article, preposition, pronoun, auxiliary, conjunction."""
    return word.casefold().replace("’", "'") in _FUNCTION


def is_negation(word: str) -> bool:
    """Whether the word turns a statement into its contrary."""
    folded = word.casefold().replace("’", "'")
    return folded in _NEGATIONS or folded.endswith("n't")


def bare(word: str) -> str:
    """The letters of a word without case, accents, hyphens, apostrophes and spaces."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word[:2000]) if not unicodedata.combining(c))
    return "".join(filter(str.isalnum, word)).casefold()


def is_known(word: str) -> bool:
    """Whether English uses the word, in any case."""
    return zipf(word) >= _KNOWN


@lru_cache(maxsize=20_000)
def is_inflection(word: str, other: str) -> bool:
    """Whether both are forms of one stem: `study` and `studies`, `beauty` and `beautiful`, `go` and `went`."""
    a, b = word.casefold().replace("’", "'"), other.casefold().replace("’", "'")
    if max(len(a), len(b)) > _LONG:
        return False
    if a in _LEMMA and _LEMMA[a] == _LEMMA.get(b):
        return True
    shared = shared_start(a, b)
    if shared < 3 and not (shared == 2 and {a[shared:], b[shared:]} <= {"", "s", "es", "ing", "ed"}):
        return False
    doubled = a[shared - 1]
    return _is_ending(a[shared:], doubled) and _is_ending(b[shared:], doubled)


def _is_ending(rest: str, doubled: str) -> bool:
    return rest in _ENDINGS or (rest[:1] == doubled and rest[1:] in _ENDINGS)


@lru_cache(maxsize=20_000)
def is_slip(written: str, meant: str) -> bool:
    """Whether `written` is a mistyped `meant`: near in letters, and no word or a far rarer one."""
    if abs(len(written) - len(meant)) > max(len(written), len(meant)) // 2:
        return False
    a, b = bare(written), bare(meant)
    if a == b:
        return True
    if not a or not b or max(len(a), len(b)) > _LONG or not (a.isalpha() and b.isalpha()):
        return False
    if min(len(a), len(b)) < 3 and sorted(a) != sorted(b):
        return False  # nearly everything is near to a letter or two
    away = OSA.distance(a, b)
    if is_known(written) and zipf(written) > zipf(meant) - _RARER:
        # both are words: only the nearest are confused, and never a word with its negation
        alike = a[0] == b[0] or {a[0], b[0]} <= _VOWELS
        long = min(len(a), len(b)) > 3 or len(a) != len(b)
        return away == 1 and long and alike and a[-1] == b[-1]
    return away <= max(1, max(len(a), len(b)) * 2 // 5) and (a[0] == b[0] or away == 1 or len(a) > 5)
