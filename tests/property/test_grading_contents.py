"""Whatever a group hands in, examining it ends in troubles, never in an error of ours."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grading.course.inputs import inputs
from grading.hand_in.contents import examine
from grading.hand_in.notebook import look
from grading.model import Level, Role
from tests.unit.grading.packing import three_files
from tests.unit.grading.packing.three_files import answers, code, data, notebook, records

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
KEYS = st.sampled_from(
    [
        "cells",
        "cell_type",
        "source",
        "outputs",
        "output_type",
        "data",
        "ename",
        "evalue",
        "application/json",
        "gate",
    ]
)
WORDS = st.sampled_from(["code", "error", "KeyboardInterrupt", "lineage", "text/html", "x"])
VALUES = st.recursive(
    LEAVES | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)
CELLS = st.text(alphabet=st.sampled_from('a0,;"\n\r\t=\u200b\ufeff\u202e\x00é'), max_size=12)


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """The small course, and a folder for hand-ins."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "h").mkdir()
    return inputs(three_files.course(folder / "c")), folder / "h"


def examined(held, **contents):
    against, folder = held
    given_files = {**three_files.good(), **{Role(role): content for role, content in contents.items()}}
    found = examine(three_files.written(folder, given_files, against.course), against)
    errors = {one.file for one in found.troubles if one.level is Level.ERROR}
    assert found.data is not None or against.course.files.data in errors
    assert found.predictions is not None or against.course.files.predictions in errors
    assert all(one.what and one.code for one in found.troubles)
    return found


def spoiled(content):
    """The content with some bytes replaced, left out or added anywhere."""
    place = st.integers(0, len(content))
    return st.builds(
        lambda start, length, new: content[:start] + new + content[start + length :],
        place,
        st.integers(0, 12),
        st.binary(max_size=6),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_files_with_damaged_bytes(held, draw):
    made = {
        "data": draw.draw(spoiled(data())),
        "predictions": draw.draw(spoiled(answers())),
        "notebook": draw.draw(spoiled(notebook(code(), bundle=records(data(), answers())))),
    }
    examined(held, **made)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=6))
def test_tables_of_any_text(held, rows):
    found = examined(held, data=data(rows), predictions=answers([row[:3] for row in rows]))
    again = examined(held, data=data(rows), predictions=answers([row[:3] for row in rows]))
    assert found.troubles == again.troubles


@settings(max_examples=100, deadline=None)
@given(VALUES, st.lists(VALUES, max_size=3))
def test_notebooks_of_any_json(held, outputs, cells):
    body = {"cells": [*cells, {"cell_type": "code", "source": "x", "outputs": outputs}]}
    content = json.dumps(body).encode()
    seen = look(content)
    assert seen.code_cells >= 1
    assert seen.run_cells <= seen.code_cells
    assert examined(held, notebook=content).notebook == look(content, "CS412_HW4_Finetuning.ipynb")
