"""One decision into the grade book, and what stood there before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.model import Entry, RowKey
from dashboard.site import Site
from grading.book import moments, reviews
from grading.book.reviews import FIRST, SECOND, Review
from quality.reports.escape import visible
from quality.wording import cut

MAX_NAME = 60
"""Characters of a name that is shown."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the reviewer says of a row; see `grading.book.reviews.Review`."""

    state: str | None
    label: str | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A decision that is in the book.

    Attributes:
        review: With its version now.
        before: What stood there, None for nothing.
        first: The first look, where this is a second one that decided.
    """

    review: Review
    before: Review | None
    first: Review | None = None

    @property
    def key(self) -> RowKey:
        """Of its row."""
        return RowKey(self.review.group, self.review.ref)

    @property
    def is_new(self) -> bool:
        """Whether it did not stand there already."""
        return self.before is None or self.before.version != self.review.version

    @property
    def words(self) -> str:
        """What the reviewer is told: after a second look, what the first had given."""
        if self.first is None:
            return "Saved."
        return f"Saved. {visible(cut(self.first.who, MAX_NAME))} had decided: {self.first.state or 'open'}."


def review(site: Site, entry: Entry, decision: Decision, *, version: int, look: int) -> Review:
    """The decision as a review that is to be saved on that version."""
    return Review(
        group=entry.key.group,
        ref=entry.key.ref,
        row_id=entry.row.id,
        content=entry.content,
        state=decision.state,
        label=decision.label,
        comment=decision.comment,
        who=site.who(),
        at=moments.moment(moments.now()),
        version=version,
        look=look,
    )


def save(site: Site, wanted: Review) -> Saved:
    """Saves the review on the version that it names.

    Raises:
        ReviewConflict: Another one stands there by now.
        ProofgateError: It cannot be saved.
    """
    with site.book.writing() as db:
        before = reviews.get(db, wanted.group, wanted.ref, wanted.look)
        version = reviews.save(
            db,
            wanted.group,
            wanted.ref,
            row_id=wanted.row_id,
            content=wanted.content,
            state=wanted.state,
            label=wanted.label,
            comment=wanted.comment,
            who=site.who(),
            expected=wanted.version,
            look=wanted.look,
        )
        first = None
        if wanted.look == SECOND and wanted.state is not None:
            first = reviews.get(db, wanted.group, wanted.ref, FIRST)
    return Saved(replace(wanted, version=version), before, first)


def take_back(site: Site, last: Saved) -> None:
    """Saves anew what stood there before that decision.

    Raises:
        ReviewConflict: Somebody saved since.
        ProofgateError: It cannot be saved.
    """
    before = last.before or replace(last.review, state=None, label=None, comment="", who=site.who())
    with site.book.writing() as db:
        reviews.put_back(db, before, who=site.who(), expected=last.review.version)
