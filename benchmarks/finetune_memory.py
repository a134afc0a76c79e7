"""GPU memory and speed with a T4's memory: the usual notebook's recipe, ours, and what `finetune plan` foretold.

The Llama has the shape of Llama-2-7B and random weights; memory and time are the same as with trained ones. Each way
runs in a process of its own, which may take 14.56 GiB. On a fast card the time goes into starting kernels, so the
rates are good for a comparison in one run and say nothing of a T4's speed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import finetune_ways
from finetune_rows import LLAMA_2_7B, SMALL, save_shards
from finetune_ways import GIB, LENGTH, LIMIT, NEW, PREDICTED, PROMPT, RECIPE, ROWS, Figure

from finetune.base_model.shapes import Shape
from finetune.hardware import memory
from finetune.hardware.machine import Device
from finetune.prediction import generate

COMPARED = 4
ESTIMATED = (2, 4, 8)
SHAPES = {"llama-2-7b": LLAMA_2_7B, "small": SMALL}


def report(shape: str) -> None:
    """Prints every way's figures, then the ratios that are wanted."""
    import torch

    if not torch.cuda.is_available():
        if shape != "small":
            print("no CUDA device: not run (`--shape small` rehearses it on a CPU, without memory figures)")
            return
        print("no CUDA device: a rehearsal with a small model; no figure of it means anything")
    with tempfile.TemporaryDirectory() as folder:
        save_shards(SHAPES[shape], Path(folder))
        found = {
            case: list(_measured(case, shape, Path(folder))) for case in ("usual", "ours", "predict", "loop")
        }
    if not torch.cuda.is_available():
        return
    _training_verdicts(SHAPES[shape], found["usual"], found["ours"])
    _prediction_verdicts(SHAPES[shape], found["predict"], found["loop"])
    print(f"{torch.cuda.get_device_name()} is bound by starting kernels: these rates are no T4's")


def case(name: str, shape: str, folder: Path) -> None:
    """One way in this process; prints each figure as JSON in a line of its own."""
    if name == "predict":
        generate.allow_growth()
    import torch

    device = Device("cpu", "float32")
    if torch.cuda.is_available():
        device = Device("cuda", "float16")
        torch.cuda.set_per_process_memory_fraction(
            LIMIT * GIB / torch.cuda.get_device_properties(0).total_memory
        )
    ways: dict[str, Callable[[Path, Device, Shape], Iterator[Figure]]] = {
        "usual": finetune_ways.usual,
        "ours": finetune_ways.ours,
        "predict": finetune_ways.predict,
        "loop": finetune_ways.loop,
    }
    for figure in ways[name](folder, device, SHAPES[shape]):
        print(json.dumps([figure.rows, figure.rate, figure.allocated, figure.reserved]), flush=True)


def _measured(name: str, shape: str, folder: Path) -> Iterator[Figure]:
    command = [sys.executable, sys.argv[0], "--corpora", ".", "--shape", shape]
    process = subprocess.run(
        [*command, "--case", name, "--folder", str(folder)], stdout=subprocess.PIPE, text=True, check=True
    )
    for line in process.stdout.splitlines():
        if line.startswith("["):
            figure = Figure(*json.loads(line))
            width = LENGTH if name in ROWS else PROMPT + NEW
            print(
                f"{name:8} {figure.rows:3} x {width}: {figure.rate:7.0f} tokens/s{_in_gib(figure)}",
                flush=True,
            )
            yield figure


def _in_gib(figure: Figure) -> str:
    if figure.allocated is None or figure.reserved is None:
        return ""
    return f", peak {figure.allocated / GIB:.2f} GiB allocated, {figure.reserved / GIB:.2f} reserved"


def _training_verdicts(shape: Shape, usual: list[Figure], ours: list[Figure]) -> None:
    theirs, mine = ({one.rows: one for one in figures} for figures in (usual, ours))
    reserved = (mine[COMPARED].reserved or 0) / GIB
    _say(f"ours at {COMPARED} x {LENGTH} reserves {reserved:.2f} GiB", "at most 6.2", reserved <= 6.2)
    same = mine[COMPARED].rate / theirs[COMPARED].rate
    _say(f"ours / usual at {COMPARED} x {LENGTH}: {same:.2f} x tokens/s", "at least 1.2", same >= 1.2)
    largest = ours[-1].rate / usual[-1].rate
    said = f"ours / usual, each at its largest ({ours[-1].rows} and {usual[-1].rows} rows): {largest:.2f} x tokens/s"
    _say(said, "at least 1.8", largest >= 1.8)
    for rows in ESTIMATED:
        estimate, figure = memory.training(shape, RECIPE, rows * LENGTH), mine[rows]
        peak = estimate.peak_bytes / (figure.allocated or 1) - 1
        held = estimate.reserved_bytes / (figure.reserved or 1) - 1
        said = f"foretold at {rows} x {LENGTH}: allocated {peak:+.1%}, reserved {held:+.1%} off"
        _say(said, "within 10%", max(abs(peak), abs(held)) <= 0.1)


def _prediction_verdicts(shape: Shape, ours: list[Figure], loop: list[Figure]) -> None:
    by_rows = {one.rows: one for one in ours}
    _say(f"prediction at {PREDICTED[-1]} x {PROMPT + NEW}", "to fit", PREDICTED[-1] in by_rows)
    if PREDICTED[1] in by_rows:
        ratio = by_rows[PREDICTED[1]].rate / loop[0].rate
        _say(f"{PREDICTED[1]} prompts at once: {ratio:.1f} x the loop's tokens/s", "at least 10", ratio >= 10)
    for figure in ours:
        estimate = memory.prediction(shape, RECIPE, figure.rows, PROMPT, NEW)
        off = estimate.peak_bytes / (figure.allocated or 1) - 1
        print(f"foretold for {figure.rows} x {PROMPT + NEW}: allocated {off:+.1%} off")


def _say(found: str, wanted: str, reached: bool) -> None:
    print(f"{found}; {wanted} wanted: {'reached' if reached else 'MISSED'}")
