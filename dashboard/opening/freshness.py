"""What an index of one file hangs on, as one hash that is had without parsing the table: bytes, settings, versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from quality import config, guide
from quality.cli_inputs import Options
from quality.errors import InputError, in_words

_NOT_DECIDING = frozenset({"jobs", "cache", "judge_jobs", "base_model", "course"})
"""Options and settings with which no report changes."""


def inputs_sha256(options: Options, start: Path, report: Path | None = None) -> str:
    """SHA-256, in hex, over all that the file's report hangs on.

    Args:
        start: From where upwards the configuration is looked for.
        report: A report that the user made, if named.

    Raises:
        ProofgateError: A file is missing, or the configuration or the guide cannot be followed.
    """
    from quality import fingerprint  # loads every rule

    settings = config.load(options.config, start=start)
    style = guide.load(options.guide or settings.guide)
    engine = options.engine or settings.engine or style.engine
    values = {
        "options": _values(options),
        "settings": _values(settings),
        "files": {
            str(path): sha256(path) for path in sorted({*files(options, start), *filter(None, [report])})
        },
        "guide": style.sha256,
        "checks": fingerprint.source_sha256(),
        "engines": _engines(engine, options.engine_url or settings.engine_url or ""),
    }
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def files(options: Options, start: Path) -> tuple[Path, ...]:
    """Every file that the options and the configuration name, the configuration itself among them, and a guide's.

    Raises:
        ConfigError: The configuration is broken.
    """
    settings = config.load(options.config, start=start)
    named = [value for of in (options, settings) for _, value in _deciding(of) if isinstance(value, Path)]
    style = Path(options.guide or settings.guide)
    return tuple(dict.fromkeys([*named, *([style] if style.is_file() else [])]))


def states(paths: tuple[Path, ...]) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of each file that is there: they change when the file does."""
    found: list[tuple[str, int, int]] = []
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            continue
        found.append((str(path), state.st_size, state.st_mtime_ns))
    return tuple(found)


def readable(path: Path) -> None:
    """Nothing, if it is a file that can be read more than once.

    Raises:
        InputError: It is none.
    """
    if not path.is_file():
        what = "is no file" if path.exists() else "there is no such file"
        remedy = "name a CSV, TSV, JSONL or Parquet file, or a course folder"
        raise InputError(what, where=str(path), remedy=remedy)
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from None


def sha256(path: Path) -> str:
    """Of the file's bytes, in hex.

    Raises:
        InputError: It cannot be read, or is no file that could be read twice.
    """
    readable(path)
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _deciding(of: Any) -> Iterator[tuple[str, Any]]:
    for one in fields(of):
        if one.name not in _NOT_DECIDING:
            yield one.name, getattr(of, one.name)


def _values(of: Any) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Path) else _plain(value) for name, value in _deciding(of)}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else repr(value)


def _engines(engine: str, url: str) -> dict[str, str]:
    """Family → version of its engine; of one that is not here, why."""
    from quality import checks

    found: dict[str, str] = {}
    for check in checks.load_all(engine, url):
        try:
            found[check.name] = check.engine_version()
        except (
            Exception
        ) as error:  # whatever ails it: the report says so, and another one is due when it is mended
            found[check.name] = in_words(error)
    return found
