import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from finetune import admission
from finetune.base_model.base import Base
from finetune.base_model.shapes import KNOWN
from finetune.hardware import cards, machine, memory
from finetune.planning import planning
from finetune.planning.plan import settings
from finetune.planning.plan_text import render
from finetune.planning.token_lengths import histogram, measure
from finetune.recipe import DEFAULTS, Recipe
from finetune.rows.prompt_template import load
from finetune.training import material, settling
from quality.cli_inputs import Options
from quality.errors import ConfigError, GateRefused
from quality.model import Row
from tests import bases, nvidia_smi
from tests.command import quality

ROWS = 24
"""Enough for the guide, and few to check."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("plan")


@pytest.fixture(scope="module")
def data(folder):
    """Rows that pass, with the gate's record beside them: so that each test is spared the checks."""
    path = folder / "data.csv"
    with Path("examples/homework/fixed.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["id"] not in {"r0012", "r0046"}][:ROWS]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = quality("gate", path)
    assert done.returncode == 0, done.stdout + done.stderr
    return path


@pytest.fixture(scope="module")
def llama(folder, tiny_base):
    """A base of the shape of Llama-2-7B whose weights are a hole in the disk, with the tiny base's tokenizer."""
    return bases.make(folder / "llama", bases.LLAMA_7B, tiny_base)


@pytest.fixture
def no_gpu(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))


def record(data):
    return Path(f"{data}.gate.json")


def planned(data, base, **recipe):
    card = recipe.pop("card", None)
    test = recipe.pop("test", None)
    return planning.plan(
        Options(data=data),
        Recipe(base=str(base), **recipe),
        record=record(data),
        card=card,
        test=test,
    )


def fatal(plan):
    return [trouble.what for trouble in plan.troubles if trouble.fatal]


def test_a_seven_billion_model_on_a_t4(data, llama, no_gpu):
    plan = planned(data, llama)
    assert plan.exit_code == 0
    assert plan.card is not None
    assert (plan.card.gpu.name, plan.card.here) == ("Tesla T4", False)
    assert not plan.lengths.estimated
    assert len(plan.lengths.rows) == plan.total == ROWS
    assert plan.batching is not None
    assert plan.batching.waste < 0.10
    assert plan.batching.largest <= plan.batching.tokens
    assert plan.batching.steps * plan.batching.accumulation >= plan.batching.micro_batches
    assert plan.estimate is not None
    assert plan.estimate.device_bytes < 0.9 * plan.card.gpu.free_bytes
    (note,) = [trouble for trouble in plan.troubles if trouble.what.startswith("no GPU is here")]
    assert not note.fatal


@pytest.mark.parametrize("named", [None, 1024])
def test_the_batches_are_those_that_a_run_settles(data, llama, tiny_base, tmp_path, monkeypatch, named):
    for base, card in ((llama, nvidia_smi.T4), (tiny_base, "")):
        nvidia_smi.put(tmp_path, monkeypatch, card)
        plan = planned(data, base, micro_batch_tokens=named)
        recipe = plan.recipe
        admitted = admission.admit(Options(data=data), record=record(data))
        run = settling.decide(admitted, material.gather(admitted, recipe, tmp_path / "run"), recipe).settled
        made, settled = plan.batching, run.batches
        assert (made.tokens, made.accumulation, made.steps) == (
            settled.tokens,
            settled.accumulation,
            settled.steps,
        )
        assert made.micro_batches == settled.micro_batches
        assert made.waste == pytest.approx(settled.padding, abs=1e-4)
        assert len(plan.lengths.rows) == settled.rows_per_epoch
        assert (plan.device.kind, plan.device.dtype) == (run.device, run.dtype)


def test_rows_longer_than_the_base_reads_are_left_out_as_a_run_leaves_them_out(
    data, tiny_base, no_gpu, tmp_path
):
    longest = planned(data, tiny_base).lengths.share(1)
    config = {**json.loads((tiny_base / "config.json").read_text()), "max_position_embeddings": longest - 1}
    base = shutil.copytree(tiny_base, tmp_path / "base")
    (base / "config.json").write_text(json.dumps(config))
    plan = planned(data, base)
    admitted = admission.admit(Options(data=data), record=record(data))
    run = material.gather(admitted, plan.recipe, tmp_path / "run")
    assert plan.exit_code == 0
    assert 0 < len(plan.dropped) < ROWS
    assert f"the limit is {longest - 1:,}" in plan.dropped[0].reason
    assert plan.dropped == run.dropped
    assert plan.lengths.rows == run.lengths


def test_the_memory_is_that_of_the_largest_micro_batch(data, llama, no_gpu):
    plan = planned(data, llama, micro_batch_tokens=1024)
    assert plan.batching.largest <= 1024
    largest, added = plan.batching.largest, plan.batching.accumulation
    assert added > 1
    assert plan.estimate == memory.training(plan.base.shape, plan.recipe, largest, accumulation=added)


def test_the_time_is_that_of_the_arithmetic(data, llama, no_gpu):
    plan = planned(data, llama, card="t4")
    low, high = plan.minutes
    best = 6 * 6.607e9 * plan.batching.padded / 65e12 / 60
    assert low == pytest.approx(best / 0.40, rel=0.01)
    assert high == pytest.approx(best / 0.15, rel=0.01)
    assert planned(data, llama, card="h100").minutes[1] == pytest.approx(high * 65 / 989, rel=0.05)
    assert planned(data, llama, card="16").minutes is None


def test_a_thousand_alpaca_rows_take_what_was_published_for_a_t4():
    t4 = cards.choose("t4", machine.look(Path.cwd()))
    assert cards.minutes(LLAMA.shape, 256_000, t4) == pytest.approx((6.5, 17.3), rel=0.01)  # 10.1 PFLOP


def test_a_budget_says_which_share_is_seen(data, llama, no_gpu):
    plan = planned(data, llama, card="t4", budget_min=0.5)
    least, most = plan.seen
    assert least == pytest.approx(0.5 / plan.minutes[1])
    assert least < most <= 1
    assert any("the budget is 0.5 min" in trouble.what for trouble in plan.troubles)
    assert plan.exit_code == 0
    assert planned(data, llama, card="t4", budget_min=1000).seen == (1, 1)
    assert planned(data, llama, card="t4").seen is None


def test_a_card_that_is_too_small(data, llama, no_gpu):
    plan = planned(data, llama, card="4")
    assert plan.exit_code == 2
    assert any("a card of 4 GiB has 4.0 GiB" in what for what in fatal(plan))
    for name in ("gtx", "", " "):
        with pytest.raises(ConfigError, match=f"no card is called '{name}'"):
            planned(data, llama, card=name)


def test_the_card_here_is_planned_for_with_what_it_has_free(data, llama, tmp_path, monkeypatch):
    nvidia_smi.put(tmp_path, monkeypatch, nvidia_smi.HELD, processes=nvidia_smi.HOLDER)
    plan = planned(data, llama)
    assert plan.card.here
    assert plan.exit_code == 2
    assert any("PID 4242 python3: 12.4 GiB" in what for what in fatal(plan))
    nvidia_smi.put(tmp_path, monkeypatch, nvidia_smi.T4)
    assert planned(data, llama).exit_code == 0
    assert not planned(data, llama, card="h100").card.here


def test_what_a_laptop_lacks_stops_no_plan_for_another_machine(data, llama, no_gpu, monkeypatch):
    known = machine.versions()
    monkeypatch.setattr(machine, "versions", lambda: {**known, "torch": None, "bitsandbytes": None})
    plan = planned(data, llama)
    assert plan.exit_code == 0
    (trouble,) = [trouble for trouble in plan.troubles if "not installed" in trouble.what]
    assert trouble.local
    assert not trouble.fatal


def test_a_tiny_base_trains_on_the_cpu(data, tiny_base, no_gpu):
    plan = planned(data, tiny_base)
    assert plan.card is None
    assert plan.estimate is None
    assert plan.minutes is None
    assert plan.batching.tokens <= 2048
    assert plan.exit_code == 0
    assert planned(data, tiny_base, card="t4").card is not None


def test_rows_that_are_too_long_are_named(data, llama, no_gpu):
    whole = planned(data, llama)
    limit = whole.lengths.share(0.8)
    plan = planned(data, llama, max_length=limit)
    assert len(plan.lengths.rows) == sum(length <= limit for length in whole.lengths.rows)
    assert len(plan.dropped) == ROWS - len(plan.lengths.rows)
    assert all(f"the limit is {limit:,}" in row.reason for row in plan.dropped)


def too_long(plan):
    (found,) = [trouble for trouble in plan.troubles if "longer than" in trouble.what]
    return found


def test_rows_that_are_too_long_come_with_the_length_that_keeps_them(data, tiny_base, no_gpu, tmp_path):
    longest = planned(data, tiny_base).lengths.share(1)
    few = planned(data, tiny_base, max_length=longest - 1)
    assert few.exit_code == 0
    assert too_long(few).what == f"1 of {ROWS} rows is longer than --max-length {longest - 1} and is left out"
    assert too_long(few).remedy == f"--max-length {longest} keeps all"
    assert planned(data, tiny_base, max_length=longest).dropped == ()
    none = planned(data, tiny_base, max_length=16)
    assert none.gate.open
    assert none.batching is none.need is none.estimate is None
    assert none.exit_code == 1
    assert too_long(none).fatal
    assert "Verdict    no: too few rows are left" in render(none)
    with pytest.raises(GateRefused) as told:  # as the run ends
        material.gather(
            admission.admit(Options(data=data), record=record(data)), none.recipe, tmp_path / "run"
        )
    assert told.value.exit_code == none.exit_code
    assert too_long(none).what.startswith(
        f"{ROWS} of {ROWS} rows are longer than --max-length 16, and the guide wants"
    )
    assert too_long(none).remedy == f"--max-length {longest} keeps all"


def test_too_few_rows_shut_the_gate(data, llama, no_gpu):
    gate = planned(data, llama).gate
    assert planning._demand_rows(gate, 20, 20) is gate
    shut = planning._demand_rows(gate, 19, 20)
    assert shut.reasons == "19 rows can be trained on, and the guide wants at least 20"
    refused = replace(gate, reasons="a row does not pass")
    assert planning._demand_rows(refused, 0, 20) is refused


def test_a_test_file_with_the_same_questions_shuts_the_gate(data, llama, no_gpu, tmp_path):
    apart = tmp_path / "apart.csv"
    apart.write_text("id,instruction\nt1,What is never asked elsewhere?\n")
    assert planned(data, llama, test=apart).gate.open
    assert (
        planned(data, llama, test=apart).gate.notes[-1] == f"no row to be trained on asks what {apart} asks"
    )
    plan = planned(data, llama, test=data)
    assert plan.exit_code == 1
    assert "ask what the test file asks" in plan.gate.reasons


def test_edited_data_shuts_the_gate_and_the_rest_is_planned(data, llama, no_gpu, tmp_path):
    edited = tmp_path / "edited.csv"
    edited.write_text(data.read_text(encoding="utf-8").replace("Canberra", "Sydney"), encoding="utf-8")
    record = json.loads(Path(f"{data}.gate.json").read_text(encoding="utf-8"))
    Path(f"{edited}.gate.json").write_text(json.dumps(record), encoding="utf-8")
    plan = planned(edited, llama)
    assert plan.exit_code == 1
    assert "the rows were edited" in plan.gate.reasons
    assert plan.batching is not None


def test_what_looks_like_a_placeholder_and_is_none_is_noted(data, tiny_base, no_gpu, tmp_path):
    template = tmp_path / "own.txt"
    template.write_text("{input}: {instruction}\n{output}")
    plan = planned(data, tiny_base, template=str(template))
    assert "{input} in the prompt template is literal text" in [trouble.what for trouble in plan.troubles]
    assert plan.exit_code == 0


def test_settings_tell_what_is_given_from_what_is_default():
    told = settings(Recipe(base="x", epochs=5))
    assert told["epochs"][0] == 5
    assert told["epochs"][2] == "given"
    assert told["lora_r"] == (16, DEFAULTS["lora_r"].unit, DEFAULTS["lora_r"].source)
    assert set(told) == set(DEFAULTS)


def row(instruction, output, number=2):
    return Row(number, number, f"r{number}", instruction, output, "grammar", None, ())


LLAMA = Base("llama", None, KNOWN["meta-llama/Llama-2-7b-hf"].shape, 1, 1)


def test_without_a_tokenizer_lengths_follow_from_characters_and_say_so():
    rows = [row("Say it.", "It is said. " * 30), row("Say it.", " ", 3), row("Say it.", "word " * 2000, 4)]
    found = measure(rows, load("alpaca"), LLAMA, 1024)
    assert found.estimated
    assert found.note == "the base's tokenizer is not here"
    (length,) = found.rows
    template = load("alpaca")
    characters = len(template.before + template.between + template.after) + 7 + 360
    assert length == pytest.approx(characters / 3.7, abs=4)
    assert found.dropped[0].reason == "its output is empty"
    assert found.dropped[1].reason.startswith("has about 2,7")
    foreign = measure([row("Say it.", "漢字" * 100)], load("alpaca"), LLAMA, 1024)
    assert foreign.rows[0] > 200


def test_a_tokenizer_that_cannot_be_read_is_an_estimate_with_the_reason(tmp_path):
    broken = bases.make(tmp_path / "broken")
    found = measure([row("Say it.", "Done.")], load("alpaca"), replace(LLAMA, small_files=broken), 1024)
    assert found.estimated
    assert "the base's tokenizer cannot be read" in found.note


def test_the_bars_hold_every_row_once():
    lengths = [1, 7, 8, 9, 16, 17, 300, 301, 512]
    bars = histogram(lengths)
    assert sum(bar.rows for bar in bars) == len(lengths)
    assert len(bars) <= 10
    assert {bar.high - bar.low + 1 for bar in bars} == {64}
    for bar in bars:
        assert bar.rows == sum(bar.low <= length <= bar.high for length in lengths)
    assert histogram([]) == ()
    assert [(bar.low, bar.high) for bar in histogram([8, 9])] == [(1, 8), (9, 16)]
