"""What the user named → the site that the pages show.

path ─ ready (quick, before any server) ─→ Ready ─ open (checks or reads the grade book) ─→ Site ─ renewed ─→ Site
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.opening import freshness
from dashboard.site import Named, Opening, Site
from grading.course.inputs import pinned_guide
from grading.course.model import Course
from grading.course.reading import COURSE_FILE, load
from quality import config, console, guide
from quality.cli_inputs import Options
from quality.errors import ConfigError, InputError
from quality.files import probe

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
        # here, as it takes a second to load, and by now the server answers
        from dashboard.opening import sites
        from grading.book.book import opened
        from grading.privacy.backup import before_migration

        if self.course is not None:
            book = stack.enter_context(
                opened(self.course.folder, zone=self.course.zone, before_migration=before_migration)
            )
            return sites.course_site(self.course.folder, book, self.named, who, progress)
        address = f"sqlite:///{self.reviews.absolute()}"
        book = stack.enter_context(opened(self.reviews.absolute().parent, address))
        site = sites.file_site(self.options, self.named, self.start, book, who, progress)
        for note in site.index.notes:
            console.say(note)
        return site


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
