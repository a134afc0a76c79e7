"""Whose name a page works under."""

from __future__ import annotations

from urllib.parse import quote, unquote

import streamlit as st

from quality.errors import ProofgateError

HEADER = "x-proofgate-user"
"""Set by the gate alone, percent-encoded; what a client sends under that name is thrown away."""


def encoded(name: str) -> bytes:
    """The name as the header carries it."""
    return quote(name, safe="").encode("ascii")


def who() -> str:
    """The name of whoever looks at the page that runs now.

    Raises:
        ProofgateError: Nobody is known: the page was not asked for by way of the gate.
    """
    name = unquote(st.context.headers.get(HEADER) or "")
    if not name:
        raise ProofgateError(
            "nobody is signed in", remedy="open the dashboard with the link that `dashboard` printed"
        )
    return name
