"""What is shown before the site is open, and where it could not be opened."""

from __future__ import annotations

import streamlit as st

from dashboard.site import Opening
from quality.errors import ProofgateError


def show(state: Opening | ProofgateError) -> None:
    """Shows how far the opening is, or why it failed and what to do."""
    st.title("proofgate")
