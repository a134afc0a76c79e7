"""Charts whose colours can be told from both grounds, light and dark; what they show stands in words beside them.

Labels may hold foreign text: they are drawn, never parsed. Tooltips hold our own words and numbers only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from dashboard.shown.words import NOTHING, label, numbered

COLOURS = {"error": "#d0543c", "warning": "#b3761a", "good": "#2a8f72", "plain": "#5f80b5"}
"""Kind → colour; each has a contrast of at least 3 to white and to Streamlit's dark ground."""
HEAT = {"light": ("#f4f1ec", "#f0a48f", "#1d1f27"), "dark": ("#33261f", "#a63d28", "#f4f4f6")}
"""Theme → fewest rows, most rows, ink; the ink has a contrast of at least 5 to both."""
BAR_HEIGHT = 26
MAX_BARS = 60
LABEL_LENGTH = 34
CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, how it is called, its length; `kind` is one of `COLOURS`."""

    key: str
    label: str
    value: float
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a matrix: the keys of its line and its column, and its number."""

    row: str
    column: str
    value: int


def bars(rows: Sequence[Bar], *, alt: str, unit: str, key: str = "") -> str:
    """Draws horizontal bars, the first `MAX_BARS`; gives the key of the one that was clicked, "" without.

    Args:
        alt: What the chart says, in our own words, for who cannot see it.
        unit: Of the values, such as `findings`.
        key: Of the widget; "" for a chart that cannot be clicked.
    """
    import altair

    names = _names({one.key: one.label for one in rows[:MAX_BARS]})
    values = [
        {"key": one.key, "name": names[one.key], unit: one.value, "colour": COLOURS[one.kind]}
        for one in rows[:MAX_BARS]
    ]
    chart = (
        altair.Chart(altair.InlineData(values=values))
        .mark_bar(cornerRadiusEnd=3)
        .encode(
            x=altair.X(f"{unit}:Q", title=unit, axis=altair.Axis(tickMinStep=1, format=",~r")),
            y=altair.Y("name:N", **_named(names)),
            color=altair.Color("colour:N", scale=None),
            tooltip=[altair.Tooltip(f"{unit}:Q", title=unit, format=",~r")],
        )
        .properties(height=max(len(names), 2) * BAR_HEIGHT + 40, description=alt)
    )
    return str(_drawn(chart, ["key"], key).get("key", ""))


def histogram(
    bins: Sequence[tuple[float, float, int]],
    *,
    alt: str,
    title: str,
    unit: str,
    threshold: float | None = None,
    key: str = "",
) -> tuple[float, float] | None:
    """Draws a histogram; gives the bounds of the bin that was clicked.

    Args:
        bins: Lower bound, upper bound, number.
        title: Of the axis of the bounds.
        unit: What is counted.
        threshold: Where a line is drawn.
    """
    import altair

    values = [{"low": low, "high": high, unit: number} for low, high, number in bins]
    chart = (
        altair.Chart(altair.InlineData(values=values))
        .mark_bar(color=COLOURS["plain"], cornerRadiusEnd=3)
        .encode(
            x=altair.X("low:Q", title=title, scale=altair.Scale(nice=False)),
            x2="high:Q",
            y2=altair.datum(0),
            y=altair.Y(f"{unit}:Q", title=unit, axis=altair.Axis(tickMinStep=1, format=",~r")),
            tooltip=[
                altair.Tooltip("low:Q", title="from"),
                altair.Tooltip("high:Q", title="to"),
                altair.Tooltip(f"{unit}:Q", title=unit, format=",~r"),
            ],
        )
    )
    line = None
    if threshold is not None:
        line = (
            altair.Chart(altair.InlineData(values=[{"at": threshold}]))
            .mark_rule(color=COLOURS["error"], strokeWidth=2, strokeDash=[5, 3])
            .encode(x="at:Q")
        )
    found = _drawn(chart, ["low", "high"], key, over=line, properties={"height": 240, "description": alt})
    return (float(found["low"]), float(found["high"])) if found else None


def matrix(
    cells: Sequence[Cell],
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    *,
    alt: str,
    unit: str,
    key: str = "",
) -> tuple[str, str] | None:
    """Draws a heat map with its numbers in it; gives line and column of the field that was clicked.

    Args:
        rows: Key → how the line is called, in their order; raw.
        columns: The same for columns.
    """
    import altair

    lines, heads = _names(rows), _names(columns)
    values = [
        {"row": one.row, "column": one.column, "y": lines[one.row], "x": heads[one.column], unit: one.value}
        | {"words": f"{one.value:,}" if one.value else ""}
        for one in cells
    ]
    most = max((one.value for one in cells), default=1)
    base = altair.Chart(altair.InlineData(values=values)).encode(
        x=altair.X("x:N", **_named(heads, -35)),
        y=altair.Y("y:N", **_named(lines)),
    )
    few, many, ink = HEAT[theme()]
    # without rows a field shows the ground
    fields = base.mark_rect(stroke="#8a8f9c", strokeWidth=0.5).encode(
        color=altair.Color(f"{unit}:Q", scale=altair.Scale(domain=[0, most], range=[few, many]), legend=None),
        fillOpacity=altair.condition(altair.datum[unit] > 0, altair.value(1), altair.value(0)),
        tooltip=[altair.Tooltip(f"{unit}:Q", title=unit, format=",")],
    )
    numbers = base.mark_text(color=ink, fontSize=13).encode(text="words:N")
    height = max(len(lines), 2) * 34 + 130
    found = _drawn(
        fields,
        ["row", "column"],
        key,
        over=numbers,
        properties={"height": height, "description": alt},
    )
    return (str(found["row"]), str(found["column"])) if found else None


def theme() -> Literal["light", "dark"]:
    """The one that the reader chose, or their browser."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _names(raw: Mapping[str, str]) -> dict[str, str]:
    """Key → label; no two alike, so that each has its own place on an axis."""
    found: dict[str, str] = {}
    for key, text in raw.items():
        found[key] = numbered(label(text, LABEL_LENGTH) or NOTHING, found.values())
    return found


def _named(names: Mapping[str, str], angle: int = 0) -> dict[str, Any]:
    """An axis of names in their order; they are data to Vega, never code."""
    import altair

    axis = altair.Axis(labelLimit=260, labelAngle=angle, labelOverlap=False, ticks=False, domain=False)
    return {"title": None, "sort": list(names.values()), "axis": axis}


def _drawn(
    chart: Any,
    fields: list[str],
    key: str,
    *,
    over: Any = None,
    properties: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Shows the chart; gives the fields of the mark that was clicked, {} without."""
    import altair

    if key:
        chart = chart.add_params(altair.selection_point(name=CHOSEN, fields=fields))
    whole = chart if over is None else altair.layer(chart, over)
    whole = whole.properties(**(properties or {}))
    if not key:
        st.altair_chart(whole, width="stretch")
        return {}
    event: Any = st.altair_chart(whole, width="stretch", key=key, on_select="rerun")
    chosen: list[dict[str, Any]] = event.get("selection", {}).get(CHOSEN) or []
    return chosen[0] if chosen else {}
