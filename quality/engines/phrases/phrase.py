"""What a turn of phrase is, and the words that several of them share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

FUNCTION_WORDS = frozenset(
    str.split(
        "of to for in on at that which who why where when is are was were have has had can will should and"
        " or but because from with by as this its his us yours ours theirs hers those these always perhaps"
        " sometimes does"
    )
)

PLAIN_VERB = (
    "take|make|give|become|go|get|know|have|learn|eat|write|keep|choose|bring|find|lose|develop|provide|create|reduce"
    "|improve|achieve|solve|understand|teach|think|spend|pay|buy|meet|ask|tell|follow|continue"
)
"""Plain forms that are seldom nouns."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern whose first group is at fault when `accepts` agrees; `mend` gives the suggestion, "" for none.

    Attributes:
        hints: One of these, in small letters, stands in every text that it can be found in; () for no such thing.
    """

    rule: str
    kind: str
    message: str
    pattern: re.Pattern[str]
    accepts: Callable[[str], bool] = bool
    mend: Callable[[str], str] = lambda word: ""
    hints: tuple[str, ...] = ()


def pattern(text: str) -> re.Pattern[str]:
    """The expression in any letter case."""
    return re.compile(text, re.IGNORECASE)
