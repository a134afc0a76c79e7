"""A base's weight files, looked at without loading them: all there, all whole, all safetensors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from quality.errors import InputError
from quality.wording import listed

WHOLE = "model.safetensors"
INDEX = "model.safetensors.index.json"
AGAIN = "fetch the base again"
_HEADER = 100_000_000
"""Bytes that the format allows a header (safetensors' README, 'Format')."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The files that hold the weights.

    Attributes:
        files: In the order of their names.
        tensors: Name → its shape.
    """

    files: tuple[Path, ...]
    tensors: Mapping[str, tuple[int, ...]]

    @property
    def total_bytes(self) -> int:
        """Of all files."""
        return sum(file.stat().st_size for file in self.files)

    @property
    def largest_bytes(self) -> int:
        """Of the largest file."""
        return max(file.stat().st_size for file in self.files)


def look(folder: Path) -> Weights:
    """The weight files of a base, each with a header that fits its size.

    Raises:
        InputError: There are none, one is missing or cut off, or they are pickles.
    """
    files = _files(folder)
    tensors: dict[str, tuple[int, ...]] = {}
    for file in files:
        tensors |= _header(file)
    return Weights(files, tensors)


def inside(folder: Path, name: str) -> Path:
    """The file of that name in the folder, links followed.

    A link may lead to where the hub's cache keeps its files, beside the folder of links, and to nowhere else outside.

    Raises:
        InputError: The name or the link leads out of the folder.
    """
    file = (folder / name).resolve()
    blobs = folder.resolve().parent.parent / "blobs"
    if not file.is_relative_to(folder.resolve()) and file.parent != blobs:
        raise InputError(
            f"{name[:200]!r} leads out of the base's folder",
            where=str(folder),
            remedy="copy the file into the folder",
        )
    return file


def read_object(file: Path) -> Mapping[str, Any]:
    """The JSON object that a file holds.

    Raises:
        InputError: It is not there, or holds something else.
    """
    try:
        value: Any = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise InputError("is not there", where=str(file), remedy="name a folder that holds a model") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(file)) from None
    except (ValueError, RecursionError):
        raise InputError("is no JSON", where=str(file), remedy=AGAIN) from None
    if not isinstance(value, dict):
        raise InputError("is no JSON object", where=str(file), remedy=AGAIN)
    return cast("Mapping[str, Any]", value)


def _files(folder: Path) -> tuple[Path, ...]:
    """One file or all that the index names: the first is taken where both are there, as transformers does."""
    if (folder / WHOLE).exists():
        names = [WHOLE]
    elif (folder / INDEX).exists():
        names = _indexed(inside(folder, INDEX))
    else:
        raise _none(folder)
    for name in names:
        inside(folder, name)
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise InputError(
            f"{len(missing)} of {len(names)} weight files are missing: {listed(missing, 5)}",
            where=str(folder),
            remedy=AGAIN,
        )
    return tuple(folder / name for name in names)


def _indexed(index: Path) -> list[str]:
    told = read_object(index).get("weight_map")
    names = set(cast("Mapping[str, Any]", told).values()) if isinstance(told, dict) else set[Any]()
    if not names or not all(isinstance(name, str) and name.endswith(".safetensors") for name in names):
        raise InputError("names no safetensors files", where=str(index), remedy=AGAIN)
    return sorted(names)


def _none(folder: Path) -> InputError:
    pickles = sorted(file.name for file in folder.glob("*.bin"))
    if pickles:
        return InputError(
            f"holds its weights only as pickles ({listed(pickles, 3)}), which can run code when they are read",
            where=str(folder),
            remedy="name a base with safetensors files",
        )
    return InputError(
        "holds no weights (*.safetensors)", where=str(folder), remedy="name a folder that holds a model"
    )


def _header(file: Path) -> dict[str, tuple[int, ...]]:
    """Tensor → shape, as the file's header has it.

    The format is: eight bytes with the header's length, little-endian; the header, a JSON object; the data.
    """
    size = file.stat().st_size
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        raw = stream.read(length) if length <= min(size, _HEADER) else b""
    try:
        header = cast("dict[str, Any]", json.loads(raw))
        entries = {name: entry for name, entry in header.items() if name != "__metadata__"}
        end = max((int(entry["data_offsets"][1]) for entry in entries.values()), default=0)
        shapes = {name: tuple(map(int, entry["shape"])) for name, entry in entries.items()}
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise InputError(
            "is no safetensors file, or its header is damaged", where=str(file), remedy=AGAIN
        ) from None
    if size != 8 + length + end:
        raise InputError(
            f"has {size:,} bytes where its header tells of {8 + length + end:,}: it was cut off or damaged",
            where=str(file),
            remedy=AGAIN,
        )
    return shapes
