"""The option that says which version this is, declared once for all commands."""

from __future__ import annotations

from typing import Annotated

import typer

from quality import __version__, console


def _show(wanted: bool) -> None:
    if wanted:
        console.emit(f"proofgate {__version__}\n")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_show, is_eager=True, help="Show it.")]
"""For a parameter of a command group's callback."""
