"""Moodle's offline grading worksheet: read as the site wrote it, and filled in place.

    Identifier, Full name, [Email address …], Status, [Group], …, Grade, Maximum grade | Scale, [Marking workflow
    state], Grade can be changed, Last modified (submission), [Online text], Last modified (grade), [Feedback comments]

The file that the teaching assistant downloaded is edited, never made anew: Moodle matches participants, headers,
decimals and times with what it wrote itself.

    bytes ─ reading ─→ Worksheet ─ filling ─→ bytes; restoring: the same from the grade book's cells
"""

from grading.lms.filling import Filled, filled
from grading.lms.reading import parse, read
from grading.lms.restoring import layout, restored
from grading.lms.types import Participant, Worksheet

__all__ = ["Filled", "Participant", "Worksheet", "filled", "layout", "parse", "read", "restored"]
