"""What was found ready → the site that the pages show. Loads all that checking a file needs: see `opening.py`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dashboard.editing.files import at_work
from dashboard.index import Index
from dashboard.opening import freshness, of_course, one_file
from dashboard.site import Named, OneFile, Opening, Site
from grading.book.book import Book
from grading.course.inputs import pinned_guide
from grading.course.reading import load
from quality import config, guide
from quality.cli_inputs import Options
from quality.guide import StyleGuide
from quality.options import Resolved, resolve

Who = Callable[[], str]
Progress = Callable[[Opening], None]
MOST_REMEMBERED = 32_000_000
"""Bytes of a file whose rows stay in memory once somebody asked for them; a larger one is read anew each time."""


def file_site(options: Options, named: Named, start: Path, book: Book, who: Who, progress: Progress) -> Site:
    """The site of that file with the book that is open already, as after an edit that made a new file.

    Raises:
        ProofgateError: The file cannot be read or checked.
    """
    resolved = Remembered(options, start)
    now = at_work(options)  # with the corrections of the dashboard, where there are some
    notes: tuple[str, ...] = ()
    if now is options:
        path = one_file.index(options, named, start, resolved, progress)
    else:
        path = one_file.index(now, replace(named, report=None), start, Remembered(now, start), progress)
        notes = (_corrected(options.data, now.data),)

    def renewed() -> Site:
        return file_site(options, named, start, book, who, _nobody)

    return Site(
        index=Index(path, notes),
        book=book,
        guide=_guide(options, start),
        named=named,
        file=OneFile(options, resolved),
        course=None,
        who=who,
        renewed=renewed,
    )


def _corrected(data: Path, shown: Path) -> str:
    return (
        f"{shown.name} is shown: {data.name} with the corrections that were made here; "
        f"move {shown.name} away to see {data.name} as it is"
    )


def course_site(folder: Path, book: Book, named: Named, who: Who, progress: Progress) -> Site:
    """The site of the course in that folder, its book open already.

    Raises:
        ProofgateError: The course or its book cannot be read.
    """
    course = load(folder)  # anew, as the site is renewed after somebody changed it
    style = pinned_guide(course)
    return Site(
        index=Index(of_course.index(course, book, style, progress)),
        book=book,
        guide=style,
        named=named,
        file=None,
        course=course,
        who=who,
        renewed=lambda: course_site(folder, book, named, who, _nobody),
    )


def _guide(options: Options, start: Path) -> StyleGuide:
    return guide.load(options.guide or config.load(options.config, start=start).guide)


def _nobody(opening: Opening) -> None:
    """Progress that nobody sees."""


class Remembered:
    """Reads the table and all else that the request needs, when it is first asked and when a file changed since."""

    def __init__(self, options: Options, start: Path) -> None:
        self._options = options
        self._start = start
        self._lock = threading.Lock()
        self._known: tuple[object, Resolved] | None = None

    def __call__(self) -> Resolved:
        """The request behind the options.

        Raises:
            ProofgateError: A file is missing, or cannot be read.
        """
        with self._lock:
            files = freshness.files(self._options, self._start)
            states = freshness.states(files)
            if self._known is not None and self._known[0] == states:
                return self._known[1]
            self._known = None  # two tables at a time are one too many
            found = resolve(self._options, start=self._start)
            if self._options.data.stat().st_size <= MOST_REMEMBERED:
                self._known = states, found
            return found
