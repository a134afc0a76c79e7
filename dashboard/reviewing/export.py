"""The reviews as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from grading.book.reviews import Review
from quality.reports.escape import csv_cell

COLUMNS = ("group", "id", "state", "label", "comment", "who", "at")
BOM = "\ufeff"


def as_csv(reviews: Iterable[Review], labels: Mapping[str, str]) -> str:
    """`group, id, state, label, comment, who, at`: a line for each review, by group and id; `at` is in UTC.

    A cell that a spreadsheet could take for a formula has an apostrophe before it.

    Args:
        labels: Key of a group → its name.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in sorted(reviews, key=lambda one: (one.group, one.row_id, one.ref)):
        cells = (
            labels.get(one.group, one.group),
            one.row_id,
            one.state or "open",
            one.label or "",
            one.comment,
            one.who,
            one.at.isoformat(timespec="seconds"),
        )
        writer.writerow([csv_cell(cell) for cell in cells])
    return BOM + text.getvalue()
