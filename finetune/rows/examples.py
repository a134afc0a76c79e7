"""Rows → what the model learns from: ids of prompt and answer, and which rows cannot be learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finetune.rows.prompt_template import Template, answer_ids, answer_text, asked, prompt_ids
from finetune.rows.tokenizer import Tokenizer
from quality.model import Row


@dataclass(frozen=True, slots=True)
class Example:
    """One row as ids.

    Attributes:
        row: Record number as a spreadsheet shows it.
        prompt: Ids that the loss leaves out, BOS first.
        answer: Ids that are learned, EOS last.
    """

    row: int
    id: str
    prompt: tuple[int, ...]
    answer: tuple[int, ...]

    @property
    def length(self) -> int:
        """Tokens of prompt and answer together."""
        return len(self.prompt) + len(self.answer)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that is not trained on.

    Attributes:
        reason: Why, as the end of a sentence that names the row.
        tokens: Of a row that is too long; else 0.
    """

    row: int
    id: str
    reason: str
    tokens: int = 0


def examples(
    rows: Sequence[Row], template: Template, tokenizer: Tokenizer, max_length: int
) -> tuple[tuple[Example, ...], tuple[Dropped, ...]]:
    """The rows as ids and the rows that cannot be used, both in the table's order.

    Args:
        max_length: Most tokens of prompt and answer together. A longer row is dropped whole: an answer without
            its end would teach the model never to stop.
    """
    kept: list[Example] = []
    dropped: list[Dropped] = []
    for row in rows:
        made = _example(row, template, tokenizer, max_length)
        if isinstance(made, Example):
            kept.append(made)
        else:
            dropped.append(made)
    return tuple(kept), tuple(dropped)


def _example(row: Row, template: Template, tokenizer: Tokenizer, max_length: int) -> Example | Dropped:
    for name, cell in (("instruction", row.instruction), ("output", row.output)):
        if not cell.strip():
            return Dropped(row.row, row.id, f"its {name} is empty")
    prompt = prompt_ids(template, asked(row), tokenizer)
    answer = answer_ids(template, row.output, tokenizer)
    if not answer_text(template, answer, tokenizer):
        return Dropped(row.row, row.id, "its output holds nothing that the base's tokenizer can write")
    example = Example(row.row, row.id, tuple(prompt), tuple(answer))
    if example.length > max_length:
        why = f"has {example.length:,} tokens; the limit is {max_length:,}"
        return Dropped(row.row, row.id, why, example.length)
    return example
