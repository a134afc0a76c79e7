"""The table's prompts are counted whatever the shards; one fault of the table gives one finding, and no row a mark."""

import itertools
import json
from dataclasses import replace

import pytest

from quality import guide, prompt
from quality.checks.prompts import CHECK, measure
from quality.model import NotApplicable, Row
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
VARIED = [row.instruction for row in CHECK.rules[0].good[0].rows]


def rows(prompts):
    return [Row(n, n, f"q{n}", text, "So it is.") for n, text in enumerate(prompts, 2)]


def collected(table):
    return CHECK.collect(table, [{"instruction": measure(row.instruction)} for row in table], INPUTS)


def facts(prompts):
    return CHECK.finish(collected(rows(prompts)), INPUTS)


def findings(prompts, inputs=INPUTS):
    return list(CHECK.about(facts(prompts), inputs))


@pytest.mark.parametrize("cuts", [(0,), (1, 5), (3, 3, 20), (31,)])
def test_shards_add_up_to_the_whole(cuts):
    table = rows([*VARIED, *VARIED[:5]])
    edges = [0, *cuts, len(table)]
    parts = [collected(table[low:high]) for low, high in itertools.pairwise(edges)]
    whole = parts[0]
    for part in parts[1:]:
        whole = CHECK.merge(whole, part)
    done = CHECK.finish(whole, INPUTS)
    assert CHECK.statistics(done) == CHECK.statistics(facts([row.instruction for row in table]))
    assert list(CHECK.about(done, INPUTS)) == findings([row.instruction for row in table])


def test_near_identical_prompts_name_both_rows_and_how_alike_they_are():
    changed = VARIED[11].replace("keeps", "retains")
    (found,) = findings([*VARIED, changed])
    assert (found.code, found.row, found.related) == ("PRM001", None, ("q13", "q34"))
    assert found.message == (
        "the prompt of row 13 (id 'q13') and those of row 34 (id 'q34') are 92% the same"
    )
    assert found.detail["others"] == [[34, 0.929]]


def test_many_groups_are_counted_not_listed():
    found = [f for f in findings([*VARIED, *VARIED[:14]]) if f.code == "PRM001"]
    assert len(found) == 11
    assert found[-1].message == "4 more groups of near-identical prompts, 8 prompts in all, are not listed"


def test_one_prompt_a_hundred_times_is_one_group_of_a_hundred():
    done = CHECK.statistics(facts(["Name a river in Peru that flows north."] * 100))
    assert (done["near_identical_groups"], done["near_identical_prompts"]) == (1, 100)


def test_a_small_table_has_statistics_alone():
    assert findings([VARIED[0]] * 29) == []
    assert CHECK.statistics(facts([VARIED[0]] * 29))["prompts"] == 29
    assert CHECK.statistics(facts([])) == {}
    assert findings([]) == []


def test_a_rule_that_is_off_says_nothing():
    rules = {**INPUTS.guide.rules, "PRM001": "off"}
    off = replace(INPUTS, guide=replace(INPUTS.guide, rules=rules))
    assert {f.code for f in findings([*VARIED, *VARIED])} == {"PRM001"}
    assert findings([*VARIED, *VARIED], off) == []


def test_no_row_is_marked():
    row = rows(VARIED)[0]
    said = list(CHECK.judge(Context(row, prompt.read(row.instruction), INPUTS, facts=facts(VARIED))))
    assert {(type(one), one.criterion) for one in said} == {
        (NotApplicable, "variety"),
        (NotApplicable, "complexity"),
    }


def test_the_statistics_are_compact_json():
    text = json.dumps(CHECK.statistics(facts(VARIED)), allow_nan=False)
    assert len(text) < 2_000
