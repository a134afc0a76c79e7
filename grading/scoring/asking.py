"""A group's table → the request by which it is graded: what the course leaves out is no part of the guide at all.

A rule that a user ignores is missing from a report, and its criterion then earns nothing, so that no selection can
raise a score. A rule that the course does not grade is another thing: nobody can lose or miss its points. The labels'
rules run, and weigh nothing in a row's score: they have a line of the rubric, and a fault is to cost once.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from types import MappingProxyType

from grading.course.inputs import Inputs
from grading.course.request import request
from quality.guide import StyleGuide
from quality.plan import Request
from quality.table import Table

OFF = "off"
LABELS = "fail_mode"
"""The guide's criterion that has a line of its own."""


def of_data(inputs: Inputs, data: Table, *, labelled: bool = True) -> Request:
    """The rows that a group corrected, under the course's guide and sheet.

    Raises:
        ConfigError: The course ignores a code that no rule has.
    """
    asked = _graded(request(inputs, data, labelled=labelled))
    return replace(asked, guide=_labels_aside(asked.guide))


def of_predictions(inputs: Inputs, answers: Table) -> Request:
    """The answers of a group's model: neither labels nor a sheet of originals, and prompts that are not the group's.

    Raises:
        ConfigError: The course ignores a code that no rule has.
    """
    return _graded(request(inputs, answers, predictions=True))


def _graded(asked: Request) -> Request:
    if asked.codes is None:
        return asked
    return replace(asked, guide=_without(asked.guide, frozenset(asked.guide.rules) - asked.codes))


def _labels_aside(guide: StyleGuide) -> StyleGuide:
    """The guide with a score that labels have no part in."""
    if LABELS not in guide.criteria:
        return guide
    aside = {**guide.criteria, LABELS: replace(guide.criteria[LABELS], weight=0.0)}
    return _changed(replace(guide, criteria=MappingProxyType(aside)), "labels aside")


def _without(guide: StyleGuide, codes: frozenset[str]) -> StyleGuide:
    """The guide with these rules turned off."""
    if not codes:
        return guide
    rules = {code: OFF if code in codes else severity for code, severity in guide.rules.items()}
    return _changed(replace(guide, rules=MappingProxyType(rules)), f"without {' '.join(sorted(codes))}")


def _changed(guide: StyleGuide, how: str) -> StyleGuide:
    """The guide under a hash of its own."""
    return replace(guide, sha256=hashlib.sha256(f"{guide.sha256} {how}".encode()).hexdigest())
