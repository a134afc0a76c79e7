"""The page *Runs*."""

from __future__ import annotations

import streamlit as st

from dashboard.site import Site


def page(site: Site) -> None:
    """Shows it."""
    st.title("Runs")
