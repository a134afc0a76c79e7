"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from quality.errors import InputError


def replace(path: Path, content: bytes | str) -> None:
    """Puts the content at that path: written beside it, then renamed, so that no reader ever sees half of it.

    Text is written as UTF-8 with the line ends it has.

    Raises:
        InputError: The folder is missing or full, or another program holds the file.
    """
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise InputError(
            f"cannot write here: {error.strerror}", where=str(path.parent), remedy="name another file with -o"
        ) from None
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(_mode(path))
        part.replace(path)
    except PermissionError:
        raise InputError(
            "cannot be replaced: another program holds it, or it is write-protected",
            where=str(path),
            remedy="close it in the spreadsheet program, or name another file with -o",
        ) from None
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}", where=str(path), remedy="name another file with -o"
        ) from None
    finally:
        part.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced; what the umask gives where there is none."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
