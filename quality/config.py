"""proofgate.toml → the settings that all four commands share.

The nearest `proofgate.toml`, or `pyproject.toml` with a `[tool.proofgate]` table, from the working directory upwards;
never one that lies beside the data. One file is read, nothing is merged. Paths in it are relative to it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import process

from quality.errors import ConfigError

ENGINES = ("harper", "languagetool", "both")
COLUMN_KEYS = ("id", "instruction", "output", "fail_mode")
LABELS = ("required", "optional")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration says; every value has a default.

    Attributes:
        source: The file that was read; None when there is none.
        guide: Name of a shipped guide, or path of one.
        columns: Our column name → the user's.
        labels: `required`, `optional`, or None for the file type's own rule.
        select: Codes or their beginnings to run; empty means all.
        base_model: What `finetune` starts from.
        course: The course folder that `grading` and `dashboard` work in.
    """

    source: Path | None = None
    guide: str = "chat"
    original: Path | None = None
    against: Path | None = None
    engine: str = "harper"
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    labels: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    base_model: str = "meta-llama/Llama-2-7b-hf"
    course: Path | None = None


KEYS = {
    "guide": str,
    "original": str,
    "against": str,
    "engine": str,
    "columns": dict,
    "labels": str,
    "select": list,
    "ignore": list,
    "base_model": str,
    "course": str,
}


def find(start: Path) -> Path | None:
    """The nearest configuration file from that folder upwards."""
    for folder in (start, *start.parents):
        own = folder / "proofgate.toml"
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and "proofgate" in _toml(project).get("tool", {}):
            return project
    return None


def load(path: Path | None, *, start: Path) -> Settings:
    """The settings of the file named, or of the nearest one from `start` upwards, or the defaults.

    Raises:
        ConfigError: No such file, not TOML, an unknown key or a value of the wrong kind.
    """
    source = path or find(start)
    if source is None:
        return Settings()
    table = _toml(source)
    if source.name == "pyproject.toml":
        table = table.get("tool", {}).get("proofgate", {})
    return _settings(table, source)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=str(path)) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"is not TOML: {error}", where=str(path)) from None


def _settings(table: Mapping[str, Any], source: Path) -> Settings:
    for key, value in table.items():
        _known(key, KEYS, source)
        if not isinstance(value, KEYS[key]):
            raise ConfigError(f"`{key}` must be a {KEYS[key].__name__}, not {value!r}", where=str(source))
    for key in table.get("columns", {}):
        _known(key, COLUMN_KEYS, source, "columns.")
    values: dict[str, Any] = dict(table)
    _one_of("engine", values, ENGINES, source)
    _one_of("labels", values, LABELS, source)
    for key in ("original", "against", "course"):
        if key in values:
            values[key] = source.parent / values[key]
    if "guide" in values and values["guide"].endswith(".toml"):
        values["guide"] = str(source.parent / values["guide"])
    for key in ("select", "ignore"):
        if key in values:
            values[key] = tuple(str(code) for code in values[key])
    return Settings(source=source, **values)


def _known(key: str, known: Any, source: Path, path: str = "") -> None:
    if key in known:
        return
    near = process.extractOne(key, list(known), score_cutoff=50)
    remedy = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(known)}"
    raise ConfigError(f"unknown key `{path}{key}`", where=str(source), remedy=remedy)


def _one_of(key: str, values: Mapping[str, Any], allowed: tuple[str, ...], source: Path) -> None:
    if key in values and values[key] not in allowed:
        raise ConfigError(
            f"`{key}` is {values[key]!r}", where=str(source), remedy=f"use one of {', '.join(allowed)}"
        )
