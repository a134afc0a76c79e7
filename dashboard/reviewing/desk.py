"""What one reviewer has before them in one browser tab, and what becomes of it when they decide.

Desk ─ show → row, version ─ decide → saved | Conflict (both kept) | refused with a sentence ─→ next Desk
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic

from dashboard import site as sites
from dashboard.model import Entry, RowKey
from dashboard.reviewing.queue import Choice
from dashboard.site import Site
from grading.book import reviews
from grading.book.reviews import Review, ReviewConflict
from quality.errors import ProofgateError

PACE_S = 0.5
"""Seconds that a row is on the screen, and no key pressed, before a decision counts. A key that is held down repeats 30
times a second; whoever reads a row takes longer."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A decision of this tab; `before` is what stood there, None for nothing."""

    key: RowKey
    row_id: str
    content: str
    before: Review | None
    version: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What the reviewer says of a row; see `grading.book.reviews.Review`."""

    state: str | None
    label: str | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """One tab.

    Attributes:
        session: Tells it from other tabs.
        key: The row that is shown; None: the next one of the queue is to be found.
        version: Of its review when it was first shown, 0 without one.
        stale: Whether the version is to be read anew.
        since: When the row came on the screen, or came there again after a key that was pressed too soon; of the
            monotonic clock. None: it is not there yet.
        passed: Rows that were put off or decided here.
        saved: What was decided here, the newest last.
        choice: The queue that `passed` is about.
        draft: What the reviewer wrote before and wants to write anew.
        conflict: A save that somebody else was faster than; it waits for the reviewer's word.
        said: What happened last, in a sentence of ours.
        trouble: Why the last decision was not kept.
    """

    session: str
    key: RowKey | None = None
    version: int = 0
    stale: bool = False
    since: float | None = None
    passed: frozenset[RowKey] = frozenset()
    saved: tuple[Saved, ...] = ()
    choice: Choice | None = None
    draft: Decision | None = None
    conflict: ReviewConflict | None = None
    said: str = ""
    trouble: ProofgateError | None = None


def show(desk: Desk, key: RowKey | None, known: Mapping[tuple[str, str], Review]) -> Desk:
    """The desk with that row on it; the version stays that of the first look, until the row is decided."""
    if key == desk.key and not desk.stale:
        return desk
    review = known.get((key.group, key.ref)) if key else None
    draft = desk.draft if key == desk.key else None
    version = review.version if review else 0
    return replace(desk, key=key, version=version, stale=False, since=None, draft=draft)


def current(site: Site) -> Site:
    """The site as it is now: the page may still have been made from an older index."""
    held = sites.held()
    return held if isinstance(held, Site) else site


def chosen(desk: Desk, choice: Choice) -> Desk:
    """The desk for that queue; another one than before starts anew."""
    if desk.choice == choice:
        return desk
    return replace(desk, choice=choice, key=None, since=None, passed=frozenset(), conflict=None, said="")


def restarted(desk: Desk) -> Desk:
    """The desk with the rows that were put off in the queue again."""
    return replace(desk, key=None, since=None, passed=frozenset(), said="")


def shown(desk: Desk, now: float | None = None) -> Desk:
    """The desk once its row is on the screen."""
    return desk if desk.since is not None else replace(desk, since=monotonic() if now is None else now)


def decide(site: Site, entry: Entry, decision: Decision, desk: Desk, now: float | None = None) -> Desk:
    """The desk after the reviewer decided about the row that was on it; anything that was not kept is said.

    Args:
        entry: As it was shown.
    """
    desk = replace(desk, said="", trouble=None)
    if desk.key != entry.key:
        return desk  # a key that was pressed again while the next row was on its way
    now = monotonic() if now is None else now
    if desk.since is None or now - desk.since < PACE_S:
        return replace(
            desk, since=None, said="Too fast to have been read: nothing was saved. Press the key again."
        )
    if not _as_shown(site, entry):
        return _back(
            desk, "The row has changed since it was shown: nothing was saved. This is how it is now."
        )
    return _save(site, desk, entry, decision, desk.version)


def keep_mine(site: Site, desk: Desk) -> Desk:
    """Saves what lost the race on top of what won it."""
    conflict = desk.conflict
    if conflict is None:
        return desk
    wanted = conflict.wanted
    entry = current(site).index.find(RowKey(wanted.group, wanted.ref))
    if entry is None or entry.content != wanted.content:
        return _back(replace(desk, conflict=None), "The row has changed meanwhile: nothing was saved.")
    decision = Decision(wanted.state, wanted.label, wanted.comment)
    version = conflict.found.version if conflict.found else 0
    return _save(site, replace(desk, conflict=None), entry, decision, version)


def take_theirs(desk: Desk) -> Desk:
    """Leaves what is there."""
    passed = desk.passed | ({desk.key} if desk.key else frozenset[RowKey]())
    return replace(desk, conflict=None, key=None, since=None, passed=passed, said="Theirs stays.")


def write_anew(desk: Desk) -> Desk:
    """Shows the row again, on the version that is there now."""
    wanted = desk.conflict.wanted if desk.conflict else None
    draft = Decision(None, wanted.label, wanted.comment) if wanted else None
    return _back(replace(desk, conflict=None, draft=draft), "")


def skip(key: RowKey, desk: Desk) -> Desk:
    """Puts the row off."""
    if desk.key != key:
        return desk
    return replace(desk, key=None, since=None, passed=desk.passed | {key}, said="Skipped.", trouble=None)


def undo(site: Site, desk: Desk) -> Desk:
    """Takes the last decision of this tab back, if nobody saved since: what stood there before is saved anew."""
    if not desk.saved:
        return desk
    last, rest = desk.saved[-1], desk.saved[:-1]
    before = last.before
    try:
        with site.book.writing() as db:
            reviews.save(
                db,
                last.key.group,
                last.key.ref,
                row_id=last.row_id,
                content=before.content if before else last.content,
                state=before.state if before else None,
                label=before.label if before else None,
                comment=before.comment if before else "",
                who=site.who(),
                expected=last.version,
                why="taken back",
            )
    except ProofgateError as error:
        kept = rest if isinstance(error, ReviewConflict) else desk.saved
        return replace(desk, saved=kept, trouble=error, said="")
    return replace(
        desk,
        saved=rest,
        key=last.key,
        stale=True,
        since=None,
        passed=desk.passed - {last.key},
        conflict=None,
        said="Taken back. This is the row.",
        trouble=None,
    )


def _save(site: Site, desk: Desk, entry: Entry, decision: Decision, expected: int) -> Desk:
    key = entry.key
    try:
        with site.book.writing() as db:
            before = reviews.get(db, key.group, key.ref)
            version = reviews.save(
                db,
                key.group,
                key.ref,
                row_id=entry.row.id,
                content=entry.content,
                state=decision.state,
                label=decision.label,
                comment=decision.comment,
                who=site.who(),
                expected=expected,
            )
    except ReviewConflict as conflict:
        return replace(desk, conflict=conflict)
    except ProofgateError as error:
        return replace(desk, trouble=error)
    saved = desk.saved
    if before is None or version != before.version:  # else it stood there already
        saved = (*saved, Saved(key, entry.row.id, entry.content, before, version))
    done = replace(desk, saved=saved, said="Saved.", trouble=None)
    if decision.state is None:  # a note decides nothing: the row stays
        return replace(done, version=version)
    return replace(done, key=None, since=None, passed=desk.passed | {key})


def _back(desk: Desk, said: str) -> Desk:
    """The same row on its newest version, as if it had not been seen."""
    return replace(desk, stale=True, since=None, said=said)


def _as_shown(site: Site, entry: Entry) -> bool:
    now = current(site).index.find(entry.key)
    return now is not None and now.content == entry.content
