"""The recipe's options, declared once for the commands that train or plan to."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec

import typer

from finetune.recipe import Liger, Recipe
from quality import config
from quality.cli_inputs import Options, with_shared

P = ParamSpec("P")


_D = Recipe(base="")
"""The defaults, shown by `--help`; `finetune plan` shows their sources."""


def with_recipe(command: Callable[Concatenate[Options, Recipe, P], None]) -> Callable[..., None]:
    """The command with the recipe's options after the shared inputs; it is called with each as one value.

    A base that is not named is that of the configuration.
    """

    @functools.wraps(command)
    def based(options: Options, recipe: Recipe, *rest: Any, **own: Any) -> None:
        if not recipe.base:
            recipe = replace(recipe, base=config.load(options.config, start=Path.cwd()).base_model)
        command(options, recipe, *rest, **own)

    return with_shared(_recipe, based, at=1)


def _recipe(
    base: Annotated[
        str | None,
        typer.Option(metavar="FOLDER|NAME", help="The base model; else `base_model` of the settings."),
    ] = None,
    template: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="Prompt template: alpaca, llama2-chat, chatml or a file.")
    ] = _D.template,
    budget_min: Annotated[
        float | None,
        typer.Option(metavar="MINUTES", help="Time the training may take; its steps are capped to it."),
    ] = None,
    epochs: Annotated[int, typer.Option(help="Passes over the rows.")] = _D.epochs,
    learning_rate: Annotated[float, typer.Option(help="At the peak of its schedule.")] = _D.learning_rate,
    max_length: Annotated[
        int, typer.Option(metavar="TOKENS", help="Longer rows are left out by name, never cut.")
    ] = _D.max_length,
    rows_per_step: Annotated[
        int, typer.Option(help="Rows that one optimizer step averages over, on the average.")
    ] = _D.rows_per_step,
    micro_batch_tokens: Annotated[
        int | None,
        typer.Option(metavar="TOKENS", help="Padded tokens of one forward pass; else the most that fits."),
    ] = None,
    lora_r: Annotated[int, typer.Option("--lora-r", help="Rank of the adapter.")] = _D.lora_r,
    lora_alpha: Annotated[int, typer.Option(help="Its scale.")] = _D.lora_alpha,
    seed: Annotated[int, typer.Option(help="Of the order, the adapter and the dropout.")] = _D.seed,
    packing: Annotated[
        bool, typer.Option("--packing", help="Put rows into one sequence, kept apart, in place of padding.")
    ] = False,
    liger: Annotated[
        Liger, typer.Option(help="Liger's fused kernels; auto: on cards where they are proven.")
    ] = _D.liger,
) -> Recipe:
    return Recipe(
        base=base or "",
        template=template,
        budget_min=budget_min,
        epochs=epochs,
        learning_rate=learning_rate,
        max_length=max_length,
        rows_per_step=rows_per_step,
        micro_batch_tokens=micro_batch_tokens,
        lora_r=lora_r,
        lora_alpha=lora_alpha,
        seed=seed,
        packing=packing,
        liger=liger,
    )
