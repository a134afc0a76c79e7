"""Padding at 2 to 16 rows a micro-batch: of our schedule, and of batches drawn at random."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from finetune_rows import as_examples, sets_of_rows, trained_tokenizer

from finetune.recipe import Recipe
from finetune.rows.batches import accumulation, schedule, waste

SIZES = tuple(range(2, 17))
MAX_WASTE = 0.05
RECIPE = Recipe("")


def report(corpora: Path) -> None:
    """Prints a line for each table of rows, a column for each size."""
    sets = sets_of_rows(corpora)
    with tempfile.TemporaryDirectory() as folder:
        reader = trained_tokenizer((row for rows in sets.values() for row in rows), 16_000, Path(folder))
    worst = 0.0
    print(f"padding as a share of the real tokens; {RECIPE.epochs} epochs, seed {RECIPE.seed}")
    print(f"{'tokens of a micro-batch, in mean rows':44}", *(f"{size:6}" for size in SIZES))
    for name, rows in sets.items():
        lengths = [one.length for one in as_examples(rows, reader, RECIPE.max_length)]
        mean = sum(lengths) / len(lengths)
        print(f"{name}: {len(lengths)} rows of {min(lengths)} to {max(lengths)} tokens, mean {mean:.0f}")
        plans = [_ours(lengths, size) for size in SIZES]
        ours = [waste(lengths, plan) for plan in plans]
        held = [len(lengths) * RECIPE.epochs / len(plan) for plan in plans]
        at_random = [waste(lengths, shuffled(len(lengths), size)) for size in SIZES]
        filled = [sum(lengths) * RECIPE.epochs / _packed_tokens(lengths, size) for size in SIZES]
        print(f"{'  ours':44}", *(f"{one:6.1%}" for one in ours))
        print(f"{'  ours: rows that a micro-batch holds':44}", *(f"{one:6.1f}" for one in held))
        print(f"{'  at random':44}", *(f"{one:6.0%}" for one in at_random))
        print(f"{'  packed: share of the sequences filled':44}", *(f"{one:6.1%}" for one in filled))
        worst = max(worst, *ours)
    verdict = "reached" if worst <= MAX_WASTE else "MISSED"
    print(f"worst of ours {worst:.1%}; at most {MAX_WASTE:.0%} wanted: {verdict}")


def shuffled(count: int, size: int, seed: int = RECIPE.seed) -> list[tuple[int, ...]]:
    """Micro-batches of that many rows at random, as trainers make them by default."""
    order = random.Random(seed).sample(range(count), count)
    return [tuple(order[at : at + size]) for at in range(0, count, size)]


def _ours(lengths: list[int], size: int, *, packing: bool = False) -> tuple[tuple[int, ...], ...]:
    tokens = round(size * sum(lengths) / len(lengths))
    add_up = accumulation(lengths, tokens, RECIPE.rows_per_step, packing=packing)
    return schedule(
        lengths, tokens=tokens, accumulation=add_up, epochs=RECIPE.epochs, seed=RECIPE.seed, packing=packing
    ).micro_batches


def _packed_tokens(lengths: list[int], size: int) -> int:
    """What the packed sequences could hold; a row longer than one stands alone."""
    tokens = round(size * sum(lengths) / len(lengths))
    return sum(
        max(tokens, sum(lengths[row] for row in batch)) for batch in _ours(lengths, size, packing=True)
    )
