"""`finetune run` as a user meets it, on a CPU: the real 4-bit path with a tiny Llama."""

import json
import os
import resource
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from finetune import checkpoint, run_folder
from finetune.model import quantized
from finetune.run_folder import RunFolder
from finetune.training import finishing, loss_log, settled
from quality import lineage
from tests import passing_data
from tests.command import finetune

QUICK = ("--save-every-s", "0", "--rows-per-step", "8", "--micro-batch-tokens", "256", "--epochs", "2")
STEPS = 6
STOPPED = 4
"""The step at which Ctrl-C comes."""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = passing_data.write(tmp_path_factory.mktemp("data") / "data.csv")
    passing_data.gate(path)
    return path


@pytest.fixture(scope="module")
def words(data, tiny_base):
    """The words of a command that checks nothing again; `--out` is missing."""
    template = passing_data.template(data)
    return (
        "run",
        data,
        "--gate-record",
        f"{data}.gate.json",
        "--base",
        tiny_base,
        "--template",
        template,
        *QUICK,
    )


@pytest.fixture(scope="module")
def _finished(words, tmp_path_factory):
    out = tmp_path_factory.mktemp("runs") / "finished"
    return out, finetune(*words, "--out", out)


@pytest.fixture(scope="module")
def _stopped(words, tmp_path_factory):
    """A run that Ctrl-C ended at its fourth step."""
    real = loss_log.append

    def append(path, log):
        real(path, log)
        if log.step == STOPPED:
            os.kill(os.getpid(), signal.SIGINT)

    out = tmp_path_factory.mktemp("runs") / "stopped"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loss_log, "append", append)
        return out, finetune(*words, "--out", out)


@pytest.fixture
def complete(_finished, tmp_path):
    """A run that came to its end."""
    return RunFolder(shutil.copytree(_finished[0], tmp_path / "complete"))


@pytest.fixture
def halfway(_stopped, tmp_path):
    """A run with three of its steps done."""
    return RunFolder(shutil.copytree(_stopped[0], tmp_path / "halfway"))


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def weights(folder):
    return (folder / "adapter/adapter_model.safetensors").read_bytes()


def settle(folder, **changes):
    """Has the run be begun otherwise."""
    settled.write(folder.settled, replace(settled.read(folder.settled), **changes))


# --- A run from its beginning to its end ------------------------------------------------------------------------


def test_a_run_ends_with_an_adapter_and_says_what_comes_next(_finished):
    out, done = _finished
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "22 rows to train on, 0 left out" in done.stderr
    assert f"{STEPS} steps over 22 rows at " in done.stderr
    assert f"finetune predict --run {out} test.csv -o predictions.csv" in done.stderr


def test_the_folder_holds_what_its_names_say_and_nothing_else(_finished):
    kept = [f"checkpoints/step-{step:06}/" for step in (STEPS - 1, STEPS)]
    inside = (*checkpoint.RESUMABLE, "adapter_config.json", "manifest.json")
    assert names(_finished[0]) == sorted(
        [
            *("gate.json", "settled.json", "run.json", "loss.csv", "loss.png"),
            *(f"adapter/{name}" for name in (*checkpoint.ADAPTER, "manifest.json")),
            *(folder + name for folder in kept for name in inside),
        ]
    )


def test_the_record_is_bound_to_the_gate_the_data_the_base_and_the_adapter(_finished, data, tiny_base):
    folder = RunFolder(_finished[0])
    record = lineage.read_run_record(folder.record)
    gate = lineage.read_gate_record(folder.gate)
    assert record.gate == lineage.gate_record_sha256(gate)
    assert gate == lineage.read_gate_record(Path(f"{data}.gate.json"))
    assert record.data.data == gate.fingerprint.data
    assert record.used == tuple(range(2, 24))
    assert record.base == str(tiny_base)
    assert record.adapter_sha256 == checkpoint.digest(folder.adapter)
    assert len(set(record.instructions)) == 22
    assert [step for step, _ in record.losses] == list(range(1, STEPS + 1))
    assert all(
        loss == log.loss for (_, loss), log in zip(record.losses, loss_log.read(folder.loss_csv), strict=True)
    )
    assert (record.device, record.notes) == ("cpu, float32", ())
    assert record.schedule["answer_tokens"]["p99"] > 10
    assert record.recipe["rows_per_step"] == 8


def test_the_adapter_s_files_name_no_path_of_this_machine_but_the_base_s_name(_finished, tiny_base):
    config = json.loads((_finished[0] / "adapter/adapter_config.json").read_bytes())
    assert config["base_model_name_or_path"] == str(tiny_base)
    assert config["target_modules"] == sorted(config["target_modules"])


def test_a_complete_run_says_so_and_does_nothing(complete, words):
    before = contents(complete.path)
    done = finetune(*words, "--out", complete.path)
    assert done.returncode == 0
    assert "complete" in done.stderr
    assert contents(complete.path) == before


def test_a_complete_run_with_other_settings_is_no_run_of_these(complete, words):
    done = finetune(*words, "--out", complete.path, "--epochs", "3")
    assert done.returncode == 2
    assert "epochs: 2 → 3" in done.stderr


def test_a_damaged_adapter_is_made_again_from_the_last_checkpoint(complete, words, _finished):
    file = complete.adapter / "adapter_model.safetensors"
    file.write_bytes(file.read_bytes()[:-1])
    done = finetune(*words, "--out", complete.path)
    assert done.returncode == 2
    assert "its adapter is damaged: adapter_model.safetensors has " in done.stderr
    assert f"delete {complete.record}" in done.stderr
    complete.record.unlink()
    assert finetune(*words, "--out", complete.path).returncode == 0
    assert weights(complete.path) == weights(_finished[0])


# --- What stops it before anything is loaded --------------------------------------------------------------------


def test_a_gate_that_refuses_leaves_nothing_behind_and_drop_failing_leaves_the_failing_row_out(
    tmp_path, tiny_base
):
    rows = [*passing_data.rows()[:21], ("r022", "Which colour has the sky?", "", "none")]
    words = (
        "run",
        passing_data.write(tmp_path / "bad.csv", rows),
        "--base",
        tiny_base,
        "--jobs",
        "1",
        *QUICK,
    )
    out = RunFolder(tmp_path / "run")
    done = finetune(*words, "--out", out.path)
    assert done.returncode == 1
    assert "--drop-failing" in done.stderr
    assert not out.path.exists()
    done = finetune(*words, "--out", out.path, "--drop-failing", "--epochs", "1")
    assert done.returncode == 0, done.stderr
    assert "row 23, r022: does not pass: CSV004" in done.stderr
    record = lineage.read_run_record(out.record)
    assert record.used == tuple(range(2, 23))
    assert list(record.dropped) == ["23"]


def test_an_edit_after_the_gate_is_refused(tmp_path, data, words):
    edited = shutil.copy(data, tmp_path / "data.csv")
    with open(edited, "a", encoding="utf-8", newline="") as stream:
        stream.write("r999,What is new?,This row is new and was never checked.,none\r\n")
    done = finetune("run", edited, *words[2:], "--out", tmp_path / "run")
    assert done.returncode == 1
    assert "edited, added, removed" in done.stderr
    assert not (tmp_path / "run").exists()


def test_a_test_file_that_asks_the_same_is_refused_with_the_ids(tmp_path, words):
    test = tmp_path / "test.csv"
    test.write_text(
        "id,instruction\nt1,What is new?\nt2,tell me  fact number 7 that is\tworth knowing.\n",
        encoding="utf-8",
    )
    done = finetune(*words, "--out", tmp_path / "run", "--test", test)
    assert done.returncode == 1
    assert "r007 (there t2)" in done.stderr
    assert not (tmp_path / "run").exists()


def test_a_test_file_that_asks_something_else_stops_nothing(complete, tmp_path, words):
    test = tmp_path / "test.csv"
    test.write_text("id,instruction\nt1,What is new?\n", encoding="utf-8")
    assert finetune(*words, "--out", complete.path, "--test", test).returncode == 0


def test_rows_that_are_all_too_long_are_a_refusal_that_names_them(tmp_path, words):
    done = finetune(*words, "--out", tmp_path / "run", "--max-length", "16")
    assert done.returncode == 1
    assert "0 rows can be trained on, and the guide wants at least 20" in done.stderr
    assert "row 2, r001: has " in done.stderr
    assert "the limit is 16" in done.stderr
    assert not (tmp_path / "run").exists()


def test_somebody_else_s_folder_is_left_alone(tmp_path, words):
    (tmp_path / "thesis.txt").write_text("mine")
    done = finetune(*words, "--out", tmp_path)
    assert done.returncode == 2
    assert "thesis.txt" in done.stderr
    assert names(tmp_path) == ["thesis.txt"]


def test_a_second_run_in_the_same_folder_is_told_of_the_first(halfway, words):
    with run_folder.lock(halfway):
        before = contents(halfway.path)
        done = finetune(*words, "--out", halfway.path)
        assert contents(halfway.path) == before
    assert done.returncode == 2
    assert f"process {os.getpid()}" in done.stderr


# --- Going on ---------------------------------------------------------------------------------------------------


def test_ctrl_c_says_from_where_the_same_command_goes_on_and_it_does(_stopped, halfway, words, _finished):
    done = _stopped[1]
    assert done.returncode == 130
    assert "the same command goes on from step 3" in done.stderr
    assert "lock" not in names(halfway.path)
    again = finetune(*words, "--out", halfway.path)
    assert again.returncode == 0, again.stderr
    assert f"going on from step 3 of {STEPS}" in again.stderr
    assert weights(halfway.path) == weights(_finished[0])


def test_a_damaged_checkpoint_is_skipped_and_the_one_before_it_gives_the_same_adapter(
    halfway, words, _finished
):
    (halfway.checkpoint(3) / "optimizer.pt").unlink()  # which the trainer itself would do without
    done = finetune(*words, "--out", halfway.path)
    assert done.returncode == 0, done.stderr
    assert "step-000003 is damaged and is skipped: optimizer.pt is missing" in done.stderr
    assert "going on from step 2" in done.stderr
    assert weights(halfway.path) == weights(_finished[0])


def test_other_data_or_settings_are_refused_with_the_difference(halfway, words):
    before = contents(halfway.path)
    done = finetune(*words, "--out", halfway.path, "--learning-rate", "0.001", "--seed", "1")
    assert done.returncode == 2
    assert "learning_rate: 0.0002 → 0.001" in done.stderr
    assert "seed: 412 → 1" in done.stderr
    assert "--accept-versions" not in done.stderr
    assert contents(halfway.path) == before


def test_another_gate_record_in_the_folder_is_told_apart(halfway, words):
    gate = lineage.read_gate_record(halfway.gate)
    lineage.write_gate_record(halfway.gate, replace(gate, rows=21))
    done = finetune(*words, "--out", halfway.path)
    assert done.returncode == 2
    assert f"{halfway.gate}: is not the gate record that the run began with" in done.stderr


def test_another_version_is_refused_until_it_is_accepted_and_the_record_says_so(halfway, words):
    here = settled.read(halfway.settled).versions
    settle(halfway, versions={**here, "torch": "2.11.0"})
    done = finetune(*words, "--out", halfway.path)
    assert done.returncode == 2
    assert f"torch 2.11.0 → {here['torch']}" in done.stderr
    assert "--accept-versions" in done.stderr
    done = finetune(*words, "--out", halfway.path, "--accept-versions")
    assert done.returncode == 0, done.stderr
    (note,) = lineage.read_run_record(halfway.record).notes
    assert note == f"not bit-identical after step 3: torch 2.11.0 → {here['torch']}"


def test_nothing_trained_yet_leaves_every_setting_free(halfway, words):
    shutil.rmtree(halfway.checkpoints)
    done = finetune(*words, "--out", halfway.path, "--epochs", "1")
    assert done.returncode == 0, done.stderr
    assert "begins anew" in done.stderr
    assert [step for step, _ in lineage.read_run_record(halfway.record).losses] == [1, 2, 3]


# --- What goes wrong on the way ---------------------------------------------------------------------------------


def test_the_budget_is_timed_once_and_its_cap_is_kept_to(tmp_path, words, monkeypatch):
    out = RunFolder(tmp_path / "run")
    short = (*words, "--out", out.path, "--budget-min", "0.1")
    monkeypatch.setattr(finishing, "finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    done = finetune(*short)
    assert done.returncode == 130
    assert f"pay for 1 of {STEPS} steps" in done.stderr
    cap = settled.read(out.settled).cap
    assert cap.steps == 1
    assert 0 < cap.share_of_rows < 1
    monkeypatch.undo()
    done = finetune(*short)
    assert done.returncode == 0, done.stderr
    assert "pay for" not in done.stderr
    schedule = lineage.read_run_record(out.record).schedule
    assert (schedule["steps"], schedule["of_steps"]) == (1, STEPS)
    assert (schedule["share_of_rows"], schedule["seconds_per_step"]) == (
        cap.share_of_rows,
        cap.seconds_per_step,
    )


def greedy(most):
    """A real model that asks torch's allocator for more than any machine has, above so many tokens at once."""
    real = quantized.load

    def load(folder, device):
        import torch

        def ask(module, given, named):
            if named["input_ids"].numel() > most:
                torch.empty(2**60, dtype=torch.uint8)

        model = real(folder, device)
        model.register_forward_pre_hook(ask, with_kwargs=True)
        return model

    return load


def test_out_of_memory_at_step_1_halves_the_micro_batch_and_the_record_says_so(
    tmp_path, words, monkeypatch, _finished
):
    monkeypatch.setattr(quantized, "load", greedy(150))
    out = RunFolder(tmp_path / "run")
    done = finetune(*words, "--out", out.path)
    assert done.returncode == 0, done.stderr
    note = "out of memory at step 1 with micro-batches of 256 tokens: trained with 128"
    assert f"note: {note}" in done.stderr
    record = lineage.read_run_record(out.record)
    assert record.notes == (note,)
    assert (record.schedule["tokens"], settled.read(out.settled).batches.tokens) == (128, 128)
    assert record.schedule["accumulation"] > settled.read(_finished[0] / "settled.json").batches.accumulation
    assert record.schedule["steps"] == pytest.approx(STEPS, abs=1)


def test_out_of_memory_twice_ends_with_what_to_do(tmp_path, words, monkeypatch):
    monkeypatch.setattr(quantized, "load", greedy(10))
    done = finetune(*words, "--out", tmp_path / "run")
    assert done.returncode == 2
    assert "memory" in done.stderr
    assert "--max-length" in done.stderr
    assert not (tmp_path / "run/run.json").exists()


def test_a_loss_that_diverges_keeps_the_last_good_checkpoint_and_says_what_to_do(tmp_path, words):
    done = finetune(*words, "--out", tmp_path / "run", "--learning-rate", "1e30")
    assert done.returncode == 2
    assert "is not a finite number; the rows of it: r0" in done.stderr
    assert "lower the learning rate" in done.stderr
    assert "the checkpoint of step 1 is kept" in done.stderr
    assert checkpoint.newest(tmp_path / "run/checkpoints").step == 1


@pytest.mark.parametrize("limit", [50_000, 200_000])
def test_a_full_disk_ends_with_a_sentence_and_keeps_the_last_checkpoint(halfway, words, limit):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))  # as a full disk: a file takes no more
    try:
        done = finetune(*words, "--out", halfway.path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert done.returncode == 2
    assert "make room on the disk" in done.stderr
    assert checkpoint.newest(halfway.checkpoints).step == 3
