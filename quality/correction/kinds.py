"""What sort of change one stretch is, told by the tokens that it exchanges and by where they stand.

Marks alone are format or punctuation; a word against its own corrected form is spelling or grammar; values and proper
names go before wording; what is left is told by how much was exchanged. Word lists and inflection are English; in
other languages spelling, grammar and names count as wording more often.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from quality.correction.align import ends_sentence
from quality.correction.markup import is_markup
from quality.correction.names import is_name
from quality.correction.numerals import is_operator, is_unit, value
from quality.correction.stretches import Stretch
from quality.correction.words import bare, is_function, is_inflection, is_known, is_negation, is_slip
from quality.model import EditKind
from quality.text.tokens import Tokens, is_unspaced

CLAUSE_WORDS = 5
"""Words from which what is taken out or put in is a clause rather than a few words."""
SENTENCE_WORDS = 3
"""The same where the words end a sentence."""
FEW_WORDS = 5
"""Content words up to which an exchange is wording rather than a rewrite."""
LONGEST_SLIP = 6
"""Words up to which new function words and forms are grammar rather than the same said in another way."""
UNEVEN = 0.25
"""Content words of the shorter side, as a share of the longer's, up to which an exchange is a cut or an addition."""
SAME_WORDS = 0.6
"""Share of common words from which an exchange is the same, said in another order."""

_QUOTES = str.maketrans("“”„‟«»‘’‚‛ʼ‹›", "\"\"\"\"\"\"'''''''")


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a stretch: its tokens but markup, and the words among them."""

    tokens: Tokens
    start: int
    end: int
    said: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def places(self) -> list[int]:
        return [at for at in range(self.start, self.end) if self.tokens.texts[at][0].isalnum()]

    @property
    def folded(self) -> list[str]:
        return [word.casefold().replace("’", "'") for word in self.words]

    @property
    def content(self) -> list[str]:
        return [word for word in self.folded if not is_function(word)]


def kind(before: Tokens, after: Tokens, stretch: Stretch) -> EditKind:
    """The kind of change that a stretch is, looked at by itself."""
    if stretch.moved:
        return EditKind.RESTRUCTURE
    old, new = _side(before, stretch.i1, stretch.i2), _side(after, stretch.j1, stretch.j2)
    if old.said == new.said:
        return EditKind.FORMAT
    if old.folded == new.folded:
        return _unworded(old, new)
    if not old.words or not new.words:
        return _one_sided(old if old.words else new, cut=bool(old.words))
    return _exchanged(old, new)


def _side(tokens: Tokens, start: int, end: int) -> _Side:
    said = tuple(tokens.texts[at].translate(_QUOTES) for at in range(start, end) if not is_markup(tokens, at))
    return _Side(tokens, start, end, said, tuple(text for text in said if text[0].isalnum()))


def _unworded(old: _Side, new: _Side) -> EditKind:
    """The words are the same but for their case: marks changed, or capitals."""
    marks = [[text for text in side.said if not text[0].isalnum()] for side in (old, new)]
    if marks[0] == marks[1]:
        return EditKind.FORMAT if _in_heading(new) else EditKind.SPELLING
    changed = set(marks[0]) ^ set(marks[1])
    if any(map(is_operator, changed)):
        return EditKind.NUMBER
    # an emoji says something
    said = any(unicodedata.category(mark[0]) == "So" for mark in changed)
    return EditKind.WORDING if said else EditKind.PUNCTUATION


def _in_heading(side: _Side) -> bool:
    """Whether the stretch stands in a line of Markdown that starts with `#`."""
    start = side.tokens.text.rfind("\n", 0, side.tokens.starts[side.start]) + 1
    return side.tokens.text.startswith("#", start)


def _one_sided(side: _Side, *, cut: bool) -> EditKind:
    """Words taken out or put in, with nothing in their place."""
    words = side.words
    if (
        len(words) <= 3
        and not any(map(is_negation, words))
        and (all(map(is_function, words)) or _again(side))
    ):
        return EditKind.GRAMMAR
    size = sum(0.5 if is_unspaced(word) else 1.0 for word in words)
    ends = any(ends_sentence(side.tokens, at) for at in range(side.start, side.end))
    if size >= (SENTENCE_WORDS if ends else CLAUSE_WORDS):
        return EditKind.CUT if cut else EditKind.ADDITION
    return EditKind.WORDING


def _again(side: _Side) -> bool:
    """Whether the words stand right before or after once more."""
    texts, size = side.tokens.texts, side.end - side.start
    here = [text.casefold() for text in texts[side.start : side.end]]
    behind = [text.casefold() for text in texts[side.end : side.end + size]]
    ahead = [text.casefold() for text in texts[max(0, side.start - size) : side.start]]
    return here in (behind, ahead)


def _exchanged(old: _Side, new: _Side) -> EditKind:
    """Words in place of words."""
    return (
        _values(old, new)
        or _forms(old, new)
        or _names(old, new)
        or (EditKind.SPELLING if _split(old, new) else None)
        or _by_amount(old, new)
    )


def _values(old: _Side, new: _Side) -> EditKind | None:
    """A change of value, or the same value in other clothes; None where more changed than values."""
    if _is_unit_of_number(old) and _is_unit_of_number(new) and not is_inflection(old.words[0], new.words[0]):
        return EditKind.NUMBER
    values = [[found for word in side.words if (found := value(word))] for side in (old, new)]
    if not all(values):
        return None
    rest = [[word.casefold() for word in side.words if not value(word)] for side in (old, new)]
    if values[0] == values[1]:
        return EditKind.FORMAT if rest[0] == rest[1] else None
    left = max(sum(not is_function(word) and not value(word) for word in side.words) for side in (old, new))
    digits = any(word[0].isdigit() for side in (old, new) for word in side.words)
    if rest[0] == rest[1] or left <= (2 if digits else 0):
        return EditKind.NUMBER
    return None


def _is_unit_of_number(side: _Side) -> bool:
    """Whether the one word is the unit of a number before it."""
    if len(side.words) != 1 or not is_unit(side.words[0]):
        return False
    at = side.places[0]
    return at > 0 and value(side.tokens.texts[at - 1]) != ""


def _forms(old: _Side, new: _Side) -> EditKind | None:
    """One word against its own form; or function words alone."""
    if len(old.words) == len(new.words) == 1:
        return _form(old, new)
    if any(map(is_negation, old.words)) != any(map(is_negation, new.words)):
        return None
    said = [word for side in (old, new) for word in side.content if not is_negation(word)]
    return None if said else EditKind.GRAMMAR


def _form(old: _Side, new: _Side) -> EditKind | None:
    word, other = old.words[0], new.words[0]
    if is_negation(word) != is_negation(other) and bare(word) != bare(other):
        return None
    if is_function(word) and is_function(other):
        return EditKind.GRAMMAR
    if is_inflection(word, other) and is_known(word) and bare(word) != bare(other):
        return EditKind.GRAMMAR
    if is_slip(word, other):
        named = is_name(old.tokens, old.places[0]) and is_name(new.tokens, new.places[0])
        both = is_known(word) and is_known(other) and bare(word) != bare(other)
        return EditKind.NAME if named and both else EditKind.SPELLING
    if is_inflection(word, other):
        return EditKind.SPELLING
    return None


def _names(old: _Side, new: _Side) -> EditKind | None:
    """A proper name in place of another."""
    for side in (old, new):
        named = [at for at in side.places if not is_function(side.tokens.texts[at])]
        if not named or len(named) > 4 or not all(is_name(side.tokens, at) for at in named):
            return None
    return EditKind.NAME


def _split(old: _Side, new: _Side) -> bool:
    """Whether one word was written as two, or two as one, with a slip perhaps."""
    sizes = sorted((len(old.words), len(new.words)))
    one, other = bare("".join(old.words)), bare("".join(new.words))
    if one == other:
        return True
    if sizes[0] != 1 or sizes[1] > 3 or sizes[1] == 1 or max(len(one), len(other)) > 30:
        return False
    return OSA.distance(one, other) <= min(len(one), len(other)) // 5


def _by_amount(old: _Side, new: _Side) -> EditKind:
    """Wording, the same words in another order, or a rewrite."""
    one, other = Counter(old.folded), Counter(new.folded)
    common = (one & other).total()
    left = [_left(one - other, new), _left(other - one, old)]
    if not other - one and (one - other).total() >= CLAUSE_WORDS:
        return EditKind.CUT
    if not one - other and (other - one).total() >= CLAUSE_WORDS:
        return EditKind.ADDITION
    if not any(left):
        order = _stems(old.content), _stems(new.content)
        moved = order[0] != order[1] and sorted(order[0]) == sorted(order[1])
        same = common == max(len(old.words), len(new.words))
        long = max(len(old.words), len(new.words)) > LONGEST_SLIP
        return EditKind.RESTRUCTURE if moved or same or long else EditKind.GRAMMAR
    if max(map(len, left)) <= FEW_WORDS:
        return EditKind.WORDING
    sizes = len(left[0]), len(left[1])
    if min(sizes) <= UNEVEN * max(sizes):
        return EditKind.CUT if sizes[0] > sizes[1] else EditKind.ADDITION
    shared = (Counter(old.content) & Counter(new.content)).total()
    if shared >= SAME_WORDS * max(len(old.content), len(new.content)):
        return EditKind.RESTRUCTURE
    return EditKind.REWRITE


def _stems(words: Sequence[str]) -> list[str]:
    return [word[:4] for word in words]


def _left(rest: Counter[str], against: _Side) -> list[str]:
    """The content words that have neither themselves nor a form of themselves on the other side."""
    words = [word for word in rest.elements() if not is_function(word)]
    if len(words) > 3 * FEW_WORDS:
        return words
    others = against.content
    return [
        word
        for word in words
        if not any(is_inflection(word, other) or is_slip(word, other) for other in others)
    ]
