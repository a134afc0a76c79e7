"""The pages of the dashboard and their order; streamlit runs this file anew for every look at a page."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import site as sites
from dashboard.pages import copying, grades, guide, overview, predictions, review, rows, runs, waiting

PAGES = (
    ("Overview", overview, "insights"),
    ("Rows", rows, "table_rows"),
    ("Review", review, "rate_review"),
    ("Predictions", predictions, "compare"),
    ("Copying", copying, "content_copy"),
    ("Grades", grades, "grading"),
    ("Runs", runs, "model_training"),
    ("Guide", guide, "menu_book"),
)


def main() -> None:
    """Shows the page that the address names."""
    st.set_page_config(page_title="proofgate", layout="wide")
    site = sites.held()
    if not isinstance(site, sites.Site):
        waiting.show(site)
        return
    pages = [
        st.Page(
            partial(module.page, site),
            title=title,
            url_path=title.lower(),
            icon=f":material/{icon}:",
            default=title == "Overview",
        )
        for title, module, icon in PAGES
    ]
    st.navigation(pages).run()


main()
