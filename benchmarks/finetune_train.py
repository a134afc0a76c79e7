"""Real tokens a CPU second in training: our micro-batches, and 8 rows at random, in the same Trainer."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from finetune_padding import shuffled
from finetune_rows import SMALL, as_examples, peoples_tasks, save_random, trained_tokenizer

from finetune.hardware.machine import Device
from finetune.model import quantized
from finetune.recipe import Recipe
from finetune.rows.batches import Schedule, schedule, waste
from finetune.rows.examples import Example
from finetune.training import fit

SIZE = 8
MIN_RATIO = 1.5
MAX_LENGTH = 512
RECIPE = Recipe("", epochs=1)
CPU = Device("cpu", "float32")


def report(corpora: Path, rounds: int) -> None:
    """Prints both rates and their ratio; the ways take turns, so that a busy machine slows both."""
    rows = peoples_tasks(corpora)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reader = trained_tokenizer(rows, SMALL.vocab, folder / "base")
        save_random(SMALL, folder / "base")
        known = as_examples(rows, reader, MAX_LENGTH)
        lengths = [one.length for one in known]
        mean = sum(lengths) / len(lengths)
        print(
            f"people's tasks: {len(lengths)} rows of {min(lengths)} to {max(lengths)} tokens, mean {mean:.0f}"
        )
        at_random = tuple(shuffled(len(lengths), SIZE))
        widest = max(len(batch) * max(lengths[row] for row in batch) for batch in at_random)
        plans = {
            f"{SIZE} rows at random": Schedule(at_random, 2, widest, len(at_random)),
            f"ours, {SIZE} rows of mean length": schedule(
                lengths, tokens=round(SIZE * mean), accumulation=2, epochs=1, seed=RECIPE.seed
            ),
        }
        _rate(
            folder, known, next(iter(plans.values())).capped(1), reader.pad
        )  # loads what the first use loads
        rates: dict[str, list[float]] = {plan: [] for plan in plans}
        for _ in range(rounds):
            for plan, batches in plans.items():
                rates[plan].append(_rate(folder, known, batches, reader.pad))
    for plan, batches in plans.items():
        padding = waste(lengths, batches.micro_batches)
        rate = statistics.median(rates[plan])
        print(
            f"{plan:28} {len(batches.micro_batches):4} micro-batches of at most {batches.tokens:5} tokens, "
            f"padding {padding:5.1%}: {rate:7.0f} real tokens a CPU second"
        )
    usual, ours = (statistics.median(rates[plan]) for plan in plans)
    verdict = "reached" if ours / usual >= MIN_RATIO else "MISSED"
    print(f"ours / at random: {ours / usual:.2f} x; at least {MIN_RATIO} x wanted: {verdict}")


def _rate(folder: Path, known: Sequence[Example], batches: Schedule, pad: int) -> float:
    """Real tokens a CPU second of one training from the start."""
    model = quantized.with_lora(quantized.load(folder / "base", CPU), RECIPE)
    with tempfile.TemporaryDirectory(dir=folder) as staging:
        job = fit.Job(model, known, batches, RECIPE, CPU, pad, Path(staging))
        begin = time.process_time()
        done = fit.fit(job, on_saved=_nothing, on_step=_nothing)
        return done.tokens / (time.process_time() - begin)


def _nothing(*_: Any) -> None:
    """Neither checkpoints nor steps are of interest here."""
