"""What the user named → the site that the pages show.

path ─ ready (quick, before any server) ─→ Ready ─ open (checks or reads the grade book) ─→ Site ─ renewed ─→ Site
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.editing.files import at_work
from dashboard.index import Index
from dashboard.opening import freshness, of_course, one_file
from dashboard.site import Named, OneFile, Opening, Site
from grading.book.book import Book, opened
from grading.course.inputs import pinned_guide
from grading.course.model import Course
from grading.course.reading import COURSE_FILE, load
from grading.privacy.backup import before_migration
from quality import config, guide
from quality.cli_inputs import Options
from quality.errors import ConfigError, InputError
from quality.files import probe
from quality.guide import StyleGuide
from quality.options import Resolved, resolve

REVIEWS = ".reviews.db"
"""Of the little book beside a single file: `data.csv.reviews.db`."""
Who = Callable[[], str]
Progress = Callable[[Opening], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """What can be opened, as far as a quick look tells.

    Attributes:
        start: From where upwards the configuration is looked for.
        reviews: Where the decisions on a single file are kept.
        course: None for a single file.
    """

    options: Options
    named: Named
    start: Path
    reviews: Path
    course: Course | None

    def open(self, stack: ExitStack, who: Who, progress: Progress) -> Site:
        """The site, after its rows were checked where that is needed; `stack` closes it.

        Args:
            who: Gives the name of whoever looks at a page.
            progress: Called with what is being done.

        Raises:
            ProofgateError: The file, the course or the book cannot be read, or the rows cannot be checked.
        """
        if self.course is not None:
            book = stack.enter_context(
                opened(self.course.folder, zone=self.course.zone, before_migration=before_migration)
            )
            return _course_site(self.course.folder, book, self.named, who, progress)
        address = f"sqlite:///{self.reviews.absolute()}"
        book = stack.enter_context(opened(self.reviews.absolute().parent, address))
        return file_site(self.options, self.named, self.start, book, who, progress)


def ready(path: Path, options: Options, named: Named, *, reviews: Path | None = None) -> Ready:
    """What stands at that path, so that a mistake is said before any server starts.

    Args:
        options: For a single file; its `data` is the path.
        reviews: Where the decisions on a single file are kept; None: beside it.

    Raises:
        ProofgateError: It is neither a file that can be read nor a course folder, a file that is named is missing, or
            the configuration, the guide or the course.toml cannot be followed.
    """
    start = Path.cwd()
    if path.is_dir():
        if not (path / COURSE_FILE).is_file():
            raise InputError(
                f"holds no {COURSE_FILE}, so it is no course folder",
                where=str(path),
                remedy="name a course folder, or the CSV of one group",
            )
        if reviews is not None:
            raise ConfigError(
                "is for a single file", where="--reviews", remedy="leave it out: a course has a book"
            )
        course = load(path)
        pinned_guide(course)
        return Ready(options, named, start, path, course)
    options = replace(options, data=path)
    settings = config.load(options.config, start=start)
    guide.load(options.guide or settings.guide)
    for one in (*freshness.files(options, start), *filter(None, (named.report,))):
        freshness.readable(one)
    kept = reviews or path.with_name(path.name + REVIEWS)
    probe(kept, "--reviews")
    return Ready(options, named, start, kept, None)


def file_site(options: Options, named: Named, start: Path, book: Book, who: Who, progress: Progress) -> Site:
    """The site of that file with the book that is open already, as after an edit that made a new file.

    Raises:
        ProofgateError: The file cannot be read or checked.
    """
    resolved = Remembered(options, start)
    now = at_work(options)  # with the corrections of the dashboard, where there are some
    path = (
        one_file.index(options, named, start, resolved, progress)
        if now is options
        else one_file.index(now, replace(named, report=None), start, Remembered(now, start), progress)
    )

    def renewed() -> Site:
        return file_site(options, named, start, book, who, _nobody)

    return Site(
        index=Index(path),
        book=book,
        guide=_guide(options, start),
        named=named,
        file=OneFile(options, resolved),
        course=None,
        who=who,
        renewed=renewed,
    )


def _course_site(folder: Path, book: Book, named: Named, who: Who, progress: Progress) -> Site:
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
        renewed=lambda: _course_site(folder, book, named, who, _nobody),
    )


def _guide(options: Options, start: Path) -> StyleGuide:
    return guide.load(options.guide or config.load(options.config, start=start).guide)


def _nobody(opening: Opening) -> None:
    """Progress that nobody sees."""


MOST_REMEMBERED = 32_000_000
"""Bytes of a file whose rows stay in memory once somebody asked for them; a larger one is read anew each time."""


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
