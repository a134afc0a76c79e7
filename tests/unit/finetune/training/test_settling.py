from dataclasses import replace
from pathlib import Path

import pytest

from finetune.base_model.base import Base
from finetune.base_model.shapes import KNOWN
from finetune.hardware import machine, memory
from finetune.hardware.machine import Device, Gpu
from finetune.recipe import Recipe
from finetune.rows import batches
from finetune.rows.examples import Example
from finetune.rows.prompt_template import load
from finetune.training import settling
from finetune.training.material import Material
from finetune.training.settling import Decision
from quality.errors import ConfigError, HardwareError
from tests.settled_sample import EXAMPLES, LENGTHS, SCHEDULE, SETTLED

RECIPE = Recipe(base="meta-llama/Llama-2-7b-hf")
OUT = Path("runs/one")


def material(examples):
    known = KNOWN[RECIPE.base]
    base = Base(RECIPE.base, OUT, known.shape, known.weights_bytes, known.largest_shard_bytes)
    here = replace(machine.look(Path.cwd()), gpus=())
    words = None  # the tokenizer itself decides nothing here
    return Material(base, OUT, "b", words, load("alpaca"), examples, (), here, Device("cuda", "float16"))


def rows(*lengths):
    return tuple(Example(n, f"r{n}", (1,), (2,) * (length - 1)) for n, length in enumerate(lengths, 2))


def test_halving_halves_the_tokens_keeps_the_rows_of_a_step_and_times_the_budget_anew():
    per_step = SCHEDULE.accumulation * len(LENGTHS) * 2 / len(SCHEDULE.micro_batches)
    recipe = replace(RECIPE, epochs=2, seed=1, rows_per_step=round(per_step))
    now = settling.halved(material(EXAMPLES), recipe, Decision(SETTLED, SCHEDULE), step=1)
    assert now.settled.batches.tokens == 128
    assert now.schedule.accumulation == 2 * SCHEDULE.accumulation
    assert now.schedule.steps == pytest.approx(SCHEDULE.steps, rel=0.2)  # whole micro-batches
    assert now.settled.cap is None
    assert now.settled.halved
    assert (
        now.settled.notes[-1] == "out of memory at step 1 with micro-batches of 256 tokens: trained with 128"
    )
    longest = max(LENGTHS)
    assert max(len(batch) * max(LENGTHS[row] for row in batch) for batch in now.schedule.micro_batches) <= 128
    assert longest <= 128


def test_halving_what_holds_one_row_alone_is_of_no_use():
    one = [length for length in LENGTHS if length > 60]
    schedule = batches.schedule(one, tokens=64, accumulation=1, epochs=1, seed=1)
    was = Decision(replace(SETTLED, batches=replace(SETTLED.batches, tokens=64, accumulation=1)), schedule)
    with pytest.raises(HardwareError, match="the longest row, of 104 tokens") as told:
        settling.halved(material(rows(*one)), RECIPE, was, step=1)
    assert "--max-length" in told.value.remedy


def test_the_same_is_gone_on_with_as_it_was_decided_and_on_a_gpu_the_record_says_so():
    now = replace(SETTLED, cap=None, notes=())
    note = "not bit-identical after step 30: a GPU's kernels add in no fixed order"
    held = settling.held(SETTLED, now, 30, accept_versions=False, out=OUT)
    assert held == replace(SETTLED, notes=(*SETTLED.notes, note))
    assert settling.held(held, now, 30, accept_versions=False, out=OUT) == held
    on_cpu, now = replace(SETTLED, device="cpu"), replace(now, device="cpu")
    assert settling.held(on_cpu, now, 30, accept_versions=False, out=OUT) == on_cpu


def test_the_base_is_known_by_where_it_lies_now():
    now = replace(SETTLED, base="/new/base", recipe={**SETTLED.recipe, "base": "/new/base"})
    held = settling.held(SETTLED, now, 0, accept_versions=False, out=OUT)
    assert (held.base, held.recipe["base"]) == ("/new/base", "/new/base")


def test_without_liger_the_batches_are_those_that_fit_without_it():
    recipe = replace(RECIPE, epochs=2, seed=1)
    given = material(EXAMPLES)
    free = int(memory.training(given.base.shape, recipe, 128).device_bytes / (1 - memory.SPARE)) + 1
    card = Gpu("Tesla T4", free, free, (7, 5))
    given = replace(given, machine=replace(given.machine, gpus=(card,)))
    was = Decision(replace(SETTLED, liger=True), SCHEDULE)
    now = settling.without_liger(given, recipe, was, why="no Triton")
    assert (now.settled.liger, now.settled.cap, now.settled.halved) == (False, None, False)
    assert now.settled.batches.tokens == now.schedule.tokens == 128
    assert now.settled.notes[-1] == "trained without Liger's kernels: no Triton"


def test_a_run_begun_with_liger_is_refused_where_it_cannot_be_used_and_told_why():
    before = replace(SETTLED, liger=True)
    now = replace(SETTLED, notes=("Liger's kernels are not used: the probe ended with 1",))
    with pytest.raises(ConfigError, match=r"Liger's kernels: used → not used\n.*the probe ended with 1"):
        settling.held(before, now, 30, accept_versions=True, out=OUT)


def test_a_difference_is_refused_whatever_versions_are_accepted():
    now = replace(SETTLED, rows_used=99, versions={})
    with pytest.raises(ConfigError, match="rows used: 100 → 99") as told:
        settling.held(SETTLED, now, 30, accept_versions=True, out=OUT)
    assert str(OUT) in str(told.value)


def test_accepted_versions_leave_a_note_and_the_decisions():
    now = replace(
        SETTLED, cap=None, notes=(), device_name="NVIDIA L4", versions={**SETTLED.versions, "torch": "2.12.0"}
    )
    with pytest.raises(ConfigError, match="--accept-versions"):
        settling.held(SETTLED, now, 30, accept_versions=False, out=OUT)
    held = settling.held(SETTLED, now, 30, accept_versions=True, out=OUT)
    note = "not bit-identical after step 30: torch 2.11.0 → 2.12.0, GPU Tesla T4 → NVIDIA L4"
    assert held == replace(now, cap=SETTLED.cap, notes=(*SETTLED.notes, note))


def test_where_no_checkpoint_is_whole_any_version_starts_anew():
    now = replace(SETTLED, versions={})
    assert settling.held(SETTLED, now, 0, accept_versions=False, out=OUT) == now
