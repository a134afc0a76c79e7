"""`finetune run` as a user meets it, on a CPU: the real 4-bit path with a tiny Llama."""

import json
import os
import re
import resource
import shutil
import signal
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from finetune import checkpoint, run_folder
from finetune.model import liger, quantized
from finetune.rows import prompt_template
from finetune.run_folder import RunFolder
from finetune.training import budget, finishing, fit, loss_log, settled, training
from quality import lineage
from quality.lineage import sealed
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
            *("gate.json", "settled.json", "run.json", "loss.csv", "loss.png", "template.txt"),
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


def moved_to(words, tmp_path, tiny_base):
    """The words with a copy of the base and of the template in the place of the originals."""
    base, template = tmp_path / "base", tmp_path / "mine.txt"
    shutil.copytree(tiny_base, base)
    template.write_text(passing_data.TEMPLATE, encoding="utf-8")
    at, here = words.index("--base") + 1, words.index("--template") + 1
    return (*words[:at], base, *words[at + 1 : here], template, *words[here + 1 :]), base, template


def test_a_complete_run_is_compared_by_what_its_base_and_template_hold(
    complete, words, tmp_path, tiny_base, monkeypatch
):
    copied, base, template = moved_to(words, tmp_path, tiny_base)
    monkeypatch.chdir(tmp_path)
    by_name = tuple("base" if word is base else word for word in copied)
    done = finetune(*by_name, "--out", complete.path)
    assert done.returncode == 0, done.stderr
    template.write_text("Ask: {instruction} {output}\n", encoding="utf-8")
    done = finetune(*copied, "--out", complete.path)
    assert done.returncode == 2
    assert "prompt template: " in done.stderr
    template.write_text(passing_data.TEMPLATE, encoding="utf-8")
    file = base / "model.safetensors"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    done = finetune(*copied, "--out", complete.path)
    assert done.returncode == 2
    assert "base model: " in done.stderr


def test_a_complete_run_needs_its_base_no_more_and_says_that_it_was_not_compared(
    complete, words, tmp_path, tiny_base
):
    copied, base, _ = moved_to(words, tmp_path, tiny_base)
    held = settled.read(complete.settled)
    settle(complete, base=str(base))
    shutil.rmtree(base)
    done = finetune(*copied, "--out", complete.path)
    assert done.returncode == 0, done.stderr
    assert "the base's files are not here, so they were not compared" in done.stderr
    settle(complete, base=held.base)
    done = finetune(*copied, "--out", complete.path)
    assert done.returncode == 2
    assert f"→ {base}" in done.stderr


def test_a_run_keeps_its_template_and_where_its_base_lies(words, tmp_path, tiny_base, monkeypatch):
    copied, base, template = moved_to(words, tmp_path, tiny_base)
    template.write_text("{input} {instruction} {output}\n\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = finetune(*("base" if word is base else word for word in copied), "--out", "run", "--epochs", "1")
    assert done.returncode == 0, done.stderr
    assert "note: {input} in the prompt template is literal text" in done.stderr
    out = RunFolder(tmp_path / "run")
    record = lineage.read_run_record(out.record)
    assert (record.base, record.recipe["base"]) == (str(base), str(base))
    kept = prompt_template.of(record.template, out.template.read_text(encoding="utf-8"))
    assert kept.sha256 == record.template_sha256


@pytest.mark.parametrize("harm", ["missing", "broken"])
def test_a_complete_run_without_its_gate_record_is_told_apart(complete, words, harm):
    content = complete.gate.read_bytes()
    complete.gate.unlink()
    if harm == "broken":
        complete.gate.write_bytes(b"{}")
    done = finetune(*words, "--out", complete.path)
    if harm == "missing":  # the gate has just made the very same
        assert done.returncode == 0, done.stderr
        assert complete.gate.read_bytes() == content
    else:
        assert done.returncode == 2
        assert f"{complete.gate}: is not the gate record that the run began with" in done.stderr


def test_a_damaged_record_is_made_again(complete, words):
    whole = complete.record.read_bytes()
    complete.record.write_bytes(whole[:-20])
    done = finetune(*words, "--out", complete.path)
    assert done.returncode == 2
    assert f"delete {complete.record}" in done.stderr
    complete.record.unlink()
    complete.loss_csv.unlink()
    complete.loss_png.unlink()
    (complete.path / ".settled.json.1.part").write_bytes(b"{")
    done = finetune(*words, "--out", complete.path)
    assert done.returncode == 0, done.stderr
    assert complete.record.read_bytes() == whole  # its losses come from the checkpoint
    assert "the loss curve is not drawn" in done.stderr
    assert "loss.png" not in done.stderr
    assert not list(complete.path.glob(".*"))


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
    needed = int(re.search(r"raise --max-length to (\d+)", done.stderr)[1])
    done = finetune(*words, "--out", tmp_path / "run", "--max-length", needed - 1)
    assert done.returncode == 1
    assert f"raise --max-length to {needed}, or " in done.stderr
    assert not (tmp_path / "run").exists()


def test_rows_that_are_too_long_for_the_base_are_left_out_by_name(tmp_path, words, tiny_base):
    copied, base, _ = moved_to(words, tmp_path, tiny_base)
    config = json.loads((base / "config.json").read_bytes())
    (base / "config.json").write_text(json.dumps({**config, "max_position_embeddings": 100}))
    asked = f"Tell me all of these: {', '.join(row[1] for row in passing_data.rows())}"
    answer = "A day has twenty-four hours, and every hour has sixty minutes in it."
    rows = [*passing_data.rows(), ("r999", asked, answer, "none")]
    long = passing_data.write(tmp_path / "long.csv", rows)
    record = passing_data.gate(long)
    done = finetune("run", long, "--gate-record", record, *copied[4:], "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    assert re.search(r"row 24, r999: has \d+ tokens; the limit is 100", done.stderr)


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


def test_a_checkpoint_of_another_run_is_no_checkpoint_of_this_one(halfway, complete, words, _finished):
    shutil.copytree(complete.checkpoint(STEPS), halfway.checkpoint(STEPS))
    manifest = json.loads((halfway.checkpoint(STEPS) / "manifest.json").read_bytes())
    content = {key: value for key, value in manifest.items() if key not in ("format", "kind", "sha256")}
    other = sealed.sealed("manifest", {**content, "run": "0" * 64})
    (halfway.checkpoint(STEPS) / "manifest.json").write_text(json.dumps(other))
    done = finetune(*words, "--out", halfway.path)
    assert done.returncode == 0, done.stderr
    assert "is damaged and is skipped: it is of another run" in done.stderr
    assert "going on from step 3" in done.stderr
    assert weights(halfway.path) == weights(_finished[0])


def test_a_gate_record_that_was_lost_is_written_again(halfway, words, _finished):
    halfway.gate.unlink()
    done = finetune(*words, "--out", halfway.path)
    assert done.returncode == 0, done.stderr
    assert halfway.gate.read_bytes() == (_finished[0] / "gate.json").read_bytes()


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
    real = budget.seconds_per_step
    monkeypatch.setattr(budget, "seconds_per_step", lambda job: real(job) + 3)  # as on a slower machine
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


def test_out_of_memory_at_step_2_halves_too_while_nothing_is_saved(tmp_path, words, monkeypatch):
    real, steps = quantized.load, []

    def load(folder, device):
        import torch

        model = real(folder, device)

        def ask(module, given, named):
            steps.append(1)
            if len(steps) == 5:
                torch.empty(2**60, dtype=torch.uint8)

        model.register_forward_pre_hook(ask, with_kwargs=True)
        return model

    monkeypatch.setattr(quantized, "load", load)
    out = RunFolder(tmp_path / "run")
    done = finetune(*words, "--out", out.path, "--save-every-s", "1000")
    assert done.returncode == 0, done.stderr
    (note,) = lineage.read_run_record(out.record).notes
    assert re.fullmatch(
        r"out of memory at step [2-5] with micro-batches of 256 tokens: trained with 128", note
    )
    logged = [log.step for log in loss_log.read(out.loss_csv)]
    assert logged == list(range(1, len(logged) + 1))


def test_a_run_that_was_halved_and_killed_is_not_halved_again(tmp_path, words, monkeypatch):
    out = RunFolder(tmp_path / "run")
    words = (*words, "--out", out.path, "--micro-batch-tokens", "512")
    monkeypatch.setattr(quantized, "load", greedy(150))
    real = settled.write

    def stopped(path, now):
        real(path, now)
        if now.halved:
            raise KeyboardInterrupt

    monkeypatch.setattr(settled, "write", stopped)
    assert finetune(*words).returncode == 130
    assert settled.read(out.settled).halved
    monkeypatch.undo()
    monkeypatch.setattr(quantized, "load", greedy(10))
    done = finetune(*words)
    assert done.returncode == 2
    assert "memory" in done.stderr
    assert len(settled.read(out.settled).notes) == 1
    assert settled.read(out.settled).batches.tokens == 256


def test_kernels_that_fail_in_the_first_step_are_done_without(tmp_path, words, monkeypatch):
    """On a CPU Liger's kernels are never used: they are settled here by hand, and fail as they would."""
    monkeypatch.setattr(liger, "usable", lambda wanted, device: (True, ""))
    real = fit.fit

    def failing(job, **given):
        if job.liger:
            raise liger.Failed(RuntimeError("no kernel image"))
        return real(job, **given)

    monkeypatch.setattr(fit, "fit", failing)
    out = RunFolder(tmp_path / "run")
    done = finetune(*words, "--out", out.path, "--epochs", "1")
    assert done.returncode == 0, done.stderr
    record = lineage.read_run_record(out.record)
    assert record.schedule["liger"] is settled.read(out.settled).liger is False
    (note,) = record.notes
    assert note.startswith("trained without Liger's kernels: ")
    assert "no kernel image" in note


def test_what_the_training_has_to_say_is_in_the_record(tmp_path, words, monkeypatch):
    real = fit.fit
    said = "1 of 3 steps were skipped"
    monkeypatch.setattr(fit, "fit", lambda *a, **k: replace(real(*a, **k), notes=(said,)))
    out = RunFolder(tmp_path / "run")
    done = finetune(*words, "--out", out.path, "--epochs", "1")
    assert f"note: {said}" in done.stderr
    assert lineage.read_run_record(out.record).notes == settled.read(out.settled).notes == (said,)


def test_what_a_first_attempt_took_is_taken_from_the_budget(tmp_path, words, monkeypatch):
    now, spent = [0.0], []
    real_cap, real_load = budget.cap, greedy(150)

    def load(folder, device):
        now[0] += 100
        return real_load(folder, device)

    def cap(*given, spent_s):
        spent.append(spent_s)
        return real_cap(*given, spent_s=spent_s)

    monkeypatch.setattr(quantized, "load", load)
    monkeypatch.setattr(budget, "cap", cap)
    monkeypatch.setattr(training, "time", SimpleNamespace(monotonic=lambda: now[0]))
    done = finetune(*words, "--out", tmp_path / "run", "--budget-min", "10", "--epochs", "1")
    assert done.returncode == 0, done.stderr
    assert spent == [200.0]


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
