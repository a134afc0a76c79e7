"""The desk of the file at hand, one for all tabs of the process."""

from __future__ import annotations

import threading
from pathlib import Path

from dashboard.editing.desk import Desk
from dashboard.editing.files import beside, find
from dashboard.site import Site
from quality.run import sheet_rows
from quality.wording import count

_lock = threading.Lock()
_desks: dict[Path, Desk] = {}


def desk_of(site: Site) -> Desk:
    """The desk of the site's file; one for all tabs.

    Raises:
        InputError: What lies beside the file cannot be gone on with.
        ValueError: The site is a course.
    """
    if site.file is None:
        raise ValueError("a course's files are not corrected here")
    request = site.file.resolved().request
    with _lock:
        path = request.table.path.absolute()
        known = _desks.get(path)
        if known is None or known.request.table.sha256 != request.table.sha256:
            found = find(request.table)
            known = _desks[path] = Desk(
                request=request,
                places=beside(request.table.path),
                sheet=sheet_rows(request),
                copy=found.copy,
                answers=list(found.answers),
                resumed=len(found.answers),
                log_bytes=found.log_bytes,
            )
        return known


def is_begun(site: Site) -> bool:
    """Whether something was corrected in the site's file; reads no file."""
    return site.file is not None and beside(site.file.options.data).log.exists()


def forget(data: Path) -> None:
    """Lets go of that file's desk."""
    with _lock:
        _desks.pop(data.absolute(), None)


def summary(desk: Desk) -> str:
    """How many corrections in how many rows."""
    rows = count(len({one.row for one in desk.answers}), "row")
    return f"{count(len(desk.answers), 'correction')} in {rows}"
