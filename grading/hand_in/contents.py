"""The files of one hand-in → its rows, its notebook, its lineage and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grading.course.inputs import Inputs
from grading.course.model import Course
from grading.hand_in import data_file, notebook, predictions_file, tables
from grading.hand_in.lineage import Chain, Lineage, chain
from grading.hand_in.notebook import Notebook
from grading.model import Level, Role, Trouble
from quality.guide import StyleGuide
from quality.lineage import Link
from quality.table import Table


@dataclass(frozen=True, slots=True)
class Against:
    """What a hand-in is held against; None leaves what needs it unchecked."""

    course: Course
    guide: StyleGuide
    sheet: Table | None = None
    test: Table | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """What one hand-in holds.

    Attributes:
        data: The group's rows, which know their originals; None where there are none or they cannot be read.
        predictions: The model's answers as outputs; None in the same cases.
        notebook: None where there is none.
        lineage: What the links come to; "not given" where no record speaks.
    """

    data: Table | None = None
    predictions: Table | None = None
    notebook: Notebook | None = None
    links: tuple[Link, ...] = ()
    lineage: Lineage = "not given"
    troubles: tuple[Trouble, ...] = ()


def examine(files: Mapping[Role, Path], inputs: Inputs) -> Examined:
    """What those files hold, against the course's sheet, test file and guide. Nothing beside them is looked at.

    A file that is missing is no trouble here; whoever sorted the hand-in has said so.
    """
    return examine_against(files, Against(inputs.course, inputs.guide, inputs.sheet, inputs.test))


def examine_against(files: Mapping[Role, Path], against: Against) -> Examined:
    """The same where sheet or test file may not be at hand."""
    course, troubles = against.course, list[Trouble]()
    data = predictions = None
    if Role.DATA in files:
        data, found = data_file.examine(files[Role.DATA], course, against.guide, against.sheet)
        troubles += found
    if Role.PREDICTIONS in files:
        predictions, found = predictions_file.examine(files[Role.PREDICTIONS], course, against.test)
        troubles += found
    if data is None and predictions is None and _are_swapped(files, course):
        troubles = [_swapped(role.value, files[role]) for role in (Role.DATA, Role.PREDICTIONS)]
    seen = _notebook(files[Role.NOTEBOOK]) if Role.NOTEBOOK in files else None
    links = Chain()
    if seen is not None:
        troubles += seen.troubles
    if seen is not None and seen.code_cells:
        links = chain(files[Role.NOTEBOOK], data, against.test, predictions)
        troubles += links.troubles
    return Examined(data, predictions, seen, links.links, links.state, tuple(troubles))


def _are_swapped(files: Mapping[Role, Path], course: Course) -> bool:
    """Whether each of the two tables reads as the other."""
    if not {Role.DATA, Role.PREDICTIONS} <= files.keys():
        return False
    answers = predictions_file.rows(files[Role.DATA], course)
    rows = tables.read(files[Role.PREDICTIONS], course.data_columns, data_file.KIND)
    return isinstance(answers, Table) and isinstance(rows, Table)


def _swapped(kind: str, path: Path) -> Trouble:
    what = "looks swapped with the other table: each has the other's columns"
    return Trouble(f"{kind}.swapped", Level.ERROR, what, path.name, "give each the other's place")


def _notebook(path: Path) -> Notebook:
    """What the notebook shows."""
    try:
        content = path.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        return Notebook(troubles=(Trouble("notebook.unreadable", Level.ERROR, what, path.name),))
    return notebook.look(content, path.name)
