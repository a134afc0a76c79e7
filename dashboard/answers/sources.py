"""Where answers come from: files that the user named, or the grade book and the course's own files."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from dashboard.answers.model import Given
from dashboard.model import ALONE
from dashboard.site import OneFile, Site
from finetune.prediction import answers as written
from finetune.rows import questions
from grading.book import documents, hand_ins
from grading.course import inputs as courses
from grading.course.inputs import Inputs
from grading.course.model import Course
from grading.scoring import asking
from quality import table
from quality.errors import InputError
from quality.model import Row
from quality.plan import Request
from quality.reports.escape import shown_id, visible
from quality.table import STANDARD, Columns, Table
from quality.wording import as_argument, count, listed

MOST_ROWS = 20_000
"""Prompts that are read; they are judged while somebody waits."""
GIVE_BASE = (
    "`finetune predict … --compare-base` writes the base model's answers beside; or name a file with `--base`"
)
Stamp = tuple[int, int]


def given(site: Site, group: str) -> Given:
    """The answers of that group, or those that the user named beside the file.

    Raises:
        ProofgateError: There are none, or they cannot be read.
    """
    if site.course is not None:
        return of_group(site, site.course, group)
    assert site.file is not None  # a site has a course or a file
    return of_file(site, site.file)


def file_name(site: Site) -> str:
    """The data's name as an argument of a command that is shown."""
    name = "data.csv" if site.file is None else site.file.options.data.name
    return visible(shlex.quote(as_argument(name)))


def groups(site: Site) -> tuple[str, ...]:
    """The groups that handed something in, or `ALONE`."""
    if site.course is None:
        return (ALONE,)
    with site.book.reading() as db:
        return tuple(sorted(hand_ins.current(db)))


def of_file(site: Site, file: OneFile) -> Given:
    """The predictions that the user named, under the settings by which the file itself is judged.

    Raises:
        ProofgateError: No predictions are named, or a file cannot be read.
    """
    named, resolved = site.named, file.resolved()
    if named.predictions is None:
        raise InputError("no predictions are named", remedy="name them with --predictions FILE")
    columns = Columns(**resolved.settings.columns)
    tuned = _answers(named.predictions, columns, (written.PREDICTION,))
    base = _base(named.base, named.predictions, columns, tuned)
    test = questions.read(named.test, columns) if named.test else None
    asked = test.rows if test else _asked(tuned)
    if len(asked) > MOST_ROWS:
        raise InputError(
            f"has {len(asked):,} prompts; at most {MOST_ROWS:,} are shown",
            where=str(named.test or named.predictions),
            remedy="name a part of them with --test",
        )
    return Given(
        group=ALONE,
        asked=tuple(asked),
        tuned=_by_id(tuned),
        base=None if base is None else _by_id(base),
        request=partial(_request, resolved.request, tuned),
        notes=tuple(_notes(tuned, asked)),
        missing="" if base is not None else GIVE_BASE,
    )


def of_group(site: Site, course: Course, group: str) -> Given:
    """The answers that the group handed in, and the base model's as the course has them.

    Raises:
        ProofgateError: The course's files cannot be read, or the group has no readable predictions.
    """
    with site.book.reading() as db:
        body: dict[str, Any] = documents.get(db, group, "answers") or {}
    found: Mapping[str, str] = body.get("predictions") or {}
    if not found:
        raise InputError(
            "no readable predictions of that group are in the grade book",
            remedy="`grading run` reads them; `grading show` says what is wrong with them",
        )
    with_ = course_inputs(course)
    return Given(
        group=group,
        asked=with_.test.rows,
        tuned=found,
        base=with_.base,
        request=_course_request(with_),
        missing=""
        if with_.base is not None
        else "the course has no answers of the base model: name them as `base_predictions` in course.toml",
    )


def course_inputs(course: Course) -> Inputs:
    """What hand-ins are held against, read again when a file of it changed.

    Raises:
        ProofgateError: A file cannot be read, or the guide is not the pinned one.
    """
    named = (course.sheet, course.test, course.base_predictions, course.gold, course.decisions)
    files = [one for one in named if one]
    return _inputs_of(course, tuple(map(stamp, files)))


def stamp(path: Path) -> Stamp:
    """Size and time of change of a file: what is remembered of it holds as long as these do.

    Raises:
        InputError: It is not there.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from None
    return status.st_size, status.st_mtime_ns


_inputs: dict[Path, tuple[Course, tuple[Stamp, ...], Inputs]] = {}


def _inputs_of(course: Course, stamps: tuple[Stamp, ...]) -> Inputs:
    known = _inputs.get(course.folder)
    if known is None or known[:2] != (course, stamps):  # a setting of the course changed, or a file
        known = _inputs[course.folder] = course, stamps, courses.inputs(course)
    return known[2]


def _course_request(with_: Inputs) -> Callable[[tuple[Row, ...]], Request]:
    """As `grading run` judges answers."""
    return lambda rows: replace(
        asking.of_predictions(with_, replace(with_.test, rows=rows, labelled=False)), workers=0
    )


def _request(asked: Request, of: Table, rows: tuple[Row, ...]) -> Request:
    """The answers under the user's guide, engine, selection and reference texts; no language model is asked."""
    return Request(
        table=replace(of, rows=rows, labelled=False),
        guide=asked.guide,
        against=asked.against,
        codes=asked.codes,
        engine=asked.engine,
        engine_url=asked.engine_url,
        workers=asked.workers,
        cache=asked.cache,
    )


def _base(path: Path | None, predictions: Path, columns: Columns, tuned: Table) -> Table | None:
    """The base's answers: of the file that the user named, else of the column beside the predictions."""
    if path is not None:
        return _answers(path, columns, (written.BASE, written.PREDICTION))
    if written.BASE not in tuned.columns:
        return None
    return _answers(predictions, columns, (written.BASE,))


def _answers(path: Path, columns: Columns, names: tuple[str, ...]) -> Table:
    """The file with one of those columns as its outputs, else with the user's own column of outputs.

    A file without instructions is read too: the test file has them.

    Raises:
        InputError: It cannot be read, or has no such column.
    """
    tries = [
        replace(one, output=name)
        for name in (*names, columns.output or "output")
        for one in (STANDARD, columns)
    ]
    first: InputError | None = None
    for one in dict.fromkeys(tries):
        for way in (one, replace(one, instruction=one.output or "")):
            try:
                return _parsed(path, stamp(path), way)
            except InputError as error:
                first = first or error
    assert first is not None  # there was a try
    raise first


@lru_cache(maxsize=16)
def _parsed(path: Path, _stamp: Stamp, columns: Columns) -> Table:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from None
    return table.parse(content, path, columns, labels_required=False)


def _asked(tuned: Table) -> tuple[Row, ...]:
    """The prompts as the predictions have them, each id once."""
    once: dict[str, Row] = {}
    for row in tuned.rows:
        once.setdefault(row.id, row)
    if not _without_prompts(tuned):
        return tuple(once.values())
    return tuple(replace(row, instruction="") for row in once.values())


def _without_prompts(of: Table) -> bool:
    return of.names.get("instruction") == of.names.get("output")


def _by_id(of: Table) -> dict[str, str]:
    """Id → answer; of several rows with one id the first counts."""
    found: dict[str, str] = {}
    for row in of.rows:
        found.setdefault(row.id, row.output)
    return found


def _notes(tuned: Table, asked: tuple[Row, ...]) -> Iterator[str]:
    ids = [row.id for row in tuned.rows]
    known = {row.id for row in asked}
    strange = list(dict.fromkeys(one for one in ids if one not in known))
    if strange:
        yield (
            f"{count(len(strange), 'answer')} to no prompt of the test file left out: "
            f"{listed(map(shown_id, strange), 5)}"
        )
    doubled = len(ids) - len(set(ids))
    if doubled:
        yield f"{count(doubled, 'row')} with the id of an earlier one left out"
    if _without_prompts(tuned) and not any(row.instruction for row in asked):
        yield "the predictions have no prompts, so none is shown or judged by; name the test file with --test"
