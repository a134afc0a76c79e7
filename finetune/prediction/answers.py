"""The predictions' CSV: `id, instruction, prediction`, with `base_prediction` where the base answered too.

RFC 4180 in UTF-8, CRLF between records, no byte-order mark; every cell is the text itself.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from quality import table
from quality.model import Row
from quality.table import Columns, Table

PREDICTION = "prediction"
BASE = "base_prediction"


def as_csv(rows: Sequence[Row], tuned: Mapping[int, str], base: Mapping[int, str] | None) -> bytes:
    """The file, in the rows' order.

    Args:
        tuned: Place of the row, from 0 → answer; "" where it is missing.
        base: The same of the base model; None leaves the column out.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["id", "instruction", PREDICTION, *([] if base is None else [BASE])])
    for place, row in enumerate(rows):
        answers = [tuned.get(place, ""), *([] if base is None else [base.get(place, "")])]
        writer.writerow([row.id, row.instruction, *answers])
    return text.getvalue().encode()


def parsed(content: bytes, path: Path, column: str = PREDICTION) -> Table:
    """The predictions as a table, with one column of answers as its outputs.

    Raises:
        InputError: These are no predictions.
    """
    return table.parse(content, path, Columns(output=column), labels_required=False)
