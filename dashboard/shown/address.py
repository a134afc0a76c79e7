"""What is looked at ↔ the query string of the page, so that a view can be shared and the back button works."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.model import ALL, Filter, Order

NO_LABEL = "-"
"""How an empty label stands in an address; one that starts with it gets one more."""
MAX_TEXT = 500
"""Characters of a search."""
STATES = {"accepted": "accepted", "flagged": "flagged", "none": "not reviewed"}
"""State of a review in an address → in words."""
_ORDERS = {"worst": Order.WORST, "best": Order.BEST}
_PASSED = {"yes": True, "no": False}
_MANY = {"group": "groups", "rule": "codes", "criterion": "criteria", "severity": "severities"}
"""Name in the address → field of the filter."""
NAMES = ("text", *_MANY, "label", "passes", "from", "to", "state", "order", "page", "row")

Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class View:
    """What of the rows is looked at.

    Attributes:
        state: Of the reviews of the rows, a key of `STATES`; "" for any.
        page: Of the list, from 1.
        row: Number in the index of the one that is shown in full; 0 for none.
    """

    where: Filter = ALL
    state: str = ""
    order: Order = Order.TABLE
    page: int = 1
    row: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What can be asked for; anything else in an address is left out."""

    groups: Collection[str]
    codes: Collection[str]
    criteria: Collection[str]
    fail_modes: Collection[str]
    severities: Collection[str] = ("error", "warning")


def read(params: Params, known: Known) -> View:
    """The view of an address; what cannot be asked for is left out of it."""
    many = {
        field: tuple(one for one in dict.fromkeys(params.get(name, ())) if one in getattr(known, field))
        for name, field in _MANY.items()
    }
    labels = {_of_label(one): one for one in known.fail_modes}
    low, high = _score(params, "from", 0.0), _score(params, "to", 100.0)
    state = _last(params, "state")
    where = Filter(
        text=_last(params, "text")[:MAX_TEXT],
        fail_modes=tuple(labels[one] for one in dict.fromkeys(params.get("label", ())) if one in labels),
        passed=_PASSED.get(_last(params, "passes")),
        lowest=min(low, high),
        highest=max(low, high),
        **many,
    )
    return View(
        where=where,
        state=state if state in STATES else "",
        order=_ORDERS.get(_last(params, "order"), Order.TABLE),
        page=max(_number(params, "page"), 1),
        row=_number(params, "row"),
    )


def write(view: View) -> dict[str, list[str]]:
    """The address of a view; what is as it always is stays out of it."""
    where = view.where
    params = {name: list[str](getattr(where, field)) for name, field in _MANY.items()}
    params["label"] = [_of_label(one) for one in where.fail_modes]
    single = {
        "text": where.text,
        "passes": next((word for word, passed in _PASSED.items() if passed is where.passed), ""),
        "from": f"{where.lowest:g}" if where.lowest > ALL.lowest else "",
        "to": f"{where.highest:g}" if where.highest < ALL.highest else "",
        "state": view.state,
        "order": next((word for word, order in _ORDERS.items() if order is view.order), ""),
        "page": str(view.page) if view.page > 1 else "",
        "row": str(view.row) if view.row else "",
    }
    params |= {name: [value] for name, value in single.items() if value}
    return {name: values for name, values in params.items() if values}


def at_start(view: View) -> View:
    """The same rows from the first page on, none of them in full."""
    return replace(view, page=1, row=0)


def _of_label(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate, which no address can hold
        return NO_LABEL * 2 + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return NO_LABEL + text if not text or text.startswith(NO_LABEL) else text


def _last(params: Params, name: str) -> str:
    values = params.get(name, ())
    return values[-1] if values else ""


def _score(params: Params, name: str, otherwise: float) -> float:
    try:
        value = float(_last(params, name))
    except ValueError:
        return otherwise
    return min(max(value, 0.0), 100.0) if math.isfinite(value) else otherwise


def _number(params: Params, name: str) -> int:
    text = _last(params, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
