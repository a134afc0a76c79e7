"""Which rows other reviewers have before them, so that two seldom get the same one.

Only this process knows it. It saves work and guards nothing: versions do, see `grading.book.reviews`.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from dashboard.model import RowKey

LEASE_S = 600.0
"""Seconds after which a row counts as left: its reader has gone."""


@dataclass(frozen=True, slots=True)
class Screens:
    """The row that each person has before them: a page that is loaded anew shows the same one.

    Attributes:
        lock: Held from the look at the others' screens until the own row is noted.
    """

    shown: dict[str, tuple[RowKey, float]] = field(default_factory=dict[str, tuple[RowKey, float]])
    lock: threading.RLock = field(default_factory=threading.RLock)

    def others(self, who: str, now: float | None = None) -> frozenset[RowKey]:
        """Rows that others have before them."""
        oldest = (time.monotonic() if now is None else now) - LEASE_S
        with self.lock:
            return frozenset(key for one, (key, at) in self.shown.items() if one != who and at > oldest)

    def show(self, who: str, key: RowKey | None, now: float | None = None) -> None:
        """Notes what the person sees; None: no row."""
        with self.lock:
            self.shown.pop(who, None)
            if key is not None:
                self.shown[who] = (key, time.monotonic() if now is None else now)


SCREENS = Screens()
"""Of this process."""
