"""How far the training is, on stderr: a bar on a terminal, a line now and then elsewhere, as in a notebook."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager

from finetune.progress import LINE_EVERY_S, Bar, duration
from finetune.training.loss_log import StepLog
from quality import console

RECENT = 20
"""Steps that the rate and the loss are averaged over."""


@contextmanager
def training(steps: int, *, every_s: float = LINE_EVERY_S) -> Generator[Callable[[StepLog], None]]:
    """What takes each step of the training inside and shows it.

    However it ends, the bar is taken away and the cursor is back.

    Args:
        steps: Of the whole run, those before a resume included.
        every_s: Seconds between two lines where stderr is no terminal; the last step always has one.
    """
    show = _Bar(steps) if sys.stderr.isatty() else _Lines(steps, every_s)
    try:
        yield show
    finally:
        show.stop()


def line(recent: deque[StepLog], steps: int) -> str:
    """`step 30 of 188 · loss 1.234 (mean of 20) · 412 tokens/s · 12 min left`, by the latest steps."""
    last, seconds = recent[-1], sum(log.seconds for log in recent)
    tokens = sum(log.tokens for log in recent)
    loss = sum(log.loss * log.tokens for log in recent) / max(1, tokens)
    rate = f"{tokens / seconds:,.0f} tokens/s" if seconds > 0 else ""
    left = (steps - last.step) * seconds / len(recent)
    mean = f" (mean of {len(recent)})" if len(recent) > 1 else ""
    parts = [f"step {last.step:,} of {steps:,}", f"loss {loss:.3f}{mean}", rate, f"{duration(left)} left"]
    return " · ".join(part for part in parts if part)


class _Lines:
    """A line at the first step, then one every so many seconds, and one at the last step."""

    def __init__(self, steps: int, every_s: float) -> None:
        self._steps = steps
        self._every_s = every_s
        self._recent: deque[StepLog] = deque(maxlen=RECENT)
        self._said: float | None = None

    def __call__(self, log: StepLog) -> None:
        self._recent.append(log)
        now = time.monotonic()
        if self._said is None or now - self._said >= self._every_s or log.step >= self._steps:
            self._said = now
            console.say(line(self._recent, self._steps))

    def stop(self) -> None:
        """A line once said needs no end."""


class _Bar:
    """A bar with the same words."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._recent: deque[StepLog] = deque(maxlen=RECENT)
        self._bar = Bar(steps, title="training", width=24)

    def __call__(self, log: StepLog) -> None:
        self._recent.append(log)
        self._bar.show(log.step, line(self._recent, self._steps))

    def stop(self) -> None:
        """Takes it away; what it said last stays as a line."""
        if self._bar.stop():
            console.say(line(self._recent, self._steps))
