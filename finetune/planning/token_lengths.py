"""How many tokens the rows have: counted with the base's tokenizer, or estimated from characters and said to be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from finetune.base_model.base import Base
from finetune.rows import tokenizer
from finetune.rows.examples import Dropped, examples
from finetune.rows.prompt_template import Template, asked
from quality.errors import ProofgateError
from quality.model import Row

CHARACTERS = 3.7
"""Characters of a token in English text; measured with Llama's vocabulary and the alpaca template: 3.69 over 137 rows
of a course, 3.81 over 3,000 answers of AlpacaEval."""
ENDS = 2
"""BOS and EOS."""
MOST_BARS = 10


@dataclass(frozen=True, slots=True)
class Lengths:
    """Tokens of each row, prompt, answer and template together.

    Attributes:
        rows: Of those that can be trained on, in the table's order.
        dropped: The others, and why.
        note: Why they are estimated; "" where they were counted.
    """

    rows: tuple[int, ...]
    dropped: tuple[Dropped, ...]
    note: str

    @property
    def too_long(self) -> tuple[int, ...]:
        """Tokens of the rows that are dropped for their length alone."""
        return tuple(row.tokens for row in self.dropped if row.tokens)

    @property
    def estimated(self) -> bool:
        """Whether they follow from characters alone."""
        return bool(self.note)

    def share(self, part: float) -> int:
        """What that share of the rows does not exceed; 0 without rows."""
        ranked = sorted(self.rows)
        return ranked[max(0, math.ceil(part * len(ranked)) - 1)] if ranked else 0


@dataclass(frozen=True, slots=True)
class Bar:
    """How many rows have between so many tokens, both included."""

    low: int
    high: int
    rows: int


def measure(rows: Sequence[Row], template: Template, base: Base, max_length: int) -> Lengths:
    """The rows' tokens, as the run will count them where the base's tokenizer is here."""
    if base.small_files is None:
        return _estimated(rows, template, max_length, "the base's tokenizer is not here")
    try:
        words = tokenizer.load(Path(base.small_files))
    except ImportError:
        return _estimated(rows, template, max_length, "the package tokenizers is not installed")
    except ProofgateError as error:
        return _estimated(rows, template, max_length, f"the base's tokenizer cannot be read: {error.what}")
    kept, dropped = examples(rows, template, words, max_length)
    return Lengths(tuple(example.length for example in kept), dropped, "")


def histogram(lengths: Sequence[int]) -> tuple[Bar, ...]:
    """At most ten bars of equal width, a round number of tokens."""
    if not lengths:
        return ()
    width = 8
    while max(lengths) > width * MOST_BARS:
        width *= 2
    first, last = (min(lengths) - 1) // width, (max(lengths) - 1) // width
    counts = [0] * (last - first + 1)
    for length in lengths:
        counts[(length - 1) // width - first] += 1
    return tuple(
        Bar((first + at) * width + 1, (first + at + 1) * width, rows) for at, rows in enumerate(counts)
    )


def _estimated(rows: Sequence[Row], template: Template, max_length: int, why: str) -> Lengths:
    around = template.before + template.between + template.after
    kept: list[int] = []
    dropped: list[Dropped] = []
    for row in rows:
        empty = next((name for name in ("instruction", "output") if not getattr(row, name).strip()), None)
        tokens = _tokens(around + asked(row) + row.output)
        if empty is not None:
            dropped.append(Dropped(row.row, row.id, f"its {empty} is empty"))
        elif tokens > max_length:
            reason = f"has about {tokens:,} tokens; the limit is {max_length:,}"
            dropped.append(Dropped(row.row, row.id, reason, tokens))
        else:
            kept.append(tokens)
    return Lengths(tuple(kept), tuple(dropped), why)


def _tokens(text: str) -> int:
    """A token for each 3.7 characters, and one for each that is not ASCII: most vocabularies know few of those."""
    plain = sum(map(str.isascii, text))
    return math.ceil(plain / CHARACTERS) + len(text) - plain + ENDS
