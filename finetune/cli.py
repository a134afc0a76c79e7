"""`finetune`: the commands. It parses, calls and prints; every decision is made elsewhere."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from finetune.cli_notebook import with_choices
from finetune.cli_recipe import with_recipe
from finetune.notebook.notebook import Choices
from finetune.recipe import Recipe
from finetune.training.job import SAVE_EVERY_S
from quality import console
from quality.cli_app import TextOrJson, Version, commands
from quality.cli_inputs import Options, with_inputs

app = commands("The gated QLoRA fine-tune: from data that passes to predictions.")


DROP_FAILING = Annotated[
    bool,
    typer.Option(
        "--drop-failing",
        help="Where rows that do not pass keep the gate shut: leave them out and train on the others.",
    ),
]
OUTPUT_FORMAT = Annotated[TextOrJson, typer.Option(help="Form of the output.")]
GATE_RECORD = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="What `quality gate` recorded; while it holds, nothing is checked again."
    ),
]
TEST = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The test file: refuses when it shares instructions with the data."),
]


@app.callback()
def finetune(version: Version = False) -> None:
    """The gated QLoRA fine-tune: from data that passes to predictions."""


@app.command()
@with_inputs
@with_recipe
def plan(
    options: Options,
    recipe: Recipe,
    drop_failing: DROP_FAILING = False,
    gate_record: GATE_RECORD = None,
    test: TEST = None,
    card: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|GIB",
            help="The card to plan for: t4, l4, a100, h100, or its memory; else the one here.",
        ),
    ] = None,
    output_format: OUTPUT_FORMAT = TextOrJson.TEXT,
) -> None:
    """Say whether the fine-tune would run, what it would take, and what to change; needs no graphics card.

    Ends with 0 for yes, 1 when the gate refuses, 2 when it does not fit or cannot be planned.
    """
    from finetune.planning import plan_json, plan_text, planning

    planned = planning.plan(
        options, recipe, drop_failing=drop_failing, record=gate_record, test=test, card=card
    )
    if output_format is TextOrJson.JSON:
        console.emit(plan_json.as_json(planned))
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        console.emit(plan_text.render(planned, width=width, color=sys.stdout.isatty()))
    raise typer.Exit(planned.exit_code)


@app.command()
@with_inputs
@with_recipe
def run(
    options: Options,
    recipe: Recipe,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder of the run: runs/NAME.")],
    drop_failing: DROP_FAILING = False,
    gate_record: GATE_RECORD = None,
    test: TEST = None,
    save_every_s: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Time between two checkpoints.")
    ] = SAVE_EVERY_S,
    accept_versions: Annotated[
        bool,
        typer.Option(
            "--accept-versions", help="Go on although a library was updated; the record says that it did."
        ),
    ] = False,
) -> None:
    """Train on the rows that pass the gate; the same command goes on where an interrupted run stopped.

    Ends with 0 when the adapter is there, 1 when the gate refuses, 2 when it could not be trained.
    """
    from finetune.training import run as running

    running.run(
        options,
        recipe,
        out,
        drop_failing=drop_failing,
        record=gate_record,
        test=test,
        accept_versions=accept_versions,
        save_every_s=save_every_s,
    )


@app.command()
def predict(
    test: Annotated[Path, typer.Argument(metavar="TEST", help="The file of `id, instruction` to answer.")],
    run: Annotated[Path, typer.Option("--run", metavar="DIR", help="The folder of a finished run.")],
    output_file: Annotated[
        Path, typer.Option("-o", "--output-file", metavar="FILE", help="Where the predictions go.")
    ],
    compare_base: Annotated[
        bool, typer.Option("--compare-base", help="Answer with the base model alone, too.")
    ] = False,
    max_new_tokens: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Of one answer; else what 99% of the trained answers had."),
    ] = None,
    batch: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Prompts at once; else the most that fits.")
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(metavar="FOLDER|NAME", help="Where the run's base model is now, if it has moved."),
    ] = None,
    guide: Annotated[
        str | None, typer.Option(help="Style guide that the answers are held against; a name or a TOML file.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Settings; else the nearest proofgate.toml from here upwards.")
    ] = None,
) -> None:
    """Answer a test file with the adapter of a run; an interrupted command goes on where it stopped.

    Ends with 0 when every row is answered, 1 when some are not, 2 when it could not be done.
    """
    from finetune.prediction import predict as predicting

    code = predicting.predict(
        run,
        test,
        output_file,
        compare_base=compare_base,
        batch=batch,
        max_new_tokens=max_new_tokens,
        base=base,
        guide=guide,
        config=config,
    )
    raise typer.Exit(code)


@app.command()
def verify(
    predictions: Annotated[
        Path, typer.Argument(metavar="PREDICTIONS", help="What `finetune predict` wrote.")
    ],
    run: Annotated[Path | None, typer.Option("--run", metavar="DIR", help="The run's folder.")] = None,
    data: Annotated[Path | None, typer.Option(metavar="FILE", help="The data that it trained on.")] = None,
    test: Annotated[Path | None, typer.Option(metavar="FILE", help="The test file.")] = None,
    base: Annotated[
        str | None, typer.Option(metavar="FOLDER|NAME", help="The base model; its files are read in full.")
    ] = None,
    notebook: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The notebook with its outputs, where no records lie beside."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Settings; else the nearest proofgate.toml from here upwards.")
    ] = None,
    output_format: OUTPUT_FORMAT = TextOrJson.TEXT,
) -> None:
    """Walk the chain of records from the predictions back to the data, link by link.

    Ends with 0 when it is consistent, 1 when a link is broken, 2 when there is nothing to walk.
    """
    from finetune import verify as verifying

    verified = verifying.verify(
        predictions, run=run, data=data, test=test, base=base, notebook=notebook, config=config
    )
    console.emit(
        verifying.as_json(verified) if output_format is TextOrJson.JSON else verifying.as_text(verified)
    )
    raise typer.Exit(verified.exit_code)


@app.command()
@with_choices
def notebook(
    choices: Choices,
    output_file: Annotated[
        Path, typer.Option("-o", "--output-file", metavar="FILE", help="Where the notebook goes.")
    ] = Path("CS412_HW4_Finetuning.ipynb"),
) -> None:
    """Write a notebook for Colab that goes from the corrected sheet to the predictions."""
    from finetune.notebook import notebook as notebooks
    from quality.files import replace

    text = notebooks.notebook(choices)
    notebooks.demand_no_outputs(output_file)
    replace(output_file, text)
    console.say(f"wrote {output_file}")


def main() -> None:
    """The `finetune` command."""
    console.run(app)


if __name__ == "__main__":
    main()
