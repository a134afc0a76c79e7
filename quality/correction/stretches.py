"""The stretches in which two aligned texts differ, cut and joined as a person would see edits.

A stretch is cut where a word faces its own corrected form (`becuse peple` → `because people` is two edits). Two are
joined when little that counts stands between them: function words between reworded ones, a word or two that two
different sentences share by chance. So a new answer is one rewrite, and two slips in one sentence stay two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from quality.correction.align import Alignment, ends_sentence
from quality.correction.facing import facing
from quality.correction.words import ARTICLES, is_function
from quality.text.tokens import Tokens

NEAR_TOKENS = 40
"""Tokens of a stretch up to which its words are held against each other."""
REACH = 4
"""Places that a word may stand from its corrected form within a stretch."""
LOOSE_SHARE = 0.5
"""Weight of what stands between two changes, as a share of the lighter one, up to which they are one edit."""
REWRITTEN_SHARE = 0.25
"""Share of content kept between the first and the last change up to which all is one rewrite."""
REWRITTEN_WEIGHT = 8
"""Content words changed from which that holds."""
TURNED_TOKENS = 3
"""Unchanged tokens over which a word may have stepped."""
FUNCTION_WEIGHT = 0.2
MARK_WEIGHT = 0.1
SENTENCE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `[i1, i2)` of the original that `[j1, j2)` of the output replace.

    Attributes:
        gap: The white space before the token that follows belongs to it.
        near: A word and its corrected form, be it in two, or words in other case.
        moved: Tokens that stand elsewhere in the other text.
    """

    i1: int
    i2: int
    j1: int
    j2: int
    gap: bool = False
    near: bool = False
    moved: bool = False


def stretches(before: Tokens, after: Tokens, alignment: Alignment) -> list[Stretch]:
    """Every stretch in which the texts differ, in order, cut and joined."""
    found = list(_raw(before, after, alignment))
    return _turned(before, after, _rewritten(before, after, _joined(before, after, found)))


def _raw(before: Tokens, after: Tokens, alignment: Alignment) -> Iterator[Stretch]:
    i = j = 0
    for x, y in alignment.kept:
        differs = before.gap(x) != after.gap(y)
        if x > i or y > j:
            parts = [
                cut
                for part in _without_moved(Stretch(i, x, j, y), alignment)
                for cut in ([part] if part.moved else _cut(before, after, part))
            ]
            if differs and not parts[-1].near:
                parts[-1], differs = replace(parts[-1], gap=True), False
            yield from parts
        if differs:
            yield Stretch(x, x, y, y, gap=True)
        i, j = x + 1, y + 1


def _without_moved(stretch: Stretch, alignment: Alignment) -> Iterator[Stretch]:
    """The stretch with the tokens that moved apart from the others."""
    i, j = stretch.i1, stretch.j1
    if not alignment.gone:
        yield stretch
        return
    while i < stretch.i2 or j < stretch.j2:
        x = _run(i, stretch.i2, alignment.gone, inside=False)
        y = _run(j, stretch.j2, alignment.come, inside=False)
        if x > i or y > j:
            yield Stretch(i, x, j, y)
        i = _run(x, stretch.i2, alignment.gone, inside=True)
        if i > x:
            yield Stretch(x, i, y, y, moved=True)
        j = _run(y, stretch.j2, alignment.come, inside=True)
        if j > y:
            yield Stretch(i, i, y, j, moved=True)


def _run(at: int, end: int, places: frozenset[int], *, inside: bool) -> int:
    while at < end and (at in places) == inside:
        at += 1
    return at


def _cut(before: Tokens, after: Tokens, stretch: Stretch) -> list[Stretch]:
    """The stretch cut at each word that faces its own corrected form."""
    i, j = stretch.i1, stretch.j1
    sizes = stretch.i2 - i, stretch.j2 - j
    if not all(sizes) or max(sizes) > NEAR_TOKENS:
        return [stretch]
    parts: list[Stretch] = []
    while i < stretch.i2 and j < stretch.j2:
        one = _next_near(before, after, Stretch(i, stretch.i2, j, stretch.j2))
        if one is None:
            break
        if one.i1 > i or one.j1 > j:
            parts.append(Stretch(i, one.i1, j, one.j1))
        parts.append(one)
        i, j = one.i2, one.j2
    if i < stretch.i2 or j < stretch.j2:
        parts.append(Stretch(i, stretch.i2, j, stretch.j2))
    return _recased(before, after, parts)


def _next_near(before: Tokens, after: Tokens, rest: Stretch) -> Stretch | None:
    """The first word with its corrected form, be it written as two."""
    for x in range(rest.i1, rest.i2):
        nearest = rest.j1 + x - rest.i1
        for y in range(max(rest.j1, nearest - REACH), min(rest.j2, nearest + REACH + 1)):
            sizes = facing(before.texts[x : min(x + 2, rest.i2)], after.texts[y : min(y + 2, rest.j2)])
            if sizes:
                return Stretch(x, x + sizes[0], y, y + sizes[1], near=True)
    return None


def _recased(before: Tokens, after: Tokens, parts: list[Stretch]) -> list[Stretch]:
    """A capital that follows from the change beside it belongs to that change; capitals in a row are one."""
    joined: list[Stretch] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and _is_case(before, after, last) and _is_case(before, after, part):
            joined[-1] = Stretch(last.i1, part.i2, last.j1, part.j2, near=True)
        elif last and last.near != part.near and _is_case(before, after, part if part.near else last):
            joined[-1] = Stretch(last.i1, part.i2, last.j1, part.j2)
        else:
            joined.append(part)
    return joined


def _is_case(before: Tokens, after: Tokens, part: Stretch) -> bool:
    words, others = before.texts[part.i1 : part.i2], after.texts[part.j1 : part.j2]
    return part.near and [word.casefold() for word in words] == [word.casefold() for word in others]


def _joined(before: Tokens, after: Tokens, found: Sequence[Stretch]) -> list[Stretch]:
    """The stretches with those made one between which little that counts stands."""
    kept = list(accumulate(_weights(before), initial=0.0))
    new = list(accumulate(_weights(after), initial=0.0))

    def weight(one: Stretch) -> float:
        return 0.0 if one.near else max(kept[one.i2] - kept[one.i1], new[one.j2] - new[one.j1])

    def between(one: Stretch, other: Stretch) -> float:
        return min(kept[other.i1] - kept[one.i2], new[other.j1] - new[one.j2])

    done: list[Stretch] = []  # heavy ones with the light ones that stand between them
    heavy: list[int] = []  # places of the heavy ones in `done`
    for one in found:
        done.append(one)
        if one.moved or weight(one) < 1:
            if one.moved:
                heavy.clear()
            continue
        heavy.append(len(done) - 1)
        while len(heavy) > 1:
            first, last = done[heavy[-2]], done[heavy[-1]]
            if between(first, last) > LOOSE_SHARE * min(weight(first), weight(last)):
                break
            del done[heavy[-2] :]
            heavy[-2:] = [len(done)]
            done.append(Stretch(first.i1, last.i2, first.j1, last.j2, gap=last.gap))
    return done


def _weights(tokens: Tokens) -> list[float]:
    """How much each token says: a content word 1."""
    weights: list[float] = []
    for at, text in enumerate(tokens.texts[:-1]):
        if text[0].isalnum():
            weights.append(FUNCTION_WEIGHT if is_function(text) else 1.0)
        else:
            weights.append(SENTENCE_WEIGHT if ends_sentence(tokens, at) else MARK_WEIGHT)
    return weights


def _rewritten(before: Tokens, after: Tokens, found: list[Stretch]) -> list[Stretch]:
    """One stretch where next to nothing is kept between the first change and the last."""
    if len(found) < 2 or any(one.moved for one in found):
        return found
    weights, others = _weights(before), _weights(after)
    first, last = found[0], found[-1]
    whole = sum(weights[first.i1 : last.i2]), sum(others[first.j1 : last.j2])
    kept = sum(sum(weights[a.i2 : b.i1]) for a, b in pairwise(found))
    kept += sum(1.0 for one in found if one.near)
    if min(whole) >= REWRITTEN_WEIGHT and kept <= REWRITTEN_SHARE * max(whole):
        return [Stretch(first.i1, last.i2, first.j1, last.j2, gap=last.gap)]
    return found


def _turned(before: Tokens, after: Tokens, found: list[Stretch]) -> list[Stretch]:
    """The stretches with a word's leaving one place and its coming at one a few tokens on as one."""
    done: list[Stretch] = []
    for one in found:
        last = done[-1] if done else None
        if last and one.i1 - last.i2 <= TURNED_TOKENS and _is_turn(before, after, last, one):
            done[-1] = Stretch(last.i1, one.i2, last.j1, one.j2, gap=one.gap)
        else:
            done.append(one)
    return done


def _is_turn(before: Tokens, after: Tokens, one: Stretch, other: Stretch) -> bool:
    """Whether one takes out the words that the other puts in, within a sentence."""
    gone = before.texts[one.i1 : one.i2], before.texts[other.i1 : other.i2]
    come = after.texts[one.j1 : one.j2], after.texts[other.j1 : other.j2]
    if not ((gone[0] and not come[0] and not gone[1]) or (come[0] and not gone[0] and not come[1])):
        return False
    left, put = [*gone[0], *gone[1]], [*come[0], *come[1]]
    if [text.casefold() for text in left] != [text.casefold() for text in put]:
        return False
    if any(ends_sentence(before, at) for at in range(one.i2, other.i1)):
        return False
    return any(text[0].isalpha() and text.casefold() not in ARTICLES for text in left)
