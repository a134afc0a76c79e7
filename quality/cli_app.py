"""What the command lines of all programs have in common: help on both options, no tracebacks, `--version`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from quality import __version__, console


def commands(about: str) -> typer.Typer:
    """A program that its commands are added to.

    Args:
        about: What `--help` says first.
    """
    return typer.Typer(
        help=about,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _show(wanted: bool) -> None:
    if wanted:
        console.emit(f"proofgate {__version__}\n")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_show, is_eager=True, help="Show it.")]
"""For a parameter of a program's callback."""


class TextOrJson(StrEnum):
    """Forms of what a person and a program read."""

    TEXT = "text"
    JSON = "json"
