"""`dashboard`: the command. It parses, calls and prints; every decision is made elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.site import Named
from grading.cli_course import By, CourseFolder, course, course_folder, grade_book, who
from quality import console
from quality.cli_app import Version, commands
from quality.cli_inputs import Engine, Options, with_shared
from quality.errors import ConfigError, InputError

if TYPE_CHECKING:
    from dashboard.opening import Ready
    from dashboard.serving.address import Address
    from dashboard.serving.keys import Places

app = commands(
    "Look through one file or a whole course in the browser, and decide: `dashboard data.csv`, `dashboard COURSE_DIR`."
)
invitations = commands("Links to the dashboard of a course, one for each teaching assistant.")
INVITE = "invite"
_FILE = "For a single file"
_REACH = "Beyond this machine"


@dataclass(frozen=True, slots=True)
class Reach:
    """How browsers reach the server, as the command line says it."""

    listen: str | None
    hosts: tuple[str, ...]
    behind_tls_proxy: bool
    sign_on: Path | None


def _options(
    original: Annotated[
        Path | None, typer.Option(help="The sheet before correction.", rich_help_panel=_FILE)
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="Reference texts that no response may copy.", rich_help_panel=_FILE)
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="Findings that you accept, with reasons.", rich_help_panel=_FILE)
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option(help="Findings that persons dismissed.", rich_help_panel=_FILE)
    ] = None,
    guide: Annotated[
        str | None,
        typer.Option(help="Name of a shipped style guide, or a TOML file.", rich_help_panel=_FILE),
    ] = None,
    engine: Annotated[
        Engine | None, typer.Option(help="Grammar engine, else the guide's.", rich_help_panel=_FILE)
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            help="Settings; else the nearest proofgate.toml from here upwards.", rich_help_panel=_FILE
        ),
    ] = None,
) -> Options:
    return Options(
        data=Path(),
        original=original,
        against=against,
        baseline=baseline,
        decisions=decisions,
        guide=guide,
        engine=engine.value if engine else None,
        config=config,
    )


def _named(
    report: Annotated[
        Path | None,
        typer.Option(help="The file's report (`quality check --output-format json`).", rich_help_panel=_FILE),
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="The tuned model's answers to the test file.")
    ] = None,
    base: Annotated[Path | None, typer.Option(help="The base model's answers to it.")] = None,
    test: Annotated[Path | None, typer.Option(help="The test file.")] = None,
    run: Annotated[Path | None, typer.Option(metavar="DIR", help="The folder of a fine-tune.")] = None,
) -> Named:
    return Named(predictions=predictions, base=base, test=test, run=run, report=report)


def _reach(
    listen: Annotated[
        str | None,
        typer.Option(
            metavar="HOST:PORT", help="Where to listen; else on this machine alone.", rich_help_panel=_REACH
        ),
    ] = None,
    host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Name under which browsers reach it; repeatable.", rich_help_panel=_REACH
        ),
    ] = None,
    behind_tls_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-tls-proxy", help="A proxy before it speaks TLS with browsers.", rich_help_panel=_REACH
        ),
    ] = False,
    oidc: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Your organisation's log-in (docs/dashboard.md).", rich_help_panel=_REACH
        ),
    ] = None,
) -> Reach:
    return Reach(listen, tuple(host or ()), behind_tls_proxy, oidc)


def open_(
    options: Options,
    named: Named,
    reach: Reach,
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[PATH]", help="A data file or a course folder; else the course you are in."),
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")
    ] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the link, open nothing.")] = False,
    reviews: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where decisions on a single file are kept; else beside it.",
            rich_help_panel=_FILE,
        ),
    ] = None,
    by: By = None,
    version: Version = False,
) -> None:
    """Look through one file or a whole course in the browser, and decide.

    Prints one line: the link that opens the dashboard, once. Only this machine reaches it.

    `dashboard invite NAME` makes a link for another person; see `dashboard invite --help`.
    """
    from dashboard.serving import address

    where = _path(path)
    owner = who(by)
    host, port = address.listen(reach.listen, port, reach.hosts, reach.behind_tls_proxy)
    with ExitStack() as stack:
        bound = stack.enter_context(address.bound(host, port))
        reached = address.address(bound, reach.hosts, reach.behind_tls_proxy)
        # after the port, as these take a second to load
        from dashboard import opening
        from dashboard.opening import first_look
        from dashboard.serving import server, sign_on
        from dashboard.serving.keys import Keys

        first_look.look(where, options, named, start=Path.cwd())
        login = None if reach.sign_on is None else sign_on.read(reach.sign_on, reached)
        ready = opening.ready(where, options, named, reviews=reviews)
        keys = Keys(stack.enter_context(_places(ready, reached)), owner)
        server.serve(server.Door(bound, reached, keys, login), ready.open, show=not no_browser)


@invitations.command()
def invite(
    name: Annotated[
        str | None, typer.Argument(help="Whom to invite: what they decide is kept under it.")
    ] = None,
    course_: CourseFolder = None,
    days: Annotated[
        int, typer.Option(min=1, max=365, help="How long the invitation and its session last.")
    ] = 14,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Address of the dashboard, where none runs here.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="Print who is invited and signed in.")] = False,
    revoke: Annotated[
        str | None, typer.Option(metavar="NAME", help="Take that person's links and sessions back.")
    ] = None,
    by: By = None,
) -> None:
    """Print a link that opens the dashboard of a course for one person, once, in one browser."""
    from dashboard.serving import inviting

    if (name is not None) + list_ + (revoke is not None) != 1:
        raise ConfigError("name one person, or --list, or --revoke NAME", remedy="dashboard invite NAME")
    of = course(course_)
    base = "" if name is None else inviting.base_url(of.folder, url)
    with grade_book(of) as book:
        if name is not None:
            console.emit(f"{inviting.invite(book, name, by=who(by), days=days, url=base)}\n")
        elif revoke is not None:
            console.say(inviting.revoke(book, revoke, by=who(by)))
        else:
            console.emit(inviting.listed(book))


def _path(path: Path | None) -> Path:
    """What to look at: the named one, else the course that the other commands would take."""
    if path is not None:
        return path
    folder = course_folder(None)
    if not (folder / "course.toml").is_file():
        raise InputError(
            "there is no course here",
            where=str(folder),
            remedy="name a data file or a course folder: dashboard PATH",
        )
    return folder


@contextmanager
def _places(ready: Ready, reached: Address) -> Generator[Places]:
    """Where sessions are kept, and for a course where its dashboard runs."""
    from dashboard.serving.inviting import announced
    from dashboard.serving.keys import InBook, InMemory

    if ready.course is None:
        yield InMemory()
        return
    with grade_book(ready.course) as book, announced(ready.course.folder, reached):
        yield InBook(book)


app.command("dashboard")(with_shared(_options, with_shared(_named, with_shared(_reach, open_, at=2), at=1)))


def main() -> None:
    """The `dashboard` command."""
    if sys.argv[1:2] == [INVITE]:
        sys.argv[:2] = [f"{sys.argv[0]} {INVITE}"]
        console.run(invitations, extra="dashboard")
    else:
        console.run(app, extra="dashboard")
