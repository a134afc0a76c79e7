"""Pieces of HTML from one template whose every expression is escaped; see `quality.reports.html_template`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import streamlit as st
from markupsafe import Markup

from dashboard.shown.changes import Grey, sides
from dashboard.shown.pieces import Span, pieces
from quality.errors import ProofgateError
from quality.reports.html_template import template

if TYPE_CHECKING:
    from jinja2.environment import TemplateModule

MAX_TEXT = 20_000
"""Characters of any one piece of text that is shown."""
HEADS = ("Before", "After")


def style() -> None:
    """The style sheet of all that this package shows; once a look at a page, outside of fragments."""
    st.html(f"<style>{_asset('shown.css')}</style>")


def text(cell: str) -> None:
    """A cell as a block of text, its line ends kept, its invisible characters visible; long ones are cut."""
    _show("cell", pieces(cell))


def marked(cell: str, spans: Sequence[tuple[int, int, str, str]]) -> None:
    """A cell with stretches highlighted.

    Args:
        spans: Start, end, `error`, `warning` or `waived`, and what is said when a reader points at it.
    """
    found = [Span(start, end, kind, title) for start, end, kind, title in spans]
    _show("cell", pieces(cell, found))


def changed(
    before: str, after: str, *, grey: Grey = (), grey_after: Grey = (), heads: tuple[str, str] = HEADS
) -> None:
    """Two versions side by side with their edits marked.

    Args:
        grey: Stretches of `before` that are not the writer's own, in code points.
        grey_after: The same of `after`.
        heads: What stands above them.
    """
    _show("versions", *sides(before, after, grey, grey_after), heads)


def trouble(error: ProofgateError) -> None:
    """Why something could not be done, and what to do about it."""
    _show("trouble", error)


def empty(what: str, command: str = "") -> None:
    """An empty state: what is missing, in a sentence of ours, and the command that makes it."""
    _show("empty", what)
    if command:
        st.code(command, language=None)


def note(what: str) -> None:
    """A paragraph; what stands between backticks is code."""
    _show("note", what)


def show(macro: str, *values: Any) -> None:
    """What a macro of the template makes of the values."""
    _show(macro, *values)


def html(macro: str, *values: Any) -> Markup:
    """The HTML of a macro, escaped."""
    return getattr(_macros(), macro)(*values)


def _show(macro: str, *values: Any) -> None:
    st.html(str(html(macro, *values)))


@cache
def _macros() -> TemplateModule:
    return template(_asset("blocks.html.j2"), MAX_TEXT).module


@cache
def _asset(name: str) -> str:
    return files("dashboard.shown").joinpath(name).read_text(encoding="utf-8")
