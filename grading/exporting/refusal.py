"""Why nothing is exported although it could be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grading.exporting.cohort import Case, Cohort
from quality.errors import InputError, ProofgateError
from quality.reports.escape import visible
from quality.wording import count, listed


class ExportRefused(ProofgateError):
    """Grades that a person must look at before they go out."""

    exit_code = 1


def check(cohort: Cohort, *, accept_superseded: bool, accept_above: bool) -> None:
    """Looks whether these grades may go out.

    Raises:
        InputError: There is nothing to export.
        ExportRefused: The last run was cut off, or knew other hand-ins, groups or rubric lines; a person marked a
            hand-in that has been replaced since; or a person's mark is above what its line gives now.
    """
    if not cohort.cases:
        raise InputError("there are no groups", remedy="import the hand-ins first: grading import FILE")
    if cohort.cut_off:
        raise ExportRefused("the last run was cut off, or is still at work", remedy=_RUN)
    if not any(mark.version for case in cohort.cases for mark in case.marks):
        raise InputError("nothing was graded yet", remedy=_RUN)
    behind = [case.group.key for case in cohort.cases if is_behind(case)]
    if behind:
        raise ExportRefused(
            f"{count(len(behind), 'group has', 'groups have')} a newer hand-in than the one that was graded: "
            f"{listed(behind)}",
            remedy=_RUN,
        )
    rubric = cohort.course.rubric
    if any(_is_of_another_rubric(case, rubric) for case in cohort.cases if not case.purged):
        raise ExportRefused("the rubric in course.toml was changed since the last run", remedy=_RUN)
    if not cohort.compared:
        raise ExportRefused("the groups, as they are now, were not compared with one another", remedy=_RUN)
    above = [case for case in cohort.cases if case.above]
    if above and not accept_above:
        raise ExportRefused(
            f"{count(len(above), 'group has', 'groups have')} marks by a person above what the line gives:\n"
            + "\n".join(too_much(above)),
            remedy="give them anew (grading mark GROUP LINE POINTS --why TEXT), "
            "or export them as they are with --accept-above",
        )
    older = [case for case in cohort.cases if case.superseded]
    if older and not accept_superseded:
        raise ExportRefused(
            f"{count(len(older), 'group has', 'groups have')} marks by a person on a hand-in that was replaced:\n"
            + "\n".join(superseded(older)),
            remedy="look at them (grading show GROUP) and mark them again, "
            "or export them as they are with --accept-superseded",
        )


_RUN = "grade first: grading run"


def is_behind(case: Case) -> bool:
    """Whether the program's points are for another hand-in than the one that counts now."""
    examined = case.documents.get("examined")
    if (
        case.hand_in is None or examined == {}
    ):  # nothing to grade, or the program failed at it: the lines are open
        return False
    return examined is None or examined.get("hand_in") != case.hand_in.version


def _is_of_another_rubric(case: Case, rubric: Mapping[str, float]) -> bool:
    return any(mark.version and mark.most != rubric.get(mark.key, mark.most) for mark in case.marks)


def too_much(cases: Sequence[Case]) -> list[str]:
    """A line for each mark above what its line gives."""
    return [
        f"  {case.group.key}  {mark.key}: {mark.manual.points:g} of {mark.most:g} by {visible(mark.manual.who)}"
        for case in cases
        for mark in case.above
        if mark.manual
    ]


def superseded(cases: Sequence[Case]) -> list[str]:
    """A line for each such mark."""
    return [
        f"  {case.group.key}  {mark.key}: {mark.manual.points:g} by {visible(mark.manual.who)}"
        for case in cases
        for mark in case.superseded
        if mark.manual
    ]
