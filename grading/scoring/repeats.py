"""One text for several prompts: which answers answer none of them. Pure.

Prompts of one kind may share an answer by right: `Yes.` fits many a yes-or-no question, and `Paris.` two questions. A
text that fits everything fits nothing: one for prompts that want a text of their own, for prompts of different kinds,
or for more than a quarter of all prompts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

WORDY = frozenset({"creative", "letter", "essay", "explain", "open"})
"""Kinds of prompts that a word does not answer."""
SHORT = frozenset({"one_word", "yes_no", "choice", "number", "question"})
"""Kinds that a word can answer; they count as one kind."""
FEW_ANSWERS = frozenset({"yes_no", "choice"})
"""Kinds with so few answers that all of their prompts may have the same."""
BRIEF_WORDS = 2
FEWEST = 3
"""Prompts with one answer from which it may answer none of them."""
MOST_SHARE = 0.25
"""Of all prompts, that one text may answer."""
_YES_OR_NO = re.compile(
    r"\W*(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)\b",
    re.IGNORECASE,
)

Asked = tuple[str, str]
"""A prompt: its kind and its text."""


def repeated(answered: Sequence[tuple[Asked, str]], prompts: int) -> frozenset[tuple[str, str]]:
    """Kind of prompt and text for which that text is no answer.

    Args:
        answered: Each prompt with its answer, folded, so that other signs make no other text.
        prompts: How many were asked.
    """
    asked: dict[str, list[Asked]] = defaultdict(list)
    for one, text in answered:
        asked[text].append(one)
    return frozenset(
        (kind, text)
        for text, ones in asked.items()
        if len(ones) >= FEWEST
        for kind in {kind for kind, _ in ones}
        if kind in WORDY or _fits_everything(text, ones, prompts)
    )


def _fits_everything(text: str, asked: Sequence[Asked], prompts: int) -> bool:
    kinds = {"short" if kind in SHORT else kind for kind, _ in asked}
    if len(kinds) > 1:
        return True
    if len(text.split()) <= BRIEF_WORDS and all(_has_few_answers(one) for one in asked):
        return False
    return len(asked) > MOST_SHARE * prompts


def _has_few_answers(asked: Asked) -> bool:
    kind, text = asked
    return kind in FEW_ANSWERS or (kind == "question" and _YES_OR_NO.match(text) is not None)
