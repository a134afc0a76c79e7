"""The reviews as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grading.book.reviews import Review
from quality.reports.spreadsheet import spreadsheet

COLUMNS = ("group", "id", "state", "label", "comment", "who", "at", "look")


def as_csv(reviews: Iterable[Review], labels: Mapping[str, str]) -> str:
    """A line for each look at a row, by group and id; `at` is in UTC, `look` 1 or 2.

    A cell that a spreadsheet could take for a formula has an apostrophe before it.

    Args:
        labels: Key of a group → its name.
    """
    said = (one for one in reviews if not one.is_empty)
    return spreadsheet(
        COLUMNS,
        (
            (
                labels.get(one.group, one.group),
                one.row_id,
                one.state or "open",
                one.label or "",
                one.comment,
                one.who,
                one.at.isoformat(timespec="seconds"),
                str(one.look),
            )
            for one in sorted(said, key=lambda one: (one.group, one.row_id, one.ref, one.look))
        ),
    )
