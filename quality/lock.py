"""One process at a time: a file beside the work that names who is at it.

The system frees the lock of a killed process at once. Between machines that share a drive, and where the system has no
locks, the file's age tells: whoever holds it touches it every 15 seconds.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from quality import console
from quality.errors import HardwareError, ProofgateError

HEARTBEAT_S = 15.0
"""How often a holder says that it is alive, in seconds."""
SILENCE_S = 120.0
"""Seconds without a heartbeat after which a holder on another machine counts as gone: eight beats missed."""


@contextmanager
def held(path: Path, *, where: Path, taken: str, option: str = "") -> Generator[None]:
    """Keeps other processes out while the work inside lasts; the file is gone afterwards.

    Args:
        path: The lock's file, in a folder that is there.
        where: What the user knows of it.
        taken: What another process does there, as a sentence without its end.
        option: What names another place on the command line; "" where there is only the one.

    Raises:
        ProofgateError: Another process works there; the message names it.
        HardwareError: Nothing can be written there.
    """
    try:
        handle = _acquired(path, where, taken, option)
    except OSError as error:
        room = "free some space there, or " if error.errno in console.NO_ROOM else ""
        raise HardwareError(
            f"cannot be written: {error.strerror}",
            where=str(where),
            remedy=f"{room}{f'name another place with {option}' if option else 'make it yours to write'}",
        ) from None
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(path, over), daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()
        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)  # held by nobody, where an open file cannot be deleted
            path.unlink()  # before it is closed: who opened it meanwhile sees that it is gone
        os.close(handle)


def _acquired(path: Path, where: Path, taken: str, option: str) -> int:
    """The file, open and ours."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _refuse_others(handle, where, taken, option)
            if _still_there(path, handle):
                os.ftruncate(handle, 0)
                os.lseek(handle, 0, os.SEEK_SET)
                os.write(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # who was here before has just ended and taken the file away


def _refuse_others(handle: int, where: Path, taken: str, option: str) -> None:
    locked = _locked(handle)
    holder = _holder(handle)
    silent_s = time.time() - os.fstat(handle).st_mtime
    elsewhere = locked is None or holder.get("host") != socket.gethostname()
    if locked is False or (holder and elsewhere and silent_s < SILENCE_S):
        host = f" on {holder['host']}" if elsewhere and "host" in holder else ""
        gone = f", or wait {SILENCE_S:.0f} seconds if that machine is gone" if elsewhere else ""
        raise ProofgateError(
            f"{taken}: process {holder.get('pid', 'unknown')}{host}",
            where=str(where),
            remedy=f"let it end{gone}{f'; two at once need an {option} each' if option else ''}",
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
