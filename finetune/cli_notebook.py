"""The notebook's options, as one value."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Concatenate, ParamSpec

import typer

from finetune.notebook.notebook import Choices
from finetune.recipe import Recipe
from quality import config as settings
from quality.cli_inputs import with_shared
from quality.errors import ConfigError

P = ParamSpec("P")

_C = Choices()
"""The notebook as it is without any option."""


def with_choices(command: Callable[Concatenate[Choices, P], None]) -> Callable[..., None]:
    """The command with the options of what the notebook says before its own; it is called with them as one value.

    A base that is not named is that of the configuration.
    """
    return with_shared(_choices, command)


def _choices(
    base: Annotated[
        str | None,
        typer.Option(metavar="FOLDER|NAME", help="The base model; else `base_model` of the settings."),
    ] = None,
    data: Annotated[
        str, typer.Option(metavar="NAME", help="The corrected sheet, beside the notebook.")
    ] = _C.data,
    test: Annotated[str, typer.Option(metavar="NAME", help="The test file, beside the notebook.")] = _C.test,
    predictions: Annotated[
        str, typer.Option(metavar="NAME", help="Where its predictions go.")
    ] = _C.predictions,
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="The folder of its run.")] = _C.out,
    template: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="Prompt template: alpaca, llama2-chat, chatml or a file.")
    ] = _C.template,
    budget_min: Annotated[
        float | None,
        typer.Option(metavar="MINUTES", help="Time that the training may take; 0 trains all epochs."),
    ] = _C.budget_min,
    gate_options: Annotated[
        str, typer.Option(metavar="WORDS", help='Further options of the gate: "--original sheet.csv".')
    ] = "",
    train_options: Annotated[
        str, typer.Option(metavar="WORDS", help='Further options of `finetune run`: "--epochs 2".')
    ] = "",
    drop_failing: Annotated[
        bool, typer.Option("--drop-failing", help="Leave rows out that do not pass, instead of stopping.")
    ] = False,
    compare_base: Annotated[
        bool, typer.Option("--compare-base", help="Answer with the base model alone, too.")
    ] = False,
    drive: Annotated[bool, typer.Option("--drive", help="Keep the run's folder on Google Drive.")] = False,
    source: Annotated[
        str,
        typer.Option(metavar="REQUIREMENT", help="What pip installs: a name, an address, a wheel, a folder."),
    ] = _C.source,
    config: Annotated[
        Path | None, typer.Option(help="Settings; else the nearest proofgate.toml from here upwards.")
    ] = None,
) -> Choices:
    recipe = Recipe(
        base=base or settings.load(config, start=Path.cwd()).base_model,
        template=template,
        budget_min=budget_min or None,
    )
    if not predictions.lower().endswith(".csv"):
        raise ConfigError(
            f"{predictions!r} is no CSV file", where="--predictions", remedy="name one that ends in .csv"
        )
    return Choices(
        base=recipe.base,
        data=data,
        test=test,
        predictions=predictions,
        out=out,
        template=recipe.template,
        budget_min=recipe.budget_min,
        gate=tuple(_words(gate_options, "--gate-options")),
        training=tuple(_words(train_options, "--train-options")),
        drop_failing=drop_failing,
        compare_base=compare_base,
        drive=drive,
        source=source,
    )


def _words(text: str, option: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as error:
        raise ConfigError(
            f"are no words of a command line: {error}", where=option, remedy="close the quotes"
        ) from None
