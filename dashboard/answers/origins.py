"""Do the records behind predictions speak of the files? In words: consistent, not given or broken, never `verified`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.answers.sources import Stamp, stamp
from dashboard.site import OneFile, Site
from finetune.run_folder import RunFolder
from finetune.verify import verification
from grading.book import documents
from quality import lineage
from quality.errors import ProofgateError
from quality.lineage import Link, State

BROKEN, CONSISTENT, NOT_GIVEN = "broken", "consistent", "not given"
MEANING = "Consistent means that the files belong together; who made them, nobody can tell from files."


@dataclass(frozen=True, slots=True)
class Chain:
    """What is known of where predictions come from.

    Attributes:
        state: `consistent`, `broken` or `not given`.
        why: Why nothing can be said; raw; "" where links say it.
    """

    state: str
    links: tuple[Link, ...] = ()
    why: str = ""

    @property
    def words(self) -> str:
        """The links in numbers: `7 consistent, 2 not checked`."""
        told = {state: sum(link.state is state for link in self.links) for state in State}
        return ", ".join(f"{number} {state}" for state, number in told.items() if number)


def chain(site: Site, group: str) -> Chain:
    """What the records say: those beside the predictions, or those in the group's notebook.

    Raises:
        ProofgateError: The grade book cannot be read.
    """
    if site.file is not None:
        return _of_file(site, site.file)
    with site.book.reading() as db:
        examined: dict[str, Any] = documents.get(db, group, "examined") or {}
    return of_document(examined.get("lineage"))


def of_document(body: Mapping[str, Any] | None) -> Chain:
    """What `grading run` found out about a group's records."""
    if not body:
        return Chain(NOT_GIVEN, why="the hand-in has not been looked at: `grading run` does it")
    links = tuple(
        Link(str(one["name"]), State(one["state"]), str(one.get("detail") or ""))
        for one in body.get("links") or ()
        if one.get("state") in set(State)
    )
    state = str(body.get("state") or NOT_GIVEN)
    why = "" if links else "the last `grading run` found no records to follow in the notebook's outputs"
    return Chain(state if state in (BROKEN, CONSISTENT) else NOT_GIVEN, links, why)


def _of_file(site: Site, file: OneFile) -> Chain:
    named, data = site.named, file.options.data
    if named.predictions is None:
        return Chain(NOT_GIVEN, why="no predictions are named")
    side = lineage.side_file(named.predictions)
    if not side.exists():
        why = "there is no side file: `finetune predict` writes the records beside the predictions"
        return Chain(NOT_GIVEN, why=why)
    files = [named.predictions, side, data, *([named.test] if named.test else []), *_of_run(named.run)]
    try:
        stamps = tuple(map(stamp, files))
        return _verified(named.predictions, named.run, data, named.test, file.options.config, stamps)
    except (
        ProofgateError
    ) as error:  # records that do not fit are links; here there is nothing to hold them against
        return Chain(NOT_GIVEN, why=str(error))


def _of_run(run: Path | None) -> list[Path]:
    """What tells that the run's folder changed."""
    if run is None:
        return []
    folder = RunFolder(run)
    return [one for one in (folder.record, folder.gate, folder.loss_csv, *_adapter(folder)) if one.exists()]


def _adapter(folder: RunFolder) -> list[Path]:
    return sorted(folder.adapter.iterdir()) if folder.adapter.is_dir() else []


@lru_cache(maxsize=4)
def _verified(
    predictions: Path,
    run: Path | None,
    data: Path,
    test: Path | None,
    config: Path | None,
    _stamps: tuple[Stamp, ...],
) -> Chain:
    found = verification.verify(predictions, run=run, data=data, test=test, config=config)
    return Chain(_state(found.links), found.links)


def _state(links: tuple[Link, ...]) -> str:
    states = {link.state for link in links}
    if State.BROKEN in states:
        return BROKEN
    return CONSISTENT if State.CONSISTENT in states else NOT_GIVEN
