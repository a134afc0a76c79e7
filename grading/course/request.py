"""A group's table → what the quality rules are asked of it. All of it is the course's word, nothing the hand-in's."""

from __future__ import annotations

from dataclasses import replace

from grading.course.inputs import Inputs
from quality import selection
from quality.plan import Request, rules
from quality.table import Table, with_originals

OF_LABELS = "LBL"
OF_PROMPTS = "PRM"


def request(inputs: Inputs, table: Table, *, labelled: bool = True, predictions: bool = False) -> Request:
    """The request for that table, under the course's guide, engine, ignored codes and sheet.

    Where course.toml or the command names a file of decisions, they hold for the groups' data and for the sheet itself;
    the answers of a group's model are judged without. It has no baseline, no judge, no reference texts and no settings
    of anybody's: what lies beside a hand-in or above the working directory has no say in a grade.

    Args:
        labelled: Whether the labels are judged.
        predictions: The table holds answers to the test file: there is no sheet, no label, and the prompts are not
            the group's.

    Raises:
        ConfigError: The course ignores a code that no rule has.
    """
    course = inputs.course
    judged = labelled and not predictions
    left_out = (*(() if judged else (OF_LABELS,)), *((OF_PROMPTS,) if predictions else ()))
    return Request(
        table=replace(
            table if predictions else with_originals(table, inputs.sheet),
            labelled=judged and table.labelled,
        ),
        guide=inputs.guide,
        sheet=None if predictions else inputs.sheet,
        decisions=None if predictions else inputs.decisions,
        codes=selection.codes(
            sorted(rules()),
            (),
            (*course.ignore, *left_out),
            where=f"`guide.ignore` in {course.folder / 'course.toml'}",
        ),
        engine=course.engine,
    )
