"""Reference texts of `--against` → (source, text) pairs.

A table (CSV, TSV, JSON Lines, JSON, Parquet) with a column `text` or `output`, each text named by the `id` column where
there is one; or a text file, which is one source.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quality.errors import InputError
from quality.table import jsons, parquet
from quality.table.delimited import folded, parse
from quality.table.encoding import decode
from quality.table.types import at

TEXT_COLUMNS = ("text", "output")
PLAIN = frozenset({".txt", ".md", ".text"})
REMEDY = "give the texts a column `text` (and, to name them, `id`), or name a .txt file"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The reference texts.

    Attributes:
        data_sha256: Of sources and texts, whatever the file's encoding.
        texts: As (source, text); empty texts are left out.
    """

    path: Path
    data_sha256: str
    texts: tuple[tuple[str, str], ...]


def read(path: Path) -> Corpus:
    """The texts in that file.

    Raises:
        InputError: It cannot be read, or holds no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="look at the name after --against"
        ) from None
    texts = tuple((source, text) for source, text in _texts(data, path) if text.strip())
    if not texts:
        raise InputError("holds no reference text", where=str(path), remedy=REMEDY)
    digest = hashlib.sha256(json.dumps(texts, ensure_ascii=True).encode()).hexdigest()
    return Corpus(path, digest, texts)


def _texts(data: bytes, path: Path) -> Iterable[tuple[str, str]]:
    if data.startswith(b"PAR1"):
        return _named(parquet.records(data, path)[1], path)
    text = decode(data, path).text
    if path.suffix.lower() in PLAIN:
        return [(path.name, text)]
    if text.lstrip()[:1] in ("{", "["):
        return _named((record.value for record in jsons.records(text, path)), path)
    return _named(_delimited(text, path), path)


def _delimited(text: str, path: Path) -> Iterator[Mapping[str, Any]]:
    sheet = parse(text, path, ("id", *TEXT_COLUMNS))
    header = sheet.records[sheet.head].cells
    for record in sheet.records[sheet.head + 1 :]:
        if any(record.cells):
            if len(record.cells) != len(header):
                what = f"{len(record.cells)} cells under {len(header)} columns"
                raise InputError(
                    what, where=at(path, record.line), remedy="look for a missing quote or comma"
                )
            yield dict(zip(header, record.cells, strict=True))


def _named(records: Iterable[Mapping[str, Any]], path: Path) -> Iterator[tuple[str, str]]:
    for number, record in enumerate(records, 1):
        cells = {folded(key): value for key, value in record.items()}
        column = next((name for name in TEXT_COLUMNS if name in cells), None)
        if column is None:
            raise InputError("has neither a column `text` nor `output`", where=str(path), remedy=REMEDY)
        yield (
            str(cells.get("id") or f"{path.name}:{number}"),
            str(cells[column] if cells[column] is not None else ""),
        )
