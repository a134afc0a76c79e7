"""How far the predictions are, on stderr: a bar on a terminal, a line now and then elsewhere, as in a notebook."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from finetune.progress import LINE_EVERY_S, Bar, duration
from quality import console


@contextmanager
def predicting(total: int, *, every_s: float = LINE_EVERY_S) -> Generator[Callable[[int], None]]:
    """What takes the number of answers that are there, and shows it.

    However it ends, the bar is taken away and the cursor is back.

    Args:
        total: Answers to be had.
        every_s: Seconds between two lines where stderr is no terminal; the last answers always have one.
    """
    show = _Shown(total, every_s)
    try:
        yield show
    finally:
        show.stop()


def line(done: int, total: int, fresh: int, seconds: float) -> str:
    """`48 of 200 predictions · 1.3 a second · 2 min left`.

    Args:
        fresh: Those that were made in the seconds.
    """
    parts = [f"{done:,} of {total:,} predictions"]
    if fresh and seconds > 0:
        rate = fresh / seconds
        parts.append(f"{rate:.1f} a second" if rate >= 1 else f"{1 / rate:.1f} s each")
        if done < total:
            parts.append(f"{duration((total - done) / rate)} left")
    return " · ".join(parts)


class _Shown:
    """The first number starts the clock: what was there before, from an earlier process, took no time."""

    def __init__(self, total: int, every_s: float) -> None:
        self._total = total
        self._every_s = every_s
        self._first = 0
        self._started: float | None = None
        self._said = 0.0
        self._bar = Bar(total, width=20)
        self._on_terminal = sys.stderr.isatty()

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if self._started is None:
            self._first, self._started, self._said = done, now, now
        words = line(done, self._total, done - self._first, now - self._started)
        if self._on_terminal:
            self._bar.show(done, words)
        elif now - self._said >= self._every_s and done < self._total:
            self._said = now
            console.say(words)
        if done >= self._total > self._first:
            self.stop()
            console.say(words)

    def stop(self) -> None:
        """Takes the bar away; safe to call twice."""
        self._bar.stop()
