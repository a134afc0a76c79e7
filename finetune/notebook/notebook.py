"""`finetune notebook`: a Colab notebook from the corrected sheet to the predictions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from finetune.notebook.cells import SETTINGS, STEPS, TITLE, Cell
from quality.errors import ConfigError, InputError

EXTRA = "proofgate[finetune]"
_VERSIONED = re.compile(r"([\w.-]+?)\s*([<>=!~].*)")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the notebook's settings cell says when it is opened.

    Attributes:
        base: Name of the base model on the hub, or its folder.
        data: The corrected sheet, as it is called beside the notebook.
        test: The test prompts, likewise.
        predictions: Where the answers go.
        out: Folder of the run.
        template: Name of a prompt template, or its file.
        budget_min: Minutes that the training may take; None trains all epochs.
        gate: Further words for the gate, such as `("--original", "sheet.csv")`.
        training: Further words for plan and run, such as `("--max-length", "512")`.
        source: What pip installs: a name, an address, a wheel; with or without its extra.
    """

    base: str = "meta-llama/Llama-2-7b-hf"
    data: str = "CS412_HW4_Step1_Data.csv"
    test: str = "CS412_HW4_Test_Data.csv"
    predictions: str = "CS412_HW4_Step2_Predictions.csv"
    out: str = "runs/hw4"
    template: str = "alpaca"
    budget_min: float | None = 10
    gate: tuple[str, ...] = ()
    training: tuple[str, ...] = ()
    drop_failing: bool = False
    compare_base: bool = False
    drive: bool = False
    source: str = EXTRA


def notebook(choices: Choices) -> str:
    """The notebook as JSON in nbformat 4.5, the same for the same choices; without outputs.

    Raises:
        ConfigError: A name is empty, or two files have one name.
    """
    _demand_names(choices)
    settings = Cell("settings", SETTINGS, _settings(choices))
    cells = [shown for cell in (TITLE, settings, *STEPS) for shown in _shown(cell)]
    body: dict[str, Any] = {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(body, indent=1, ensure_ascii=True) + "\n"


_METADATA: dict[str, Any] = {
    "accelerator": "GPU",
    "colab": {"gpuType": "T4", "provenance": []},
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def demand_no_outputs(path: Path) -> None:
    """Makes sure that no notebook with outputs lies there: they hold the records of a run.

    Raises:
        InputError: One does.
    """
    try:
        cells: Any = json.loads(path.read_bytes())["cells"]
        executed = any(cell.get("outputs") for cell in cells)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return  # there is none, or it is no notebook: written over, as any other file
    if executed:
        raise InputError(
            "is a notebook with outputs, which would be lost",
            where=str(path),
            remedy="move it away, or name another file with -o",
        )


def _shown(cell: Cell) -> Iterator[dict[str, Any]]:
    """The heading and the code, as nbformat has them."""
    yield {
        "cell_type": "markdown",
        "id": f"{cell.name}-text",
        "metadata": {},
        "source": cell.text.strip().splitlines(keepends=True),
    }
    if cell.code:
        yield {
            "cell_type": "code",
            "execution_count": None,
            "id": cell.name,
            "metadata": {},
            "outputs": [],
            "source": cell.code.strip().splitlines(keepends=True),
        }


def _settings(choices: Choices) -> str:
    """The settings as Python; every value is a literal, whatever it holds."""
    values = (
        ("BASE", choices.base, "a model on huggingface.co, or a folder; meta-llama is gated, see Token"),
        ("DATA", choices.data, "the corrected sheet"),
        ("TEST", choices.test, "the test prompts"),
        ("PREDICTIONS", choices.predictions, "the answers go here"),
        ("TEMPLATE", choices.template, "or llama2-chat, chatml, a file of your own"),
        ("BUDGET_MIN", choices.budget_min, "minutes of training; None trains all epochs"),
        ("DROP_FAILING", choices.drop_failing, "True leaves out rows that do not pass, instead of stopping"),
        ("COMPARE_BASE", choices.compare_base, "True has the untrained base answer as well: twice the time"),
        ("DRIVE", choices.drive, "True keeps the checkpoints in Google Drive"),
        ("OUT", choices.out, "folder of the run"),
        ("GATE_OPTIONS", list(choices.gate), 'more for the gate, such as ["--original", "sheet.csv"]'),
        ("TRAIN_OPTIONS", list(choices.training), 'more for plan and run, such as ["--max-length", 512]'),
        ("SOURCE", _requirement(choices.source), f'or "{EXTRA} @ git+https://…", "/content/….whl[finetune]"'),
    )
    return "\n".join(f"{name} = {value!r}  # {meaning}" for name, value, meaning in values)


def _requirement(source: str) -> str:
    """What pip is asked for, with the extra that brings torch and the rest."""
    if "[" in source:
        return source
    if "://" in source:
        return f"{EXTRA} @ {source}"
    if _VERSIONED.fullmatch(source):
        return _VERSIONED.sub(r"\1[finetune]\2", source)
    return f"{source}[finetune]"


def _demand_names(choices: Choices) -> None:
    for option in ("base", "data", "test", "predictions", "out", "template", "source"):
        if not getattr(choices, option).strip():
            raise ConfigError("is empty", where=f"--{option}", remedy="name one, or leave the option out")
    names = (choices.data, choices.test, choices.predictions)
    if len({_comparable(name) for name in names}) < len(names):
        raise ConfigError(
            "data, test prompts and predictions need three names",
            where="finetune notebook",
            remedy="the predictions would be written over what they were made from",
        )


def _comparable(name: str) -> str:
    return str(PurePosixPath(PureWindowsPath(name).as_posix())).casefold()
