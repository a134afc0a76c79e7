"""kill -9 at any moment, then the same command: the adapter is bit for bit that of a run that nobody disturbed.

Every run is a process of its own, killed by the system's own signal. They are forked from one process that has
imported the libraries and computed nothing yet: the imports are most of a small run's time.
"""

import json
import random
import signal
import subprocess
import sys

import pytest

from finetune import checkpoint
from quality import lineage
from tests import passing_data
from tests.patience import at_last

FORKING = """
import importlib, json, os, signal, sys

from finetune.model import libraries

libraries.transformers().Trainer, libraries.transformers().AutoModelForCausalLM, libraries.peft()
for name in ("finetune.cli", "finetune.training.run", "finetune.training.callbacks", "matplotlib.figure"):
    importlib.import_module(name)


def interrupted(how, moment, module, name, time):
    "Sends itself the signal right before or after that call of a function."
    owner = importlib.import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    real, calls = getattr(owner, last), []

    def counted(*given, **named):
        calls.append(1)
        if len(calls) == time and moment == "before":
            os.kill(os.getpid(), how)
        result = real(*given, **named)
        if len(calls) == time and moment == "after":
            os.kill(os.getpid(), how)
        return result

    setattr(owner, last, counted)


print("ready", flush=True)
for line in sys.stdin:
    job = json.loads(line)
    child = os.fork()
    if child == 0:
        said = os.open(job["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        if job["interrupted"]:
            interrupted(*job["interrupted"])
        sys.argv = ["finetune", *job["arguments"]]
        from finetune.cli import main
        main()
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
STEPS = 6
DRAW = random.Random(412)


def on_step(step):
    """Right after a step is taken and logged, before its checkpoint is written."""
    return ("after", "finetune.training.loss_log", "append", step)


def in_the_trainers_writing(time):
    """The trainer has written the adapter of its checkpoint and not yet the optimizer."""
    return ("before", "transformers", "Trainer._save_optimizer_and_scheduler", time)


def half_sealed(time):
    """The manifest is written, the folder not yet in its place."""
    return ("before", "pathlib", "Path.rename", time)


def after_the_seal(time):
    """The new checkpoint is in its place, the old ones not yet deleted."""
    return ("after", "finetune.checkpoint", "seal", time)


CHAINS = {
    "between steps": [on_step(DRAW.randint(1, 2)) for _ in range(3)],
    "at a checkpoint": [
        in_the_trainers_writing(DRAW.randint(1, 2)),
        half_sealed(DRAW.randint(1, 2)),
        after_the_seal(DRAW.randint(1, 2)),
        ("before", "quality.lineage", "write_run_record", 1),
    ],
}
"""The moments at which one run is killed, one after the other; what is drawn is drawn from a seed."""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = passing_data.write(tmp_path_factory.mktemp("data") / "data.csv")
    passing_data.gate(path)
    passing_data.template(path)
    return path


@pytest.fixture(scope="module")
def forking():
    process = subprocess.Popen(
        [sys.executable, "-c", FORKING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with at_last(process.kill):
        assert process.stdout.readline() == "ready\n"
    yield process
    process.stdin.close()
    process.wait()
    process.stdout.close()


@pytest.fixture(scope="module")
def started(forking, data, tiny_base):
    """Runs `finetune run` in a process of its own → its exit code, minus the signal's number; and what it said."""

    def start(out, moment=None, how=signal.SIGKILL):
        words = ["--base", tiny_base, "--gate-record", f"{data}.gate.json", "--out", out, "--save-every-s", 0]
        words += ["--rows-per-step", 8, "--micro-batch-tokens", 256, "--epochs", 2]
        words += ["--template", data.with_name("template.txt")]
        job = {
            "arguments": ["run", str(data), *map(str, words)],
            "said": f"{out}.txt",
            "interrupted": moment and [how, *moment],
        }
        with at_last(forking.kill):
            forking.stdin.write(json.dumps(job) + "\n")
            forking.stdin.flush()
            code = int(forking.stdout.readline())
        with open(f"{out}.txt", encoding="utf-8") as said:
            text = said.read()
        assert "Traceback" not in text, text
        return code, text

    return start


@pytest.fixture(scope="module")
def undisturbed(started, tmp_path_factory):
    out = tmp_path_factory.mktemp("runs") / "undisturbed"
    code, said = started(out)
    assert code == 0, said
    assert lineage.read_run_record(out / "run.json").schedule["steps"] == STEPS
    return out


def adapter(out):
    return (out / "adapter/adapter_model.safetensors").read_bytes()


@pytest.mark.parametrize("chain", CHAINS)
def test_a_run_killed_again_and_again_ends_with_the_same_adapter(chain, started, undisturbed, tmp_path):
    out = tmp_path / "killed"
    for moment in CHAINS[chain]:
        code, said = started(out, moment)
        assert code == -signal.SIGKILL, said
        assert not (out / "run.json").exists()
    code, said = started(out)
    assert code == 0, said
    assert "going on from step" in said
    assert adapter(out) == adapter(undisturbed)
    assert checkpoint.digest(out / "adapter") == checkpoint.digest(undisturbed / "adapter")
    ends, whole = (lineage.read_run_record(folder / "run.json") for folder in (out, undisturbed))
    assert ends.losses == whole.losses
    assert ends.notes == ()
    assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in undisturbed.iterdir())
