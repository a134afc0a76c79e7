"""What reading a file gives: its rows, its cells as text, and what is needed to write it back unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from quality.errors import InputError
from quality.model import Row

if TYPE_CHECKING:
    import pandas as pd

NAMES = ("id", "instruction", "output", "fail_mode")
"""The four columns by the names that the rest of the package uses."""

CellPath: TypeAlias = tuple[str | int, ...]
"""Keys and positions from a JSON record down to one text."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the four columns are called in the user's file.

    Attributes:
        output: None reads instructions alone: such a column need not be there, and is not read where it is.
        settings: Where the user may name them, for advice; "" where they may not.
    """

    id: str = "id"
    instruction: str = "instruction"
    output: str | None = "output"
    fail_mode: str = "fail_mode"
    settings: str = field(default="proofgate.toml", compare=False)

    def named(self) -> dict[str, str]:
        """Our name → the user's, for the columns that are read."""
        return {name: theirs for name in NAMES if (theirs := getattr(self, name)) is not None}


STANDARD = Columns()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file writes text.

    Attributes:
        bom: The byte order mark as it stands in the file; b"" without one.
        delimiter: "" for files that have none.
        quoted: Whether quotes enclose cells; in TSV as Google Sheets writes it they are part of the text.
    """

    encoding: str = "utf-8"
    bom: bytes = b""
    delimiter: str = ""
    quoted: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A file as read: no cell is trimmed, converted or guessed.

    Attributes:
        format: `csv`, `tsv`, `jsonl`, `json` or `parquet`.
        sha256: Of the file's bytes, hex.
        data_sha256: Of column names, order and cell text, hex: the same for the same rows in another encoding,
            with other quoting or other line ends, also inside cells.
        columns: The file's own column names, further ones included; our names for conversations.
        labelled: Whether there is a `fail_mode` column.
        notes: What the reader of a report should know of how the file was read.
        names: Our name → the file's, for the columns that are there.
        cells: Text of every column, one tuple a row, in the order of `columns`.
        source: The file's bytes.
    """

    path: Path
    format: str
    sha256: str
    data_sha256: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    labelled: bool
    notes: tuple[str, ...]
    names: Mapping[str, str]
    dialect: Dialect = field(repr=False)
    cells: tuple[tuple[str, ...], ...] = field(repr=False)
    source: bytes = field(repr=False)

    @property
    def frame(self) -> pd.DataFrame:
        """Every column as text, further ones included, by record number. Built anew at each call."""
        import pandas as pd  # half a second that only those pay who want a frame

        index = pd.Index([row.row for row in self.rows], name="row", dtype="int64")
        return pd.DataFrame(list(self.cells), columns=list(self.columns), index=index, dtype=object)


@dataclass(frozen=True, slots=True)
class Grid:
    """What a format's reader hands over, before hashing.

    Attributes:
        cells: One tuple a row, in the order of `columns`.
    """

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    names: Mapping[str, str]
    labelled: bool
    dialect: Dialect
    notes: tuple[str, ...] = ()


def at(path: Path, line: int) -> str:
    """The place as editors and terminals understand it."""
    return f"{path}:{line}"


def unwritable(path: Path, row: int, why: str) -> InputError:
    """The error for a text that the file's own format or encoding cannot hold."""
    return InputError(
        f"row {row}: the new text cannot be written here: {why}",
        where=str(path),
        remedy="save the file as UTF-8 CSV and try again",
    )
