"""What the judge's opinions become."""

from dataclasses import replace

import pytest

from quality import guide, run, table
from quality.checks import llm_judge
from quality.llm_judge import framing
from quality.llm_judge.endpoint import Endpoint
from quality.model import INPUT_NOT_GIVEN, NotApplicable, Opinion, Prompt, Remark, Row, Severity, Unmeasured
from quality.plan import plan, without_judge
from quality.rule import Context, Inputs

GUIDE = guide.load()
ROW = Row(2, 2, "a", "Name a colour.", "Blue is a colour.")


def said(opinion, style=GUIDE, row=ROW):
    opinions = None if opinion is None else {ROW.texts: opinion}
    return list(llm_judge.CHECK.judge(Context(row, Prompt("open"), Inputs(style, opinions=opinions))))


def test_there_is_a_rule_for_each_criterion_that_the_judge_may_speak_of():
    assert tuple(llm_judge.RULES) == framing.CRITERIA
    assert set(framing.CRITERIA) <= set(GUIDE.criteria)
    assert {rule.criterion for rule in llm_judge.CHECK.rules} == {"advice"}
    assert {GUIDE.severity(rule.code) for rule in llm_judge.CHECK.rules} == {"warning"}


def test_advice_is_off_the_score_and_could_only_lower_it():
    assert GUIDE.criteria["advice"].weight == 0
    assert "advice" in GUIDE.lowering
    assert "advice" not in GUIDE.gate.required


@pytest.mark.parametrize("about", framing.CRITERIA)
def test_a_remark_becomes_a_warning_at_its_place(about):
    (finding,) = said(Opinion((Remark(about, "It is green.", 0, 4),)))
    assert finding.code == llm_judge.RULES[about].code
    assert (finding.criterion, finding.severity) == ("advice", Severity.WARNING)
    assert (finding.start, finding.end, finding.fix) == (0, 4, None)
    assert finding.message == "the judge says: It is green."
    assert finding.detail == {"about": about}


def test_silence_is_no_measurement():
    assert said(Opinion()) == [NotApplicable("advice", "the judge lists no fault")]
    assert said(Opinion(unfounded=3)) == [NotApplicable("advice", "the judge lists no fault")]


def test_no_opinion_where_one_was_asked_for_is_unmeasured():
    assert said(Opinion(missing="the judge is down")) == [Unmeasured("advice", "the judge is down")]
    (other,) = said(Opinion(), row=replace(ROW, output="Another answer."))
    assert isinstance(other, Unmeasured)


def test_nobody_asked_nothing_is_said():
    assert said(None) == []


def test_a_rule_that_is_off_says_nothing():
    off = replace(GUIDE, rules={**GUIDE.rules, "JDG003": "off"})
    assert said(Opinion((Remark("tone", "Curt."),)), off) == [
        NotApplicable("advice", "the judge lists no fault")
    ]


@pytest.fixture
def request_for(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("id,instruction,output,fail_mode\na,Name a colour.,Blue is a colour.,none\n")
    return run.Request(table.read(path), GUIDE, judge=Endpoint("http://127.0.0.1:9/v1", "small"))


def test_without_a_judge_its_rules_are_not_asked(request_for):
    plain = plan(replace(request_for, judge=None))
    assert "llm_judge" not in {check.family for check in plain.active}
    assert "advice" not in plain.criteria
    assert INPUT_NOT_GIVEN["judge"]
    assert "advice" in plan(request_for).criteria


def test_a_judge_that_is_gone_is_missing_as_an_engine_is(request_for):
    planned = without_judge(plan(request_for), "it is down")
    assert planned.unavailable == {"llm_judge": "it is down"}
    assert planned.left_out == {"advice": "it is down"}
    assert "llm_judge" not in {check.family for check in planned.active}
