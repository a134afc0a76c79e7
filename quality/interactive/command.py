"""`quality fix --interactive` from the command line: what must be so, then the session at the terminal."""

from __future__ import annotations

from functools import cache

from quality import console, progress, run, targets
from quality.cli_inputs import Options
from quality.interactive.loop import answer, stopped
from quality.interactive.session import Places, start
from quality.interactive.terminal import RealTerminal
from quality.model import Report
from quality.options import Resolved
from quality.workers import keeping


def ask(options: Options, resolved: Resolved, places: Places) -> int:
    """Asks about every finding at the terminal; returns the exit code.

    Raises:
        ProofgateError: There is no terminal, or the session cannot be begun.
    """
    terminal = RealTerminal()
    _ready(resolved, places)

    @cache  # every check would say the same
    def note(text: str) -> None:
        console.say(f"note: {text}")

    def check(request: run.Request) -> Report:
        with progress.measuring(kept=options.cache) as bar:
            return run.check(request, bar, note)

    try:
        with keeping():
            return answer(start(resolved.request, places, check), terminal)
    except KeyboardInterrupt:
        terminal.show(["", stopped(places)])
        return console.INTERRUPTED


def _ready(resolved: Resolved, places: Places) -> None:
    """Refuses places that cannot be written or would cost the user a file."""
    target = {"the corrected file": places.target}
    targets.ready(places.target, resolved, in_place=True)
    targets.ready(places.log, resolved, others=target)
    targets.ready(places.record, resolved, "--record", others={**target, "the answers": places.log})
