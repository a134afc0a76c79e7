"""What decisions change, known before they are saved."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.dismissing import grades
from dashboard.dismissing.grades import GradeChange
from dashboard.dismissing.touched import touched
from dashboard.site import Site
from grading.scoring import dismissed
from quality.dismissals import Decision


@dataclass(frozen=True, slots=True)
class Impact:
    """What the decisions change.

    Attributes:
        groups: Of which rows are touched.
        passing: Rows of a single file in which no error is left but dismissed ones.
        let_in: Rows that the guide lets the gate take so at most; for a single file.
        grades: Of the groups whose points change, the greatest change first; for a course.
        unknown: Groups that have no points for their data, before or after.
        without_sheet: The last run kept no findings of the sheet itself, so what they change is left out.
    """

    findings: int
    rows: int
    groups: int
    passing: int = 0
    let_in: int = 0
    grades: tuple[GradeChange, ...] = ()
    unknown: int = 0
    without_sheet: bool = False

    @property
    def letters(self) -> int:
        """Grades whose letter changes."""
        return sum(one.letter != one.letter_then for one in self.grades)

    @property
    def flips(self) -> int:
        """Grades that pass and did not, or the other way round."""
        return sum(one.passes != one.passes_then for one in self.grades)


def impact(site: Site, decisions: Sequence[Decision]) -> Impact:
    """What the decisions change, beside the grades or scores as they stand.

    Raises:
        ProofgateError: The course's own files or the book cannot be read.
    """
    rows = touched(site, decisions)
    findings, groups = sum(one.findings for one in rows), len({one.entry.key.group for one in rows})
    if site.course is not None:
        changed = grades.changed(site, site.course, rows, decisions)
        return Impact(
            findings,
            len(rows),
            groups,
            grades=changed.grades,
            unknown=changed.unknown,
            without_sheet=changed.without_sheet,
        )
    after = [
        dismissed.of_row(grades.marks(one.entry), one.entry.findings, one.entry.row, site.guide)
        for one in rows
    ]
    passing = sum(new.passed and not one.entry.passed for one, new in zip(rows, after, strict=True))
    most = math.floor(site.guide.gate.max_accepted_share * site.index.count() + 1e-9)
    return Impact(findings, len(rows), groups, passing=passing, let_in=most)
