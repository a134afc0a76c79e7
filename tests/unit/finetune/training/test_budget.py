"""Timing a step leaves nothing behind; the cap takes what the budget pays for."""

import random

import pytest

from finetune.model.out_of_memory import OutOfMemory
from finetune.recipe import Recipe
from finetune.rows.batches import Schedule
from finetune.training.budget import END_S, END_SHARE, SAVING, cap, in_words, seconds_per_step
from tests import tiny_job

SCHEDULE = Schedule(tuple((row,) for row in range(40)), accumulation=4, tokens=512, per_epoch=40)
"""Ten steps of four rows, no row twice."""


def minutes(steps, seconds=6.0):
    """A budget that pays for exactly so many steps of that length."""
    each = steps * seconds * (1 + SAVING)
    return min(each + END_S, each / (1 - END_SHARE)) / 60 + 1e-9


def test_without_a_budget_the_whole_schedule_is_taken():
    whole = cap(6, None, SCHEDULE)
    assert (whole.steps, whole.of_steps, whole.share_of_rows) == (10, 10, 1)
    assert whole.seconds == pytest.approx(60 * (1 + SAVING))


def test_a_budget_pays_for_steps_with_their_checkpoints_and_the_end():
    half = cap(6, minutes(5), SCHEDULE)
    assert (half.steps, half.of_steps, half.share_of_rows) == (5, 10, 0.5)
    assert half.seconds <= minutes(5) * 60 * (1 - END_SHARE)
    assert cap(6, minutes(5) - 0.01, SCHEDULE).steps == 4
    assert half.seconds_per_step == 6


def test_what_was_spent_before_is_not_there_for_steps():
    assert cap(6, minutes(5), SCHEDULE, spent_s=6 * (1 + SAVING)).steps == 4


@pytest.mark.parametrize("budget", [0, 0.001, minutes(1)])
def test_one_step_is_always_taken(budget):
    assert cap(6, budget, SCHEDULE).steps == 1


def test_a_small_budget_is_not_all_kept_for_the_end():
    assert cap(0.07, 0.1, SCHEDULE).steps == 10, "0.7 s of 6 s"


def test_the_budget_in_words():
    half = cap(6, 1, SCHEDULE, spent_s=20)
    assert in_words(half, 1, 20) == ("at 6.0 s a step, 1 min pay for 5 of 10 steps; 50% of the rows are seen")


def test_a_budget_that_loading_took_says_so():
    one = cap(0.031, 0.1, SCHEDULE, spent_s=9)
    assert in_words(one, 0.1, 9) == (
        "at 0.031 s a step, 0.1 min pay for 1 of 10 steps; 10% of the rows are seen; 9 s went on loading and "
        "1 s are kept for the end: nothing is left, and one step is taken all the same"
    )


@pytest.mark.parametrize("seconds", [0.0, 1e-12, 6.0])
def test_never_more_steps_than_there_are(seconds):
    assert cap(seconds, 1e6, SCHEDULE).steps == 10


def test_rows_that_come_again_count_once():
    twice = Schedule(SCHEDULE.micro_batches * 2, accumulation=4, tokens=512, per_epoch=40)
    assert cap(6, minutes(10), twice).share_of_rows == 1
    assert cap(6, minutes(5), twice).share_of_rows == 0.5


@pytest.mark.parametrize("packing", [False, True])
def test_timing_leaves_the_job_as_it_was(tiny_base, tmp_path, packing):
    import numpy
    import torch

    work = tiny_job.job(tiny_base, tmp_path, recipe=Recipe(base="", packing=packing))
    work.model.eval()
    before = {name: value.clone() for name, value in work.model.state_dict().items()}
    drawn = random.getstate(), numpy.random.get_state()[1].tolist(), torch.get_rng_state().tolist()
    assert seconds_per_step(work) > 0
    after = work.model.state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(value, after[name]) for name, value in before.items())
    assert (random.getstate(), numpy.random.get_state()[1].tolist(), torch.get_rng_state().tolist()) == drawn
    assert all(parameter.grad is None for parameter in work.model.parameters())
    assert not work.model.training
    assert not tiny_job.checkpointed(work.model)


def test_the_adapter_is_the_same_with_and_without_timing(tiny_base, tmp_path):
    timed, plain = (tiny_job.job(tiny_base, tmp_path / name, epochs=1) for name in "ab")
    seconds_per_step(timed)
    one, other = (tiny_job.run(work)[2][work.schedule.steps] for work in (timed, plain))
    assert tiny_job.adapter(one) == tiny_job.adapter(other)


def test_a_step_of_twice_the_passes_is_timed_as_twice(tiny_base, tmp_path):
    """Counted, not clocked: each pass of the model is one forward."""
    for accumulation in (1, 3):
        work = tiny_job.job(tiny_base, tmp_path, accumulation=accumulation, tokens=64)
        passes = []
        work.model.register_forward_hook(lambda *_, passes=passes: passes.append(1))
        seconds_per_step(work)
        assert len(passes) == 1 + 3 * accumulation, "one pass to warm up and three steps that are timed"


def test_memory_that_runs_out_while_timing_is_told_as_in_step_1_and_no_gradient_stays(tiny_base, tmp_path):
    import torch

    work = tiny_job.job(tiny_base, tmp_path)
    passes = []

    def greedy(*_):
        """In the middle of a step, whose first pass has left its gradients."""
        passes.append(1)
        if len(passes) == 3:
            torch.empty(2**60, dtype=torch.uint8)

    work.model.register_forward_pre_hook(greedy)
    with pytest.raises(OutOfMemory) as told:
        seconds_per_step(work)
    assert told.value.step == 1
    assert all(parameter.grad is None for parameter in work.model.parameters())
