"""A table whose cells are text and whose selection the server knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

ROW_HEIGHT = 35
HEIGHT = 320
"""Pixels of a long table, so that what is below it is in sight."""


def grid(
    columns: Mapping[str, Sequence[object]],
    *,
    alt: str,
    key: str = "",
    chosen: int | None = None,
    on_select: Callable[[], None] | None = None,
    height: int = HEIGHT,
    config: Mapping[str, Any] | None = None,
) -> None:
    """Shows a table; a cell of None reads “–”.

    Args:
        columns: Head of ours → cells; texts come as `shown.label` gives them.
        alt: What the table holds, in our own words.
        key: Has to change with the rows, or an old selection points at a new row.
        chosen: Place of the row that is selected, from 0.
        on_select: Called when another row is; ask `selected` for its place.
    """
    rows = len(next(iter(columns.values()), ()))
    draw: Any = getattr(st, "dataframe")  # noqa: B009 - its type is not known wholly
    asked: dict[str, Any] = {}
    if on_select is not None:
        places = [] if chosen is None else [chosen]
        st.session_state[key] = {"selection": {"rows": places, "columns": [], "cells": []}}
        asked = {"key": key, "on_select": on_select, "selection_mode": "single-row"}
    draw(
        dict(columns),
        hide_index=True,
        height=min(height, ROW_HEIGHT * (rows + 1) + 3),
        placeholder="–",
        column_config=dict(config or {}),
        alt=alt,
        **asked,
    )


def selected(key: str, rows: int) -> int | None:
    """Place of the row that a person chose in the table of that key; None when they chose none of its rows."""
    places: list[int] = st.session_state[key]["selection"]["rows"]
    return places[0] if places and 0 <= places[0] < rows else None
