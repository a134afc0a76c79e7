import ast
import itertools
import json
import subprocess
import sysconfig
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finetune.notebook.notebook import Choices, demand_no_outputs, notebook
from quality.errors import ConfigError, InputError

RUFF = Path(sysconfig.get_path("scripts")) / "ruff"
NAMES = ("base", "data", "test", "predictions", "out", "template")


def _code(choices=None):
    """Cell id → its code."""
    body = json.loads(notebook(choices or Choices()))
    return {cell["id"]: "".join(cell["source"]) for cell in body["cells"] if cell["cell_type"] == "code"}


def _settings(choices):
    """The settings as Python reads them."""
    return {
        line.targets[0].id: ast.literal_eval(line.value)
        for line in ast.parse(_code(choices)["settings"]).body
    }


def test_it_is_a_valid_notebook_without_outputs():
    read = nbformat.reads(notebook(Choices()), as_version=nbformat.NO_CONVERT)
    nbformat.validate(read)
    assert (read.nbformat, read.nbformat_minor) == (4, 5)
    assert not any(cell.get("outputs") for cell in read.cells)


def test_it_is_the_same_for_the_same_choices():
    assert notebook(Choices()) == notebook(Choices())


def test_every_code_cell_has_a_heading_before_it():
    cells = json.loads(notebook(Choices()))["cells"]
    for before, cell in itertools.pairwise(cells):
        if cell["cell_type"] == "code":
            assert "".join(before["source"]).startswith("## ")


def test_the_files_are_those_of_the_course():
    settings = _settings(Choices())
    assert settings["DATA"] == "CS412_HW4_Step1_Data.csv"
    assert settings["TEST"] == "CS412_HW4_Test_Data.csv"
    assert settings["PREDICTIONS"] == "CS412_HW4_Step2_Predictions.csv"


def test_the_code_is_sound_python(tmp_path):
    """All cells in one file: nothing is used that no cell before has made."""
    path = tmp_path / "cells.py"
    path.write_text("\n\n".join(_code().values()) + "\n")
    rules = "E9,F,B,S602,S604,S605"  # the last three: no shell
    done = subprocess.run(
        [RUFF, "check", "--isolated", "--select", rules, path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


names = st.text(min_size=1).filter(str.strip)


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, names)), st.lists(st.text(), max_size=3))
def test_whatever_is_named_arrives_as_a_literal(named, gate):
    # three names, whatever they are
    named = {key: f"{text}{key}" for key, text in named.items()}
    settings = _settings(Choices(**named, gate=tuple(gate), training=tuple(gate)))
    for name in NAMES:
        assert settings[name.upper()] == named[name]
    assert settings["GATE_OPTIONS"] == settings["TRAIN_OPTIONS"] == gate


def test_switches_and_budget_arrive():
    settings = _settings(Choices(budget_min=None, drop_failing=True, compare_base=True, drive=True))
    assert settings["BUDGET_MIN"] is None
    assert settings["DROP_FAILING"] is settings["COMPARE_BASE"] is settings["DRIVE"] is True


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("proofgate", "proofgate[finetune]"),
        ("proofgate>=0.2", "proofgate[finetune]>=0.2"),
        ("proofgate[finetune,embedding]==1.0", "proofgate[finetune,embedding]==1.0"),
        ("git+https://example.org/p.git@v1", "proofgate[finetune] @ git+https://example.org/p.git@v1"),
        (
            "/content/drive/MyDrive/proofgate-1.0-py3-none-any.whl",
            "/content/drive/MyDrive/proofgate-1.0-py3-none-any.whl[finetune]",
        ),
    ],
)
def test_the_source_is_asked_for_with_its_extra(source, wanted):
    assert _settings(Choices(source=source))["SOURCE"] == wanted


@pytest.mark.parametrize("option", ["base", "data", "test", "predictions", "out", "template", "source"])
def test_an_empty_name_is_refused(option):
    with pytest.raises(ConfigError, match="is empty"):
        notebook(Choices(**{option: " "}))


@pytest.mark.parametrize("named", [{"test": "./data.csv"}, {"predictions": "DATA.CSV"}])
def test_predictions_never_go_over_what_they_are_made_from(named):
    with pytest.raises(ConfigError, match="three names"):
        notebook(Choices(**{"data": "data.csv", **named}))


def test_a_notebook_with_outputs_is_not_written_over(tmp_path):
    path = tmp_path / "hw.ipynb"
    demand_no_outputs(path)
    path.write_text(notebook(Choices()))
    demand_no_outputs(path)
    body = json.loads(path.read_text())
    body["cells"][-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "done"}]
    path.write_text(json.dumps(body))
    with pytest.raises(InputError, match="would be lost"):
        demand_no_outputs(path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"cells": 3}', '{"cells": [3]}'])
def test_what_is_no_notebook_may_be_written_over(tmp_path, content):
    path = tmp_path / "hw.ipynb"
    path.write_text(content)
    demand_no_outputs(path)
