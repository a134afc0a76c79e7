"""Parquet ↔ records. Texts are read through their dictionaries, so that a tiny file cannot unfold into gigabytes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from quality.errors import InputError
from quality.table.shapes import Number
from quality.table.types import CellPath

MAX_ROWS = 20_000_000
MAX_BYTES = 16 * 2**30
"""What a file may hold, unpacked by its own account."""

_BATCH = 65_536


def records(data: bytes, path: Path) -> tuple[tuple[str, ...], Iterator[dict[str, Any]]]:
    """The column names, and the records in order: texts, integers as `Number`, None, the rest as Python values.

    Raises:
        InputError: Damaged, too large, or a column of bytes or decimals among the texts.
    """
    pa, pq = _arrow()
    try:
        _refuse_bombs(pq.read_metadata(io.BytesIO(data)), path)
        schema = pq.read_schema(io.BytesIO(data))
        texts = [f.name for f in schema if pa.types.is_string(f.type) or pa.types.is_large_string(f.type)]
        table = pq.read_table(io.BytesIO(data), read_dictionary=texts)
        table.validate(full=True)  # a damaged page can point outside its dictionary
        names = tuple(table.schema.names)
        return names, iter(list(_rows(table, names)))
    except (pa.ArrowException, OSError, ValueError, LookupError, MemoryError, OverflowError) as error:
        why = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise InputError(
            f"not a whole Parquet file: {why}", where=str(path), remedy="write or download it again"
        ) from None


def replaced(data: bytes, path: Path, edits: Mapping[int, Mapping[CellPath, str]]) -> bytes:
    """The file with those texts replaced; other columns, types, metadata and row order stay.

    `edits` maps a record's position, from 0, to places in it and their new texts.
    """
    pa, pq = _arrow()
    whole = pq.ParquetFile(io.BytesIO(data))
    table = whole.read()
    for name in {str(where[0]) for edit in edits.values() for where in edit}:
        position = table.schema.get_field_index(name)
        field = table.schema.field(position)
        values = cast(list[Any], table.column(position).to_pylist())
        for index, edit in edits.items():
            for where, new in edit.items():
                if where[0] == name:
                    values[index] = _with(values[index], where[1:], new)
        plain = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        table = table.set_column(position, field, pa.array(values, type=plain).cast(field.type))
    out = io.BytesIO()
    group = whole.metadata.row_group(0) if whole.metadata.num_row_groups else None
    codec = group.column(0).compression if group and group.num_columns else "SNAPPY"
    size = group.num_rows if group and group.num_rows else None
    pq.write_table(table, out, compression="NONE" if codec == "UNCOMPRESSED" else codec, row_group_size=size)
    return out.getvalue()


def _with(value: Any, path: Sequence[str | int], new: str) -> Any:
    """The value with the text at that path replaced, in the value's own type."""
    if not path:
        return int(new) if isinstance(value, int) else new
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        items = cast(list[Any], value)
        return [_with(item, rest, new) if at == key else item for at, item in enumerate(items)]
    return {**value, key: _with(value[key], rest, new)}


def _arrow() -> tuple[Any, Any]:
    """Arrow's modules, which have no type stubs; imported by those only who read Parquet."""
    return import_module("pyarrow"), import_module("pyarrow.parquet")


def _refuse_bombs(meta: Any, path: Path) -> None:
    size = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
    if meta.num_rows > MAX_ROWS or size > MAX_BYTES:
        raise InputError(
            f"{meta.num_rows:,} rows and {size / 2**30:,.1f} GiB unpacked are more than one run can hold",
            where=str(path),
            remedy=f"split it into files of at most {MAX_ROWS:,} rows",
        )


def _rows(table: Any, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=_BATCH):
        columns = [_values(column) for column in batch.columns]
        for values in zip(*columns, strict=True):
            yield dict(zip(names, values, strict=True))


def _values(column: Any) -> list[Any]:
    """A column's values, each text of a dictionary made once."""
    pa, _ = _arrow()
    if pa.types.is_dictionary(column.type):
        texts = _values(column.dictionary)
        return [None if index is None else texts[index] for index in column.indices.to_pylist()]
    values = cast(list[Any], column.to_pylist())
    if pa.types.is_integer(column.type):
        return [None if value is None else Number(value) for value in values]
    return values
