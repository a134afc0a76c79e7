"""Where a command may write: a folder that takes files, and never over what it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from quality import files, guide
from quality.errors import ConfigError
from quality.model import NOTHING
from quality.options import Resolved


def ready(
    target: Path,
    resolved: Resolved,
    option: str = "-o",
    *,
    in_place: bool = False,
    others: Mapping[str, Path] = NOTHING,
) -> None:
    """Refuses, before any work is done, a place that cannot be written or would cost the user an input.

    Args:
        option: What names the target on the command line.
        in_place: The data itself may be the target.
        others: Further files of the command that must stay what they are, each under what it is called.

    Raises:
        ConfigError: The target is one of the files that the command reads.
        InputError: The target's folder does not take it.
    """
    _not_an_input(target, resolved, option, in_place, others)
    files.probe(target, option)


def _not_an_input(
    target: Path, resolved: Resolved, option: str, in_place: bool, others: Mapping[str, Path]
) -> None:
    for what, path in (*_inputs(resolved), *others.items()):
        own = (in_place and what == "the data") or (option, what) == ("--baseline", "the baseline")
        if not own and _same(target, path):
            raise ConfigError(
                f"{option} would overwrite {what}",
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
    if request.baseline:
        yield "the baseline", request.baseline.path
    if request.decisions:
        yield "the decisions", request.decisions.path
    if settings.guide not in guide.SHIPPED:
        yield "the style guide", Path(settings.guide)
    if settings.source:
        yield "the settings", settings.source


def _same(target: Path, path: Path) -> bool:
    try:
        return target.samefile(path)
    except OSError:  # one of them is not there yet
        return target.absolute() == path.absolute()
