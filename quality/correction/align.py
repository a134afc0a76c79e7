"""Which tokens two versions of a text share, in order: pairs of places, and the places that moved elsewhere.

Sentences that both versions hold once are fixed first, so that a moved one is seen as moved and everything between is
small. Between them a Levenshtein alignment of the tokens runs, in bounded time: two stretches too long and too unlike
to be aligned share nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from quality.text.affixes import shared_start
from quality.text.tokens import Tokens

SENTENCE_TOKENS = 5
"""Tokens from which a sentence is unlikely to stand in both versions by chance."""
NEAR_SENTENCE = 200
"""Tokens within which the end of a sentence is looked for."""
MAX_CELLS = 4_000_000_000
"""Cells of the alignment's table that are worth computing (64 at a time): a second or two."""

_END_MARKS = frozenset(".!?…。！？")

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the tokens of two texts lie to each other.

    Attributes:
        kept: Places of the same token in both, rising; the last pair is the end of both texts.
        gone: Places in the original of tokens that stand elsewhere in the output.
        come: Their places in the output.
    """

    kept: Sequence[Pair]
    gone: frozenset[int] = frozenset()
    come: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int


def align(before: Tokens, after: Tokens) -> Alignment:
    """The alignment of the two texts' tokens."""
    ids: dict[str, int] = {}
    a = [ids.setdefault(text, len(ids)) for text in before.texts[:-1]]
    b = [ids.setdefault(text, len(ids)) for text in after.texts[:-1]]
    head = shared_start(a, b)
    tail = shared_start(a[: head - 1 if head else None : -1], b[: head - 1 if head else None : -1])
    head, tail = _at_sentences(before, head, tail)
    ends = len(a) - tail, len(b) - tail
    fixed, gone, come = _anchors(before, after, a, b, head, ends)
    kept = [(n, n) for n in range(head)]
    left = _without(range(head, ends[0]), gone), _without(range(head, ends[1]), come)
    kept += _between(a, b, left, fixed)
    kept += [(ends[0] + n, ends[1] + n) for n in range(tail + 1)]
    return Alignment(kept, frozenset(gone), frozenset(come))


def _at_sentences(tokens: Tokens, head: int, tail: int) -> tuple[int, int]:
    """The shared ends cut back to whole sentences, so that one is not torn that has moved."""
    size = len(tokens.texts) - 1
    whole = (
        n for n in range(head, max(-1, head - NEAR_SENTENCE), -1) if n == 0 or ends_sentence(tokens, n - 1)
    )
    after = range(size - tail, min(size, size - tail + NEAR_SENTENCE) + 1)
    rest = (n for n in after if n == size or n == 0 or ends_sentence(tokens, n - 1))
    start, end = next(whole, head), next(rest, size - tail)
    return start, size - end


def _without(places: range, moved: set[int]) -> list[int]:
    return [at for at in places if at not in moved] if moved else list(places)


def _between(
    a: list[int], b: list[int], left: tuple[list[int], list[int]], fixed: list[Pair]
) -> Iterator[Pair]:
    """The pairs among the places that are left, the fixed ones among them."""
    here, there = left
    i = j = 0
    for x, y in [*fixed, (-1, -1)]:
        to = (bisect_left(here, x), bisect_left(there, y)) if x >= 0 else (len(here), len(there))
        yield from _levenshtein(a, b, here[i : to[0]], there[j : to[1]])
        i, j = to
        if x >= 0:
            yield x, y
            i, j = i + 1, j + 1


def _levenshtein(a: list[int], b: list[int], here: list[int], there: list[int]) -> Iterator[Pair]:
    if not here or not there:
        return
    x, y = [a[at] for at in here], [b[at] for at in there]
    longest = max(len(x), len(y))
    hint = None
    if len(x) * len(y) > MAX_CELLS:
        most = MAX_CELLS // longest
        hint = Levenshtein.distance(x, y, score_cutoff=most)
        if hint > most:
            return
    for op in Levenshtein.opcodes(x, y, score_hint=hint):
        if op.tag == "equal":
            yield from zip(here[op.src_start : op.src_end], there[op.dest_start : op.dest_end], strict=True)


def _anchors(
    before: Tokens, after: Tokens, a: list[int], b: list[int], head: int, ends: Pair
) -> tuple[list[Pair], set[int], set[int]]:
    """The tokens of sentences that both texts hold once: those in order, and the places of those that moved."""
    fixed: list[Pair] = []
    gone: set[int] = set()
    come: set[int] = set()
    if min(ends) - head < 2 * SENTENCE_TOKENS:
        return fixed, gone, come
    once = _once(before, a, head, ends[0])
    again = _once(after, b, head, ends[1])
    both = [(once[key], again[key]) for key in once if key in again]
    steady = _steady(both)
    moved: list[tuple[_Sentence, _Sentence]] = []
    for number, (one, other) in enumerate(both):
        if number in steady:
            fixed += zip(range(one.start, one.end), range(other.start, other.end), strict=True)
        else:
            moved.append((one, other))
            gone.update(range(one.start, one.end))
            come.update(range(other.start, other.end))
    if moved:
        free = (
            _free(range(head, ends[0]), gone, (x for x, _ in fixed)),
            _free(range(head, ends[1]), come, (y for _, y in fixed)),
        )
        for one, other in moved:
            _grow(one, other, (a, b), free, (gone, come))
    return fixed, gone, come


def _free(places: range, moved: set[int], fixed: Iterable[int]) -> set[int]:
    return set(places) - moved - set(fixed)


def _grow(
    one: _Sentence,
    other: _Sentence,
    ids: tuple[list[int], list[int]],
    free: tuple[set[int], set[int]],
    moved: tuple[set[int], set[int]],
) -> None:
    """Adds to what moved the equal tokens beside a moved sentence, such as its short heading."""
    for x, y, step in ((one.start - 1, other.start - 1, -1), (one.end, other.end, 1)):
        while x in free[0] and y in free[1] and ids[0][x] == ids[1][y]:
            for at, place in enumerate((x, y)):
                free[at].remove(place)
                moved[at].add(place)
            x, y = x + step, y + step


def _once(tokens: Tokens, ids: list[int], start: int, end: int) -> dict[tuple[int, ...], _Sentence]:
    """The sentences of at least so many tokens that stand once, by their tokens."""
    found = [
        (tuple(ids[one.start : one.end]), one)
        for one in _sentences(tokens, start, end)
        if one.end - one.start >= SENTENCE_TOKENS
    ]
    counts = Counter(key for key, _ in found)
    return {key: one for key, one in found if counts[key] == 1}


def _sentences(tokens: Tokens, start: int, end: int) -> Iterator[_Sentence]:
    first = start
    for at in range(start, end):
        if ends_sentence(tokens, at):
            yield _Sentence(first, at + 1)
            first = at + 1
    if first < end:
        yield _Sentence(first, end)


def ends_sentence(tokens: Tokens, at: int) -> bool:
    """Whether a sentence ends with this token: an end mark before white space, or a line's last token."""
    if at + 1 >= len(tokens.texts) - 1:
        return True
    text, gap = tokens.texts[at], tokens.gap(at + 1)
    return "\n" in gap or "\r" in gap or (text in _END_MARKS and (bool(gap) or text in "。！？"))


def _steady(both: list[tuple[_Sentence, _Sentence]]) -> set[int]:
    """Which of the pairs, in the original's order, keep their order and hold most tokens."""
    order = sorted(range(len(both)), key=lambda n: both[n][1].start)
    if order == list(range(len(both))):
        return set(order)
    rank = {number: at + 1 for at, number in enumerate(order)}
    best: list[tuple[int, int]] = [(0, -1)] * (
        len(both) + 1
    )  # Fenwick tree of prefix maxima: tokens, last pair
    previous: dict[int, int] = {}
    for number, (one, _) in enumerate(both):
        weight, last = 0, -1
        at = rank[number] - 1
        while at > 0:
            weight, last = max((weight, last), best[at])
            at -= at & -at
        previous[number] = last
        entry = (weight + one.end - one.start, number)
        at = rank[number]
        while at <= len(both):
            best[at] = max(best[at], entry)
            at += at & -at
    last = max(_prefixes(best))[1]
    steady: set[int] = set()
    while last >= 0:
        steady.add(last)
        last = previous[last]
    return steady


def _prefixes(best: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = len(best) - 1
    while at > 0:
        yield best[at]
        at -= at & -at
