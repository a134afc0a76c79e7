"""A process that checks a large file and makes its index, so that the server's memory stays flat.

    → {"options": {…}, "report": FILE | null, "start": DIR, "path": FILE}    then stdin stays open
    ← {"progress": [WHAT, DONE, TOTAL]} …, at last {"done": true} or {"error": [KIND, WHAT, WHERE, REMEDY]}

It ends when stdin ends. What a library prints goes to stderr.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO, cast

from dashboard.site import Opening
from quality import errors
from quality.cli_inputs import Options
from quality.errors import HardwareError, ProofgateError

COMMAND = (sys.executable, "-P", "-m", "dashboard.opening.worker")
"""With -P, so that what lies in the working directory is never imported."""
Progress = Callable[[Opening], None]


def made_elsewhere(
    path: Path, options: Options, report: Path | None, start: Path, progress: Progress
) -> None:
    """Has another process make the index at that path.

    Raises:
        ProofgateError: As `one_file.make`.
        HardwareError: The process cannot be started, or was killed.
    """
    job = {
        "options": {one.name: _as_json(getattr(options, one.name)) for one in fields(options)},
        "report": _as_json(report),
        "start": str(start),
        "path": str(path),
    }
    with _child() as child:
        assert child.stdin is not None
        assert child.stdout is not None
        _send(child.stdin, job)
        for line in child.stdout:
            reply = json.loads(line)
            if "progress" in reply:
                progress(Opening(*reply["progress"]))
            elif "error" in reply:
                raise _error(*reply["error"])
            else:
                return
    raise HardwareError(
        "the process that checks the file was ended from outside, perhaps for want of memory",
        where=str(options.data),
        remedy="give it more memory, or divide the file",
    )


@contextmanager
def _child() -> Generator[subprocess.Popen[bytes]]:
    try:
        child = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own
    except OSError as error:
        raise HardwareError(f"no process can be started: {error.strerror}") from None
    with child:
        try:
            yield child
        finally:
            child.kill()


def main() -> None:
    """Does the one job that stdin names."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which then ends this process
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    job = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    try:
        _make(job, lambda now: _send(replies, {"progress": [now.what, now.done, now.total]}))
    except ProofgateError as error:
        _send(replies, {"error": [type(error).__name__, error.what, error.where, error.remedy]})
    else:
        _send(replies, {"done": True})


def _make(job: dict[str, Any], progress: Progress) -> None:
    from dashboard.opening import one_file

    named = {name: _from_json(name, value) for name, value in job["options"].items()}
    report = job["report"]
    one_file.make(
        Path(job["path"]),
        Options(**named),
        Path(report) if report else None,
        one_file.request(Options(**named), Path(job["start"])),
        progress,
    )


def _send(stream: BinaryIO | Any, body: dict[str, Any]) -> None:
    stream.write(json.dumps(body).encode() + b"\n")
    stream.flush()


def _end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(1)  # the parent is gone, and nobody waits for what is half done


def _as_json(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


_PATHS = frozenset(one.name for one in fields(Options) if "Path" in str(one.type))


def _from_json(name: str, value: Any) -> Any:
    if name in _PATHS and value is not None:
        return Path(value)
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value


def _error(kind: str, what: str, where: str, remedy: str) -> ProofgateError:
    made = getattr(errors, kind, ProofgateError)
    return made(what, where=where, remedy=remedy)


if __name__ == "__main__":
    main()
