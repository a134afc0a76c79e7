"""A group's table → the request by which it is graded: what the course leaves out is no part of the guide at all.

A rule that a user ignores is missing from a report, and its criterion then earns nothing, so that no selection can
raise a score. A rule that the course does not grade is another thing: nobody can lose or miss its points.
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


def of_data(inputs: Inputs, data: Table, *, labelled: bool = True) -> Request:
    """The rows that a group corrected, under the course's guide and sheet.

    Raises:
        ConfigError: The course ignores a code that no rule has.
    """
    return _graded(request(inputs, data, labelled=labelled))


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


def _without(guide: StyleGuide, codes: frozenset[str]) -> StyleGuide:
    """The guide with these rules turned off."""
    if not codes:
        return guide
    rules = {code: OFF if code in codes else severity for code, severity in guide.rules.items()}
    sha256 = hashlib.sha256(f"{guide.sha256} without {' '.join(sorted(codes))}".encode()).hexdigest()
    return replace(guide, rules=MappingProxyType(rules), sha256=sha256)
