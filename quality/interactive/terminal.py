"""The user's terminal: what is shown, and one line of answer at a time."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import Protocol

from rich.console import Console

from quality.errors import ConfigError
from quality.interactive.screen import Shown


class Terminal(Protocol):
    """What a session needs of the one who answers."""

    @property
    def width(self) -> int:
        """Columns."""
        ...

    @property
    def color(self) -> bool:
        """Whether a style can be seen."""
        ...

    def show(self, parts: Iterable[Shown | str]) -> None:
        """Prints them, each on lines of its own."""
        ...

    def ask(self, prompt: str, given: str = "") -> str:
        """One line of answer, `given` for a start where the terminal can; raises EOFError at the end of input."""
        ...


class RealTerminal:
    """stdin and stdout, which must both be a terminal."""

    def __init__(self) -> None:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise ConfigError(
                "--interactive asks at a terminal, and here is none",
                remedy="run it in a terminal without < > or |, or let `quality fix` apply the safe corrections",
            )
        self._readline = _readline()

    @property
    def width(self) -> int:
        """Columns."""
        return shutil.get_terminal_size((100, 24)).columns

    @property
    def color(self) -> bool:
        """Whether a style can be seen: not on a dumb terminal, nor with NO_COLOR."""
        console = self._console()
        return console.color_system is not None and not console.no_color

    def show(self, parts: Iterable[Shown | str]) -> None:
        """Prints them, each on lines of its own."""
        console = self._console()
        for part in parts:
            console.print(part)

    def _console(self) -> Console:
        """As wide as the window is now, on a terminal that says it is dumb too."""
        size = shutil.get_terminal_size((100, 24))
        return Console(
            file=sys.stdout,
            width=size.columns,
            height=size.lines,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def ask(self, prompt: str, given: str = "") -> str:
        """One line of answer; with `given` to be edited where the system has readline, else an empty line means it."""
        try:
            if given and self._readline is None:
                return input(f"{prompt}(Enter leaves it) ") or given
            if given and self._readline is not None:
                self._readline.set_startup_hook(lambda: self._insert(given))
            return input(prompt)
        except UnicodeDecodeError:
            return ""
        finally:
            if self._readline is not None:
                self._readline.set_startup_hook(None)

    def _insert(self, text: str) -> None:
        if self._readline is not None:
            self._readline.insert_text(text)


def _readline() -> ModuleType | None:
    """The module that edits lines; None on systems without."""
    try:
        return import_module("readline")
    except ImportError:
        return None
