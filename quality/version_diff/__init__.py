"""Two versions of one file → what improved and what got worse: `quality diff`.

two documents ─ pairs (rows by id) ─ difference (findings fixed, left, introduced) ─→ text | json

`headline` says the same of two runs on a file that is being edited, in one line.
"""

from importlib import import_module

from quality.version_diff.difference import Difference, RowChange, difference

__all__ = ["Difference", "RowChange", "difference", "render"]


def render(format: str, change: Difference, *, color: bool = False) -> str:
    """The difference in that format, `text` or `json`; colour concerns `text` alone."""
    module = import_module(f"quality.version_diff.{format}")  # each costs its own imports only
    return module.render(change, color=color) if format == "text" else module.render(change)
