import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from finetune.base_model.base import Base
from finetune.base_model.shapes import KNOWN
from finetune.hardware import memory
from finetune.hardware.cards import Card
from finetune.hardware.machine import Gpu, Machine
from finetune.hardware.memory import GIB
from finetune.hardware.preflight import LEAST, Need, Trouble
from finetune.planning import plan_text
from finetune.planning.plan import Batching, Gate, Plan
from finetune.planning.plan_json import as_json
from finetune.planning.plan_text import render
from finetune.planning.token_lengths import Lengths
from finetune.recipe import DEFAULTS, Recipe
from finetune.rows.examples import Dropped
from finetune.rows.prompt_template import load
from quality.cli_inputs import Options
from quality.options import resolve

RECIPE = Recipe(base="meta-llama/Llama-2-7b-hf", budget_min=10)
KNOWN_7B = KNOWN[RECIPE.base]
BASE = Base(RECIPE.base, None, KNOWN_7B.shape, KNOWN_7B.weights_bytes, KNOWN_7B.largest_shard_bytes)
T4 = Gpu("Tesla T4", 15 * GIB, round(14.6 * GIB), (7, 5))
MACHINE = Machine(
    (), 13 * GIB, 12 * GIB, 60 * GIB, 60 * GIB, one_disk=True, versions={**LEAST, "torchao": None}
)
LENGTHS = (*range(40, 300, 2), 700)


@pytest.fixture(scope="module")
def plan():
    resolved = resolve(Options(data=Path("examples/homework/fixed.csv")), start=Path.cwd())
    dropped = tuple(Dropped(at, f"r{at:04}", "has 1,500 tokens; the limit is 1,024") for at in range(2, 14))
    return Plan(
        file="data.csv",
        total=143,
        gate=Gate("", resolved, (), (), ("the rows are those of `data.csv`",)),
        dropped=dropped,
        base=BASE,
        template=load("alpaca"),
        recipe=RECIPE,
        lengths=Lengths(LENGTHS, dropped, "the base's tokenizer is not here"),
        card=Card(T4, 65, here=True),
        batching=Batching(4096, 3968, 2, 50, 25, 180_000, 0.031),
        estimate=memory.training(BASE.shape, RECIPE, 3968),
        minutes=(8.2, 21.8),
        machine=MACHINE,
        need=Need(BASE, RECIPE, 700, minutes=(8.2, 21.8)),
        troubles=(Trouble("a note on the budget", "raise it", fatal=False),),
    )


@pytest.mark.parametrize("width", [60, 80, 120, 400])
def test_no_line_is_wider_than_the_terminal(plan, width):
    text = render(plan, width=width)
    assert max(map(cell_len, text.splitlines())) <= min(width, plan_text.WIDEST)
    assert "\x1b" not in text


def test_it_says_what_a_person_wants_to_know(plan):
    text = " ".join(render(plan, width=120).split())
    for part in (
        "Gate open",
        "131 of 143 in data.csv are used",
        "row 2, r0002: has 1,500 tokens; the limit is 1,024",
        "and 4 rows more",
        "6.74 billion weights, alpaca template",
        "half at most about 170, 90% 274, 99% 298, the longest 700",
        "estimated, 3.7 characters a token: the base's tokenizer is not here",
        "25 steps for 3 epochs: 2 × 4,096 tokens a step, 3.1% padding",
        "14.6 GiB free of 15.0 GiB",
        "3.11 GiB base: linear weights (NF4, double quantisation)",
        "8.2 min to 22 min for all epochs, by estimate",
        "in 10 min: 46% to 100% of that",
        "1.5 GiB for the run, and 12.6 GiB of the base to fetch; 60.0 GiB are free",
        "computes in float16 on the card; torch 2.6",
        "Note a note on the budget → raise it",
        "Verdict yes: 131 rows would train on Tesla T4",
    ):
        assert part in text, part


def test_every_default_is_shown_with_its_source(plan):
    text = " ".join(render(plan, width=120).split())
    for name, default in DEFAULTS.items():
        assert f"{name} = " in text
        assert " ".join(default.source.split()) in text
    given = render(replace(plan, recipe=replace(RECIPE, seed=7)), width=120)
    assert "seed = 7; given" in given


def test_the_bars_are_as_long_as_their_rows_are_many(plan):
    drawn = dict(re.findall(r"^\s+(\d+–\d+)\s+(\S*) \d+$", render(plan, width=80), re.MULTILINE))
    assert list(drawn) == ["1–128", "129–256", "257–384", "385–512", "513–640", "641–768"]
    assert drawn["129–256"] == "█" * plan_text.BAR_CELLS  # 64 rows
    assert drawn["257–384"] == "█" * 9 + "▉"  # 21
    assert drawn["385–512"] == ""
    assert drawn["641–768"] == "▌"  # one


def test_what_stands_in_the_way_is_said_and_the_answer_is_no(plan):
    stopped = replace(plan, troubles=(Trouble("the disk is full", "free some", fatal=True),))
    text = render(stopped, width=80)
    assert "Problem    the disk is full\n           → free some" in text
    assert "Verdict    no: it would not run on Tesla T4" in text
    assert stopped.exit_code == 2
    shut = replace(plan, gate=replace(plan.gate, reasons="The gate refuses.\n  1. why"))
    text = render(shut, width=80)
    assert "Gate       shut\n           The gate refuses.\n             1. why" in text
    assert "Verdict    no: the gate is shut" in text
    assert shut.exit_code == 1


def test_what_ligers_kernels_spare_is_said_and_not_planned_with(plan):
    with_liger = replace(MACHINE, versions={**MACHINE.versions, "liger-kernel": "0.8"})
    l4 = Card(Gpu("NVIDIA L4", 22 * GIB, 22 * GIB, (8, 9)), 121, here=True)

    def said(**changes):
        changed = replace(plan, **changes)
        assert json.loads(as_json(changed))["tries_liger"] is changed.tries_liger
        assert ("Liger" in render(changed)) is changed.tries_liger
        return changed.tries_liger

    assert said(machine=with_liger, card=l4)
    assert not said(card=l4)
    assert not said(machine=with_liger)  # a T4
    assert not said(machine=with_liger, card=replace(l4, here=False))
    assert not said(machine=with_liger, card=l4, recipe=replace(RECIPE, liger="off"))
    assert said(machine=with_liger, recipe=replace(RECIPE, liger="on"))


def test_times_are_told_once_where_they_are_alike(plan):
    short = render(replace(plan, minutes=(0.01, 0.04)), width=120)
    assert "under 0.1 min for all epochs" in short
    assert "in 10 min: all of it; " in short
    assert "8.2 min to 22 min for all epochs" in render(plan, width=120)


def test_a_plan_without_rows_is_shown(plan):
    empty = replace(
        plan,
        lengths=Lengths((), plan.dropped, ""),
        batching=None,
        estimate=None,
        minutes=None,
        need=None,
        troubles=(),
        gate=replace(plan.gate, reasons="0 rows can be trained on"),
    )
    text = render(empty, width=80)
    assert "0 of 143" in text
    assert "Memory" not in text
    json.loads(as_json(empty))


def test_hostile_text_reaches_no_terminal(plan):
    evil = "r\x1b[31m\u202e\n::error::x"
    row = Dropped(2, evil, f"reason {evil}")
    hostile = replace(
        plan,
        file=evil,
        dropped=(row,),
        base=replace(BASE, name=evil, note=evil),
        gate=replace(plan.gate, reasons=f"shut {evil}"),
        card=Card(replace(T4, name=evil), 65, here=True),
    )
    text = render(hostile, width=80)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert not re.search(r"^\s*::", text, re.MULTILINE)
    coloured = render(hostile, width=80, color=True)
    assert "\x1b[31m" not in coloured
    assert "\x1b[1m" in coloured


def test_json_holds_the_same(plan):
    told = json.loads(as_json(plan))
    assert told["exit_code"] == 0
    assert told["data"] == {"file": "data.csv", "rows": 143, "planned": 131, "used": 131}
    shut = json.loads(as_json(replace(plan, gate=replace(plan.gate, reasons="2 rows do not pass"))))
    assert shut["data"] == {"file": "data.csv", "rows": 143, "planned": 131, "used": 0}
    assert "131 of 143 in data.csv are planned with" in render(
        replace(plan, gate=replace(plan.gate, reasons="no"))
    )
    assert told["tokens"]["estimated"] is True
    assert told["tokens"]["p90"] == 274
    assert sum(bar["rows"] for bar in told["tokens"]["histogram"]) == 131
    assert sum(item["bytes"] for item in told["memory"]["items"]) == told["memory"]["peak_bytes"]
    assert told["batches"]["steps"] == 25
    assert told["minutes"] == [8.2, 21.8]
    assert told["card"]["name"] == "Tesla T4"
    assert len(told["dropped"]) == 12
    assert set(told["settings"]) == set(DEFAULTS)
    assert told["troubles"][0]["remedy"] == "raise it"
