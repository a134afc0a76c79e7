"""What the pages are given: one opened file or course, who looks at it, and what there is before it is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quality.errors import ProofgateError

if TYPE_CHECKING:
    from dashboard.index import Index
    from grading.book.book import Book
    from grading.course.model import Course
    from quality.cli_inputs import Options
    from quality.guide import StyleGuide
    from quality.options import Resolved


@dataclass(frozen=True, slots=True)
class Named:
    """Files that the user named beside the data; None: not named.

    Attributes:
        predictions: Answers to the test file by the tuned model, as `finetune predict` writes them.
        base: The base model's answers to the same.
        test: The test file.
        run: The folder of a fine-tune.
        report: The data's own report, as `quality check --output-format json` writes it.
    """

    predictions: Path | None = None
    base: Path | None = None
    test: Path | None = None
    run: Path | None = None
    report: Path | None = None


@dataclass(frozen=True, slots=True)
class OneFile:
    """A file of one annotator or group.

    Attributes:
        options: What the user named on the command line, for checking again and for the commands that are shown.
        resolved: Reads the table and all else that the request needs; remembered until a file changes.
    """

    options: Options
    resolved: Callable[[], Resolved]


@dataclass(frozen=True, slots=True)
class Site:
    """One opened file or course.

    Attributes:
        index: Its rows and findings; opened anew after a change, see `opening`.
        book: Where decisions are kept: the course's grade book, or a small one beside the file.
        guide: The style guide that judged.
        file: What is known of a single file; None for a course.
        course: The course; None for a single file.
        who: Gives the name of whoever looks at the page now. Names come from the log-in, never from a box.
        renewed: Brings the index up to date with what changed on disk or in the book, and gives the new site.
    """

    index: Index
    book: Book
    guide: StyleGuide
    named: Named
    file: OneFile | None
    course: Course | None
    who: Callable[[], str]
    renewed: Callable[[], Site]

    @property
    def of_course(self) -> bool:
        """Whether a course is looked at."""
        return self.course is not None


@dataclass(frozen=True, slots=True)
class Opening:
    """A site that is not open yet.

    Attributes:
        what: What is being done, such as `texts`.
        total: 0 as long as nobody knows.
    """

    what: str = ""
    done: int = 0
    total: int = 0


State = Site | Opening | ProofgateError
_held: list[State] = [Opening()]


def hold(state: State) -> None:
    """Makes it what every browser tab of this process sees."""
    _held[0] = state


def held() -> State:
    """What this process shows: a site, how far its opening is, or why it could not be opened."""
    return _held[0]
