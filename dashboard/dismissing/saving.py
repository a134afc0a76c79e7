"""Dismissing, taking back, and the file of what holds: the book's part of the panel."""

from __future__ import annotations

import shlex

from dashboard.dismissing.places import places
from dashboard.model import Entry
from dashboard.site import Site
from grading.book import dismissals, moments
from grading.book.dismissals import Dismissal
from quality.dismissals import Decision, Scope
from quality.dismissals.file import render
from quality.model import Finding
from quality.wording import as_argument

FILE = "decisions.json"


def decision(site: Site, entry: Entry, finding: Finding, scope: Scope, why: str) -> Decision:
    """What would be decided now."""
    where = places(site, entry, [finding])
    return where.decision(finding, scope, who=site.who(), why=why.strip(), at=moments.now())


def dismiss(site: Site, entry: Entry, finding: Finding, scope: Scope, why: str) -> int:
    """Keeps the decision; its number.

    Raises:
        InputError: The reason is none.
        ProofgateError: The book cannot be written.
    """
    made = decision(site, entry, finding, scope, why)
    with site.book.writing() as db:
        return dismissals.add(db, made, group=entry.key.group, ref=entry.key.ref)


def take_back(site: Site, number: int) -> None:
    """Takes the decision back.

    Raises:
        ProofgateError: Somebody did so already, or the book cannot be written.
    """
    with site.book.writing() as db:
        dismissals.take_back(db, number, who=site.who())


def everything(site: Site) -> tuple[Dismissal, ...]:
    """All decisions of the book, those taken back among them."""
    with site.book.reading() as db:
        return dismissals.everything(db)


def exported(site: Site) -> str:
    """What holds now as a file of decisions."""
    with site.book.reading() as db:
        return render(dismissals.decisions(db))


def commands(site: Site) -> str:
    """The command that reads the file next."""
    if site.file is None:
        folder = ["--course", as_argument(str(site.course.folder))] if site.course else []
        return shlex.join(["grading", "run", *folder, "--decisions", FILE])
    options = site.file.options
    named = dict(zip(*[iter(options.again())] * 2, strict=True))
    words = [word for name, value in named.items() if name != "--decisions" for word in (name, value)]
    return shlex.join(["quality", "gate", as_argument(str(options.data)), *words, "--decisions", FILE])
