"""Folders that export wrote: found by their manifest, emptied of just what it names."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

MANIFEST = "export.json"
MADE_BY = "grading export"


def remove(folder: Path, but: Sequence[str] = ()) -> tuple[Path, ...]:
    """The exports below the folder that are gone now. A file that was edited since, or is somebody's own, stays.

    Args:
        but: Folders directly below that are not looked into.

    Raises:
        OSError: Something cannot be deleted.
    """
    found = tuple(_exports(folder, but))
    for out, files in found:
        for name, sha256 in files.items():
            _remove(out, name, sha256)
        (out / MANIFEST).unlink()  # last: whoever is stopped before finds the rest again
        _prune(out)
    return tuple(out for out, _ in found)


def _exports(folder: Path, but: Sequence[str]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for place, below, names in os.walk(folder):
        if Path(place) == folder:
            below[:] = [name for name in below if name not in but]
        if MANIFEST in names:
            files = _manifest(Path(place) / MANIFEST)
            if files is not None:
                yield Path(place), files


def _manifest(path: Path) -> Mapping[str, Any] | None:
    """File → hash; None for a file that is no export's."""
    try:
        read: Any = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(read, dict):
        return None
    body = cast("dict[str, Any]", read)
    files = body.get("files")
    return (
        cast("dict[str, Any]", files) if body.get("made_by") == MADE_BY and isinstance(files, dict) else None
    )


def _remove(out: Path, name: str, sha256: Any) -> None:
    path = out / name
    if ".." in Path(name).parts or Path(name).is_absolute() or path.is_symlink() or not path.is_file():
        return
    if hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
        path.unlink()


def _prune(out: Path) -> None:
    """Folders that are empty now."""
    for place, _, _ in os.walk(out, topdown=False):
        with contextlib.suppress(OSError):
            Path(place).rmdir()
