"""The groups' pages, and the zip that takes them to the students."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping

from grading.course.inputs import pinned_guide
from grading.exporting import days
from grading.exporting.cohort import Case, Cohort
from grading.feedback.html import render
from grading.feedback.told import Told
from grading.hand_in.naming import slug
from grading.lms.feedback_zip import Page, feedback_zip
from quality import checks
from quality.errors import InputError
from quality.wording import listed

NO_IDS = (
    "course.toml does not say what Moodle takes the numbers in a feedback zip for (`feedback_ids`), so feedback.zip "
    "holds plain files: hand them out, or set it and export again; Moodle would take none of them"
)
AFTER = (
    "upload feedback.zip to Moodle after the worksheet: grades that are older than their feedback are skipped"
)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def pages(cohort: Cohort) -> dict[str, bytes]:
    """File name → page, of every group: `g007-team-name.html`.

    Raises:
        InputError: Two groups would have one file.
        ConfigError: The style guide is not the one that the course pins.
    """
    style = pinned_guide(cohort.course)
    rules = {rule.code: rule for check in checks.load_all() for rule in check.rules}
    made = [
        (
            file_name(case),
            render(
                Told(
                    course=cohort.course,
                    group=case.group.name or case.group.key,
                    members=len(case.group.members),
                    marks=case.marks,
                    grade=case.grade,
                    received=case.hand_in.received if case.hand_in else None,
                    version=case.hand_in.version if case.hand_in else "",
                    troubles=case.troubles,
                    documents=case.documents,
                    days=days.told(case, cohort.course),
                    guide=style,
                    rules=rules,
                )
            ),
        )
        for case in cohort.cases
        if not case.purged
    ]
    times = Counter(name.casefold() for name, _ in made)
    if doubled := [name for name, _ in made if times[name.casefold()] > 1]:
        raise InputError(f"two groups would have one page: {listed(doubled)}")
    return dict(made)


def file_name(case: Case) -> str:
    """What the group's page is called."""
    return f"{case.group.key}-{slug(case.group.name or case.group.key)}.html"


def archive(cohort: Cohort, made: Mapping[str, bytes]) -> tuple[bytes, tuple[str, ...]]:
    """The feedback zip, and what is to be known of it.

    With `feedback_ids` it is what Moodle's upload takes; else a zip of plain files, which Moodle leaves alone: a page
    under a number that means something else would reach another student.

    Raises:
        InputError: A group or a member has no number of Moodle's.
    """
    ids = cohort.course.feedback_ids
    if ids is None or cohort.course.lms != "moodle":
        return _plain(made), (NO_IDS,) if cohort.course.lms == "moodle" else ()
    if ids == "group":
        numbered = [
            Page(case.group.identifier or "", slug(case.group.name), made[file_name(case)])
            for case in cohort.cases
            if case.hand_in
        ]
        return feedback_zip(numbered, ids), (AFTER,)
    of_users = [
        Page(_number(person.identifier or ""), slug(person.name or person.key), made[file_name(case)])
        for case in cohort.cases
        for person in case.group.members
    ]
    return feedback_zip(of_users, ids), (AFTER,)


def _number(identifier: str) -> str:
    """Moodle's number at the end of an identifier such as `Participant 123`; "" without one."""
    found = re.search(r"[0-9]+\Z", identifier)
    return found.group() if found else ""


def _plain(made: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in sorted(made.items()):
            file.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()
