"""What one reviewer has before them in one browser tab, and what becomes of it when they decide.

Desk ─ show → row, version ─ decide → saved | Conflict (both kept) | refused with a sentence ─→ next Desk
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic
from types import MappingProxyType

from dashboard import site as sites
from dashboard.model import Entry, RowKey
from dashboard.reviewing import queue as queues
from dashboard.reviewing import saving
from dashboard.reviewing.queue import Choice
from dashboard.reviewing.saving import Decision, Saved
from dashboard.site import Site
from grading.book.reviews import FIRST, Review, ReviewConflict
from quality.errors import ProofgateError

PACE_S = 0.5
"""Seconds that a row is on the screen, and the page not run, before a key counts. Every key that is pressed runs the
page, whatever becomes of it, and one that is held down repeats 30 times a second; whoever reads a row takes longer."""
NOTHING_CORRECTED: Mapping[RowKey, str] = MappingProxyType({})
TOO_FAST = "Too fast to have been read: nothing was changed. Press the key again."


@dataclass(frozen=True, slots=True)
class Desk:
    """One tab.

    Attributes:
        key: The row that is shown; None: the next one of the queue is to be found.
        version: Of its review when it was first shown, 0 without one.
        stale: Whether the version is to be read anew.
        since: When the page was last shown wholly; of the monotonic clock. None: it is being made.
        passed: Rows that were put off or decided here.
        saved: What was decided here, the newest last.
        choice: The queue that `passed` is about.
        draft: What the reviewer wrote before and wants to write anew.
        conflict: A save that somebody else was faster than; it waits for the reviewer's word.
        said: What happened last, in a sentence of ours.
        trouble: Why the last decision was not kept.
    """

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
        return replace(desk, since=None)
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
    """The desk once the page is on the screen."""
    return replace(desk, since=monotonic() if now is None else now)


def _too_fast(desk: Desk, now: float | None) -> bool:
    """Whether nobody can have read what is on the screen."""
    return desk.since is None or (monotonic() if now is None else now) - desk.since < PACE_S


def decide(
    site: Site,
    entry: Entry,
    decision: Decision,
    desk: Desk,
    now: float | None = None,
    corrected: Mapping[RowKey, str] = NOTHING_CORRECTED,
) -> Desk:
    """The desk after the reviewer decided about the row that was on it; anything that was not kept is said.

    Args:
        entry: As it was shown.
        corrected: Row → SHA-256 of its texts now, of those that were corrected since the index was made.
    """
    desk = replace(desk, said="", trouble=None)
    if desk.key != entry.key:
        return desk  # a key that was pressed again while the next row was on its way
    if _too_fast(desk, now):
        return replace(desk, said=TOO_FAST)
    if desk.version == 0 and decision == Decision(None):
        return replace(desk, said="Write a comment or choose a label first: there is nothing to save.")
    if _content(site, entry.key, corrected) != entry.content:
        return _back(
            desk, "The row has changed since it was shown: nothing was saved. This is how it is now."
        )
    look = desk.choice.look if desk.choice else FIRST
    return _save(site, desk, saving.review(site, entry, decision, version=desk.version, look=look))


def keep_mine(site: Site, desk: Desk, corrected: Mapping[RowKey, str] = NOTHING_CORRECTED) -> Desk:
    """Saves what lost the race on top of what won it."""
    conflict = desk.conflict
    if conflict is None:
        return desk
    wanted = conflict.wanted
    if _content(site, RowKey(wanted.group, wanted.ref), corrected) != wanted.content:
        return _back(replace(desk, conflict=None), "The row has changed meanwhile: nothing was saved.")
    version = conflict.found.version if conflict.found else 0
    return _save(site, replace(desk, conflict=None), replace(wanted, version=version))


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


def undo(site: Site, desk: Desk, now: float | None = None) -> Desk:
    """Takes the last decision of this tab back, if nobody saved since: what stood there before is saved anew."""
    if not desk.saved:
        return desk
    if _too_fast(desk, now):
        return replace(desk, said=TOO_FAST, trouble=None)
    last, rest = desk.saved[-1], desk.saved[:-1]
    try:
        saving.take_back(site, last)
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


def _save(site: Site, desk: Desk, wanted: Review) -> Desk:
    try:
        done = saving.save(site, wanted)
    except ReviewConflict as conflict:
        return replace(desk, conflict=conflict)
    except ProofgateError as error:
        return replace(desk, trouble=error)
    saved = (*desk.saved, done) if done.is_new else desk.saved
    desk = replace(desk, saved=saved, said=done.words, trouble=None)
    if wanted.state is None:  # a note decides nothing: the row stays
        return replace(desk, version=done.review.version)
    return replace(desk, key=None, since=None, passed=desk.passed | {done.key})


def _back(desk: Desk, said: str) -> Desk:
    """The same row on its newest version, as if it had not been seen."""
    return replace(desk, stale=True, since=None, said=said)


def _content(site: Site, key: RowKey, corrected: Mapping[RowKey, str]) -> str | None:
    """Of the row as it is now; None where it is no more."""
    return queues.contents(current(site).index, corrected)(key)
