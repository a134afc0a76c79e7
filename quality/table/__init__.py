"""Files → rows and SHA-256: CSV as spreadsheets write it, TSV, JSON Lines, JSON and Parquet.

    bytes ─ encoding ─→ text ─ delimited | jsons | parquet ─→ records ─ naming, shapes ─→ rows ─→ Table
                                                                     Table + cells ─ splicing ─→ bytes

Everything is text: `007`, `1e3`, `NA` and `None` stay what they are. What cannot be read without guessing or
losing rows is an `InputError` with file, line and remedy.
"""

from quality.table.reading import by_id, edited, parse, read, with_originals
from quality.table.splicing import splice
from quality.table.types import NAMES, STANDARD, Columns, Dialect, Table

__all__ = [
    "NAMES",
    "STANDARD",
    "Columns",
    "Dialect",
    "Table",
    "by_id",
    "edited",
    "parse",
    "read",
    "splice",
    "with_originals",
]
