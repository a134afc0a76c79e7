"""Which row a tab shows now: the one that it shows already, else the next of its queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.model import Entry, RowKey
from dashboard.reviewing import desk as desks
from dashboard.reviewing import queue as queues
from dashboard.reviewing.desk import NOTHING_CORRECTED, Desk
from dashboard.reviewing.known import known as everything
from dashboard.reviewing.on_screen import Screens
from dashboard.reviewing.queue import Choice, Progress
from dashboard.reviewing.saving import Decision
from dashboard.site import Site
from grading.book.review_changes import Known
from grading.book.reviews import SECOND, Review

Corrected = Callable[[Site], Mapping[RowKey, str]]


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the page shows.

    Attributes:
        entry: The row; None where the queue has no more.
        contents: Gives the SHA-256 of the texts of the rows that were corrected since the index was made.
        known: Every review there is, of the look that the choice is about.
    """

    desk: Desk
    entry: Entry | None
    known: Known
    progress: Progress
    contents: Corrected

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


def look(
    site: Site,
    desk: Desk,
    choice: Choice,
    screens: Screens,
    contents: Corrected = lambda site: NOTHING_CORRECTED,
) -> Look:
    """Finds the row to show, and notes on which screen it is."""
    content = queues.contents(site.index, contents(site))
    with screens.lock:  # whoever is next sees what was decided and chosen here
        held = everything(site.book)
        known = held.second if choice.look == SECOND else held.first
        rows = queues.queue(site.index, choice, held.first, site.who(), content)
        busy = screens.others(site.who())

        def following(passed: frozenset[RowKey]) -> RowKey | None:
            return queues.following(choice, rows.keys, known, content, passed=passed, busy=busy)

        key, entry, gone = desk.key or following(desk.passed), None, frozenset[RowKey]()
        while key is not None and (entry := site.index.find(key)) is None:  # it is in the file no more
            gone |= {key}
            key = following(desk.passed | gone)
        screens.show(site.who(), key)
    progress = queues.progress(choice, rows, known, content)
    return Look(desks.show(desk, key, known), entry, known, progress, contents)
