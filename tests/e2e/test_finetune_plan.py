"""`finetune plan` as a user types it: gate, rows, memory and verdict, in a process that never loads torch."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import nvidia_smi
from tests.command import finetune

CHECK = """
import sys
from finetune.cli import main
try:
    main()
finally:
    heavy = {"torch", "transformers", "peft", "bitsandbytes", "accelerate"} & set(sys.modules)
    print("loaded:", *sorted(heavy), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = tmp_path_factory.mktemp("plan") / "data.csv"
    with Path("examples/homework/fixed.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["id"] not in {"r0012", "r0046"}][:22]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_plan_needs_no_torch(data, tiny_base):
    done = subprocess.run(
        [sys.executable, "-c", CHECK, "plan", data, "--base", tiny_base],
        env={**os.environ, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.rstrip().endswith("loaded:")
    assert "Traceback" not in done.stderr
    assert "Gate       open" in done.stdout
    assert "Verdict    yes: 22 rows would train on this CPU" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_plan_needs_none_of_the_extra(data):
    missing = "import sys\nfor name in ('torch', 'transformers', 'tokenizers', 'huggingface_hub'):\n"
    missing += "    sys.modules[name] = None\nfrom finetune.cli import main\nmain()"
    base = "meta-llama/Llama-2-7b-hf"
    done = subprocess.run(
        [sys.executable, "-c", missing, "plan", data, "--base", base, "--card", "t4"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "estimated, 3.7 characters a token: the base's tokenizer is not here" in said
    assert "Verdict yes: 22 rows would train on Tesla T4; first, the base has to be had" in said


def test_json_goes_to_stdout_alone(data, tiny_base):
    done = finetune("plan", data, "--base", tiny_base, "--card", "t4", "--output-format", "json")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told["gate"]["open"] is True
    assert told["card"]["name"] == "Tesla T4"
    assert told["tokens"]["estimated"] is False


def test_data_that_does_not_pass_is_planned_all_the_same(data, tiny_base, tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text(data.read_text(encoding="utf-8").replace("r0002,", "r0001,"), encoding="utf-8")
    done = finetune("plan", broken, "--base", tiny_base)
    assert done.returncode == 1
    assert "Gate       shut" in done.stdout
    assert "Batches" in done.stdout
    assert "Verdict    no: the gate is shut" in done.stdout


def test_what_does_not_fit_ends_with_2(data, tiny_base, tmp_path, monkeypatch):
    held = nvidia_smi.HELD.replace("2210", "210")
    nvidia_smi.put(tmp_path, monkeypatch, held, processes=nvidia_smi.HOLDER)
    done = finetune("plan", data, "--base", tiny_base)
    assert done.returncode == 2
    assert "Problem    other processes hold 14.8 GiB of the 15.0 GiB of Tesla T4" in done.stdout
    assert "PID 4242" in done.stdout
    assert "Verdict    no: it would not run on Tesla T4" in done.stdout


def test_a_base_that_is_none_ends_with_a_sentence(data, tmp_path):
    done = finetune("plan", data, "--base", tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "config.json: is not there" in done.stderr
