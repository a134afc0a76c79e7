"""Micro-batches: little padding, the worst one first, the same for the same seed."""

import json
import random
import subprocess
import sys

import pytest

from finetune.rows.batches import Schedule, accumulation, computed, schedule, waste


def realistic(rows, seed=1):
    """Lengths of prompts and answers as people write them: most short, a few very long."""
    draw = random.Random(seed)
    return [min(1024, 40 + round(draw.lognormvariate(4.8, 0.8))) for _ in range(rows)]


def made(lengths, tokens, **settings):
    return schedule(lengths, **{"tokens": tokens, "accumulation": 2, "epochs": 3, "seed": 412, **settings})


def epochs(plan):
    size = plan.per_epoch
    return [plan.micro_batches[at : at + size] for at in range(0, len(plan.micro_batches), size)]


@pytest.mark.parametrize("rows", range(2, 17))
@pytest.mark.parametrize("count", [200, 1000])
def test_little_is_padded_at_any_size(rows, count):
    lengths = realistic(count)
    plan = made(lengths, round(rows * sum(lengths) / count))
    assert waste(lengths, plan.micro_batches) <= 0.05
    order = random.Random(3).sample(range(count), count)
    at_random = [order[at : at + rows] for at in range(0, count, rows)]
    assert waste(lengths, at_random) > 0.25  # so that there is something to save


def test_waste_by_hand():
    assert waste([4, 2, 2], [(0, 1), (2,)]) == pytest.approx(2 / 8)
    assert waste([4, 2, 2], [(0,), (1, 2)]) == 0
    assert waste([], []) == 0


def test_what_a_pass_computes_by_hand():
    assert computed([4, 2, 3], (0, 1)) == 8
    assert computed([4, 2, 3], (0, 1), packing=True) == 6


def test_a_micro_batch_holds_at_most_its_tokens():
    lengths = realistic(300)
    for batch in made(lengths, 700).micro_batches:
        assert len(batch) == 1 or max(lengths[row] for row in batch) * len(batch) <= 700
    assert max(lengths) > 700  # such a row stands alone


@pytest.mark.parametrize("packing", [False, True])
def test_the_one_that_needs_most_memory_is_the_first_of_the_whole_run(packing):
    lengths = realistic(300)
    plan = made(lengths, 2000, packing=packing)

    def need(batch):
        longest = max(lengths[row] for row in batch)
        return (sum(lengths[row] for row in batch) if packing else longest * len(batch)), longest

    assert need(plan.micro_batches[0]) == max(map(need, plan.micro_batches))
    assert sorted(plan.micro_batches, key=need, reverse=True) != list(plan.micro_batches)


def test_lengths_are_mixed_along_an_epoch():
    lengths = realistic(1000)
    means = []
    for epoch in epochs(made(lengths, 1000)):
        half = len(epoch) // 2
        for part in (epoch[:half], epoch[half:]):
            rows = [row for batch in part for row in batch]
            means.append(sum(lengths[row] for row in rows) / len(rows))
    assert max(means) < 1.2 * min(means)


@pytest.mark.parametrize("packing", [False, True])
def test_epochs_part_the_rows_anew(packing):
    first, second, third = (
        set(map(frozenset, one)) for one in epochs(made(realistic(500), 1500, packing=packing))
    )
    assert len(first & second) < len(first) / 2
    assert len(second & third) < len(first) / 2


def test_rows_of_one_length_are_mixed_too():
    first, second, _ = (set(map(frozenset, one)) for one in epochs(made([64] * 200, 512)))
    assert len(first & second) < len(first) / 10


def test_packing_fills_the_sequences():
    lengths = realistic(1000)
    plan = made(lengths, 4096, packing=True)
    real = 3 * sum(lengths)
    assert real / (len(plan.micro_batches) * 4096) >= 0.99
    assert all(sum(lengths[row] for row in batch) <= 4096 for batch in plan.micro_batches)


def test_another_seed_is_another_order():
    lengths = realistic(100)
    assert made(lengths, 1000) == made(lengths, 1000)
    assert made(lengths, 1000).micro_batches != made(lengths, 1000, seed=413).micro_batches


def test_rows_that_stand_alone_are_shuffled_by_seed_and_epoch():
    lengths = [2**number for number in range(40)]  # so far apart that no noise changes their order
    first, second = epochs(made(lengths, 1, epochs=2))
    (other,) = epochs(made(lengths, 1, epochs=1, seed=413))
    assert first[0] == other[0] == (39,)  # the longest
    orders = [tuple(one for one in epoch if one != (39,)) for epoch in (first, second, other)]
    assert len(set(orders)) == 3


def test_new_company_is_not_bought_with_padding():
    lengths = [100] * 200 + [104] * 200
    plan = made(lengths, 1040)
    assert waste(lengths, plan.micro_batches) < 0.005


def test_every_process_makes_the_same():
    program = (
        "import json; from finetune.rows.batches import schedule;"
        "plan = schedule([n * 37 % 91 + 5 for n in range(200)], tokens=600, accumulation=2, epochs=2, seed=7);"
        "print(json.dumps(plan.micro_batches))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(said) == 1
    plan = schedule([n * 37 % 91 + 5 for n in range(200)], tokens=600, accumulation=2, epochs=2, seed=7)
    assert json.loads(said.pop()) == [list(batch) for batch in plan.micro_batches]


def test_steps_count_from_one_and_the_last_may_be_shorter():
    plan = Schedule(((0, 1), (2,), (3,)), accumulation=2, tokens=8, per_epoch=3)
    assert plan.steps == 2
    assert (plan.step_rows(1), plan.step_rows(2)) == ((0, 1, 2), (3,))
    assert Schedule((), accumulation=2, tokens=8, per_epoch=0).steps == 0


def test_a_capped_run_sees_rows_of_all_lengths():
    lengths = realistic(1000)
    plan = made(lengths, 1500, accumulation=3)
    capped = plan.capped(plan.steps // 10)
    assert capped.steps == plan.steps // 10
    assert capped.micro_batches == plan.micro_batches[: capped.steps * 3]
    seen = [lengths[row] for batch in capped.micro_batches for row in batch]
    assert sum(seen) / len(seen) == pytest.approx(sum(lengths) / len(lengths), rel=0.15)
    assert plan.capped(plan.steps + 5) == plan


@pytest.mark.parametrize("packing", [False, True])
@pytest.mark.parametrize("tokens", [512, 1024, 4096])
def test_steps_average_over_the_rows_that_are_asked_for(tokens, packing):
    lengths = realistic(2000)
    steps = accumulation(lengths, tokens, 64, packing=packing)
    plan = made(lengths, tokens, accumulation=steps, packing=packing)
    assert len(lengths) * 3 / plan.steps == pytest.approx(64, rel=0.15)
    assert accumulation(lengths, tokens, 1, packing=packing) == 1


def test_nothing_gives_nothing():
    plan = made([], 100)
    assert (plan.micro_batches, plan.steps, plan.per_epoch) == ((), 0, 0)
    assert accumulation([], 100, 16) == 1
