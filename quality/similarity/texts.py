"""Many texts as word numbers in flat arrays: a few bytes a word, so that a table of millions of words stays small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from quality.text.folding import folded_words

Ints: TypeAlias = NDArray[np.int64]
Words: TypeAlias = NDArray[np.uint32]
Keys: TypeAlias = NDArray[np.uint64]

SHINGLE = 3
"""Words in a shingle."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Word sequences end to end: text `i` is `words[starts[i]:starts[i + 1]]`, each word a number.

    Equal numbers are equal words; numbers run from 0 to `vocabulary - 1`.
    """

    words: Words
    starts: Ints
    vocabulary: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def lengths(self) -> Ints:
        """Words in each text."""
        return np.diff(self.starts)

    def text(self, index: int) -> Words:
        """The words of one text."""
        return self.words[self.starts[index] : self.starts[index + 1]]

    def take(self, indices: Ints) -> Texts:
        """Those texts, in that order."""
        lengths = self.lengths()[indices]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        source = np.repeat(self.starts[indices] - starts[:-1], lengths) + np.arange(int(starts[-1]))
        return Texts(self.words[source], starts, self.vocabulary)


class Vocabulary(dict[str, int]):
    """Word → number, in the order in which words are first looked up."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def encode(texts: Iterable[str], vocabulary: Vocabulary) -> Texts:
    """The folded words of the texts; new words enter the vocabulary."""
    parts = [np.fromiter(map(vocabulary.__getitem__, folded_words(text)), np.uint32) for text in texts]
    return _end_to_end(parts, len(vocabulary))


def encode_known(texts: Iterable[str], vocabulary: Mapping[str, int]) -> Texts:
    """The same with a vocabulary that is closed: every unknown word is the number after its last."""
    unknown = len(vocabulary)
    parts = [
        np.fromiter((vocabulary.get(word, unknown) for word in folded_words(text)), np.uint32)
        for text in texts
    ]
    return _end_to_end(parts, unknown + 1)


def renumbered(parts: Sequence[tuple[Texts, Sequence[str]]], vocabulary: Vocabulary) -> Texts:
    """Texts that were encoded apart, each with its own words in order of number, as one."""
    words: list[Words] = []
    starts: list[Ints] = [np.zeros(1, np.int64)]
    total = 0
    for texts, known in parts:
        number = np.fromiter(map(vocabulary.__getitem__, known), np.uint32, len(known))
        words.append(number[texts.words])
        starts.append(texts.starts[1:] + total)
        total += len(texts.words)
    return Texts(np.concatenate([np.empty(0, np.uint32), *words]), np.concatenate(starts), len(vocabulary))


def identical(texts: Texts) -> Ints:
    """For each text the index of the first one with the same words."""
    first: dict[bytes, int] = {}
    groups = np.empty(len(texts), np.int64)
    for index in range(len(texts)):
        groups[index] = first.setdefault(texts.text(index).tobytes(), index)
    return groups


def shingles(texts: Texts) -> tuple[Ints, Keys]:
    """Every run of `SHINGLE` words in a text: the text's index and a 64-bit key, in order.

    Two different runs share a key with a chance of about 2⁻⁶⁴.
    """
    count = np.maximum(texts.lengths() - (SHINGLE - 1), 0)
    owner = np.repeat(np.arange(len(texts)), count)
    first = (
        np.repeat(texts.starts[:-1], count)
        + np.arange(len(owner))
        - np.repeat(np.cumsum(count) - count, count)
    )
    key = np.zeros(len(owner), np.uint64)
    for offset in range(SHINGLE):
        key = key * np.uint64(0x9E3779B97F4A7C15) + texts.words[first + offset] + np.uint64(1)
        key ^= key >> np.uint64(29)
    return owner, key


def _end_to_end(parts: Sequence[Words], vocabulary: int) -> Texts:
    starts = np.zeros(len(parts) + 1, np.int64)
    np.cumsum([len(part) for part in parts], out=starts[1:])
    return Texts(np.concatenate([np.empty(0, np.uint32), *parts]), starts, vocabulary)
