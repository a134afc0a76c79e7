"""The rules of inference, one file a criterion; each is a pure function of one case."""

from __future__ import annotations

from quality.correction.evidence import again, amount, asked, facts, language, manner, origin

CLUES = (
    *facts.CLUES,
    *language.CLUES,
    *manner.CLUES,
    *amount.CLUES,
    *asked.CLUES,
    *again.CLUES,
    *origin.CLUES,
)
"""In the order of the guide's criteria."""
