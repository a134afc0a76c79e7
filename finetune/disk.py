"""How much room a disk has."""

from __future__ import annotations

import shutil
from pathlib import Path


def free(folder: Path) -> int:
    """Bytes that are free where the folder is, or will be."""
    return shutil.disk_usage(_existing(folder)).free


def same(one: Path, other: Path) -> bool:
    """Whether two folders are, or will be, on one disk."""
    return _existing(one).stat().st_dev == _existing(other).stat().st_dev


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    return place
