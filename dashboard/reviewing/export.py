"""The reviews as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from grading.book.reviews import Review
from quality.reports.escape import csv_cell

COLUMNS = ("group", "id", "state", "label", "comment", "who", "at", "look")
BOM = "\ufeff"


def as_csv(reviews: Iterable[Review], labels: Mapping[str, str]) -> str:
    """A line for each look at a row, by group and id; `at` is in UTC, `look` 1 or 2.

    A cell that a spreadsheet could take for a formula has an apostrophe before it.

    Args:
        labels: Key of a group → its name.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    said = (one for one in reviews if not one.is_empty)
    for one in sorted(said, key=lambda one: (one.group, one.row_id, one.ref, one.look)):
        cells = (
            labels.get(one.group, one.group),
            one.row_id,
            one.state or "open",
            one.label or "",
            one.comment,
            one.who,
            one.at.isoformat(timespec="seconds"),
            str(one.look),
        )
        writer.writerow([csv_cell(cell) for cell in cells])
    return BOM + text.getvalue()
