"""The loss of every step, as CSV and as a picture."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import accumulate
from pathlib import Path
from typing import Any

from quality import files
from quality.errors import InputError
from quality.wording import count


@dataclass(frozen=True, slots=True)
class StepLog:
    """One optimizer step.

    Attributes:
        step: From 1.
        loss: Mean over the learned tokens of the step, in nats.
        learning_rate: That the step was taken with.
        tokens: Tokens of its rows, prompts included, padding not.
        seconds: That the step took, without saving.
    """

    step: int
    loss: float
    learning_rate: float
    tokens: int
    seconds: float


COLUMNS = tuple(field.name for field in fields(StepLog))
"""The header of loss.csv."""
SMOOTHING = 0.1
"""How much less than its neighbour a step counts in the smoothed line; about ten to either side count."""
LEAST_SPAN = 0.1
"""Nats that the axis spans at least: less is noise, and should look like it."""
INK = "#1f4e79"
PALE = "#9db8d2"
GRID = "#dddddd"
MARKED = 40
"""Up to so many steps each is marked by a dot: a short line alone shows little."""


def append(path: Path, log: StepLog) -> None:
    """Adds the step as a line; a new file begins with the header.

    Raises:
        OSError: The disk is full.
    """
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        stream.write(_lines(([COLUMNS] if new else []) + [astuple(log)]))


def read(path: Path) -> tuple[StepLog, ...]:
    """The steps in the file; none where there is no file. A line that a killed run left unfinished is left out.

    Raises:
        InputError: The file is not a loss log.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path)) from None
    whole = text[: text.rfind("\n") + 1]
    rows = list(csv.reader(io.StringIO(whole)))
    if rows and tuple(rows[0]) != COLUMNS:
        raise InputError("is not a loss log", where=str(path), remedy="move it away, then run again")
    return tuple(log for row in rows[1:] if (log := _step(row)) is not None)


def cut(path: Path, last: int) -> None:
    """Drops what comes after that step: a run that goes on from its checkpoint takes those steps again."""
    kept = [log for log in read(path) if log.step <= last]
    if path.exists():
        files.replace(path, _lines([COLUMNS, *(astuple(log) for log in kept)]))


def draw(csv: Path, png: Path) -> None:
    """Writes the log as a picture of 1200 × 675 pixels: each step's loss, pale, and the smoothed line over it.

    Raises:
        InputError: There is no step to draw.
    """
    logs = read(csv)
    if not logs:
        raise InputError("has no step to draw", where=str(csv))
    files.replace(png, _picture(logs))


def smoothed(values: Sequence[float], weights: Sequence[float], share: float = SMOOTHING) -> list[float]:
    """At each step the mean of all values by their weights, a step counting `1 - share` as much as one nearer to it.

    Steps to come count like those before, so that the line does not lag behind a loss that falls.
    """
    above = _both_ways([value * weight for value, weight in zip(values, weights, strict=True)], share)
    below = _both_ways(weights, share)
    return [
        sum_ / weight if weight else value for sum_, weight, value in zip(above, below, values, strict=True)
    ]


def _both_ways(values: Sequence[float], share: float) -> list[float]:
    """At each place the sum of all values, each place further counting `1 - share` as much."""

    def decayed(so_far: float, value: float) -> float:
        return (1 - share) * so_far + value

    before = list(accumulate(values, decayed))
    after = list(accumulate(reversed(values), decayed))[::-1]
    return [left + right - value for left, right, value in zip(before, after, values, strict=True)]


def _step(row: list[str]) -> StepLog | None:
    try:
        step, loss, learning_rate, tokens, seconds = row
        return StepLog(int(step), float(loss), float(learning_rate), int(tokens), float(seconds))
    except ValueError:
        return None


def _lines(rows: Iterable[tuple[Any, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _picture(logs: Sequence[StepLog]) -> bytes:
    with warnings.catch_warnings():
        # older versions of matplotlib call newer ones of pyparsing by names that are given up
        warnings.simplefilter("ignore", DeprecationWarning)
        # the objects themselves, not pyplot: that keeps a global state and may ask for a display
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

    figure: Any = Figure(figsize=(8, 4.5), dpi=150, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    _plot(axes, logs)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def _plot(axes: Any, logs: Sequence[StepLog]) -> None:
    from matplotlib.ticker import MaxNLocator

    steps = [log.step for log in logs]
    losses = [log.loss for log in logs]
    line = smoothed(losses, [log.tokens for log in logs])
    dot = "o" if len(logs) <= MARKED else ""
    axes.plot(steps, losses, color=PALE, linewidth=1, marker=dot, markersize=3, label="each step")
    axes.plot(steps, line, color=INK, linewidth=2, label="smoothed")
    axes.annotate(
        f"{line[-1]:.3f}",
        (steps[-1], line[-1]),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        color=INK,
    )
    axes.set_title(
        f"Training loss, {count(len(logs), 'step')}, {sum(log.tokens for log in logs):,} tokens", loc="left"
    )
    axes.set_xlabel("optimizer step")
    axes.set_ylabel("loss (nats per answer token)")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.margins(x=0.02)
    low, high = axes.get_ylim()
    more = max(0.0, LEAST_SPAN - (high - low)) / 2
    axes.set_ylim(low - more, high + more)
    axes.grid(color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(frameon=False)
