"""What shows how far long work is, on stderr: words beside a bar on a terminal, and how long the rest takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

LINE_EVERY_S = 15.0
"""Seconds between two lines where there is no terminal, as in a notebook."""


def duration(seconds: float) -> str:
    """`45 s`, `12 min`, `3 h 05 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"


class Bar:
    """A bar with words beside it; it appears with the first number.

    Args:
        total: What is done in the end.
        title: Stands before it.
        width: Of the bar, in columns.
    """

    def __init__(self, total: int, *, title: str = "", width: int) -> None:
        self._total = total
        self._title = title
        self._width = width
        self._bar: Progress | None = None

    def show(self, done: int, words: str) -> None:
        """Draws it anew."""
        if self._bar is None:
            self._bar = self._made()
            self._bar.start()
        self._bar.update(self._bar.tasks[0].id, completed=done, words=words, refresh=True)

    def stop(self) -> bool:
        """Takes it away, and says whether it was there; safe to call twice."""
        bar, self._bar = self._bar, None
        if bar is None:
            return False
        bar.stop()
        bar.console.show_cursor(True)
        return True

    def _made(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        title = [TextColumn(self._title)] if self._title else []
        bar = Progress(
            *title,
            BarColumn(bar_width=self._width),
            TextColumn("{task.fields[words]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        bar.add_task("", total=self._total, words="")
        return bar
