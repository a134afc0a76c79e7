"""The notebook as a student runs it: generated, executed by a real kernel, handed in, verified.

It trains for real on the tiny base, in 4 bit on the CPU.
"""

import csv
import json
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from quality import lineage
from tests import passing_data
from tests.command import finetune

CANARY = "hf_canaryCanaryCanary"
DATA, TEST, PREDICTIONS = "data.csv", "test.csv", "predictions.csv"
NOTEBOOK = "hw.ipynb"
TEMPLATE = "{instruction} {output}\n"
ASKED = {"t1": "The cat sings.", "t2": "A quick dog runs.", "t3": "The bird likes water and bread."}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, a token that nobody may see, and a kernel of this very interpreter."""
    here = tmp_path / "homework"
    here.mkdir()
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(
        json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"})
    )
    monkeypatch.setenv("JUPYTER_PATH", str(spec.parents[1]))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    monkeypatch.setenv("HF_TOKEN", CANARY)
    monkeypatch.chdir(here)
    return here


def _generate(folder, base):
    """Writes the notebook as the command does, with a template that spares the training most of its tokens."""
    (folder / "short.txt").write_text(TEMPLATE)
    named = ("--data", DATA, "--test", TEST, "--predictions", PREDICTIONS, "--template", "short.txt")
    made = finetune("notebook", "-o", folder / NOTEBOOK, "--base", base, "--budget-min", "0", *named)
    assert made.returncode == 0, made.stderr
    with (folder / TEST).open("w", newline="") as stream:
        csv.writer(stream).writerows([("id", "instruction"), *ASKED.items()])


def _execute(folder):
    """Runs all cells, with one setting changed by hand, and saves the outputs whether they end well or not."""
    notebook = nbformat.read(folder / NOTEBOOK, as_version=4)
    settings = next(cell for cell in notebook.cells if cell.id == "settings")
    settings.source = settings.source.replace("TRAIN_OPTIONS = []", 'TRAIN_OPTIONS = ["--epochs", 1]')
    client = NotebookClient(
        notebook, timeout=300, coalesce_streams=True, resources={"metadata": {"path": str(folder)}}
    )
    try:
        client.execute()
    finally:
        nbformat.write(notebook, folder / NOTEBOOK)
    return {cell.id: cell.get("outputs", []) for cell in notebook.cells}


def _text(outputs):
    return "".join(output.get("text", "") for output in outputs)


def _assert_nothing_leaks(folder):
    written = (folder / NOTEBOOK).read_text()
    assert CANARY not in written
    assert sys.prefix not in written  # nor where this machine keeps its programs


@pytest.mark.slow
def test_from_the_sheet_to_a_hand_in_that_verifies(folder, tiny_base):
    passing_data.write(folder / DATA)
    _generate(folder, tiny_base)
    cells = _execute(folder)
    assert not [output for outputs in cells.values() for output in outputs if output.output_type == "error"]
    with (folder / PREDICTIONS).open(newline="") as stream:
        assert [row["id"] for row in csv.DictReader(stream)] == list(ASKED)
    assert "--epochs 1" in _text(cells["train"])
    assert "image/png" in cells["loss"][0].data
    for text in ("t1", *ASKED.values()):
        assert text in _text(cells["look"])
    assert f"{PREDICTIONS}: consistent\n" in _text(cells["lineage"])  # no link is left unchecked
    _assert_nothing_leaks(folder)

    side_file = lineage.side_file(folder / PREDICTIONS)
    embedded = lineage.bundle_in_notebook(folder / NOTEBOOK)
    assert embedded == lineage.read_bundle(side_file)
    assert embedded.gate and embedded.run and embedded.predictions
    side_file.unlink()  # a hand-in is the sheet, the predictions and the notebook
    verified = finetune("verify", PREDICTIONS, "--notebook", NOTEBOOK, "--data", DATA, "--test", TEST)
    assert verified.returncode == 0, verified.stdout
    assert verified.stdout.startswith(f"{PREDICTIONS}: consistent")
    (folder / PREDICTIONS).write_text((folder / PREDICTIONS).read_text().replace("t3,", "t4,"))
    edited = finetune("verify", PREDICTIONS, "--notebook", NOTEBOOK)
    assert edited.returncode == 1
    assert "broken: predictions ↔ prediction record" in edited.stdout


def test_a_gate_that_refuses_stops_the_notebook_with_its_reasons(folder, tiny_base):
    passing_data.write(folder / DATA, passing_data.rows()[:3])
    _generate(folder, tiny_base)
    with pytest.raises(CellExecutionError) as stopped:
        _execute(folder)
    said = str(stopped.value)
    assert "`quality gate` ended with exit code 1" in said
    assert "there are 3 rows, and the guide wants at least 20" in said
    assert "Traceback" not in said
    assert not (folder / "runs").exists()
    _assert_nothing_leaks(folder)
