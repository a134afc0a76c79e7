"""What is wrong with the files that the command line names, as far as a moment tells: said before any server starts."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from dashboard.site import Named
from quality import config, table
from quality.baseline import file as baseline_file
from quality.cli_inputs import Options
from quality.dismissals import file as decisions_file
from quality.errors import ConfigError, InputError

MOST_BYTES = 8_000_000
"""Of a table that is read here, in about a quarter of a second; a larger one is read when the server is there."""
_FILES = ("original", "against", "baseline", "decisions", "report", "predictions", "base", "test")
"""Options that name a file, in the order in which they are looked at."""


def look(path: Path, options: Options, named: Named, *, start: Path) -> None:
    """Nothing, where all that is named is there and can be read.

    Args:
        path: A data file or a course folder; what is no file at all is not looked into.
        start: From where upwards the configuration is looked for.

    Raises:
        ProofgateError: A file is missing, or holds no table, no baseline or no decisions; or an option does nothing for
            a course.
    """
    if path.is_dir():
        _only_of_course(options, named)
    for key in _FILES:
        one: Path | None = getattr(named if key in _OF_NAMED else options, key)
        if one is not None and not one.exists():
            raise InputError(
                "there is no such file", where=str(one), remedy=f"look at the name after --{key}"
            )
    if named.run is not None and not named.run.is_dir():
        raise InputError(
            "there is no such folder", where=str(named.run), remedy="look at the name after --run"
        )
    if path.is_file():
        _tables(path, options, config.load(options.config, start=start))


def _only_of_course(options: Options, named: Named) -> None:
    given = [*options.again(), *(["--report"] if named.report else [])]
    if given:
        raise ConfigError(
            "is for a single file; a course has its own in course.toml", where=given[0], remedy="leave it out"
        )


def _tables(path: Path, options: Options, settings: config.Settings) -> None:
    columns = table.Columns(**settings.columns)
    if _is_small(path):
        required = None if settings.labels is None else settings.labels == "required"
        table.read(path, columns, labels_required=required)
    original = options.original or settings.original
    if original is not None and _is_small(original):
        table.by_id(table.read(original, columns, labels_required=False))
    if options.baseline is not None:
        baseline_file.read(options.baseline)
    if options.decisions is not None:
        decisions_file.read(options.decisions)


def _is_small(path: Path) -> bool:
    """Whether it is a file, which can be read more than once, of a size that keeps nobody waiting."""
    return path.is_file() and path.stat().st_size <= MOST_BYTES


_OF_NAMED = frozenset(one.name for one in fields(Named))
