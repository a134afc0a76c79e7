"""A hand-in's files in the course folder: `submissions/g007/<first 16 of the version>/`, whole or not at all.

They get the course's names, never their own; what was handed in lies beside them as `hand-in.zip`. A folder that a
killed import left behind is complete, for it took its name last, and the next import finds it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from grading.course.model import Course
from quality.errors import HardwareError

ORIGINAL = "hand-in.zip"
"""What was handed in, as it was; loose files as a zip."""
_NAME_LENGTH = 16
_PIECE = 256 * 1024


def place(course: Course, group: str, version: str) -> Path:
    """Where that version of the group's hand-in lies."""
    return course.submissions / group / version[:_NAME_LENGTH]


def store(folder: Path, files: Mapping[str, bytes], original: Iterable[bytes]) -> None:
    """Makes the folder with these files and `hand-in.zip`; one that is there and holds the same is left alone.

    Args:
        files: Our name → content.
        original: The bytes of `hand-in.zip`, piece by piece.

    Raises:
        HardwareError: The disk is full or refuses.
    """
    with _refusals(folder):
        if _holds(folder, files):
            return
        for above in (folder.parent.parent, folder.parent):
            above.mkdir(exist_ok=True, mode=0o700)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
        try:
            _write(part / ORIGINAL, original)
            for name, content in files.items():
                _write(part / name, (content,))
            _take_place(part, folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        for left in folder.parent.glob(f".{folder.name}.*.part"):  # of an import that was killed
            shutil.rmtree(left, ignore_errors=True)


def zipped(files: Mapping[str, bytes]) -> Iterator[bytes]:
    """The loose files as one zip, the same bytes for the same files."""
    with tempfile.TemporaryFile() as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            for name in sorted(files):
                entry = zipfile.ZipInfo(name.encode("utf-8", "backslashreplace").decode()[:1000])
                archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED)
        yield from pieces(stream)


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The stream's bytes, from its beginning."""
    stream.seek(0)
    while piece := stream.read(_PIECE):
        yield piece


def _write(path: Path, content: Iterable[bytes]) -> None:
    with path.open("xb") as stream:
        stream.writelines(content)
        stream.flush()
        os.fsync(stream.fileno())


def _take_place(part: Path, folder: Path) -> None:
    """Renames the part; what stands in its way, damaged as it is, goes first."""
    if folder.exists():
        shutil.rmtree(folder)
    try:
        part.rename(folder)
    except OSError:
        if not folder.is_dir():  # or another import was faster with the same version
            raise


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether the folder is there with just these files in it."""
    try:
        there = {path.name for path in folder.iterdir()}
        same = there == {ORIGINAL, *files} and (folder / ORIGINAL).stat().st_size > 0
        return same and all((folder / name).read_bytes() == content for name, content in files.items())
    except (FileNotFoundError, NotADirectoryError):
        return False


@contextmanager
def _refusals(folder: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise HardwareError(
            f"the hand-in cannot be kept: {error.strerror}",
            where=str(folder),
            remedy="free some space, or look at the folder's permissions, then import again",
        ) from None
