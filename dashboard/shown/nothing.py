"""The page of a site without rows: what is missing, and the command that makes it."""

from __future__ import annotations

from dashboard.shown import blocks
from dashboard.site import Site
from grading.book import hand_ins


def nothing(site: Site) -> None:
    """Says why there is no row to look at."""
    if not site.of_course:
        blocks.empty("The file has no rows.")
        return
    with site.book.reading() as db:
        handed_in = bool(hand_ins.current(db))
    if handed_in:
        blocks.empty("No rows yet: what was handed in was not graded. Grade it:", "grading run")
    else:
        blocks.empty(
            "No rows yet. Import the hand-ins and grade them:", "grading import submissions.zip\ngrading run"
        )
