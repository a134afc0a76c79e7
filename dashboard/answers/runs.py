"""Fine-tunes: what a run's folder, or the records in a group's notebook, say of one.

A notebook's records are somebody else's text: numbers that are none are dropped, lists are capped, nothing is believed
beyond what it says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.answers.sources import Stamp, stamp
from finetune.run_folder import RunFolder
from finetune.training import loss_log
from quality import lineage
from quality.errors import InputError
from quality.lineage import Bundle, GateRecord, RunRecord
from quality.wording import cut, listed

MOST_POINTS = 2_000
"""Points of a curve that are drawn; of a longer one every so many-th, with its first and its last."""
MOST_STEP = 10**9
MOST_LOSS = 1e6
"""Nats; beyond it a curve shows nothing but its own spike."""
MOST_NUMBER = 10**15
MOST_LINES = 500
MOST_TEXT = 300
BAD_VALUES = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What a record of hostile values raises."""
Point = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Run:
    """One fine-tune as its records tell it.

    Attributes:
        name: The folder's, or the group's key.
        losses: (step, mean loss in nats) with a finite loss, by step.
        smooth: The same, smoothed; () where the tokens of the steps are not known.
        steps: Steps that the record knows of; `losses` may hold fewer.
        settings: Part, name, value; each a line of the configuration.
        dropped: Rows (0 where the record tells none) and why they were not trained on.
        troubles: What is wrong with the records; raw.
    """

    name: str
    record: RunRecord | None = None
    gate: GateRecord | None = None
    losses: tuple[Point, ...] = ()
    smooth: tuple[Point, ...] = ()
    steps: int = 0
    settings: tuple[tuple[str, str, str], ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    troubles: tuple[str, ...] = ()

    @property
    def first_loss(self) -> float | None:
        """In nats; None where none is known."""
        return self.losses[0][1] if self.losses else None

    @property
    def final_loss(self) -> float | None:
        """In nats; None where none is known."""
        return self.losses[-1][1] if self.losses else None

    @property
    def rows_used(self) -> int | None:
        """None where no record tells."""
        return len(self.record.used) if self.record else None


def of_folder(path: Path) -> Run:
    """The run in that folder; of one that is not finished, what there is.

    Raises:
        InputError: There is no such folder, or no run in it.
    """
    folder = RunFolder(path)
    files = [one for one in (folder.record, folder.gate, folder.loss_csv) if one.is_file()]
    if not files:
        raise InputError(
            "is not the folder of a run",
            where=str(path),
            remedy="name with --run the one that `finetune run --out` filled",
        )
    return _folder(path, tuple(map(stamp, files)))


@lru_cache(maxsize=8)
def _folder(path: Path, _stamps: tuple[Stamp, ...]) -> Run:
    folder, troubles = RunFolder(path), list[str]()
    record = _read(folder.record, lineage.read_run_record, troubles)
    gate = _read(folder.gate, lineage.read_gate_record, troubles)
    logs = _read(folder.loss_csv, loss_log.read, troubles) or ()
    if record is None and not troubles:
        troubles.append("the run is not finished: it has no run record yet")
    known = points((log.step, log.loss) for log in logs)
    smooth = tuple[Point, ...]()
    if logs and len(known) == len(logs):
        smooth = points(zip([log.step for log in logs], _smoothed(logs), strict=True))
    told = known or points(record.losses if record else ())
    return _run(path.name, record, gate, told, smooth, troubles)


def _smoothed(logs: Sequence[loss_log.StepLog]) -> list[float]:
    return loss_log.smoothed([log.loss for log in logs], [float(log.tokens) for log in logs])


def _read(path: Path, read: Any, troubles: list[str]) -> Any:
    """What the file holds; None where there is none, or where it is not sound, which `troubles` then says."""
    if not path.is_file():
        return None
    try:
        return read(path)
    except InputError as error:
        troubles.append(f"{path.name}: {error.what}")
    return None


def of_side_file(predictions: Path) -> Run | None:
    """What the records beside those predictions say of the run; None without records, or where they name no run.

    Raises:
        InputError: The side file is not sound.
    """
    side = lineage.side_file(predictions)
    if not side.exists():
        return None
    bundle = lineage.read_bundle(side)
    if bundle.run is None and bundle.gate is None:
        return None
    return _of_bundle(side.name, bundle)


def of_notebook(name: str, path: Path) -> Run:
    """What the notebook's embedded records say, whatever it is."""
    try:
        return _notebook(name, path, stamp(path))
    except InputError as error:
        return Run(name, troubles=(error.what,))


@lru_cache(maxsize=512)
def _notebook(name: str, path: Path, _stamp: Stamp) -> Run:
    try:
        bundle = lineage.bundle_in_notebook(path)
    except InputError as error:
        return Run(name, troubles=(error.what,))
    except BAD_VALUES:
        return Run(name, troubles=("the records hold values that no record has",))
    if bundle is None or bundle == Bundle():
        return Run(name, troubles=("no output of the notebook holds lineage records",))
    return _of_bundle(name, bundle)


def _of_bundle(name: str, bundle: Bundle) -> Run:
    damaged = [f"{lineage.RECORDS[which]}: {why}" for which, why in bundle.damaged.items()]
    told = points(bundle.run.losses if bundle.run else ())
    return _run(name, bundle.run, bundle.gate, told, (), damaged)


def _run(
    name: str,
    record: RunRecord | None,
    gate: GateRecord | None,
    told: tuple[Point, ...],
    smooth: tuple[Point, ...],
    troubles: Sequence[str],
) -> Run:
    return Run(
        name=name,
        record=record,
        gate=gate,
        losses=told,
        smooth=smooth,
        steps=told[-1][0] if told else 0,
        settings=tuple(_settings(record)) if record else (),
        dropped=_dropped(record, gate),
        troubles=tuple(troubles),
    )


def points(given: Iterable[Point]) -> tuple[Point, ...]:
    """What can be drawn: steps from 0 on with a finite loss, each once, in their order; thinned to `MOST_POINTS`."""
    found: dict[int, float] = {}
    for step, loss in given:
        if 0 <= step <= MOST_STEP and math.isfinite(loss) and abs(loss) <= MOST_LOSS:
            found[step] = loss
    steps = sorted(found)
    every = -(-len(steps) // MOST_POINTS)
    if every > 1:
        steps = [*steps[:-1:every][: MOST_POINTS - 1], steps[-1]]
    return tuple((step, found[step]) for step in steps)


def _settings(record: RunRecord) -> Iterable[tuple[str, str, str]]:
    """The record as lines: what it was trained on, how, for how long, with what; at most `MOST_LINES`."""
    lines = [
        ("run", "base model", record.base),
        ("run", "data", record.data.name),
        ("run", "prompt template", record.template),
        ("run", "device", record.device),
        ("run", "made by", record.tool),
        *_flat("recipe", record.recipe),
        *_flat("schedule", record.schedule),
        *_flat("versions", record.versions),
        *(("notes", str(number), note) for number, note in enumerate(record.notes[:50], 1)),
    ]
    return [(part, cut(name, 60, ""), cut(value, MOST_TEXT, "")) for part, name, value in lines[:MOST_LINES]]


def _flat(part: str, values: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, str, str]]:
    for name, value in list(values.items())[:MOST_LINES]:
        if isinstance(value, Mapping) and not before:
            yield from _flat(part, value, f"{name} ")  # pyright: ignore[reportUnknownArgumentType]
        else:
            yield part, f"{before}{name}", _value(value)


def _value(value: Any) -> str:
    if value is None:
        return "–"
    return in_words(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


def in_words(number: int) -> str:
    """A record's number, however large it is."""
    return str(number) if abs(number) <= MOST_NUMBER else "beyond all measure"


def _dropped(record: RunRecord | None, gate: GateRecord | None) -> tuple[tuple[str, str], ...]:
    """Row → why it was left out, by the run and, for rows that it does not name, by the gate."""
    faults = dict(gate.faults) if gate else {}
    why = {**faults, **(dict(record.dropped) if record else {})}
    order = sorted(why, key=lambda row: (not row.isdecimal(), row.zfill(12)))
    return tuple((cut(row, 20, ""), cut(why[row], MOST_TEXT, "")) for row in order[:MOST_LINES])


def rows_in_words(rows: Sequence[int]) -> str:
    """Record numbers as spans: `2-9, 12`; at most 20 spans, and none of what is no number of a row."""
    spans: list[list[int]] = []
    for row in sorted({row for row in rows if 0 < row <= MOST_STEP}):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return listed((f"{low}-{high}" if low < high else str(low) for low, high in spans), 20)
