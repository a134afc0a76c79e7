"""How far the predictions are, on stderr: a bar on a terminal, a line now and then elsewhere, as in a notebook."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from finetune.training.progress import LINE_EVERY_S, duration
from quality import console

if TYPE_CHECKING:
    from rich.progress import Progress


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
        self._bar: Progress | None = None

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if self._started is None:
            self._first, self._started, self._said = done, now, now
            self._begin()
        words = line(done, self._total, done - self._first, now - self._started)
        if self._bar is not None:
            self._bar.update(self._bar.tasks[0].id, completed=done, words=words, refresh=True)
        elif now - self._said >= self._every_s and done < self._total:
            self._said = now
            console.say(words)
        if done >= self._total > self._first:
            self.stop()
            console.say(words)

    def _begin(self) -> None:
        if sys.stderr.isatty():
            self._bar = _bar(self._total)
            self._bar.start()

    def stop(self) -> None:
        """Takes the bar away; safe to call twice."""
        bar, self._bar = self._bar, None
        if bar is not None:
            bar.stop()
            bar.console.show_cursor(True)


def _bar(total: int) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    bar = Progress(
        BarColumn(bar_width=20),
        TextColumn("{task.fields[words]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task("answering", total=total, words="")
    return bar
