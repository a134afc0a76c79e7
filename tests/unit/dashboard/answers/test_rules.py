"""The rules as the guide's page lists them."""

from dashboard.answers import rules
from dashboard.model import RuleCount
from quality import guide


def lines():
    return rules.lines(guide.load(), [RuleCount("GRM001", "grammar", "error", 7, 4)])


def test_every_rule_is_listed_with_what_it_found_here():
    known = {line.rule.code: line for line in lines()}
    assert set(known) == set(guide.load().rules)
    assert (known["GRM001"].findings, known["GRM001"].rows, known["GRM001"].severity) == (7, 4, "error")
    assert known["CSV001"].findings == 0


def test_rules_are_found_by_code_words_criterion_and_findings():
    assert [line.rule.code for line in rules.chosen(lines(), text="grm001")] == ["GRM001"]
    assert [line.rule.code for line in rules.chosen(lines(), fired=True)] == ["GRM001"]
    tone = rules.chosen(lines(), criterion="tone")
    assert {line.rule.criterion for line in tone} == {"tone"}
    assert rules.chosen(lines(), severity="off") == tuple(x for x in lines() if x.severity == "off")
    assert rules.chosen(lines(), text="no rule says this") == ()


def test_a_rule_is_known_by_its_code_in_any_case():
    assert rules.rule(" grm001 ").code == "GRM001"
    assert rules.rule("XXX999") is None


def test_every_example_of_every_rule_can_be_shown():
    for rule in rules.all_rules():
        for example in rule.bad:
            shown = rules.shown(example)
            assert any(one.flagged for one in shown), rule.code
        for example in rule.good:
            assert not any(one.flagged for one in rules.shown(example)), rule.code
