"""A worksheet out of the grade book: its layout is a setting there, each person's row stands beside their name.

So `forget` takes a person out of the worksheet too, and what is filled is the file that was downloaded, without them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from grading.lms.reading import parse
from grading.lms.types import Worksheet
from quality.errors import InputError

_Quoting = Callable[[str, str], bool]
_QUOTING: Mapping[str, _Quoting] = MappingProxyType(
    {
        # PHP's fputcsv, which writes Moodle's own files
        "php": lambda cell, delimiter: delimiter in cell or bool(re.search(r'["\\\n\r\t ]', cell)),
        # what spreadsheet programs write
        "needed": lambda cell, delimiter: delimiter in cell or bool(re.search(r'["\n\r]', cell)),
        "all": lambda cell, delimiter: True,
        "never": lambda cell, delimiter: False,
    }
)


def layout(worksheet: Worksheet) -> dict[str, Any]:
    """All about the file but its participants, as JSON: headers, delimiter, quoting, line ends, language."""
    known: dict[str, Any] = {
        "columns": list(worksheet.columns),
        "delimiter": worksheet.dialect.delimiter,
        "bom": worksheet.dialect.bom.hex(),
        "language": worksheet.language,
        "zone": worksheet.zone,
        "renamed": dict(worksheet.renamed),
        "name": worksheet.path.name,
    }
    rows = [participant.cells for participant in worksheet.participants]
    styles = [
        {**known, "quoting": quoting, "line_end": end}
        for quoting in (_QUOTING if worksheet.dialect.quoted else ("never",))
        for end in ("\n", "\r\n")
    ]
    return next((style for style in styles if _written(style, rows) == worksheet.source), styles[0])


def restored(layout: Mapping[str, Any], rows: Iterable[Sequence[str]]) -> Worksheet:
    """The worksheet again: for all rows in their order, the very bytes that were downloaded.

    That holds for files as Moodle and spreadsheet programs write them; another file's quotes may differ.

    Args:
        layout: As `layout` gave it.
        rows: The cells of each participant who is still in the book.

    Raises:
        InputError: The rows are another worksheet's.
    """
    cells = [tuple(row) for row in rows]
    try:
        if any(len(row) != len(layout["columns"]) for row in cells):
            raise _apart()
        data, name = _written(layout, cells), Path(str(layout["name"]))
        language, zone, renamed = str(layout["language"]), str(layout["zone"]), dict(layout["renamed"])
    except (KeyError, TypeError, ValueError):  # not as `layout` gave it
        raise _apart() from None
    return parse(data, name, language, zone, renamed)


def _apart() -> InputError:
    return InputError(
        "the worksheet in the grade book does not hold together",
        remedy="import it again: grading import --worksheet",
    )


def _written(layout: Mapping[str, Any], rows: Iterable[Sequence[str]]) -> bytes:
    delimiter, end = str(layout["delimiter"]), str(layout["line_end"])
    quoted = _QUOTING[layout["quoting"]]

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if quoted(text, delimiter) else text

    lines = (delimiter.join(map(cell, row)) + end for row in (layout["columns"], *rows))
    return bytes.fromhex(layout["bom"]) + "".join(lines).encode("utf-8")
