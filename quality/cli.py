"""`quality`: check, fix, gate, engines, rules, rule, guide. Parses, calls, prints; every decision is made elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quality import __version__, console

if TYPE_CHECKING:
    from quality.options import Options, Resolved
    from quality.reports.document import Document

app = typer.Typer(
    help="Proof-read instruction-response data, then open the gate to the fine-tune.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """What a report can be written as."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


class Engine(StrEnum):
    """The grammar engines."""

    HARPER = "harper"
    LANGUAGETOOL = "languagetool"
    BOTH = "both"


DATA = Annotated[
    Path,
    typer.Argument(
        metavar="DATA", help="CSV, TSV, JSONL or Parquet with id, instruction, output, fail_mode."
    ),
]
ORIGINAL = Annotated[
    Path | None, typer.Option(help="The sheet before correction; what was asked comes from it.")
]
AGAINST = Annotated[
    Path | None, typer.Option(help="Reference texts that no response may copy (table or .txt).")
]
GUIDE = Annotated[str | None, typer.Option(help="Name of a shipped style guide, or a TOML file.")]
SELECT = Annotated[
    str | None, typer.Option(help="Run only these codes or beginnings of codes, separated by commas.")
]
IGNORE = Annotated[str | None, typer.Option(help="Leave these out; the gate then refuses.")]
ENGINE = Annotated[
    Engine | None, typer.Option(help="Grammar engine, else the guide's; see `quality engines`.")
]
ENGINE_URL = Annotated[
    str | None, typer.Option(metavar="URL", help="A LanguageTool server to ask; else one is started here.")
]
CONFIG = Annotated[
    Path | None, typer.Option(help="Settings; else the nearest proofgate.toml from here upwards.")
]
JOBS = Annotated[int, typer.Option(min=0, help="Processes; 0 means one for each core.")]
NO_CACHE = Annotated[bool, typer.Option("--no-cache", help="Measure everything anew and remember nothing.")]
OUTPUT_FORMAT = Annotated[Format, typer.Option(help="Form of the report.")]
OUTPUT = Annotated[Path | None, typer.Option("-o", "--output-file", help="Write here instead of to stdout.")]


def _version(wanted: bool) -> None:
    if wanted:
        console.emit(f"proofgate {__version__}\n")
        raise typer.Exit


@app.callback()
def quality(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Proof-read instruction-response data, then open the gate to the fine-tune."""


@app.command()
def check(
    data: DATA,
    original: ORIGINAL = None,
    against: AGAINST = None,
    guide: GUIDE = None,
    select: SELECT = None,
    ignore: IGNORE = None,
    engine: ENGINE = None,
    engine_url: ENGINE_URL = None,
    config: CONFIG = None,
    output_format: OUTPUT_FORMAT = Format.TEXT,
    output_file: OUTPUT = None,
    jobs: JOBS = 0,
    no_cache: NO_CACHE = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="End with 0 whatever is found.")] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Leave the single findings out of the text report.")
    ] = False,
) -> None:
    """Check every row against the style guide.

    Ends with 0 when no error is left, 1 when the data does not pass, 2 when it could not be checked.
    """
    from quality import targets

    options = _options(
        data, original, against, guide, select, ignore, engine, engine_url, config, jobs, no_cache
    )
    resolved = _resolve(options)
    if output_file is not None:
        targets.ready(output_file, resolved)
    document = _checked(options, resolved, statistics=statistics)
    _write(_rendered(document, output_format.value, output_file), output_file)
    code = _exit_code(document)
    raise typer.Exit(0 if exit_zero and code == 1 else code)


@app.command()
def gate(
    data: DATA,
    original: ORIGINAL = None,
    against: AGAINST = None,
    guide: GUIDE = None,
    select: SELECT = None,
    ignore: IGNORE = None,
    engine: ENGINE = None,
    engine_url: ENGINE_URL = None,
    config: CONFIG = None,
    jobs: JOBS = 0,
    no_cache: NO_CACHE = False,
    record: Annotated[
        Path | None, typer.Option(help="Where the gate record goes; else beside the data as DATA.gate.json.")
    ] = None,
    verify: Annotated[
        Path | None, typer.Option(help="An earlier gate record: does it speak of this data, as it is now?")
    ] = None,
) -> None:
    """Say whether the data may train a model: 0 passes, 1 refuses with numbered reasons and what to do.

    Writes the gate record, to which a later fine-tune is bound.
    """
    from quality import lineage, targets, verdicts

    earlier = lineage.read_gate_record(verify) if verify is not None else None
    options = _options(
        data, original, against, guide, select, ignore, engine, engine_url, config, jobs, no_cache
    )
    resolved = _resolve(options)
    if verify is not None and earlier is not None:
        spoken = verdicts.verified(_checked(options, resolved), verify, earlier)
    else:
        target = record or data.with_name(f"{data.name}.gate.json")
        targets.ready(target, resolved, "--record")
        spoken = verdicts.recorded(_checked(options, resolved), resolved, target)
    console.emit(spoken.text)
    if spoken.error is not None:
        console.say_error(spoken.error)
    raise typer.Exit(spoken.exit_code)


@app.command()
def fix(
    data: DATA,
    original: ORIGINAL = None,
    against: AGAINST = None,
    guide: GUIDE = None,
    select: SELECT = None,
    ignore: IGNORE = None,
    engine: ENGINE = None,
    engine_url: ENGINE_URL = None,
    config: CONFIG = None,
    output_file: Annotated[
        Path | None,
        typer.Option("-o", "--output-file", help="Where the corrected file goes; else NAME.fixed.EXT."),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change and write nothing.")] = False,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Apply suggestions that need a look as well.")
    ] = False,
    jobs: JOBS = 0,
    no_cache: NO_CACHE = False,
) -> None:
    """Apply the safe corrections to a new file; every other byte stays as it is."""
    from quality import fix as fixing
    from quality import progress, targets

    options = _options(
        data, original, against, guide, select, ignore, engine, engine_url, config, jobs, no_cache
    )
    resolved = _resolve(options)
    target = output_file or data.with_name(f"{data.stem}.fixed{data.suffix}")
    if not diff:
        targets.ready(target, resolved, in_place=True)
    with progress.measuring(kept=options.cache) as bar:
        fixed = fixing.fix(resolved.request, unsafe=unsafe, progress=bar)
    if diff:
        console.emit(fixing.diff(fixed, data.name))
    else:
        fixing.write(fixed, target, named=output_file is not None)
    console.say(fixing.summary(fixed, None if diff else target))


@app.command()
def engines() -> None:
    """List the grammar engines: versions, where they are, whether they are ready, and how to get them."""
    from quality.engines import shelf

    console.emit(shelf.listing())


@app.command()
def rules() -> None:
    """List the rules."""
    from quality import guide, rulebook, run

    console.emit(rulebook.rule_table(tuple(run.rules().values()), guide.load()))


@app.command()
def rule(code: Annotated[str, typer.Argument(metavar="CODE", help="Such as GRM001.")]) -> None:
    """Explain one rule: what it flags, why, examples, source, how well it was measured to work."""
    from quality import guide, rulebook, run, selection

    known = run.rules()
    found = sorted(selection.codes(sorted(known), [code], where="quality rule"))
    console.emit("\n".join(rulebook.rule_page(known[name], guide.load()) for name in found))


@app.command()
def guide(name: Annotated[str, typer.Argument(metavar="NAME", help="A shipped guide.")] = "chat") -> None:
    """Print a shipped style guide as TOML, to copy and edit: `quality guide > mine.toml`."""
    from quality import guide as guides
    from quality.errors import GuideError

    if name not in guides.SHIPPED:
        raise GuideError(f"no shipped guide is called {name!r}", remedy=f"known: {', '.join(guides.SHIPPED)}")
    console.emit(guides.shipped_text(name))


def _options(
    data: Path,
    original: Path | None,
    against: Path | None,
    guide: str | None,
    select: str | None,
    ignore: str | None,
    engine: Engine | None,
    engine_url: str | None,
    config: Path | None,
    jobs: int,
    no_cache: bool,
) -> Options:
    from quality.options import Options

    return Options(
        data=data,
        original=original,
        against=against,
        guide=guide,
        select=_split(select),
        ignore=_split(ignore),
        engine=engine.value if engine else None,
        engine_url=engine_url,
        config=config,
        jobs=jobs,
        cache=not no_cache,
    )


def _split(codes: str | None) -> tuple[str, ...]:
    """The codes as given, empty ones too: a selection of nothing is not the same as none."""
    return () if codes is None else tuple(piece.strip() for piece in codes.split(","))


def _resolve(options: Options) -> Resolved:
    from quality.options import resolve

    resolved = resolve(options, start=Path.cwd())
    for note in resolved.notes:
        console.say(f"note: {note}")
    return resolved


def _checked(options: Options, resolved: Resolved, *, statistics: bool = False) -> Document:
    """Runs the checks and puts all that a report shows into one value."""
    from quality import gate as policy
    from quality import progress, run
    from quality.reports.document import Document

    request = resolved.request
    with progress.measuring(kept=options.cache) as bar:
        report = run.check(request, bar, lambda text: console.say(f"note: {text}"))
    known = run.rules()
    verdict = policy.decide(report, request.guide, {code: rule.criterion for code, rule in known.items()})
    return Document(
        report=report,
        verdict=verdict,
        rows={row.row: row for row in request.table.rows},
        frame=request.table.frame,
        path=str(request.table.path),
        guide=request.guide,
        rules=known,
        notes=resolved.notes,
        statistics=statistics,
        options=tuple(_again(options)),
    )


def _again(options: Options) -> Iterator[str]:
    """The words of the user's options that decide what is found, for the command that comes next."""
    from quality.reports.steps import as_argument

    for name in ("original", "against", "guide", "engine", "engine_url", "config"):
        value = getattr(options, name)
        if value is not None:
            yield from (f"--{name.replace('_', '-')}", as_argument(str(value)))
    for name in ("select", "ignore"):
        codes: tuple[str, ...] = getattr(options, name)
        if codes:
            yield from (f"--{name}", ",".join(codes))


def _rendered(document: Document, form: str, target: Path | None) -> str:
    import shutil

    from quality.reports import render

    terminal = target is None and sys.stdout.isatty()
    return render(form, document, color=terminal, width=shutil.get_terminal_size((100, 24)).columns)


def _write(text: str, target: Path | None) -> None:
    if target is None:
        console.emit(text)
    else:
        from quality.files import replace

        replace(target, text)
        console.say(f"wrote {target}")


def _exit_code(document: Document) -> int:
    from quality.verdicts import exit_code

    return exit_code(document.report, document.verdict, document.guide)


def main() -> None:
    """The `quality` command."""
    console.run(app)


if __name__ == "__main__":
    main()
