"""`quality …`, `finetune …`, `grading …` as a user types them, but in this process: the same `main`, code and streams.

Starting a process for each command costs two seconds of imports; what only a process shows (signals, closed
streams, pipes, imports, a worker that outlives it) is tested in one.
"""

import io
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from quality.cli import main

QUALITY = Path(sysconfig.get_path("scripts")) / "quality"
FINETUNE = QUALITY.with_name("finetune")
GRADING = QUALITY.with_name("grading")


def process(*arguments: object, command: tuple[object, ...] = (QUALITY,)) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own."""
    done = subprocess.run(
        [*map(str, command), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@dataclass(frozen=True)
class Done:
    """How it ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def quality(*arguments: object) -> Done:
    """Runs `quality` to its end; a bug of ours fails the test, however politely it is told."""
    return _run("quality", main, arguments)


def finetune(*arguments: object) -> Done:
    """Runs `finetune` to its end, in the same way."""
    from finetune.cli import main as finetune_main

    return _run("finetune", finetune_main, arguments)


def grading(*arguments: object) -> Done:
    """Runs `grading` to its end, in the same way."""
    from grading.cli import main as grading_main

    return _run("grading", grading_main, arguments)


def _run(name: str, main: Callable[[], None], arguments: tuple[object, ...]) -> Done:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    before, sys.argv = sys.argv, [name, *map(str, arguments)]
    code = None
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as end:
        code = end.code
    finally:
        sys.argv = before
    done = Done(code or 0, _printed(out), _printed(err))
    assert "bug of proofgate" not in done.stderr, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done


def _printed(stream: io.TextIOWrapper) -> str:
    stream.flush()
    # as a pipe's reader sees it in text mode
    return stream.buffer.getvalue().decode("utf-8").replace("\r\n", "\n")
