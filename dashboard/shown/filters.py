"""The widgets that choose rows. The address holds what they choose; they only show it and change it.

So a view can be shared, the back button works, and what was chosen is still there after a look at another page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, LiteralString

import streamlit as st

from dashboard.model import ALL, Filter, Order
from dashboard.shown import address
from dashboard.shown.address import Known, View
from dashboard.shown.row import rules
from dashboard.shown.words import labels, numbered
from dashboard.site import Site

KEPT = "kept_view"
"""In the session: the address of the last look at rows."""
ARRIVED = "arrived"
"""In the session: whether another page was looked at before; see `app`."""
ROWS = "rows"
"""Where the page of rows lies."""
WIDTH = 170
"""Pixels of a widget with few words in it."""
_KEY = "filter_{}"
_PASSED = {"": "all rows", "yes": "rows that pass", "no": "rows that do not pass"}


def known(site: Site) -> Known:
    """What can be asked for."""
    totals = site.index.totals()
    return Known(
        groups=[one.key for one in site.index.groups()],
        codes=sorted({one.code for one in totals.rules}),
        criteria=[
            *site.guide.criteria,
            *sorted({one.criterion for one in totals.rules} - {*site.guide.criteria}),
        ],
        fail_modes=sorted(totals.labels),
    )


def looked_at(site: Site) -> View:
    """The view that the address asks for; on arrival from another page without one, the last one."""
    params = {name: st.query_params.get_all(name) for name in address.NAMES}
    if st.session_state.get(ARRIVED) and not any(params.values()):
        params = st.session_state.get(KEPT, {})
        _put(params)
    view = address.read(params, known(site))
    st.session_state[KEPT] = address.write(view)
    return view


def go(view: View) -> None:
    """Makes it the view that is looked at, and the address its address."""
    params = address.write(view)
    st.session_state[KEPT] = params
    _put(params)


def to_rows(view: View) -> None:
    """Leaves for the page of rows, to look at these; never returns."""
    page = st.Page(_nothing, title="Rows", url_path=ROWS)
    st.switch_page(page, query_params=address.write(view))


def show(site: Site, view: View) -> None:
    """The widgets, showing the view; a change of one is a new view, from its first page on."""
    asked, where = known(site), view.where
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _put_in("text", where.text)
        st.text_input(
            "Search",
            key=_KEY.format("text"),
            on_change=_changed,
            args=(view,),
            placeholder="words of any column, an id",
            max_chars=address.MAX_TEXT,
        )
        _one("Passing", "passed", list(_PASSED), _word_of(where.passed), _PASSED, view)
        with st.popover("More filters"):
            _more(site, view, asked)
        if where != ALL or view.state:
            st.button("Show all rows", key="filter_all", on_click=_all, args=(view,))
    with st.container(horizontal=True):
        if site.of_course:
            groups(site, view)
        _many("Rules", "codes", asked.codes, where.codes, named_rules(asked.codes), view)
        _many("Labels", "fail_modes", asked.fail_modes, where.fail_modes, labels(asked.fail_modes), view)


def groups(site: Site, view: View) -> None:
    """The widget that chooses groups alone."""
    names = labels_of_groups(site)
    _many("Groups", "groups", list(names), view.where.groups, names, view)


def labels_of_groups(site: Site) -> dict[str, str]:
    """Key of a group → how it is called in a select box; no two alike."""
    found: dict[str, str] = {}
    for group in site.index.groups():
        name = next(iter(labels([group.label]).values()))
        found[group.key] = numbered(name, found.values())
    return found


def named_rules(codes: Iterable[str]) -> dict[str, str]:
    """Code → code and name of the rule."""
    return {code: f"{code} {rules()[code].name.replace('-', ' ')}" for code in codes if code in rules()}


def _more(site: Site, view: View, asked: Known) -> None:
    where = view.where
    titles = {key: one.title for key, one in site.guide.criteria.items()}
    _many("Criteria", "criteria", asked.criteria, where.criteria, titles, view)
    _many("Severity", "severities", asked.severities, where.severities, {}, view)
    _put_in("score", (where.lowest, where.highest))
    st.slider(
        "Score",
        0.0,
        100.0,
        key=_KEY.format("score"),
        step=1.0,
        format="%.0f",
        on_change=_changed,
        args=(view,),
    )
    _one("Review", "state", ["", *address.STATES], view.state, {"": "any", **address.STATES}, view)
    orders = {order.value: order.value for order in Order}
    _one("Order", "order", list(orders), view.order.value, orders, view)


def _many(
    head: LiteralString,
    name: str,
    options: Collection[str],
    chosen: Sequence[str],
    names: dict[str, str],
    view: View,
) -> None:
    _put_in(name, list(chosen))
    st.multiselect(
        head,
        list(options),
        key=_KEY.format(name),
        format_func=_calling(names),
        on_change=_changed,
        args=(view,),
        placeholder="all",
    )


def _one(
    head: LiteralString, name: str, options: list[str], chosen: str, names: dict[str, str], view: View
) -> None:
    _put_in(name, chosen)
    st.selectbox(
        head,
        options,
        key=_KEY.format(name),
        format_func=_calling(names),
        on_change=_changed,
        args=(view,),
        width=WIDTH,
    )


def _calling(names: dict[str, str]) -> Callable[[str], str]:
    def called(one: str) -> str:
        return names.get(one, one)

    return called


def _changed(before: View) -> None:
    low, high = _got("score", (before.where.lowest, before.where.highest))
    where = Filter(
        text=_got("text", before.where.text).strip(),
        groups=tuple(_got("groups", before.where.groups)),
        codes=tuple(_got("codes", before.where.codes)),
        criteria=tuple(_got("criteria", before.where.criteria)),
        severities=tuple(_got("severities", before.where.severities)),
        fail_modes=tuple(_got("fail_modes", before.where.fail_modes)),
        passed={"yes": True, "no": False}.get(_got("passed", _word_of(before.where.passed))),
        lowest=low,
        highest=high,
    )
    order = Order(_got("order", before.order.value))
    go(address.at_start(replace(before, where=where, state=_got("state", before.state), order=order)))


def _all(before: View) -> None:
    go(View(order=before.order))


def _word_of(passed: bool | None) -> str:
    return {None: "", True: "yes", False: "no"}[passed]


def _put_in(name: str, value: Any) -> None:
    st.session_state[_KEY.format(name)] = value


def _got(name: str, otherwise: Any) -> Any:
    return st.session_state.get(_KEY.format(name), otherwise)


def _put(params: dict[str, list[str]]) -> None:
    st.query_params.from_dict(params)


def _nothing() -> None:
    """Stands for a page: only its address counts where one is left for it."""
