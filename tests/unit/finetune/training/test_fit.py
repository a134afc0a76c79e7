"""Training on the real path: the same adapter every time, from a checkpoint too; trouble stops it in time."""

import dataclasses
import errno
import math
import os
import types

import pytest

from finetune.hardware.machine import Device
from finetune.model import liger
from finetune.model.not_finite import NotFinite
from finetune.model.out_of_memory import OutOfMemory
from finetune.recipe import Recipe
from finetune.training.budget import seconds_per_step
from finetune.training.callbacks import FiniteGuard
from finetune.training.fit import fit, warmup_steps
from quality.errors import HardwareError
from tests import tiny_job

STRANGE = 500
"""A token that one row has."""


@pytest.fixture(scope="module")
def done(tiny_base, tmp_path_factory):
    """One training with a checkpoint after every step; read it, never go on with it."""
    work = tiny_job.job(tiny_base, tmp_path_factory.mktemp("done"), save_every_s=0)
    return work, *tiny_job.run(work)


def test_every_step_is_told_and_saved(done):
    work, fitted, logs, saved = done
    steps = list(range(1, work.schedule.steps + 1))
    assert work.schedule.steps > 3
    assert [log.step for log in logs] == list(saved) == steps
    lengths = [sum(work.examples[row].length for row in work.schedule.step_rows(step)) for step in steps]
    assert [log.tokens for log in logs] == lengths
    assert fitted.tokens == sum(lengths)
    assert sum(log.seconds for log in logs) > 0
    assert fitted.notes == ()


def test_activations_are_computed_again_instead_of_kept(done):
    assert tiny_job.checkpointed(done[0].model)


def test_a_checkpoint_holds_what_a_resume_needs_and_no_more(done):
    *_, saved = done
    names = {path.name for path in saved[1].iterdir()}
    state = {"optimizer.pt", "scheduler.pt", "rng_state.pth", "trainer_state.json"}
    assert names == state | {"adapter_config.json", "adapter_model.safetensors"}


def test_the_rate_falls_from_its_full_height_in_a_run_too_short_for_a_warm_up(done):
    work, _, logs, _ = done
    rates = [log.learning_rate for log in logs]
    assert rates[0] == work.recipe.learning_rate
    assert rates == sorted(rates, reverse=True)


@pytest.mark.parametrize(("steps", "rising"), [(1, 0), (33, 0), (66, 0), (67, 2), (200, 6)])
def test_a_warm_up_has_two_steps_or_none(steps, rising):
    assert warmup_steps(0.03, steps) == rising


def test_the_same_job_gives_the_same_adapter_bit_for_bit(done, tiny_base, tmp_path):
    *_, saved = done
    work = tiny_job.job(tiny_base, tmp_path)
    *_, again = tiny_job.run(work)
    last = work.schedule.steps
    assert list(again) == [last], "the clock asked for no other checkpoint"
    assert tiny_job.adapter(again[last]) == tiny_job.adapter(saved[last])


def test_a_run_that_goes_on_from_a_checkpoint_ends_with_the_same_adapter(done, tiny_base, tmp_path, capfd):
    *_, logs, saved = done
    work = tiny_job.job(tiny_base, tmp_path, resume_from=saved[2])
    _, rest, again = tiny_job.run(work)
    assert capfd.readouterr() == ("", ""), "nothing is printed"
    last = work.schedule.steps
    assert [(log.step, log.loss, log.learning_rate) for log in rest] == [
        (log.step, log.loss, log.learning_rate) for log in logs[2:]
    ]
    assert tiny_job.adapter(again[last]) == tiny_job.adapter(saved[last])


def test_the_loss_is_the_mean_over_the_answers_tokens_of_the_whole_step(done, tiny_base):
    """By hand: prompts and padding count nothing, and a micro-batch counts by its tokens, not as one of two."""
    import torch

    from finetune.model import quantized

    work, _, logs, _ = done
    model = quantized.load(tiny_base, tiny_job.CPU)
    losses = []
    for place in work.schedule.step_rows(1):
        row = work.examples[place]
        with torch.no_grad():
            scores = model(torch.tensor([row.prompt + row.answer])).logits[0].log_softmax(-1)
        begin = len(row.prompt)
        losses += [-float(scores[begin + place - 1, token]) for place, token in enumerate(row.answer)]
    assert logs[0].loss == pytest.approx(sum(losses) / len(losses), rel=1e-5)


def test_a_loss_that_is_no_number_stops_before_the_adapter_with_its_rows_named(tiny_base, tmp_path):
    examples = list(tiny_job.rows(vocabulary=STRANGE))
    examples[7] = dataclasses.replace(examples[7], answer=(STRANGE, 2))
    work = tiny_job.job(tiny_base, tmp_path, examples=examples, save_every_s=0, accumulation=1)
    at, rows = next((n, rows) for n, rows in enumerate(work.schedule.micro_batches, 1) if 7 in rows)
    assert at > 1, "or the test shows nothing of the steps before"
    work.model.get_input_embeddings().weight.data[STRANGE] = float("nan")
    saved = []
    with pytest.raises(NotFinite) as told:
        fit(work, on_saved=lambda folder, step: saved.append(step), on_step=lambda log: None)
    assert f"the loss of step {at} " in told.value.what
    assert told.value.what.endswith(": " + ", ".join(examples[row].id for row in rows))
    assert saved == list(range(1, at))


def test_rows_are_named_rightly_after_a_resume(done, tiny_base, tmp_path):
    finished, _, _, saved = done
    work = tiny_job.job(tiny_base, tmp_path, resume_from=saved[2])
    work.model.get_input_embeddings().weight.data[:] = float("nan")
    with pytest.raises(NotFinite, match="the loss of step 3 ") as told:
        tiny_job.run(work)
    first = finished.schedule.micro_batches[2 * finished.schedule.accumulation]
    assert told.value.what.endswith(": " + ", ".join(finished.examples[row].id for row in first))


def test_a_learning_rate_that_diverges_stops_the_run(tiny_base, tmp_path):
    work = tiny_job.job(tiny_base, tmp_path, recipe=Recipe(base="", learning_rate=1e30), epochs=1)
    with pytest.raises(NotFinite, match="the loss of step 2 ") as told:
        tiny_job.run(work)
    assert "learning rate" in told.value.remedy
    assert told.value.exit_code == 2
    assert not list(tmp_path.glob("checkpoint-*")), "what was spoilt is not saved"


def test_a_gradient_that_is_no_number_never_reaches_the_adapter(tiny_base, tmp_path):
    work = tiny_job.job(tiny_base, tmp_path, epochs=1)
    trained = {name: p for name, p in work.model.named_parameters() if p.requires_grad}
    before = {name: p.detach().clone() for name, p in trained.items()}
    next(iter(trained.values())).register_hook(lambda gradient: gradient * float("inf"))
    with pytest.raises(NotFinite, match="the gradient of step 1 "):
        tiny_job.run(work)
    assert all(bool((p == before[name]).all()) for name, p in trained.items())


@pytest.fixture
def scaled(tiny_base, tmp_path):
    """fp16 as on a T4, by torch's own scaler: steps of one weight, whose gradient is as asked for."""
    import torch
    from accelerate import Accelerator
    from accelerate.optimizer import AcceleratedOptimizer

    Accelerator(cpu=True)  # which the optimizer asks how many processes there are
    weight = torch.nn.Parameter(torch.ones(1))
    guard = FiniteGuard(tiny_job.job(tiny_base, tmp_path, accumulation=1, epochs=8))
    state = types.SimpleNamespace(global_step=0)

    def steps(gradients, scale=65_536.0):
        scaler = torch.amp.GradScaler("cpu", init_scale=scale)
        optimizer = AcceleratedOptimizer(torch.optim.SGD([weight]), scaler=scaler)
        for gradient in gradients:
            (optimizer.scaler.scale(weight.sum()) * gradient).backward()
            optimizer.step()
            optimizer.zero_grad()
            state.global_step += 1
            guard.on_step_end(None, state, None, optimizer=optimizer)
        return weight.tolist()

    return steps


def test_the_loss_scalers_skipped_steps_stop_the_run_when_no_scale_is_small_enough(scaled):
    with pytest.raises(NotFinite, match="the gradient of step 16 "):
        scaled([math.inf] * 17)
    assert scaled([]) == [1]


def test_a_gradient_that_is_infinite_at_a_low_scale_stops_at_once(scaled):
    with pytest.raises(NotFinite, match="the gradient of step 2 "):
        scaled([0.0, math.nan, 0.0], scale=2.0)


def test_the_loss_scaler_may_look_for_its_scale(scaled):
    scaled([math.inf] * 15 + [0.0])


def infinite(work, places):
    """Has those backward passes end in an infinite gradient, which fp16's loss scaler alone would look for."""
    passes = iter(range(len(work.schedule.micro_batches)))
    weight = next(p for p in work.model.parameters() if p.requires_grad)
    weight.register_hook(lambda gradient: gradient * (math.inf if next(passes) in places else 1))


def test_skipped_steps_are_told_with_their_rows_after_a_resume_too(tiny_base, tmp_path, monkeypatch):
    monkeypatch.setattr(FiniteGuard, "on_pre_optimizer_step", lambda *_, **__: None)  # as in fp16
    work = tiny_job.job(tiny_base, tmp_path, accumulation=1, epochs=1)
    last = work.schedule.steps
    assert last > 1
    infinite(work, {last - 1})
    fitted, _, saved = tiny_job.run(work)
    ids = ", ".join(work.examples[row].id for row in work.schedule.step_rows(last))
    assert fitted.notes == (
        f"1 of {last} steps were skipped, for their gradients are infinite in fp16; the rows of them: {ids}",
    )
    again, _, _ = tiny_job.run(
        tiny_job.job(tiny_base, tmp_path, accumulation=1, epochs=1, resume_from=saved[last])
    )
    assert again.notes == fitted.notes


def test_a_run_whose_every_step_was_skipped_is_refused_before_it_is_saved(tiny_base, tmp_path, monkeypatch):
    monkeypatch.setattr(FiniteGuard, "on_pre_optimizer_step", lambda *_, **__: None)
    work = tiny_job.job(tiny_base, tmp_path, accumulation=100, epochs=1)
    assert work.schedule.steps == 1
    infinite(work, {0})
    with pytest.raises(NotFinite, match="the gradient of step 1 "):
        tiny_job.run(work)
    assert not list(tmp_path.glob("checkpoint-*"))


@pytest.mark.gpu
def test_a_gpus_loss_scaler_skips_what_is_infinite_and_it_is_told(tiny_base, tmp_path):
    work = tiny_job.job(tiny_base, tmp_path, device=Device("cuda", "float16"), accumulation=1)
    infinite(work, {2})
    fitted, logs, _ = tiny_job.run(work)
    assert len(logs) == work.schedule.steps
    assert f"1 of {work.schedule.steps} steps were skipped" in fitted.notes[0]


LAUNCHER = {
    "ACCELERATE_MIXED_PRECISION": "bf16",
    "ACCELERATE_GRADIENT_ACCUMULATION_STEPS": "3",
    "ACCELERATE_USE_DEEPSPEED": "true",
    "LOCAL_RANK": "0",
    "RANK": "0",
    "WORLD_SIZE": "2",
}


def test_a_launchers_environment_changes_nothing(done, tiny_base, tmp_path, monkeypatch):
    for name, value in LAUNCHER.items():
        monkeypatch.setenv(name, value)
    work = tiny_job.job(tiny_base, tmp_path)
    before = dict(os.environ)
    _, _, saved = tiny_job.run(work)
    last = work.schedule.steps
    assert tiny_job.adapter(saved[last]) == tiny_job.adapter(done[3][last])
    assert {name: os.environ[name] for name in LAUNCHER} == LAUNCHER
    assert {name for name in os.environ if name.startswith("ACCELERATE_")} == {
        name for name in before if name.startswith("ACCELERATE_")
    }, "nor does ours stay"


def test_a_failure_in_ligers_kernels_is_told_apart_from_all_others(tiny_base, tmp_path):
    """A function of a module of that name stands for the kernel; what it raises is real."""
    there = {"__name__": "liger_kernel.ops.rope"}
    exec("def kernel(*_):\n    raise ValueError('no such target')", there)
    work = tiny_job.job(tiny_base, tmp_path, epochs=1)
    hook = work.model.register_forward_pre_hook(there["kernel"])
    for training in (seconds_per_step, tiny_job.run):
        with pytest.raises(liger.Failed, match="no such target") as told:
            training(work)
        assert "--liger off" in told.value.remedy
    hook.remove()

    def ours(*_):
        raise ValueError("a bug")

    work.model.register_forward_pre_hook(ours)
    for training in (seconds_per_step, tiny_job.run):
        with pytest.raises(ValueError, match="a bug"):
            training(work)


def test_memory_that_runs_out_is_told_with_its_step_and_the_model_is_fit_for_another_try(
    done, tiny_base, tmp_path
):
    import torch

    work = tiny_job.job(tiny_base, tmp_path / "a", tokens=512, accumulation=1)

    def greedy(module, arguments, named):
        """Takes for a large micro-batch what no machine has, from torch's own allocator."""
        if named["input_ids"].numel() > 128:
            torch.empty(2**60, dtype=torch.uint8)

    hook = work.model.register_forward_pre_hook(greedy, with_kwargs=True)
    with pytest.raises(OutOfMemory) as told:
        tiny_job.run(work)
    assert told.value.step == 1
    assert isinstance(told.value, HardwareError)
    smaller = tiny_job.job(tiny_base, tmp_path / "b")
    _, _, saved = tiny_job.run(dataclasses.replace(smaller, model=work.model))
    hook.remove()
    last = smaller.schedule.steps
    assert tiny_job.adapter(saved[last]) == tiny_job.adapter(done[3][last])


def test_a_checkpoint_that_cannot_be_written_ends_with_a_sentence(tiny_base, tmp_path):
    work = tiny_job.job(tiny_base, tmp_path, epochs=1)
    # a folder in the file's place, which no right to write overcomes
    (tmp_path / f"checkpoint-{work.schedule.steps}" / "optimizer.pt").mkdir(parents=True)
    with pytest.raises(HardwareError, match="the checkpoint cannot be written") as told:
        tiny_job.run(work)
    assert "goes on from the last checkpoint" in told.value.remedy


def test_what_the_caller_raises_stays_what_it_is(tiny_base, tmp_path):
    work = tiny_job.job(tiny_base, tmp_path, epochs=1, save_every_s=0)

    def full(folder, step):
        raise OSError(errno.ENOSPC, "no room")

    with pytest.raises(OSError, match="no room"):
        fit(work, on_saved=full, on_step=lambda log: None)


def test_saving_is_no_part_of_a_step(tiny_base, tmp_path, monkeypatch):
    """Saving alone takes time here."""
    work = tiny_job.job(tiny_base, tmp_path, save_every_s=0)
    now, logs = [0.0], []
    monkeypatch.setattr("time.monotonic", lambda: now[0])

    def save(folder, step):
        now[0] += 20

    fit(work, on_saved=save, on_step=logs.append)
    assert [log.seconds for log in logs] == [0] * work.schedule.steps


def test_a_checkpoint_is_due_by_the_clock(tiny_base, tmp_path, monkeypatch):
    """Each step takes ten seconds here: every third is saved, and the last."""
    work = tiny_job.job(tiny_base, tmp_path, accumulation=1, save_every_s=30)
    now, saved = [0.0], []
    monkeypatch.setattr("time.monotonic", lambda: now[0])

    def ten_seconds(*_):
        now[0] += 10

    work.model.register_forward_hook(ten_seconds)
    fit(work, on_saved=lambda folder, step: saved.append(step), on_step=lambda log: None)
    last = work.schedule.steps
    assert last > 6
    assert saved == [*range(3, last, 3), last]


def test_mixed_precision_trains_an_adapter_in_float32_and_leaves_the_model_as_it_was(tiny_base, tmp_path):
    work = tiny_job.job(tiny_base, tmp_path, epochs=1, device=Device("cpu", "bfloat16"))
    assert seconds_per_step(work) > 0
    before = work.model.forward
    _, logs, _ = tiny_job.run(work)
    assert work.model.forward == before, "a second training would wrap it twice"
    assert len(logs) == work.schedule.steps
    assert {str(p.dtype) for p in work.model.parameters() if p.requires_grad} == {"torch.float32"}
    assert str(work.model.get_input_embeddings().weight.dtype) == "torch.bfloat16"


@pytest.mark.gpu
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_a_gpu_trains_and_goes_on_from_a_checkpoint(tiny_base, tmp_path, dtype):
    device = Device("cuda", dtype)
    whole = tiny_job.job(tiny_base, tmp_path / "a", device=device, save_every_s=0)
    _, logs, saved = tiny_job.run(whole)
    rest = tiny_job.job(tiny_base, tmp_path / "b", device=device, resume_from=saved[2])
    _, again, _ = tiny_job.run(rest)
    assert [log.step for log in again] == [log.step for log in logs[2:]]
    assert [log.loss for log in again] == pytest.approx([log.loss for log in logs[2:]], rel=1e-2)


def test_nothing_is_printed(tiny_base, tmp_path, capfd):
    tiny_job.run(tiny_job.job(tiny_base, tmp_path, epochs=1))
    assert capfd.readouterr() == ("", "")
