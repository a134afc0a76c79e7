"""All records of one chain in one JSON value: the side file of the predictions, and an output of the notebook.

{"format": 1, "kind": "lineage", "gate": {…} | null, "run": {…} | null, "predictions": {…} | null}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from quality.errors import InputError
from quality.lineage import sealed
from quality.lineage.gate_record import GateRecord, as_gate_record
from quality.lineage.prediction_record import PredictionRecord, as_prediction_record
from quality.lineage.run_record import RunRecord, as_run_record

KIND = "lineage"
MIME = "application/json"
MAX_BYTES = 100_000_000
"""Of a notebook or a side file; a larger one is not read."""

_MADE: Mapping[str, Any] = MappingProxyType(
    {"gate": as_gate_record, "run": as_run_record, "predictions": as_prediction_record}
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The records of one chain; None where one was not given.

    Attributes:
        damaged: Record → what is wrong with it; such a record is None.
    """

    gate: GateRecord | None = None
    run: RunRecord | None = None
    predictions: PredictionRecord | None = None
    damaged: Mapping[str, str] = field(default_factory=dict[str, str])


def side_file(predictions: Path) -> Path:
    """Where the records of a predictions file lie: beside it."""
    return predictions.with_name(f"{predictions.name}.lineage.json")


def as_json(bundle: Bundle) -> dict[str, Any]:
    """The bundle as JSON values, each record with its own hash."""
    records = {name: getattr(bundle, name) for name in _MADE}
    return {
        "format": sealed.FORMAT,
        "kind": KIND,
        **{name: record and sealed.sealed(name, sealed.content(record)) for name, record in records.items()},
    }


def from_json(body: Any, *, where: str) -> Bundle:
    """The bundle in those JSON values; a record that was changed is named, not believed.

    Raises:
        InputError: These are no lineage records of this version.
    """
    if not _is_bundle(body):
        raise InputError(
            "holds no lineage records of this version",
            where=where,
            remedy="name what `finetune predict` wrote beside the predictions",
        )
    found: dict[str, Any] = {}
    damaged: dict[str, str] = {}
    for name, made in _MADE.items():
        if body.get(name) is None:
            continue
        try:
            found[name] = sealed.opened(body[name], name, made, where=where, remedy="")
        except InputError as error:
            damaged[name] = error.what
    return Bundle(**found, damaged=damaged)


def write_bundle(path: Path, bundle: Bundle) -> None:
    """Writes the records, whole or not at all."""
    sealed.write(path, as_json(bundle), "-o")


def read_bundle(path: Path) -> Bundle:
    """The records in a side file.

    Raises:
        InputError: No such file, or no lineage records in it.
    """
    remedy = (
        "put back what `finetune predict` wrote there, or delete it and name the notebook: --notebook FILE"
    )
    return from_json(_json(path, remedy), where=str(path))


def bundle_in_notebook(path: Path) -> Bundle | None:
    """The records that the notebook's outputs hold, the last ones if several; None without any.

    The notebook is read as JSON and nothing of it is executed.

    Raises:
        InputError: No such file, or not a notebook.
    """
    body = _json(path, "look at the name and the folder")
    cells = _table(body).get("cells")
    if not isinstance(cells, list):
        raise InputError(
            "is not a Jupyter notebook", where=str(path), remedy="name the .ipynb with its outputs kept"
        )
    found = [value for value in _outputs(_list(cells)) if _is_bundle(value)]
    return from_json(found[-1], where=str(path)) if found else None


def _is_bundle(body: Any) -> bool:
    table = _table(body)
    return table.get("kind") == KIND and table.get("format") == sealed.FORMAT


def _outputs(cells: list[Any]) -> Iterator[Any]:
    """Every JSON value among the cells' outputs, whatever else a hostile notebook has in these places."""
    for cell in cells:
        for output in _list(_table(cell).get("outputs")):
            yield _table(_table(output).get("data")).get(MIME)


def _table(value: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []


def _json(path: Path, remedy: str) -> Any:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                f"is larger than {MAX_BYTES // 1_000_000} MB and is not read",
                where=str(path),
                remedy="clear the outputs that are not needed",
            )
        return sealed.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), remedy=remedy) from None
    except (ValueError, RecursionError):
        raise InputError("is not sound JSON", where=str(path), remedy=remedy) from None
