"""What one `finetune predict` has to do, found out before the model is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from finetune.base_model.shapes import Shape
from finetune.hardware import machine, memory
from finetune.hardware.machine import Device, Machine
from finetune.hardware.memory import GIB
from finetune.prediction import generate, journal, review
from finetune.prediction.answering import Work
from finetune.prediction.trained import Reader, Trained, base
from finetune.recipe import Recipe
from finetune.rows import overlap, prompt_template
from finetune.run_folder import RunFolder
from quality import files, lineage
from quality.config import Settings
from quality.errors import ConfigError, HardwareError, InputError
from quality.table import Table

NEW_TOKENS = 512
"""Of an answer, where the run does not tell how long the trained answers are."""
CAP_STEP = 16
"""The cap is the trained answers' 99th percentile, rounded up to this many tokens."""
MOST_ROWS = {"cuda": 64, "cpu": 16}
"""Rows at once: with more, finished rows wait long for the slowest of their batch."""
_OWN = ("checkpoints", "staging", "adapter")
"""A run's own folders: nothing of a prediction is written there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the answers are computed.

    Attributes:
        expandable: Whether torch's allocator expands its segments there.
    """

    machine: Machine
    device: Device
    expandable: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done.

    Attributes:
        work: The model's part.
        trained_on: Ids whose instruction the adapter was trained on.
    """

    work: Work
    asked: Table
    out: Path
    machine: Machine
    trained_on: tuple[str, ...]

    @property
    def device(self) -> str:
        """What it runs on, and in which precision."""
        gpus = self.machine.gpus
        return f"{gpus[0].name if gpus else self.work.device.kind}, {self.work.device.dtype}"

    def ids(self, places: Sequence[int]) -> tuple[str, ...]:
        """Ids of the rows at those places of the test file."""
        return tuple(self.asked.rows[place].id for place in places)


def place(trained: Trained, name: str | None, out: Path) -> Place:
    """What of this machine computes the answers.

    Args:
        name: Where the base is now, if it is not where the run had it; it need not be fetched yet.

    Raises:
        HardwareError: There is no GPU, and the base is too large for a CPU.
        ProofgateError: The base cannot be had.
    """
    here = machine.look(out.parent)
    known = base(trained, name, download=False)
    return Place(here, machine.device(here, known.shape), generate.allow_growth(here.versions.get("torch")))


def task(
    trained: Trained,
    reader: Reader,
    asked: Table,
    out: Path,
    place: Place,
    *,
    compare_base: bool,
    batch: int | None,
    max_new_tokens: int | None,
) -> Task:
    """What is to be done to answer that test file.

    Args:
        batch: Prompts at once; None takes the most that fits.
        max_new_tokens: Of one answer; None takes what 99% of the trained answers had.

    Raises:
        HardwareError: The machine cannot do it.
    """
    prompts = tuple(
        tuple(prompt_template.prompt_ids(reader.template, prompt_template.asked(row), reader.tokenizer))
        for row in asked.rows
    )
    shape = reader.base.shape
    cap = min(max_new_tokens or usual_cap(trained.answer_p99), shape.context)
    longest = min(max(map(len, prompts)), shape.context)
    known = frozenset(trained.record.instructions)
    work = Work(
        trained=trained,
        reader=reader,
        device=place.device,
        prompts=prompts,
        models=("tuned", "base") if compare_base else ("tuned",),
        cap=cap,
        batch=batch or rows_at_once(shape, int(trained.record.recipe["lora_r"]), place, longest, cap),
    )
    return Task(
        work, asked, out, place.machine, tuple(row.id for row in asked.rows if overlap.key(row) in known)
    )


def usual_cap(answer_p99: int | None) -> int:
    """New tokens of an answer at most: near the 99th percentile of the trained answers."""
    return -(-max(1, answer_p99) // CAP_STEP) * CAP_STEP if answer_p99 else NEW_TOKENS


def rows_at_once(shape: Shape, lora_r: int, place: Place, longest: int, cap: int) -> int:
    """The most prompts that fit on the GPU; on a CPU memory is no limit for what may run there.

    Args:
        longest: Tokens of the longest prompt.
        cap: New tokens of an answer at most.

    Raises:
        HardwareError: Not one fits.
    """
    most = MOST_ROWS[place.device.kind]
    if place.device.kind == "cpu":
        return most
    gpu = place.machine.gpus[0]
    fits = memory.largest_prediction_batch(
        shape,
        Recipe("", lora_r=lora_r),
        gpu.free_bytes,
        prompt_tokens=longest,
        new_tokens=cap,
        at_most=most,
        growing=not place.expandable,
    )
    if fits is None:
        raise HardwareError(
            f"{gpu.name} has {gpu.free_bytes / GIB:.1f} of {gpu.total_bytes / GIB:.1f} GiB free, too little for one "
            f"prompt of {longest:,} tokens with {cap:,} new ones",
            remedy="end other processes that hold its memory (Colab: Runtime ▸ Manage sessions), or lower "
            "--max-new-tokens",
        )
    return fits


def demand_targets(out: Path, test: Path, folder: RunFolder, settings: Settings) -> None:
    """Refuses an output that cannot be written, or would cost the user an input.

    Raises:
        ConfigError: It would overwrite the test file, the settings, something of the run, or what is no prediction.
        InputError: No file can be made there.
    """
    if files.is_special(out):
        raise InputError("is not a file that can be written again", where=str(out), remedy="name one with -o")
    if out.suffix.casefold() != ".csv":  # the name tells whoever reads it how
        raise ConfigError(
            "the predictions are written as CSV", where=str(out), remedy="give -o a name that ends in .csv"
        )
    kept = journal.beside(out)
    inputs = {
        "the test file": test,
        "the settings": settings.source,
        "the run record": folder.record,
        "the gate record": folder.gate,
        "what the run settled": folder.settled,
        "the loss log": folder.loss_csv,
        "the loss curve": folder.loss_png,
        "the prompt template": folder.template,
        "the run's lock": folder.lock,
    }
    for target in (out, review.beside(out), lineage.side_file(out), kept, journal.lock(kept)):
        taken = next((what for what, path in inputs.items() if path and _same(target, path)), None)
        inside = next((name for name in _OWN if _is_inside(target, folder.path / name)), None)
        if taken or inside:
            raise ConfigError(
                f"-o would overwrite {taken or f'something in the run’s folder `{inside}`'}",
                where=str(target),
                remedy="name another file with -o",
            )
    if out.is_file() and not (_are_predictions(out) or kept.exists()):
        raise ConfigError(
            "is there already, and is not what `finetune predict` wrote",
            where=str(out),
            remedy="move it away, or name another file with -o",
        )
    files.probe(out)


def _are_predictions(out: Path) -> bool:
    """Whether the records beside the file say that it was predicted, whatever became of it since."""
    try:
        return lineage.read_bundle(lineage.side_file(out)).predictions is not None
    except InputError:
        return False


def _same(target: Path, path: Path) -> bool:
    try:
        return target.samefile(path)
    except OSError:  # one of them is not there yet
        return target.absolute() == path.absolute()


def _is_inside(target: Path, folder: Path) -> bool:
    return target.resolve().is_relative_to(folder.resolve())
