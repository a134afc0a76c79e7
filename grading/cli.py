"""`grading`: the commands. They parse, call and print; every decision is made elsewhere."""

from __future__ import annotations

from grading import cli_book, cli_collect, cli_export, cli_group, cli_privacy, cli_run
from quality import console
from quality.cli_app import Version, commands

ABOUT = "From the LMS's zip to grades and feedback that a teaching assistant can defend."
PANELS = {
    "For a group": (cli_group.pack, cli_group.validate),
    "For the course": (
        cli_group.init,
        cli_collect.import_,
        cli_run.run,
        cli_export.show,
        cli_book.mark,
        cli_export.export,
        cli_export.reconcile,
    ),
    "The grade book": (cli_book.history, cli_privacy.backup, cli_privacy.forget, cli_privacy.purge),
}
"""Heading of the help → its commands, in the order in which they are used."""

app = commands(ABOUT)


@app.callback(help=ABOUT)
def grading(version: Version = False) -> None:
    """The options that stand before a command."""


for panel, functions in PANELS.items():
    for function in functions:
        name, settings = (
            function.__name__.rstrip("_"),
            cli_book.NEGATIVE if function is cli_book.mark else None,
        )
        app.command(name, rich_help_panel=panel, context_settings=settings)(function)


def main() -> None:
    """The `grading` command."""
    console.run(app, extra="grading")
