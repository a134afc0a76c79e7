"""What all four commands share at the terminal: UTF-8 on any console, errors as sentences, exit codes."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable

from quality.errors import ProofgateError


def run(app: Callable[[], object]) -> None:
    """Runs a command line and ends the process with its exit code; a user's mistake never shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a report's line ends are its own: CSV has CRLF on every system
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    try:
        app()
    except ProofgateError as error:
        say_error(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def say_error(error: ProofgateError) -> None:
    """Prints the error on stderr, with whatever a file smuggled into it made visible."""
    from quality.reports.escape import visible_block

    print(f"error: {visible_block(str(error))}", file=sys.stderr)  # noqa: T201


def say(text: str) -> None:
    """Prints progress or a note on stderr, as plain text."""
    from quality.reports.escape import visible_block

    print(visible_block(text), file=sys.stderr)  # noqa: T201
