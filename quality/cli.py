"""`quality`: the commands. It parses, calls and prints; every decision is made elsewhere."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from quality import console
from quality.cli_app import TextOrJson, Version, commands
from quality.cli_inputs import Options, with_inputs

app = commands("Proof-read instruction-response data, then open the gate to the fine-tune.")


class Format(StrEnum):
    """What a report can be written as."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


OUTPUT_FORMAT = Annotated[Format, typer.Option(help="Form of the report.")]
OUTPUT = Annotated[Path | None, typer.Option("-o", "--output-file", help="Write here instead of to stdout.")]


@app.callback()
def quality(version: Version = False) -> None:
    """Proof-read instruction-response data, then open the gate to the fine-tune."""


@app.command()
@with_inputs
def check(
    options: Options,
    output_format: OUTPUT_FORMAT = Format.TEXT,
    output_file: OUTPUT = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="End with 0 whatever is found.")] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Leave the single findings out of the text report.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="With --original: show which fail modes the originals seem to have had."
        ),
    ] = False,
    update_baseline: Annotated[
        bool,
        typer.Option(
            "--update-baseline", help="Accept what is found, and write it to the file of --baseline."
        ),
    ] = False,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why what --update-baseline newly accepts may stay.")
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file is saved, until Ctrl-C.")
    ] = False,
) -> None:
    """Check every row against the style guide.

    Ends with 0 when no error is left, 1 when the data does not pass, 2 when it could not be checked.
    """
    from quality import accepting, checking, option_conflicts, targets, verdicts
    from quality import watch as watching

    option_conflicts.of_check(
        output_format=output_format.value,
        output_file=output_file,
        watch=watch,
        statistics=statistics,
        explain=explain,
        update_baseline=update_baseline,
        reason=reason,
    )
    view = checking.View(statistics, explain)
    if watch:
        code = watching.command(options, view)
        raise typer.Exit(0 if exit_zero and code == 1 else code)
    resolved, update = checking.inputs(options, new_baseline=update_baseline), None
    if update_baseline:
        accepting.ready(resolved, reason)
        update = partial(accepting.write, resolved=resolved, reason=reason)
    if output_file is not None:
        targets.ready(output_file, resolved)
    document = checking.document(options, resolved, view, update)
    _write(checking.rendered(document, output_format.value, output_file), output_file)
    code = verdicts.exit_code(document)
    raise typer.Exit(0 if exit_zero and code == 1 else code)


@app.command()
@with_inputs
def gate(
    options: Options,
    record: Annotated[
        Path | None, typer.Option(help="Where the gate record goes; else beside the data as DATA.gate.json.")
    ] = None,
    verify: Annotated[
        Path | None, typer.Option(help="An earlier gate record: does it speak of this data, as it is now?")
    ] = None,
    fix_record: Annotated[
        Path | None, typer.Option(help="The record of `quality fix` that made this data; the gate binds it.")
    ] = None,
) -> None:
    """Say whether the data may train a model: 0 passes, 1 refuses with numbered reasons and what to do.

    Writes the gate record, to which a later fine-tune is bound.
    """
    from quality import checking, lineage, option_conflicts, targets, verdicts

    option_conflicts.of_gate(record=record, verify=verify)
    earlier = lineage.read_gate_record(verify) if verify is not None else None
    fixed = lineage.read_fix_record(fix_record) if fix_record is not None else None
    resolved = checking.inputs(options)
    if verify is not None and earlier is not None:
        spoken = verdicts.verified(checking.document(options, resolved), verify, earlier, fixed)
    else:
        target = record or options.data.with_name(f"{options.data.name}.gate.json")
        others = {"the record of --fix-record": fix_record} if fix_record is not None else {}
        targets.ready(target, resolved, "--record", others=others)
        spoken = verdicts.recorded(checking.document(options, resolved), resolved, target, fixed)
    console.emit(spoken.text)
    if spoken.error is not None:
        console.say_error(spoken.error)
    raise typer.Exit(spoken.exit_code)


@app.command()
@with_inputs
def fix(
    options: Options,
    output_file: Annotated[
        Path | None,
        typer.Option("-o", "--output-file", help="Where the corrected file goes; else NAME.fixed.EXT."),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change and write nothing.")] = False,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Apply suggestions that need a look as well.")
    ] = False,
    record: Annotated[
        Path | None,
        typer.Option(help="Where the record of the fix goes; else beside the new file as FILE.fix.json."),
    ] = None,
    interactive: Annotated[
        bool,
        typer.Option("--interactive", help="Ask about each finding; answers are saved, and gone on with."),
    ] = False,
) -> None:
    """Apply the safe corrections to a new file; every other byte stays as it is."""
    from quality import checking, course, lineage, option_conflicts, progress, targets
    from quality import fix as fixing

    option_conflicts.of_fix(
        options, output_file=output_file, diff=diff, unsafe=unsafe, record=record, interactive=interactive
    )
    data, resolved = options.data, fixing.unadvised(checking.inputs(options))
    if unsafe:
        course.demand("--unsafe", resolved.settings.course)
    target = output_file or data.with_name(f"{data.stem}.fixed{data.suffix}")
    if interactive:
        from quality import interactive as asking

        places = asking.places(target, record, named=output_file is not None)
        raise typer.Exit(asking.ask(options, resolved, places))
    kept = record or fixing.record_path(target)
    if not diff:
        targets.ready(target, resolved, in_place=True)
        if kept is not None:
            targets.ready(kept, resolved, "--record", others={"the corrected file": target})
    with progress.measuring(kept=options.cache) as bar:
        fixed = fixing.fix(resolved.request, unsafe=unsafe, progress=bar)
    if diff:
        console.emit(fixing.diff(fixed, data.name))
    else:
        fixing.write(fixed, target, named=output_file is not None)
        if kept is not None:
            lineage.write_fix_record(kept, fixing.record(fixed, target, unsafe=unsafe))
    console.say(fixing.summary(fixed, None if diff else target))


@app.command()
@with_inputs
def diff(
    options: Options,
    newer: Annotated[Path, typer.Argument(metavar="NEWER", help="The later version of DATA.")],
    output_format: Annotated[TextOrJson, typer.Option(help="Form of the difference.")] = TextOrJson.TEXT,
    output_file: OUTPUT = None,
) -> None:
    """Say what improved and what got worse from DATA to NEWER, two versions of one file.

    Rows are compared by id, in any order. Ends with 0 when nothing got worse, 1 when an error came in or a row passes
    no more, 2 when either version could not be checked.
    """
    from quality import checking, targets, verdicts, version_diff

    versions = (options, replace(options, data=newer))
    resolved = [checking.inputs(one) for one in versions]
    if output_file is not None:
        for one in resolved:
            targets.ready(output_file, one)
    before, after = (checking.document(*one) for one in zip(versions, resolved, strict=True))
    change = version_diff.difference(before, after)
    color = checking.in_colour(output_file)
    _write(version_diff.render(output_format.value, change, color=color), output_file)
    broken = 2 in (verdicts.exit_code(before), verdicts.exit_code(after))
    raise typer.Exit(2 if broken else int(change.worse))


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


def _write(text: str, target: Path | None) -> None:
    if target is None:
        console.emit(text)
    else:
        from quality.files import replace

        replace(target, text)
        console.say(f"wrote {target}")


def main() -> None:
    """The `quality` command."""
    console.run(app)


if __name__ == "__main__":
    main()
