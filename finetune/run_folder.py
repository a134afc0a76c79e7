"""The names in a run's folder, whose folder it is, and that one process at a time works in it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from quality.errors import ConfigError, HardwareError, ProofgateError

HEARTBEAT_S = 15.0
"""How often a run says that it is alive, in seconds."""
SILENCE_S = 120.0
"""Seconds without a heartbeat after which a run on another machine counts as gone: eight beats missed."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Where each file of a run lies.

    Attributes:
        path: The folder that `--out` names.
    """

    path: Path

    @property
    def gate(self) -> Path:
        """The gate's record, as it was when the run began."""
        return self.path / "gate.json"

    @property
    def settled(self) -> Path:
        """What was decided before step 1."""
        return self.path / "settled.json"

    @property
    def checkpoints(self) -> Path:
        """Holds the sealed checkpoints."""
        return self.path / "checkpoints"

    @property
    def staging(self) -> Path:
        """Holds what is being written; nothing in it is ever read again."""
        return self.path / "staging"

    @property
    def adapter(self) -> Path:
        """The trained adapter, with its manifest."""
        return self.path / "adapter"

    @property
    def loss_csv(self) -> Path:
        """The loss of every step."""
        return self.path / "loss.csv"

    @property
    def loss_png(self) -> Path:
        """The same, drawn."""
        return self.path / "loss.png"

    @property
    def record(self) -> Path:
        """The sealed run record; its presence means that the run is complete."""
        return self.path / "run.json"

    @property
    def lock(self) -> Path:
        """Names the process that works here."""
        return self.path / "lock"

    def checkpoint(self, step: int) -> Path:
        """The sealed checkpoint after that optimizer step."""
        return self.checkpoints / f"step-{step:06d}"


_BEFORE_SETTLED = frozenset({"gate.json", "lock", "staging"})
"""What a run that was killed before it settled may leave."""


def claim(folder: RunFolder) -> None:
    """Makes sure that the folder is a run's, or nobody's; a missing one is made only by `lock`.

    Raises:
        ConfigError: It is a file, cannot be read, or holds something else.
    """
    try:
        names = sorted(entry.name for entry in folder.path.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigError(
            f"is no folder to write into: {error.strerror}",
            where=str(folder.path),
            remedy="name another with --out",
        ) from None
    if folder.settled.name in names:
        return
    strange = [name for name in names if name not in _BEFORE_SETTLED and not _is_part(name)]
    if strange:
        raise ConfigError(
            f"is neither empty nor a run's folder: it holds {strange[0]!r} and no settled.json",
            where=str(folder.path),
            remedy="name a new folder with --out",
        )


def _is_part(name: str) -> bool:
    """Whether it is what a killed process left of a file that it was writing."""
    return name.startswith(".") and name.endswith(".part")


@contextmanager
def lock(folder: RunFolder) -> Generator[None]:
    """Makes the folder and keeps other runs out of it while the work inside lasts.

    The system frees the lock of a killed process at once. Between machines that share a drive, and where the system
    has no locks, the file's age tells: a run touches it every 15 seconds.

    Raises:
        ProofgateError: Another process works there; the message names it.
        HardwareError: The folder cannot be written.
    """
    handle = _acquired(folder)
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(folder.lock, over), daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()
        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)  # held by nobody, where an open file cannot be deleted
            folder.lock.unlink()  # before it is closed: who opened it meanwhile sees that it is gone
        os.close(handle)


def _acquired(folder: RunFolder) -> int:
    """The lock file, open and ours."""
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder.lock, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _refuse_others(folder, handle)
            if not _still_there(folder.lock, handle):  # the run before us has just ended and taken it away
                os.close(handle)
                return _acquired(folder)
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
        except BaseException:
            os.close(handle)
            raise
    except OSError as error:
        raise HardwareError(
            f"cannot be written: {error.strerror}",
            where=str(folder.path),
            remedy="free some space there, or name another folder with --out",
        ) from None
    return handle


def _refuse_others(folder: RunFolder, handle: int) -> None:
    locked = _locked(handle)
    holder = _holder(handle)
    silent_s = time.time() - os.fstat(handle).st_mtime
    elsewhere = locked is None or holder.get("host") != socket.gethostname()
    if locked is False or (holder and elsewhere and silent_s < SILENCE_S):
        where = f" on {holder['host']}" if elsewhere and "host" in holder else ""
        gone = f", or wait {SILENCE_S:.0f} seconds if that machine is gone" if elsewhere else ""
        raise ProofgateError(
            f"another run works in this folder: process {holder.get('pid', 'unknown')}{where}",
            where=str(folder.path),
            remedy=f"let it end{gone}; a second run needs an --out of its own",
        )


def _locked(handle: int) -> bool | None:
    """Takes the system's lock; False when a living process has it, None where there are no such locks."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a drive of the network that has no locks
        return None
    return True


def _holder(handle: int) -> dict[str, Any]:
    """Who wrote the file last; empty for a new one and for one that a killed process left half written."""
    try:
        holder: Any = json.loads(os.read(handle, 1000))
    except ValueError:
        return {}
    return cast("dict[str, Any]", holder) if isinstance(holder, dict) else {}


def _still_there(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _beat(path: Path, over: threading.Event) -> None:
    while not over.wait(HEARTBEAT_S):
        with contextlib.suppress(OSError):
            os.utime(path)
