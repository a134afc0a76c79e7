"""Numbers, dates and names on which one voice stands alone against most others, in the same place of the same row.

Only what a group brought in against the sheet counts, and only where the others agree: evidence for a reader, who may
find that the one is right. A copy cluster is one voice: a copied fault is not confirmed by being copied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from grading.consensus.mentions import Kind, Mention, mentions, readings
from grading.consensus.voices import voices
from quality.correction.diff import edits
from quality.correction.names import is_name
from quality.correction.words import is_inflection, is_slip
from quality.text.tokens import tokens

FEWEST_OTHERS = 4
"""Voices that must have the other value: fewer agree by chance, or because they left it as it was."""
OF_OTHERS = 0.5
"""Share of the other voices on the row that must have it, so that the one stands against most of them."""
COMPARED = 2
"""Texts with the others' value that a text is aligned with, the most frequent first."""
WIDEST = 60
"""Code points of an edit up to which two values in it stand in the same place; a longer one is another sentence."""

WINDOW = 150
"""Code points on either side of a value that are aligned; what stands farther off tells no place."""
BESIDE = 3
"""Words on either side of a value of which one must be beside the others' value, too, before anything is aligned."""
MOST_NEW = 20
"""New values of a text, and missing ones, up to which they are looked at: with more it is another answer."""
MOST_PLACES = 3
"""Occurrences of the others' value that are looked at in one text."""

_Key = tuple[Kind, str, int]
"""Kind, value, and which of its occurrences in the text it is, from 0."""


@dataclass(frozen=True, slots=True)
class Alone:
    """A value that one voice has where the others have another. Raw text: whoever shows it escapes it.

    Attributes:
        kind: `number`, `date` or `name`.
        value: As the group wrote it.
        others_value: As one of the others wrote it.
        others: Voices that have it.
        start: First code point of the value in the group's output.
        end: One past the last.
    """

    id: str
    kind: str
    value: str
    others_value: str
    others: int
    start: int
    end: int


def standing_alone(
    outputs: Mapping[str, Mapping[str, str]],
    sheet: Mapping[str, str],
    clusters: Iterable[Sequence[str]] = (),
) -> dict[str, tuple[Alone, ...]]:
    """Group → the values on which it stands alone, in the order of the sheet; every group is there.

    Args:
        outputs: Group → id → what it handed in. Ids that the sheet lacks are left out.
        sheet: Id → the text before correction.
        clusters: Groups that copied from one another; each cluster is one voice.
    """
    found: dict[str, list[Alone]] = {group: [] for group in outputs}
    speaking = voices(outputs, clusters)
    for id, before in sheet.items():
        texts = {group: rows[id] for group, rows in outputs.items() if rows.get(id, "").strip()}
        if len(texts) > FEWEST_OTHERS:
            for group, alone in _on_row(id, before, texts, speaking):
                found[group].append(alone)
    return {group: tuple(ones) for group, ones in found.items()}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, as all groups handed it in.

    Attributes:
        mentioned: Text → what it mentions.
        holders: Key → voices that have it.
        common: Texts, the most frequent first.
    """

    mentioned: Mapping[str, Mapping[_Key, Mention]]
    holders: Counter[_Key]
    common: Sequence[str]


def _on_row(
    id: str, before: str, texts: Mapping[str, str], speaking: Sequence[Sequence[str]]
) -> list[tuple[str, Alone]]:
    """The groups that stand alone on one row, each with its value."""
    counted = Counter(texts.values())
    mentioned = {text: _keyed(text) for text in counted}
    if len({frozenset(keys) for keys in mentioned.values()}) == 1:
        return []
    had = [
        set(chain.from_iterable(mentioned[texts[group]] for group in groups if group in texts))
        for groups in speaking
        if any(group in texts for group in groups)
    ]
    row = _Row(mentioned, Counter(chain.from_iterable(had)), [text for text, _ in counted.most_common()])
    known = _keyed(before).keys()
    least = max(FEWEST_OTHERS, OF_OTHERS * (len(had) - 1))
    found: list[tuple[str, Alone]] = []
    for group, text in texts.items():
        own = mentioned[text]
        # a group has what its voice has: two members of a cluster do not stand against one another
        new = [key for key in own if row.holders[key] == 1 and key not in known]
        if 0 < len(new) <= MOST_NEW:
            missing = [key for key, voices in row.holders.items() if voices >= least and key not in own]
            faced = _faced(text, new, missing, row) if len(missing) <= MOST_NEW else []
            found += [(group, _alone(id, own[key], other, row)) for key, other in faced]
    return found


def _alone(id: str, mention: Mention, other: _Key, row: _Row) -> Alone:
    theirs = next(row.mentioned[text][other] for text in row.common if other in row.mentioned[text])
    return Alone(id, mention.kind, mention.text, theirs.text, row.holders[other], mention.start, mention.end)


def _keyed(text: str) -> dict[_Key, Mention]:
    seen = Counter[tuple[Kind, str]]()
    keyed: dict[_Key, Mention] = {}
    for mention in mentions(text):
        what = mention.kind, mention.value
        keyed[*what, seen[what]] = mention
        seen[what] += 1
    return keyed


def _faced(text: str, new: Sequence[_Key], missing: Sequence[_Key], row: _Row) -> list[tuple[_Key, _Key]]:
    """The new values, each with the others' value that stands in its place; those that face none are left out."""
    faced: list[tuple[_Key, _Key]] = []
    left = list(missing)
    for key in new:
        mine = row.mentioned[text][key]
        if not any(other[0] is key[0] for other in left) or not _is_fact(mine, text):
            continue
        other = next((one for one in left if one[0] is key[0] and _in_place(mine, text, one, row)), None)
        if other is not None:
            left.remove(other)
            faced.append((key, other))
    return faced


def _in_place(mine: Mention, text: str, other: _Key, row: _Row) -> bool:
    """Whether the others' value stands where the group has its own, and is another one.

    Which of its occurrences that is, no count tells: taking one away moves the number of all that follow.
    """
    here = _near(mine, text)
    with_it = [one for one in row.common if other in row.mentioned[one]][:COMPARED]
    for theirs in with_it:
        alike = [one for key, one in row.mentioned[theirs].items() if key[:2] == other[:2]]
        if any(_same(mine, one) for one in alike):
            return False
        if any(_faces(here, _near(one, theirs)) and _is_fact(one, theirs) for one in alike[:MOST_PLACES]):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Near:
    """What stands around a value: a stretch of the text, and the value's place in it."""

    text: str
    start: int
    end: int

    def beside(self) -> tuple[set[str], set[str]]:
        """The words right before and right behind the value, in small letters."""
        before, after = self.text[: self.start].casefold().split(), self.text[self.end :].casefold().split()
        return set(before[-BESIDE:]), set(after[:BESIDE])


def _near(mention: Mention, text: str) -> _Near:
    first = max(0, mention.start - WINDOW)
    return _Near(text[first : mention.end + WINDOW], mention.start - first, mention.end - first)


def _faces(mine: _Near, theirs: _Near) -> bool:
    """Whether one short edit leads from the one value to the other."""
    if not any(one & other for one, other in zip(mine.beside(), theirs.beside(), strict=True)):
        return False
    return any(
        max(edit.end - edit.start, edit.new_end - edit.new_start) <= WIDEST
        and (edit.start < theirs.end and theirs.start < edit.end)
        and (edit.new_start < mine.end and mine.start < edit.new_end)
        for edit in edits(theirs.text, mine.text)
    )


def _same(one: Mention, other: Mention) -> bool:
    """Whether both may be the same fact: in another spelling or form, or read in another country's way."""
    if one.kind is not Kind.NAME:
        return bool(readings(one) & readings(other))
    pairs = ((one.text, other.text), (other.text, one.text))
    return is_inflection(*pairs[0]) or any(is_slip(*pair) for pair in pairs)


def _is_fact(mention: Mention, text: str) -> bool:
    """Whether it is a fact where it stands; of a capitalised word, whether it is a name."""
    if mention.kind is not Kind.NAME:
        return True
    cut = tokens(text)
    at = next((at for at, end in enumerate(cut.ends) if end >= mention.end), None)
    return at is not None and cut.texts[at] != "" and is_name(cut, at)
