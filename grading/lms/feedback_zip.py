"""The zip that Moodle's "Upload multiple feedback files in a zip" takes: a folder for each page, named for whom it is.

Moodle splits a folder's name on `_` and believes the number in it. Upload the zip after the worksheet: it counts as a
change of the grade, so that a worksheet imported afterwards is older than Moodle's grades and is skipped.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from grading.hand_in.naming import slug
from quality.errors import ConfigError, InputError
from quality.reports.escape import shown_id
from quality.wording import listed

IDS = ("user", "group")
"""What the numbers can be: of users, as at the end of a worksheet's identifiers, or of groups."""

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,99}")
"""No folder, nothing hidden, no `~` at its start: Moodle ignores such files without a word."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can tell; the same pages are always the same bytes."""
_READABLE = 0o100644 << 16
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Page:
    """One person's or group's feedback.

    Attributes:
        id: The number that Moodle knows them by.
        name: For people who look into the zip; Moodle does not read it.
        file: What the file is called there.
    """

    id: str
    name: str
    content: bytes = field(repr=False)
    file: str = "feedback.html"


def feedback_zip(pages: Sequence[Page], ids: str | None) -> bytes:
    """The zip's bytes: `<name>_<id>_assignfeedback_file/<file>`, the same for the same pages in any order.

    Args:
        pages: With ids of users a page for every member of each group; with ids of groups one for each group.
        ids: What the course says that the ids are: `user` or `group`.

    Raises:
        ConfigError: The course does not say.
        InputError: An id that is no number, a file that Moodle would ignore, two pages for one id and file.
    """
    if ids not in IDS:
        raise ConfigError(
            "the course does not say what Moodle takes the numbers in a feedback zip for, and a group's page under a"
            " user's number reaches another student",
            where="course.toml",
            remedy='set feedback_ids = "group" where a newer Moodle grades teams, else feedback_ids = "user"',
        )
    _check(pages)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted((_path(page), page.content) for page in pages):
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.external_attr, entry.create_system = _READABLE, _UNIX
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()


def _path(page: Page) -> str:
    return f"{slug(page.name)}_{page.id}_assignfeedback_file/{page.file}"


def _check(pages: Iterable[Page]) -> None:
    pages = tuple(pages)
    if bad := [page.id for page in pages if not _NUMBER.fullmatch(page.id)]:
        raise _refused("ids that are no numbers of Moodle's", bad, "import the worksheet that Moodle made")
    if bad := [page.file for page in pages if not _FILE.fullmatch(page.file)]:
        raise _refused("files that Moodle would ignore", bad, "call them such as feedback.html")
    seen = Counter(f"{page.id}: {page.file.lower()}" for page in pages)
    if bad := [name for name, times in seen.items() if times > 1]:
        raise _refused(
            "two pages for one id", bad, "look for a person who is in two groups, or a doubled group"
        )


def _refused(what: str, which: Iterable[str], remedy: str) -> InputError:
    shown = listed(f"`{shown_id(one)}`" for one in which)
    return InputError(f"the feedback zip is not written: {what}: {shown}", remedy=remedy)
