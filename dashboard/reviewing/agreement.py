"""How far two persons agree who looked at the same rows without knowing of one another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from grading.book.review_changes import Known, Reviews
from quality.wording import count, percent


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two looks at the same texts, by two persons.

    Attributes:
        rows: Rows that both decided about.
        alike: Those that both accepted or both flagged.
        kappa: Cohen's, -1..1: agreement beyond what chance gives; None where chance alone would always agree.
    """

    rows: int
    alike: int
    kappa: float | None

    @property
    def words(self) -> str:
        """In a sentence."""
        if not self.rows:
            return "No row has been looked at by two persons yet."
        kappa = "not defined" if self.kappa is None else f"{self.kappa:.2f}"
        return (
            f"Two persons looked at {count(self.rows, 'row')} and decided alike about {self.alike:,} "
            f"({percent(self.alike, self.rows)}); Cohen's kappa {kappa}."
        )


def agreement(known: Reviews) -> Agreement:
    """Over the rows that two persons decided about as they were at both times.

    Source: Cohen, A coefficient of agreement for nominal scales, 1960.
    """
    pairs = Counter(_pairs(known.first, known.second))
    rows = pairs.total()
    alike = sum(number for (one, other), number in pairs.items() if one == other)
    if not rows:
        return Agreement(0, 0, None)
    firsts, seconds = Counter[str](), Counter[str]()
    for (one, other), number in pairs.items():
        firsts[one] += number
        seconds[other] += number
    chance = sum(firsts[state] * seconds[state] for state in firsts) / rows**2
    return Agreement(rows, alike, None if chance == 1 else (alike / rows - chance) / (1 - chance))


def _pairs(firsts: Known, seconds: Known) -> list[tuple[str, str]]:
    return [
        (first.state, second.state)
        for key, second in seconds.items()
        if (first := firsts.get(key)) is not None
        and first.state
        and second.state
        and first.content == second.content
        and first.who != second.who
    ]
