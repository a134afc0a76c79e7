"""Text of students in the tables that we write: no spreadsheet may take it for a formula. Raw data stays as it is."""

from __future__ import annotations

import html
import re

from quality.reports.escape import csv_cell, visible_block

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?(?:[eE][+-]?[0-9]{1,3})?")


def neutral(text: str) -> str:
    """The text as a cell of a file of ours: with an apostrophe before it if a spreadsheet could run it; numbers stay.

    Starts of formulas are those of `csv_cell`: `=`, `+`, `-`, `@`, plain or full-width, be it after white space or
    invisible characters, and tab and carriage return. Taking one leading apostrophe off gives the text back, but for
    controls that no spreadsheet reads, which are shown.
    """
    return text if _NUMBER.fullmatch(text) else csv_cell(text)


def as_html(text: str) -> str:
    """Plain text as the HTML that Moodle takes feedback comments for: on one line, nothing in it is an element.

    A first character that a spreadsheet could take for a formula's is written as a reference, which Moodle shows as
    the character itself. So are quotes and backslashes: PHP, with which Moodle reads the file, takes a backslash before
    a quote for a sign that the cell goes on, and swallows the rows below.
    """
    plain = visible_block(text).strip().replace("\t", " ")
    formula = plain and csv_cell(plain) != plain
    first, rest = (f"&#{ord(plain[0])};", plain[1:]) if formula else ("", plain)
    return first + html.escape(rest, quote=False).translate(_REFERENCES)


_REFERENCES = str.maketrans({'"': "&quot;", "\\": "&#92;", "\n": "<br>"})
