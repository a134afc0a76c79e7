"""What is shown before the site is open, and where it could not be opened."""

from __future__ import annotations

import streamlit as st

from dashboard import shown
from dashboard import site as sites
from dashboard.site import Opening
from quality.errors import ProofgateError

LOOK_AGAIN_S = 0.5


def show(state: Opening | ProofgateError) -> None:
    """Shows how far the opening is, or why it failed and what to do."""
    st.title("proofgate")
    if isinstance(state, ProofgateError):
        shown.trouble(state)
        st.text("Then end the dashboard with Ctrl-C and start it again.")
        return
    _progress()


@st.fragment(run_every=LOOK_AGAIN_S)
def _progress() -> None:
    state = sites.held()
    if not isinstance(state, Opening):
        st.rerun()
    st.text(f"Opening: {state.what}" if state.what else "Opening …")
    if state.total:
        st.progress(min(1.0, state.done / state.total))
        st.text(f"{state.done:,} of {state.total:,}")
