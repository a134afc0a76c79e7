"""`finetune notebook`: what its options say reaches the notebook, or is refused by name."""

import json

import pytest

from tests.command import finetune


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--budget-min", "inf", "out of range"),
        ("--budget-min", "-1", "out of range"),
        ("--predictions", "x.txt", "no CSV file"),
        ("--train-options", '"--epochs', "close the quotes"),
    ],
)
def test_what_cannot_be_is_refused_with_its_option(tmp_path, option, value, said):
    done = finetune("notebook", "-o", tmp_path / "x.ipynb", option, value)
    assert done.returncode == 2
    assert f"{option}: " in done.stderr
    assert said in done.stderr
    assert not (tmp_path / "x.ipynb").exists()


def test_options_arrive(tmp_path):
    words = ("--budget-min", "0", "--base", "some/base", "--train-options", "--epochs 2")
    done = finetune("notebook", "-o", tmp_path / "x.ipynb", *words)
    assert done.returncode == 0, done.stderr
    cells = json.loads((tmp_path / "x.ipynb").read_bytes())["cells"]
    (settings,) = ["".join(cell["source"]) for cell in cells if cell["id"] == "settings"]
    assert "some/base" in settings
    assert "BUDGET_MIN = None" in settings
    assert "--epochs" in settings
