"""One state of a table, as records name it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quality.table import Table


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a table.

    Attributes:
        name: The file's name, without its folder.
        data: SHA-256 of the rows, hex.
        file: SHA-256 of the bytes, hex.
    """

    name: str
    data: str
    file: str

    @staticmethod
    def of(table: Table, path: Path | None = None) -> Version:
        """That of a table as read, under its own name or that of the file where it goes."""
        return Version((path or table.path).name, table.data_sha256, table.sha256)
