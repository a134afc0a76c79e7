"""The pages of the dashboard and their order; streamlit runs this file anew for every look at a page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import site as sites
from dashboard.pages import copying, grades, guide, overview, predictions, review, rows, runs, waiting
from dashboard.shown import blocks, filters
from dashboard.shown.words import label
from dashboard.site import Site
from quality.errors import ProofgateError

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
LAST = "last_page"
"""In the session: the page that was looked at before."""
RENEWED = "renewed"
"""In the session: why the last bringing up to date failed; None where it did not."""


def main() -> None:
    """Shows the page that the address names."""
    # an icon of its own, or the browser is sent to fetch that of the page from another host
    st.set_page_config(page_title="proofgate", page_icon="✅", layout="wide")
    blocks.style()
    site = sites.held()
    if not isinstance(site, Site):
        # a link to a page stays good while the site is being opened
        later = [
            st.Page(
                partial(waiting.show, site), title=title, url_path=title.lower(), default=title == "Overview"
            )
            for title, _, _ in PAGES
        ]
        st.navigation(later, position="hidden").run()
        return
    pages = [
        st.Page(
            partial(_page, site, place),
            title=title,
            url_path=title.lower(),
            icon=f":material/{icon}:",
            default=title == "Overview",
        )
        for place, (title, _, icon) in enumerate(PAGES)
    ]
    chosen = st.navigation(pages)
    _sidebar(site)
    chosen.run()


def _page(site: Site, place: int) -> None:
    """The page; what cannot be read or saved is told in a sentence, and the other pages stay."""
    title, module, _ = PAGES[place]
    st.set_page_config(page_title=f"{title} · proofgate")
    st.session_state[filters.ARRIVED] = st.session_state.get(LAST, title) != title
    st.session_state[LAST] = title
    try:
        module.page(site)
    except ProofgateError as error:
        blocks.trouble(error)


def _sidebar(site: Site) -> None:
    """What is looked at, by which guide, by whom; and the button that brings it up to date."""
    name = site.course.name if site.course else Path(site.index.about().path).name
    with st.sidebar:
        st.text(label(name, 80))
        st.text(f"Guide: {label(site.index.about().guide)}")
        st.text(f"Signed in: {label(site.who(), 40)}")
        st.button("Bring up to date", key="renew", on_click=_renew, args=(site,), icon=":material/refresh:")
        if st.session_state.get(RENEWED) is not None:
            blocks.trouble(st.session_state[RENEWED])


def _renew(site: Site) -> None:
    try:
        sites.hold(site.renewed())
    except ProofgateError as error:
        st.session_state[RENEWED] = error
    else:
        st.session_state[RENEWED] = None


if __name__ == "__main__":
    main()
