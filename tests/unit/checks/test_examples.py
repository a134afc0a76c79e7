"""Every rule's own examples: what it calls bad it flags, what it calls good it leaves alone."""

from collections import defaultdict
from dataclasses import replace

import pytest

from quality import checks, guide, prompt, schema, waive
from quality.judge import Bench, Tally, gather, judge_row
from quality.measure import Measured
from quality.rule import DATASET, Inputs

GUIDE = guide.load()
LOADED = {family: checks.load(family) for family in checks.FAMILIES}
EXAMPLES = [
    pytest.param(family, rule.code, example, id=f"{rule.code}-{side}-{number}")
    for family, check in LOADED.items()
    for rule in check.rules
    for side, examples in (("bad", rule.bad), ("good", rule.good))
    for number, example in enumerate(examples)
]


def flagged(family, code, example):
    """The records that the rule flags, judged as a run judges them."""
    sheet = {row.id: row for row in example.sheet} or None
    inputs = Inputs(
        guide=GUIDE,
        against=tuple((f"example {n}", text) for n, text in enumerate(example.against)) or None,
        sheet=sheet,
        violations=schema.of_rows(example.rows, sheet),
        opinions=example.opinion and {row.texts: example.opinion for row in example.rows},
    )
    check = LOADED[family]
    used = list(LOADED.values()) if check.follows else [check]
    measured = Measured()
    for each in used:
        for row in example.rows:
            for column in each.columns if each.measure else ():
                texts = [getattr(row, column)]
                if column == "output" and row.original is not None:
                    texts.append(row.original)
                measured.measures[each.family] |= {text: each.measure(text) for text in texts}
    facts = {each.family: gather(each, example.rows, measured, inputs) for each in used}
    assert not any(fact.crash for fact in facts.values()), facts
    tallies = defaultdict(Tally)
    bench = Bench(used, measured, facts, inputs, frozenset(GUIDE.rules), tallies)
    before = replace(bench, checks=[each for each in used if not each.follows])
    found = set()
    for row in example.rows:
        read = prompt.read(row.instruction)
        given = row.original is not None
        original = judge_row(replace(row, output=row.original), read, before) if given else None
        judged = judge_row(row, read, bench, original=original)
        found |= {finding.row for finding in judged.findings if finding.code == code}
        assert judged.findings == waive.waive(judged.findings, read, row.instruction)
    for fact in facts.values():
        found |= {finding.row or DATASET for finding in fact.findings if finding.code == code}
    assert not any(tally.failed for tally in tallies.values()), tallies
    return found


@pytest.mark.parametrize(("family", "code", "example"), EXAMPLES)
def test_example(family, code, example):
    assert flagged(family, code, example) == set(example.flags)


def test_every_rule_is_in_the_guide_and_has_both_kinds_of_example():
    codes = [rule.code for check in LOADED.values() for rule in check.rules]
    assert sorted(codes) == sorted(set(codes)), "a code is used twice"
    assert set(codes) <= set(GUIDE.rules)
    for check in LOADED.values():
        for rule in check.rules:
            assert rule.criterion in GUIDE.criteria
            assert all(example.flags for example in rule.bad), rule.code
            assert not any(example.flags for example in rule.good), rule.code
