"""Documents of a run as they are read: a part that is missing is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grading.model import NOTHING

Body = Mapping[str, Any]


def body(of: Body, name: str) -> Body:
    """The document, or the part of one, of that name; empty where there is none."""
    return of.get(name) or NOTHING


def entries(of: Body, name: str) -> Sequence[Body]:
    """The list of that name; empty where there is none."""
    return of.get(name) or ()
