"""A table that people open in a spreadsheet: no cell of it is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from quality.reports.escape import csv_cell

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the system's own code page."""


def spreadsheet(header: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """CSV with a byte order mark and CR LF; `header` is ours, every cell passes `csv_cell`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(map(csv_cell, cells) for cells in rows)
    return BOM + text.getvalue()
