"""Why nothing is exported although it could be."""

from __future__ import annotations

from collections.abc import Sequence

from grading.exporting.cohort import Case, Cohort
from grading.feedback.bodies import body
from quality.errors import InputError, ProofgateError
from quality.reports.escape import visible
from quality.wording import count, listed


class ExportRefused(ProofgateError):
    """Grades that a person must look at before they go out."""

    exit_code = 1


def check(cohort: Cohort, *, accept_superseded: bool) -> None:
    """Looks whether these grades may go out.

    Raises:
        InputError: There is nothing to export.
        ExportRefused: A person marked a hand-in that has been replaced since, or a hand-in was not graded yet.
    """
    if not cohort.cases:
        raise InputError("there are no groups", remedy="import the hand-ins first: grading import FILE")
    if not any(mark.version for case in cohort.cases for mark in case.marks):
        raise InputError("nothing was graded yet", remedy="grade first: grading run")
    behind = [case.group.key for case in cohort.cases if is_behind(case)]
    if behind:
        raise ExportRefused(
            f"{count(len(behind), 'group has', 'groups have')} a newer hand-in than the one that was graded: "
            f"{listed(behind)}",
            remedy="grade it first: grading run",
        )
    older = [case for case in cohort.cases if case.superseded]
    if older and not accept_superseded:
        raise ExportRefused(
            f"{count(len(older), 'group has', 'groups have')} marks by a person on a hand-in that was replaced:\n"
            + "\n".join(superseded(older)),
            remedy="look at them (grading show GROUP) and mark them again, "
            "or export them as they are with --accept-superseded",
        )


def is_behind(case: Case) -> bool:
    """Whether the program's points are for another hand-in than the one that counts now."""
    graded = body(case.documents, "examined").get("hand_in")
    return bool(graded and case.hand_in and graded != case.hand_in.version)


def superseded(cases: Sequence[Case]) -> list[str]:
    """A line for each such mark."""
    return [
        f"  {case.group.key}  {mark.key}: {mark.manual.points:g} by {visible(mark.manual.who)}"
        for case in cases
        for mark in case.superseded
        if mark.manual
    ]
