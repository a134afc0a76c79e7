"""What several benchmarks read from the folder of corpora: answers of strong models and of the others.

Strong answers are close to free of faults, so what a rule flags there is mostly a false alarm.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

STRONG = (
    "gpt4",
    "gpt-4-turbo-2024-04-09",
    "gpt-4o-2024-05-13",
    "gpt4_1106_preview",
    "claude-3-opus-20240229",
    "claude-3-5-sonnet-20240620",
)


def answers(folder: Path) -> pd.DataFrame:
    """Answers of many models to AlpacaEval's prompts: model, instruction, output."""
    return pd.read_parquet(folder / "answers_dev.parquet", columns=["model", "instruction", "output"])


def strong(folder: Path) -> pd.DataFrame:
    """The strong models' answers."""
    table = answers(folder)
    return table[table.model.isin(STRONG)]


def seed_tasks(folder: Path) -> pd.DataFrame:
    """People's tasks: id, instruction, input, output, and prompt: the instruction with its input."""
    table = pd.read_csv(folder / "seed_tasks_dev.csv", keep_default_na=False)
    joined = [f"{i}\n\n{t}" if t else i for i, t in zip(table.instruction, table.input, strict=True)]
    return table.assign(prompt=joined)


def others(folder: Path) -> pd.DataFrame:
    """The other models' answers."""
    table = answers(folder)
    return table[~table.model.isin(STRONG)]
