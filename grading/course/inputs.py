"""What hand-ins are held against: sheet, test file, guide, pinned labels and base answers, each read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from grading.course.model import Course
from quality import guide, table
from quality.dismissals import Decisions
from quality.dismissals import file as decisions_file
from quality.errors import ConfigError, GuideError, InputError
from quality.guide import StyleGuide
from quality.reports.escape import shown_id
from quality.table import Columns, Table, by_id
from quality.table.types import at
from quality.wording import count, listed

GOLD = Columns(instruction="label", output=None, settings="")
"""The teaching assistants' labels: `id,label`."""

SETTINGS = "course.toml (`grading init` takes one by --from)"
"""Where a course names its columns."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What every hand-in of a course is held against.

    Attributes:
        sheet: The rows before correction; ids are unique and none is empty.
        test: The prompts to be answered, as `output`-less rows; ids are unique and none is empty.
        gold: Id → label of the teaching assistants; empty where the course has none.
        base: Id → the base model's answer; None where the course has none.
        decisions: What the staff dismissed; None where the course names no file of it.
    """

    course: Course
    sheet: Table
    test: Table
    guide: StyleGuide
    gold: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(dict[str, str]()))
    base: Mapping[str, str] | None = None
    decisions: Decisions | None = None


def inputs(course: Course) -> Inputs:
    """The course's files as read.

    Raises:
        ConfigError: The guide is not the pinned one, or a label or an answer is for no row of the course.
        ProofgateError: A file cannot be read.
    """
    sheet, test = read_sheet(course.sheet, course), read_test(course.test, course)
    style = pinned_guide(course)
    decisions = decisions_file.read(course.decisions) if course.decisions else None
    return Inputs(course, sheet, test, style, _gold(course, sheet, style), _base(course, test), decisions)


def pinned_guide(course: Course) -> StyleGuide:
    """The course's style guide.

    Raises:
        ConfigError: There is none, or it is another than course.toml pins.
    """
    where = str(course.folder / "course.toml")
    try:
        style = guide.load(course.guide)
    except GuideError as error:
        raise ConfigError(f"`guide.name`: {error.what}", where=where, remedy=error.remedy) from None
    if course.guide_sha256 and style.sha256 != course.guide_sha256:
        raise ConfigError(
            f"the style guide is not the one that is pinned: its SHA-256 is {style.sha256}",
            where=where,
            remedy="put the old guide back, or, to grade everybody by this one, write that SHA-256 as "
            "`guide.sha256`",
        )
    return style


def read_sheet(path: Path, course: Course) -> Table:
    """The rows before correction.

    Raises:
        InputError: It cannot be read, holds no row, or an id is missing or doubled.
    """
    return _with_ids(_read(path, course.data_columns))


def read_test(path: Path, course: Course) -> Table:
    """The prompts to be answered; whatever else the file holds is not read.

    Raises:
        InputError: It cannot be read, holds no row, or an id is missing or doubled.
    """
    return _with_ids(_read(path, replace(course.data_columns, output=None)))


def _read(path: Path, columns: Columns) -> Table:
    return table.read(path, replace(columns, settings=SETTINGS), labels_required=False)


def _with_ids(read: Table) -> Table:
    if not read.rows:
        raise InputError("holds no row", where=str(read.path), remedy="it needs one for each id")
    nameless = [row for row in read.rows if not row.id.strip()]
    if nameless:
        raise InputError(
            f"{count(len(nameless), 'row')} without an id: row {listed(row.row for row in nameless)}",
            where=at(read.path, nameless[0].line),
            remedy="give each row an id of its own; the groups' rows are found by it",
        )
    by_id(read)
    return read


def _gold(course: Course, sheet: Table, style: StyleGuide) -> Mapping[str, str]:
    if course.gold is None:
        return MappingProxyType({})
    pinned = _with_ids(table.read(course.gold, GOLD, labels_required=False))
    _demand_known([row.id for row in pinned.rows], sheet, course.gold)
    for row in pinned.rows:
        if style.fail_mode(row.instruction) is None:
            near = style.nearest_fail_mode(row.instruction)
            raise ConfigError(
                f"the guide has no fail mode `{shown_id(row.instruction)}`",
                where=at(course.gold, row.line),
                remedy=f"did you mean `{near}`?" if near else "`quality guide` shows the labels",
            )
    return MappingProxyType({row.id: row.instruction for row in pinned.rows})


def _base(course: Course, test: Table) -> Mapping[str, str] | None:
    if course.base_predictions is None:
        return None
    columns = replace(course.data_columns, output=course.prediction_column)
    answers = _with_ids(_read(course.base_predictions, columns))
    _demand_known([row.id for row in answers.rows], test, course.base_predictions)
    return MappingProxyType({row.id: row.output for row in answers.rows})


def _demand_known(ids: list[str], of: Table, path: Path) -> None:
    known = {row.id for row in of.rows}
    strange = [one for one in ids if one not in known]
    if strange:
        raise ConfigError(
            f"{of.path.name} lacks {count(len(strange), 'id')} of it: {listed(map(shown_id, strange), 5)}",
            where=str(path),
            remedy="take those rows out, or name the file that belongs to this course",
        )
