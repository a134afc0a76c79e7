"""The tables that export writes. Every cell that somebody else wrote passes `lms.formulas.neutral`.

Unknown is blank, never 0: points that nobody gave, a p value that was not measured, days that nobody knows.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence

from grading.course.model import LATENESS, Course
from grading.exporting import days
from grading.exporting.cohort import Case, Cohort
from grading.feedback.bodies import body
from grading.lms.formulas import neutral


def grades(cohort: Cohort) -> bytes:
    """`group, points, max_points`, a column for each line of the rubric, `late_days, flags`; a row for each group.

    `late_days` are days begun after the deadline. Lateness, where it is graded, is a column too.
    """
    lines = _lines(cohort.course)
    copied = candidates(cohort)
    rows = (
        [
            case.label,
            number(case.grade.points),
            number(case.grade.most),
            *(number(_points(case, key)) for key in lines),
            number(days.evidence(case).get("begun_days")),
            ";".join(flags(case, copied)),
        ]
        for case in cohort.cases
    )
    return _csv(["group", "points", "max_points", *lines, "late_days", "flags"], rows)


def copying(cohort: Cohort) -> bytes:
    """`group_a, group_b, score, p, q, shared_edits`: every pair, the most alike first."""
    labels = {case.group.key: case.label for case in cohort.cases}
    known = sorted(
        cohort.pairs, key=lambda pair: (math.inf if pair.q is None else pair.q, -pair.score, pair.a, pair.b)
    )
    rows = (
        [
            labels.get(pair.a, pair.a),
            labels.get(pair.b, pair.b),
            number(pair.score),
            number(pair.p),
            number(pair.q),
            str(pair.shared_edits),
        ]
        for pair in known
    )
    return _csv(["group_a", "group_b", "score", "p", "q", "shared_edits"], rows)


def consensus(cohort: Cohort) -> bytes:
    """`id, label, share, tie`; a tie has no label, and says so."""
    rows = (
        [row.id, row.label or "", number(row.share), "true" if row.tie else "false"]
        for row in cohort.consensus
    )
    return _csv(["id", "label", "share", "tie"], rows)


def late_days(cohort: Cohort) -> bytes:
    """`group, identifier, email, name, late_days_left`: a roster for the next homework."""
    rows = (
        [
            case.group.name,
            member.person.identifier or "",
            member.person.email,
            member.person.name,
            number(member.left),
        ]
        for case in cohort.cases
        for member in days.of_members(case, cohort.course)
    )
    return _csv(["group", "identifier", "email", "name", "late_days_left"], rows)


def candidates(cohort: Cohort) -> frozenset[str]:
    """Groups in a pair up to the course's q value."""
    limit = cohort.course.copying_q
    return frozenset(
        group for pair in cohort.pairs if pair.q is not None and pair.q <= limit for group in (pair.a, pair.b)
    )


def flags(case: Case, copied: frozenset[str]) -> Iterator[str]:
    """What a person should know before they believe the number, in words that a script can split at `;`."""
    examined = body(case.documents, "examined")
    for word, holds in (
        ("purged", case.purged),
        ("nothing-handed-in", case.hand_in is None and not case.purged),
        ("not-graded", case.grade.points is None),
        ("may-flip", bool(case.flips)),
        ("late", (days.evidence(case).get("begun_days") or 0) > 0),
        ("by-hand", any(mark.manual for mark in case.marks)),
        ("mark-on-older-hand-in", bool(case.superseded)),
        ("mark-above-maximum", bool(case.above)),
        ("copying", case.group.key in copied or _is_like_another(case)),
        ("lineage-broken", body(examined, "lineage").get("state") == "broken"),
    ):
        if holds:
            yield word
    yield from dict.fromkeys(one["code"] for one in case.troubles if one["level"] == "error")


def _is_like_another(case: Case) -> bool:
    """Whether it handed in the very texts of another group, which needs no p value."""
    return any(one["kind"] == "outputs" for one in case.documents.get("signals") or ())


def number(value: float | None) -> str:
    """Six significant digits; "" where there is no number."""
    return "" if value is None or not math.isfinite(value) else f"{value:.6g}"


def _lines(course: Course) -> list[str]:
    return [*course.rubric, *([LATENESS] if course.deadline is not None else [])]


def _points(case: Case, key: str) -> float | None:
    mark = case.mark(key)
    return mark.effective if mark else None


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([neutral(cell) for cell in header])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")
