"""Writing files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path
from typing import BinaryIO

from quality.errors import InputError


def replace(path: Path, content: bytes | str, option: str = "-o") -> None:
    """Puts the content at that path: written beside it, then renamed, so that no reader ever sees half of it.

    Text is written as UTF-8 with the line ends it has. A link is followed; a pipe or a device, such as `/dev/null`,
    is written to and stays what it is.

    Args:
        option: What names another file on the command line.

    Raises:
        InputError: The folder is missing or full, or another program holds the file.
    """
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if is_special(path):
        _send(path, data, option)
        return
    path = _followed(path)
    part, stream = _beside(path, option)
    try:
        with stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(_mode(path))
        part.replace(path)
    except PermissionError:
        raise InputError(
            "cannot be replaced: another program holds it, or it is write-protected",
            where=str(path),
            remedy=f"close it in the spreadsheet program, or name another file with {option}",
        ) from None
    except OSError as error:
        raise _unwritable(path, error, option) from None
    finally:
        part.unlink(missing_ok=True)


def probe(path: Path, option: str = "-o") -> None:
    """Whether a file can be made at that path; nothing is left behind.

    Raises:
        InputError: It cannot: no such folder, no right to write there, a folder of that name.
    """
    if is_special(path):
        return
    if stat.S_ISDIR(_kind(path)):
        raise InputError(
            "is a folder", where=str(path), remedy=f"name a file in it, or another one, with {option}"
        )
    part, stream = _beside(_followed(path), option)
    stream.close()
    part.unlink(missing_ok=True)


def _beside(path: Path, option: str) -> tuple[Path, BinaryIO]:
    """A new file in the folder of that path, open to be written."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise InputError(
            f"cannot write here: {error.strerror}",
            where=str(path.parent),
            remedy=f"name another file with {option}",
        ) from None
    return Path(name), os.fdopen(handle, "wb")


def _send(path: Path, data: bytes, option: str) -> None:
    try:
        with contextlib.suppress(BrokenPipeError), path.open("wb") as stream:  # the reader has seen enough
            stream.write(data)
    except OSError as error:
        raise _unwritable(path, error, option) from None


def is_special(path: Path) -> bool:
    """Whether it is there and neither a file nor a folder: a pipe, a device."""
    kind = _kind(path)
    return kind != 0 and not stat.S_ISREG(kind) and not stat.S_ISDIR(kind)


def _followed(path: Path) -> Path:
    return path.resolve() if _kind(path) and path.is_symlink() else path


def _kind(path: Path) -> int:
    """The mode of what is there, links followed; 0 when there is nothing, or nothing that can be looked at."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _unwritable(path: Path, error: OSError, option: str) -> InputError:
    return InputError(
        f"cannot be written: {error.strerror}",
        where=str(path),
        remedy=f"name another file with {option}",
    )


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced; what the umask gives where there is none."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
