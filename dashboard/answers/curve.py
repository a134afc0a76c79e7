"""Losses by step as a chart in colours that pass on light and on dark ground."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.answers.runs import Run

COLOURS = ("#5f80b5", "#d0543c", "#2a8f72", "#b3761a", "#8d6cab", "#7d7d7d")
"""Of the runs beside one another; each has a contrast of 3 or more to white and to dark grounds."""
DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [4, 4], [1, 3])
"""Of the same, for whoever cannot tell the colours."""
MOST = len(COLOURS)
"""Runs in one chart."""
LEAST_SPAN = 0.1
"""Nats that the axis spans at least: less is noise, and should look like it."""
MARKED = 40
"""Up to so many steps each is marked by a dot."""


def of_one(run: Run) -> Any:
    """One run: the loss of each step, and the smoothed line over it where there is one."""
    values = _values([("each step", run.losses), ("smoothed", run.smooth)])
    pale = len(run.smooth) > 0
    chart, altair = _base(values)
    lines = chart.mark_line(point=len(run.losses) <= MARKED)
    return _finished(
        lines.encode(
            opacity=altair.condition("datum.name == 'each step'", altair.value(0.55), altair.value(1.0))
            if pale
            else altair.value(1.0)
        )
    )


def of_several(runs: Sequence[Run]) -> Any:
    """Several runs beside one another, by their names, which must be ours."""
    chart, altair = _base(_values([(run.name, run.losses) for run in runs[:MOST]]))
    return _finished(chart.mark_line().encode(strokeDash=_dash(altair)))


def _values(series: Sequence[tuple[str, Sequence[tuple[int, float]]]]) -> list[dict[str, Any]]:
    return [{"name": name, "step": step, "loss": loss} for name, points in series for step, loss in points]


def _base(values: list[dict[str, Any]]) -> tuple[Any, Any]:
    import altair

    losses = [one["loss"] for one in values]
    steps = [one["step"] for one in values]
    low, high = min(losses, default=0.0), max(losses, default=1.0)
    more = max(0.0, LEAST_SPAN - (high - low)) / 2 + 0.03 * (high - low)
    names = list(dict.fromkeys(one["name"] for one in values))
    colour = altair.Color(
        "name:N",
        title=None,
        scale=altair.Scale(domain=names, range=list(COLOURS[: len(names)])),
        legend=altair.Legend(orient="top"),
    )
    chart = altair.Chart(altair.InlineData(values=values)).encode(
        x=altair.X(
            "step:Q",
            title="optimizer step",
            axis=altair.Axis(tickMinStep=1, format=",d"),
            scale=altair.Scale(domain=[min(steps, default=0), max(steps, default=1)], nice=False),
        ),
        y=altair.Y(
            "loss:Q",
            title="loss (nats per answer token)",
            scale=altair.Scale(domain=[low - more, high + more], nice=False),
        ),
        color=colour,
        tooltip=[
            altair.Tooltip("name:N", title="run"),
            altair.Tooltip("step:Q", title="step", format=","),
            altair.Tooltip("loss:Q", title="loss", format=".3f"),
        ],
    )
    return chart, altair


def _dash(altair: Any) -> Any:
    return altair.StrokeDash(
        "name:N",
        title=None,
        legend=altair.Legend(orient="top"),
        scale=altair.Scale(range=[list(one) for one in DASHES]),
    )


def _finished(chart: Any) -> Any:
    return chart.properties(height=320)
