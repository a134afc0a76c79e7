"""Two versions of one file → what improved and what got worse: `quality diff`.

two documents ─ pairs (rows by id) ─ difference (findings fixed, left, introduced) ─→ text | json
"""

from quality.version_diff.difference import Difference, RowChange, difference

__all__ = ["Difference", "RowChange", "difference"]
