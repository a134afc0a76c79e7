"""Texts as rows of signs, so that a bound on the edits between two of them is a count of differing signs.

A sign is the parity of how many of a text's words fall into its bucket: each inserted or deleted word turns one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quality.similarity.texts import Ints, Texts

_CELLS = 1 << 20
"""Words, or a quarter of the counts, held at a time."""


def ranks(sorted_values: Ints) -> Ints:
    """For each value of a sorted array, how many equal ones stand before it."""
    positions = np.arange(len(sorted_values))
    first = np.ones(len(sorted_values), np.bool_)
    first[1:] = sorted_values[1:] != sorted_values[:-1]
    return positions - np.maximum.accumulate(np.where(first, positions, 0))


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of the texts from `start` on, as bits: shape [texts, buckets / 64]."""

    bits: NDArray[np.uint64]
    start: int
    buckets: int

    def unpacked(self, begin: int, end: int) -> NDArray[np.float32]:
        """The signs of some texts as ±1: shape [texts, buckets]."""
        bits = np.unpackbits(self.bits[begin - self.start : end - self.start].view(np.uint8), axis=1)
        return np.float32(1) - np.float32(2) * bits.astype(np.float32)

    def differing(self, left: Ints, right: Ints) -> Ints:
        """In how many signs the texts of each pair differ."""
        differ = self.bits[left - self.start] ^ self.bits[right - self.start]
        return np.bitwise_count(differ).sum(axis=1, dtype=np.int64)


def features_of(texts: Texts) -> NDArray[np.uint32]:
    """For each word a random number set by the word and by how often it has stood in its text before.

    Counting occurrences keeps a word that a text repeats from cancelling itself out.
    """
    features = np.empty(len(texts.words), np.uint32)
    lengths = texts.lengths()
    begin = 0
    while begin < len(texts):
        end = max(begin + 1, int(np.searchsorted(texts.starts, texts.starts[begin] + _CELLS, "right")) - 1)
        words = texts.words[texts.starts[begin] : texts.starts[end]]
        key = np.repeat(np.arange(end - begin), lengths[begin:end]) * texts.vocabulary + words
        by_key = np.argsort(key, kind="stable")
        before = np.empty(len(key), np.uint32)
        before[by_key] = ranks(key[by_key])
        features[texts.starts[begin] : texts.starts[end]] = _mixed(words, before)
        begin = end
    return features


def _mixed(words: NDArray[np.uint32], before: NDArray[np.uint32]) -> NDArray[np.uint32]:
    mixed = words * np.uint32(0x9E3779B1) + before * np.uint32(0x85EBCA77)
    mixed ^= mixed >> np.uint32(15)
    return mixed * np.uint32(0x2C1B3C6D)


def signs_of(texts: Texts, features: NDArray[np.uint32], start: int, stop: int, buckets: int) -> Signs:
    """The signs of the texts in `[start, stop)`."""
    packed = np.empty((stop - start, buckets // 8), np.uint8)
    lengths = texts.lengths()
    step = max(1, _CELLS * 4 // buckets)
    shift = np.uint32(32 - (buckets.bit_length() - 1))
    for begin in range(start, stop, step):
        end = min(begin + step, stop)
        bucket = features[texts.starts[begin] : texts.starts[end]] >> shift
        row = np.repeat(np.arange(end - begin), lengths[begin:end])
        counts = np.bincount(row * buckets + bucket, minlength=(end - begin) * buckets)
        packed[begin - start : end - start] = np.packbits(
            (counts & 1).astype(np.bool_).reshape(end - begin, -1), axis=1
        )
    return Signs(packed.view(np.uint64), start, buckets)
