import json

import pytest

from grading.hand_in import notebook_json
from grading.hand_in.notebook import Notebook, look
from grading.model import Level
from tests.unit.grading.packing.three_files import TOKEN, code, error, notebook

RICH = [
    {"output_type": "display_data", "data": {"text/html": "<script>alert(1)</script>", "text/plain": "x"}},
    {"output_type": "display_data", "data": {"application/javascript": "alert(1)"}},
    {"output_type": "display_data", "data": {"image/svg+xml": "<svg onload='x'/>"}},
]


def codes(found: Notebook):
    return {trouble.code: trouble.level for trouble in found.troubles}


def test_a_notebook_that_was_run_has_no_trouble():
    found = look(notebook(code("a = 1"), code("b = 2")))
    assert found.troubles == ()
    assert (found.code_cells, found.run_cells, found.cleared, found.errors, found.interrupted) == (
        2,
        2,
        False,
        (),
        False,
    )


def test_cleared_outputs_are_a_warning_with_what_to_do():
    found = look(notebook(code(outputs=[], number=None), code(outputs=[], number=None)), "n.ipynb")
    assert found.cleared
    assert found.run_cells == 0
    (trouble,) = found.troubles
    assert (trouble.code, trouble.level, trouble.file) == ("notebook.cleared", Level.WARNING, "n.ipynb")
    assert "run it" in trouble.remedy


def test_run_cells_without_any_output_count_as_cleared():
    assert look(notebook(code(outputs=[], number=3))).cleared


def test_an_error_among_the_outputs_names_cell_and_kind():
    found = look(notebook(code(), code(outputs=[error()])))
    assert codes(found) == {"notebook.error": Level.WARNING}
    assert found.errors == ("cell 2: NameError: name 'x' is not defined",)


def test_a_cell_stopped_by_hand_is_a_note_and_no_error():
    found = look(notebook(code(outputs=[error("KeyboardInterrupt", "")]), code()))
    assert found.interrupted
    assert found.errors == ()
    assert codes(found) == {"notebook.interrupted": Level.NOTE}


def test_cells_that_were_not_run_are_a_note():
    assert codes(look(notebook(code(), code(outputs=[], number=None)))) == {"notebook.not-run": Level.NOTE}


def test_html_and_scripts_are_counted_and_none_of_their_text_is_kept():
    found = look(notebook(code(outputs=RICH)))
    assert codes(found) == {"notebook.active-content": Level.NOTE}
    assert "1 × text/html" in found.troubles[0].what
    assert "alert" not in repr(found)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "notebook.not-json"),
        (b"{", "notebook.not-json"),
        (b"\xff\xfe\x00", "notebook.not-json"),
        (b"[" * 100_000 + b"]" * 100_000, "notebook.not-json"),
        (b'{"cells": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", "notebook.not-json"),
        (b'{"cells": [], "cells": []}', "notebook.not-json"),
        (b'{"cells": ' + b"9" * 10_000 + b"}", "notebook.not-json"),
        (b"[]", "notebook.not-a-notebook"),
        (b'"text"', "notebook.not-a-notebook"),
        (b'{"worksheets": []}', "notebook.not-a-notebook"),
        (b'{"cells": {}}', "notebook.not-a-notebook"),
        (b'{"cells": []}', "notebook.no-code"),
        (notebook({"cell_type": "markdown", "source": "words"}), "notebook.no-code"),
        (notebook(code("  \n")), "notebook.no-code"),
        (b'{"cells": [' + b"[]," * 500_001 + b"[]]}", "notebook.too-large"),
        (b'{"cells": [' + b"0," * 10_001 + b"0]}", "notebook.too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[:24].decode("latin-1"),
)
def test_what_is_no_notebook_is_an_error(content, expected):
    found = look(content, "n.ipynb")
    assert codes(found) == {expected: Level.ERROR}
    assert (found.code_cells, found.code_sha256, found.cleared) == (0, "", False)


def test_a_notebook_above_the_cap_is_not_parsed(monkeypatch):
    monkeypatch.setattr(notebook_json, "MAX_BYTES", 1_000)
    assert codes(look(notebook(code("x" * 2_000)))) == {"notebook.too-large": Level.ERROR}


def test_large_outputs_are_a_note():
    shown = [{"output_type": "stream", "name": "stdout", "text": "y" * 21_000_000}]
    assert codes(look(notebook(code(outputs=shown)))) == {"notebook.large": Level.NOTE}


@pytest.mark.parametrize(
    "cell",
    [
        None,
        7,
        {"cell_type": "code", "source": 7},
        {"cell_type": "code", "source": ["x", 7, None], "outputs": {"a": 1}},
        {"cell_type": "code", "source": "x", "outputs": [None, [], {"output_type": "error"}, {"data": []}]},
        {"cell_type": [], "source": "x"},
        {"cell_type": "code", "source": "\ud800", "execution_count": True},
    ],
    ids=repr,
)
def test_cells_of_any_shape_raise_nothing(cell):
    assert look(json.dumps({"cells": [cell, code()]}).encode()).code_cells >= 1


def test_the_codes_hash_ignores_outer_space_and_line_ends_and_nothing_else():
    first = look(notebook(code("a = 1\nb = 2"), code("c")))
    same = look(notebook(code(["a = 1\r\n", "b = 2\n", "\n"], outputs=[]), code(" \n"), code("c")))
    other = look(notebook(code("a = 1\nb = 3"), code("c")))
    assert first.code_sha256 == same.code_sha256 != other.code_sha256
    assert first.outputs_sha256 != same.outputs_sha256


def test_a_token_in_code_or_output_is_found_and_not_shown():
    said = [{"output_type": "stream", "name": "stdout", "text": ["login ", TOKEN, "\n"]}]
    for made in (notebook(code(f"login('{TOKEN}')")), notebook(code(outputs=said))):
        (trouble,) = look(made).troubles
        assert (trouble.code, trouble.level) == ("secret.found", Level.WARNING)
        assert "Hugging Face token (hf_…) in cell 1" in trouble.what
        assert TOKEN[:8] not in repr(trouble)


def test_a_token_behind_a_name_is_named_once_by_its_issuer():
    (trouble,) = look(notebook(code(f"token = '{TOKEN}'"))).troubles
    assert trouble.what == "holds Hugging Face token (hf_…) in cell 1"


def test_the_example_of_a_handbook_is_no_token():
    assert look(notebook(code("login('hf_your_token_here')"))).troubles == ()
