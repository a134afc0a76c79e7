"""A folder of files, put in its place whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from quality import lock
from quality.errors import InputError
from quality.wording import listed

MANIFEST = "export.json"
"""Names the files that export wrote, with their hashes: only such a folder is replaced without a word."""


def check(out: Path, course: Path, *, force: bool) -> Path | None:
    """Where the folder's files go that export did not write; None where there are none.

    Args:
        course: The course folder.
        force: The folder is put aside whatever it holds.

    Raises:
        InputError: It is a file, or the course lies in it; without `force`, it holds what export did not write or what
            was edited since.
    """
    if course.resolve().is_relative_to(out.resolve()):
        raise InputError("holds the course", where=str(out), remedy="name a folder of its own with -o")
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise InputError("is no folder", where=str(out), remedy="name a folder with -o")
    foreign = _foreign(out) if out.is_dir() else []
    if foreign and not force:
        raise InputError(
            f"holds files that export did not write, or that were edited since: {listed(foreign, 5)}",
            where=str(out),
            remedy="name another folder with -o, or put the whole folder aside with --force",
        )
    return next(place for place in _asides(out.resolve()) if not place.exists()) if foreign else None


def _asides(out: Path) -> Iterator[Path]:
    return (out.with_name(f"{out.name}.{number}") for number in itertools.count(1))


@contextmanager
def ready(out: Path, files: Mapping[str, bytes], aside: Path | None) -> Generator[Callable[[], None]]:
    """The files stand ready beside the folder; calling what is given puts them in its place.

    Where the block fails after that, what was there before is put back. Two at once would clear each other away.

    Args:
        files: Path below the folder → content.
        aside: Where the folder that is there goes; None: it is deleted.

    Raises:
        InputError: The disk is full, or the place cannot be written.
        ProofgateError: Another export into the folder is at work.
    """
    out = out.absolute()
    taken: list[Path] = []
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock_of(out).touch()
    except OSError as error:
        raise _refused(out, error) from None
    with lock.held(lock_of(out), where=out, taken="another export into this folder is at work"):
        try:
            part = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))
        except OSError as error:
            raise _refused(out, error) from None
        try:
            _write(part, files, out)
            yield lambda: taken.append(_take_place(part, out, aside))
        except BaseException:
            for old in taken:
                _put_back(part, out, old)
            raise
        else:
            for left in (*out.parent.glob(f".{out.name}.*.part"), *out.parent.glob(f".{out.name}.*.old")):
                shutil.rmtree(left, ignore_errors=True)  # of this export, and of one that was killed
        finally:
            shutil.rmtree(part, ignore_errors=True)


def lock_of(out: Path) -> Path:
    """The file beside the folder that is there while an export into it is at work."""
    return out.with_name(f".{out.name}.lock")


def manifest(files: Mapping[str, bytes]) -> bytes:
    """What tells later that these files were written by export."""
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    return (json.dumps({"format": 1, "made_by": "grading export", "files": hashes}, indent=1) + "\n").encode()


def _write(part: Path, files: Mapping[str, bytes], out: Path) -> None:
    try:
        for name, content in {**files, MANIFEST: manifest(files)}.items():
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        part.chmod(0o700)  # grades and names: for whoever made them
    except OSError as error:
        raise _refused(out, error) from None


def _take_place(part: Path, out: Path, aside: Path | None) -> Path:
    """Where the folder that was there is now."""
    old = aside or part.with_suffix(".old")
    try:
        if out.exists():
            out.rename(old)
        try:
            part.rename(out)
        except OSError:
            with contextlib.suppress(OSError):
                old.rename(out)
            raise
    except OSError as error:
        raise _refused(out, error) from None
    return old


def _put_back(part: Path, out: Path, old: Path) -> None:
    with contextlib.suppress(OSError):  # the failure itself is what is told
        out.rename(part)
        if old.exists():
            old.rename(out)


def _foreign(out: Path) -> list[str]:
    """What lies there that no export wrote, or not so; nothing for an empty folder."""
    there = {path.relative_to(out).as_posix(): path for path in sorted(out.rglob("*")) if not path.is_dir()}
    written_then = _manifest(there.pop(MANIFEST, None))
    return [
        name
        for name, path in there.items()
        if path.is_symlink() or not path.is_file() or written_then.get(name) != _sha256(path)
    ]


def _sha256(path: Path) -> str:
    """The file's hash; "" where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _manifest(path: Path | None) -> dict[str, Any]:
    try:
        read: Any = json.loads(path.read_bytes()) if path else {}
    except (OSError, ValueError):
        return {}
    files = cast(dict[str, Any], read).get("files") if isinstance(read, dict) else None
    return cast(dict[str, Any], files) if isinstance(files, dict) else {}


def _refused(out: Path, error: OSError) -> InputError:
    return InputError(
        f"cannot be written: {error.strerror}", where=str(out), remedy="name another folder with -o"
    )
