"""Which row a tab shows now: the one that it shows already, else the next of its queue."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model import Entry, RowKey
from dashboard.reviewing import desk as desks
from dashboard.reviewing import queue as queues
from dashboard.reviewing.desk import Decision, Desk
from dashboard.reviewing.on_screen import Screens
from dashboard.reviewing.queue import Choice, Known, Progress
from dashboard.site import Site
from grading.book import reviews
from grading.book.reviews import Review


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the page shows.

    Attributes:
        entry: The row; None where the queue has no more.
        known: Every review there is.
    """

    desk: Desk
    entry: Entry | None
    known: Known
    progress: Progress

    @property
    def review(self) -> Review | None:
        """Of the row; None without one."""
        return self.known.get((self.entry.key.group, self.entry.key.ref)) if self.entry else None

    @property
    def given(self) -> Decision:
        """What the form starts with: what the reviewer wrote before, else what was decided before."""
        review = self.review
        if self.desk.draft is not None or review is None:
            return self.desk.draft or Decision(None)
        return Decision(review.state, review.label, review.comment)


def look(site: Site, desk: Desk, choice: Choice, screens: Screens) -> Look:
    """Finds the row to show, and notes on which screen it is."""
    with screens.lock:  # whoever is next sees what was decided and chosen here
        with site.book.reading() as db:
            known = reviews.all_reviews(db)
        rows = queues.queue(site.index, choice, known, site.who())
        busy = screens.others(desk.session)

        def following(passed: frozenset[RowKey]) -> RowKey | None:
            return queues.following(site.index, choice, rows.keys, known, passed=passed, busy=busy)

        key, entry, gone = desk.key or following(desk.passed), None, frozenset[RowKey]()
        while key is not None and (entry := site.index.find(key)) is None:  # it is in the file no more
            gone |= {key}
            key = following(desk.passed | gone)
        screens.show(desk.session, key)
    progress = queues.progress(site.index, choice, rows, known)
    return Look(desks.show(desk, key, known), entry, known, progress)
