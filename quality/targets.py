"""Where a command may write: a folder that takes files, and never over what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quality import files, guide
from quality.errors import ConfigError
from quality.options import Resolved


def ready(target: Path, resolved: Resolved, option: str = "-o", *, in_place: bool = False) -> None:
    """Refuses, before any work is done, a place that cannot be written or would cost the user an input.

    Args:
        option: What names the target on the command line.
        in_place: The data itself may be the target.

    Raises:
        ConfigError: The target is one of the files that the command reads.
        InputError: The target's folder does not take it.
    """
    _not_an_input(target, resolved, option, in_place)
    files.probe(target, option)


def _not_an_input(target: Path, resolved: Resolved, option: str, in_place: bool) -> None:
    for what, path in _inputs(resolved):
        if not (in_place and what == "the data") and _same(target, path):
            raise ConfigError(
                f"{option} would overwrite {what}, which is only read here",
                where=str(target),
                remedy=f"name another file with {option}",
            )


def _inputs(resolved: Resolved) -> Iterator[tuple[str, Path]]:
    request, settings = resolved.request, resolved.settings
    yield "the data", request.table.path
    if request.sheet:
        yield "the sheet of --original", request.sheet.path
    if request.against:
        yield "the reference texts of --against", request.against.path
    if settings.guide not in guide.SHIPPED:
        yield "the style guide", Path(settings.guide)
    if settings.source:
        yield "the settings", settings.source


def _same(target: Path, path: Path) -> bool:
    try:
        return target.samefile(path)
    except OSError:  # one of them is not there, so nothing is overwritten
        return False
