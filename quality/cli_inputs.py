"""The inputs that every command with a gate takes from its command line, declared once."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec

import typer

from quality.wording import as_argument

P = ParamSpec("P")


AGAIN = (
    "original",
    "against",
    "baseline",
    "decisions",
    "guide",
    "engine",
    "engine_url",
    "judge",
    "judge_model",
    "judge_budget",
    "config",
)
"""The options, besides the selection, that decide what is found."""


@dataclass(frozen=True, slots=True)
class Options:
    """The inputs of `check`, `gate` and of every command with a gate of its own; None means: not named.

    Attributes:
        select: The pieces between the commas, empty ones included; () means: not named.
        ignore: The same.
    """

    data: Path
    original: Path | None = None
    against: Path | None = None
    baseline: Path | None = None
    decisions: Path | None = None
    guide: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    engine: str | None = None
    engine_url: str | None = None
    judge: str | None = None
    judge_model: str | None = None
    judge_budget: int | None = None
    judge_jobs: int | None = None
    config: Path | None = None
    jobs: int = 0
    cache: bool = True

    def again(self) -> Iterator[str]:
        """The words of those options that decide what is found, for the command that comes next."""
        for name in AGAIN:
            value = getattr(self, name)
            if value is not None:
                yield from (f"--{name.replace('_', '-')}", as_argument(str(value)))
        for name in ("select", "ignore"):
            codes: tuple[str, ...] = getattr(self, name)
            if codes:
                yield from (f"--{name}", ",".join(codes))


class Engine(StrEnum):
    """The grammar engines."""

    HARPER = "harper"
    LANGUAGETOOL = "languagetool"
    BOTH = "both"


def with_inputs(command: Callable[Concatenate[Options, P], None]) -> Callable[..., None]:
    """The command with the shared inputs before its own options; it is called with them as one value."""
    return with_shared(_options, command)


def with_shared(
    make: Callable[..., object], command: Callable[..., None], *, at: int = 0
) -> Callable[..., None]:
    """The command with the options of `make` in place of its parameter at that position, which gets what they make.

    typer reads a command's options from its signature, so the joint signature is all that has to be made.
    """
    shared = inspect.signature(make, eval_str=True).parameters
    own = list(inspect.signature(command, eval_str=True).parameters.values())

    def joint(*given: Any, **values: Any) -> None:
        made = make(**{name: values.pop(name) for name in shared})
        command(*given, made, **values)

    named = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*shared.values(), *own[at + 1 :])]
    parameters = [*own[:at], *named]
    joint.__signature__ = inspect.Signature(parameters)  # pyright: ignore[reportFunctionMemberAccess]
    joint.__annotations__ = {p.name: p.annotation for p in parameters}
    joint.__name__, joint.__doc__ = command.__name__, command.__doc__
    return joint


def _options(
    data: Annotated[
        Path,
        typer.Argument(
            metavar="DATA", help="CSV, TSV, JSONL or Parquet with id, instruction, output, fail_mode."
        ),
    ],
    original: Annotated[
        Path | None, typer.Option(help="The sheet before correction; what was asked comes from it.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="Reference texts that no response may copy (table or .txt).")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Findings that you accept, each with a reason; an edit revives them."
        ),
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Findings that persons dismissed, as the dashboard exports them."),
    ] = None,
    guide: Annotated[str | None, typer.Option(help="Name of a shipped style guide, or a TOML file.")] = None,
    select: Annotated[
        str | None, typer.Option(help="Run only these codes or beginnings of codes, separated by commas.")
    ] = None,
    ignore: Annotated[str | None, typer.Option(help="Leave these out; the gate then refuses.")] = None,
    engine: Annotated[
        Engine | None, typer.Option(help="Grammar engine, else the guide's; see `quality engines`.")
    ] = None,
    engine_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="A LanguageTool server to ask; else one is started here."),
    ] = None,
    judge: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Ask a language model there for advice: the texts are sent to it (docs/judge.md).",
        ),
    ] = None,
    judge_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="The model's name, as that server knows it.")
    ] = None,
    judge_budget: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Requests to it at most; 500 unless you say so.")
    ] = None,
    judge_jobs: Annotated[
        int | None,
        typer.Option(min=1, max=64, metavar="N", help="Requests to it at once; 4 unless you say so."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Settings; else the nearest proofgate.toml from here upwards.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes; 0 means one for each core.")] = 0,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Measure everything anew and remember nothing.")
    ] = False,
) -> Options:
    return Options(
        data=data,
        original=original,
        against=against,
        baseline=baseline,
        decisions=decisions,
        guide=guide,
        select=_split(select),
        ignore=_split(ignore),
        engine=engine.value if engine else None,
        engine_url=engine_url,
        judge=judge,
        judge_model=judge_model,
        judge_budget=judge_budget,
        judge_jobs=judge_jobs,
        config=config,
        jobs=jobs,
        cache=not no_cache,
    )


def _split(codes: str | None) -> tuple[str, ...]:
    """The codes as given, empty ones too: a selection of nothing is not the same as none."""
    return () if codes is None else tuple(piece.strip() for piece in codes.split(","))
