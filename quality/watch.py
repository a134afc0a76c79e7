"""`quality check --watch`: the report anew whenever one of the files that it reads is saved.

The system's own events wake it at once (watchfiles); the files' state is also looked at every second, so that neither
a change during a check nor a folder that sends no events (a network drive) is missed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from quality import checking, console
from quality.cli_inputs import Options
from quality.errors import InputError, ProofgateError
from quality.guide import SHIPPED
from quality.model import Report
from quality.options import Resolved
from quality.verdicts import exit_code
from quality.version_diff.headline import since
from quality.workers import keeping

LOOK_MS = 1_000
"""How often the files are looked at when no event comes."""
QUIET_MS = 100
"""An editor's save is several events; it is over when none has come for so long."""
LONGEST_SAVE_MS = 1_600
"""A check starts after so long even if events go on."""

State: TypeAlias = "dict[Path, tuple[int, int, int] | None]"
"""File → time of change in ns, size and inode; None where there is none."""


@dataclass(frozen=True, slots=True)
class Run:
    """One check: the exit code that it means, and the report in words.

    Attributes:
        report: What the next run is compared with; None when the check could not be made.
        files: What was read.
        error: Why the check could not be made.
    """

    exit_code: int
    text: str
    report: Report | None
    files: tuple[Path, ...]
    error: ProofgateError | None = None


def command(options: Options, view: checking.View) -> int:
    """`quality check --watch`: the exit code of the last check before Ctrl-C."""

    def run() -> Run:
        resolved = checking.inputs(options)
        document = checking.document(options, resolved, view)
        shown = checking.rendered(document, "text", None)
        return Run(exit_code(document), shown, document.report, files_of(options, resolved))

    return watch(options, run)


def files_of(options: Options, resolved: Resolved | None = None) -> tuple[Path, ...]:
    """The files whose change calls for another check; of the settings only when they could be read."""
    named = [options.data, options.original, options.against, options.baseline, options.decisions]
    named += [options.config]
    named += [Path(options.guide)] if options.guide not in (None, *SHIPPED) else []
    if resolved is not None:
        settings = resolved.settings
        named += [settings.source, settings.original, settings.against, settings.baseline]
        named += [settings.decisions]
        named += [Path(settings.guide)] if settings.guide not in SHIPPED else []
    return tuple(dict.fromkeys(path for path in named if path is not None))


def watch(options: Options, check: Callable[[], Run]) -> int:
    """Checks now and after every save until Ctrl-C; returns the last run's exit code.

    Args:
        options: What the user named; the data has to be there at the start.
        check: Reads everything anew and checks it.

    Raises:
        InputError: There is no such file, so that there is nothing to wait for.
    """
    if not options.data.is_file():
        raise InputError(
            "no such file to watch", where=str(options.data), remedy="look at the name and the folder"
        )
    last: Run | None = None
    report: Report | None = None
    files = files_of(options)
    try:
        with keeping():
            while True:
                before = _state(files)
                last = _checked(check, files)
                _show(options, last, report)
                report, files = last.report or report, last.files
                # what was read may be more than was known before, such as the guide that the settings name
                _wait(_state(files) | before)
    except KeyboardInterrupt:
        pass
    except SystemExit as stopped:  # Ctrl-C during a check, which has said so
        if stopped.code != console.INTERRUPTED:
            raise
    return console.INTERRUPTED if last is None else last.exit_code


def _checked(check: Callable[[], Run], files: tuple[Path, ...]) -> Run:
    """The run; a file that is half written or broken is told, and waited for."""
    try:
        return check()
    except ProofgateError as error:
        return Run(error.exit_code, "", None, files, error)


def _wait(before: State) -> None:
    """Returns when a file is no longer in that state."""
    from watchfiles import watch as events

    while not (folders := {folder for path in before for folder in _folders(path)}):
        time.sleep(LOOK_MS / 1_000)  # all is gone; it may come back
    if _state(before) != before:
        return
    for _ in events(
        *folders,
        watch_filter=None,
        debounce=LONGEST_SAVE_MS,
        step=QUIET_MS,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        recursive=False,
        raise_interrupt=True,
    ):
        if _state(before) != before:
            return


def _folders(path: Path) -> Iterator[Path]:
    """Where the file lies, and where it lies indeed: an editor that replaces it leaves an event only there."""
    for known in (path.absolute(), path.resolve()):
        if known.parent.is_dir():
            yield known.parent


def _state(files: Iterable[Path]) -> State:
    return {path: _look(path) for path in files}


def _look(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _show(options: Options, run: Run, before: Report | None) -> None:
    """The report on a cleared terminal, or under a line with the time; then what changed, and what is awaited."""
    from quality.reports.escape import visible

    name = visible(options.data.name)
    head = "\x1b[H\x1b[2J" if sys.stdout.isatty() else f"── {time.strftime('%H:%M:%S')} {name} ──\n"
    changed = f"Since the last run: {since(before, run.report)}.\n" if before and run.report else ""
    console.emit(f"{head}{run.text}{changed}")
    if run.error is not None:
        console.say_error(run.error)
    console.say(f"watching {name}; Ctrl-C ends")
