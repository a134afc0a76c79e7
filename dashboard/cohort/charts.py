"""The charts of the page *Copying* as altair has them. Colours come from whoever shows them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

from dashboard.cohort.graph import WIDTH, Graph, Side
from dashboard.cohort.pairs import Histogram, Measure

NODE = "node"
"""Name of the selection; a selected node has the field `group`."""
_SIDES: tuple[tuple[Side, Literal["left", "right", "center"], int, int], ...] = (
    (Side.RIGHT, "left", 13, 0),
    (Side.LEFT, "right", -13, 0),
    (Side.BELOW, "center", 0, 21),
)
"""Where a label is drawn, from its node."""
INK = "#8a8f9c"
"""Of lines between things; to be told from both grounds."""


def histogram(found: Histogram, colours: Mapping[str, str], alt: str) -> Any:
    """Bars of all pairs on a scale that shows single ones beside thousands; candidates stand out, honest is a line."""
    import altair

    kinds = {"other pairs": colours["plain"], "candidates": colours["error"]}
    values = [
        {
            "low": bar.low,
            "high": bar.high,
            "from": _value(found.measure, bar.low),
            "to": _value(found.measure, bar.high),
            "pairs": number,
            "kind": kind,
        }
        for bar in found.bars
        for kind, number in zip(kinds, (bar.others, bar.candidates), strict=True)
        if number
    ]
    scale = altair.Scale(type="symlog", nice=False)
    bars = (
        altair.Chart(altair.InlineData(values=values))
        .mark_bar()
        .encode(
            x=altair.X(
                "low:Q", title=_title(found.measure), scale=altair.Scale(nice=False), axis=_across(found)
            ),
            x2="high:Q",
            y=altair.Y("pairs:Q", title="pairs", scale=scale, stack=False, axis=_counts()),
            y2=altair.Y2Datum(0),
            color=altair.Color(
                "kind:N",
                title=None,
                scale=altair.Scale(domain=list(kinds), range=list(kinds.values())),
                legend=altair.Legend(orient="top"),
            ),
            tooltip=[
                altair.Tooltip("kind:N", title="kind"),
                altair.Tooltip("from:N", title="from"),
                altair.Tooltip("to:N", title="to"),
                altair.Tooltip("pairs:Q", title="pairs", format=","),
            ],
        )
    )
    layers = [bars]
    honest = [
        {"at": at, "pairs": bar.honest}
        for bar in found.bars
        if bar.honest is not None
        for at in (bar.low, bar.high)
    ]
    if honest:
        line = altair.Chart(altair.InlineData(values=honest)).mark_line(
            color=colours["warning"], strokeWidth=2
        )
        layers.append(
            line.encode(x="at:Q", y=altair.Y("pairs:Q", title="pairs", scale=scale, axis=_counts()))
        )
    if found.threshold is not None:
        rule = altair.Chart(altair.InlineData(values=[{"at": found.threshold}]))
        layers.append(
            rule.mark_rule(color=colours["error"], strokeWidth=2, strokeDash=[5, 3]).encode(x="at:Q")
        )
    return altair.layer(*layers).properties(height=260, description=alt)


def _counts() -> Any:
    import altair

    return altair.Axis(
        values=[0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10000, 30000], labelExpr="format(datum.value, ',')"
    )


def _across(found: Histogram) -> Any:
    """Chances by their own value: the axis holds -log10 of them."""
    import altair

    if found.measure is Measure.SCORE:
        return altair.Axis()
    ends = range(math.ceil(found.bars[-1].high) + 1)
    return altair.Axis(
        values=list(ends), labelExpr="datum.value < 4 ? pow(10, -datum.value) : '1e-' + datum.value"
    )


def _value(measure: Measure, at: float) -> str:
    return f"{at:.2f}" if measure is Measure.SCORE else f"{10**-at:.2g}"


def _title(measure: Measure) -> str:
    if measure is Measure.SCORE:
        return "similarity: 0 nothing alike, 1 all that was changed is alike"
    return f"{'q' if measure is Measure.Q else 'p'} value: the further right, the less likely by chance"


def clusters(found: Graph, labels: Mapping[str, str], colours: Mapping[str, str], alt: str) -> Any:
    """Groups as points that can be clicked, candidate pairs as lines between them, the wider the more alike.

    Args:
        labels: Key of a group → how it is called; drawn, never parsed.
    """
    import altair

    x = altair.X("x:Q", axis=None, scale=altair.Scale(domain=[0, WIDTH]))
    y = altair.Y("y:Q", axis=None, scale=altair.Scale(domain=[found.height, 0]))
    edges = [
        {"x": one.x, "y": one.y, "x2": one.x2, "y2": one.y2, "score": one.pair.score} for one in found.edges
    ]
    nodes = [
        {"x": one.x, "y": one.y, "group": one.group, "label": labels[one.group], "side": one.side.value}
        for one in found.nodes
    ]
    lines = (
        altair.Chart(altair.InlineData(values=edges))
        .mark_rule(color=INK, opacity=0.9)
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=altair.StrokeWidth(
                "score:Q", scale=altair.Scale(domain=[0, 1], range=[1, 6]), legend=None
            ),
        )
    )
    base = altair.Chart(altair.InlineData(values=nodes)).encode(x=x, y=y)
    points = (
        base.mark_circle(size=260, opacity=1, color=colours["plain"], cursor="pointer")
        .encode(tooltip=[altair.Tooltip("group:N", title="group")])
        .add_params(altair.selection_point(name=NODE, fields=["group"]))
    )
    names = [
        base.transform_filter(altair.datum.side == side.value)
        .mark_text(align=align, dx=dx, dy=dy, fontSize=12, color=colours["text"])
        .encode(text="label:N")
        for side, align, dx, dy in _SIDES
    ]
    whole: Any = altair.layer(lines, points, *names).properties(
        height=int(found.height) + 10, description=alt
    )
    return whole.configure_view(strokeWidth=0)
