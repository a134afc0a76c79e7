"""The bar on stderr, and what Ctrl-C leaves behind: a whole terminal and a sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from quality import console

if TYPE_CHECKING:
    from rich.progress import Progress


@contextmanager
def measuring(*, kept: bool) -> Generator[Callable[[int, int], None]]:
    """What the work inside tells how far it is: (done, total) → a bar with rate and time left, on a terminal.

    However the work ends, the bar is taken away and the cursor is back. Ctrl-C says what comes of it and ends the
    process with 130.

    Args:
        kept: Whether what was measured is remembered for the next run.
    """
    bar = _Bar()
    try:
        yield bar
    except KeyboardInterrupt:
        bar.stop()
        so_far = "what was measured so far is kept, so run it again to go on" if kept else "nothing is kept"
        console.say(f"stopped; {so_far}")
        sys.exit(console.INTERRUPTED)
    finally:
        bar.stop()


class _Bar:
    """A bar on stderr where that is a terminal, and nothing elsewhere."""

    def __init__(self) -> None:
        self._bar: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        """Draws it; a finished round takes it away, so that the next one, with a total of its own, starts afresh."""
        if done >= total:
            self.stop()
        elif sys.stderr.isatty():
            if self._bar is None:
                self._bar = _bar()  # known before it hides the cursor, so that Ctrl-C finds it
                self._bar.start()
            task = self._bar.tasks[0]
            rate = f"{task.speed:,.0f}/s" if task.speed else ""
            self._bar.update(task.id, completed=done, total=total, rate=rate)

    def stop(self) -> None:
        """Takes it away; safe to call twice."""
        bar, self._bar = self._bar, None
        if bar is not None:
            with suppress(IndexError):  # rich's, where Ctrl-C came while the bar was starting
                bar.stop()
            bar.console.show_cursor(True)


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("checking"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task("checking", rate="")
    return bar
