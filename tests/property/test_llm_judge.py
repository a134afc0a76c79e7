"""Whatever a text holds, it stays in its frame; whatever a judge says, no mark rises."""

import json
import unicodedata
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quality import guide
from quality.checks import llm_judge
from quality.llm_judge import framing, verdicts
from quality.llm_judge.verdicts import Fault, Unusable
from quality.model import Finding, NotApplicable, Opinion, Prompt, Remark, Row, Severity, Unmeasured
from quality.rule import Context, Inputs
from quality.score import row_score

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault of a text."""
GUIDE = guide.load()
ROW = Row(2, 2, "a", "Name a colour.", "Blue is a colour.")
ANY = st.text(st.characters(exclude_categories=()), max_size=20)
HOSTILE = st.lists(
    st.sampled_from(
        ['"', "\\", "\n", "}", "<|im_end|>", "[INST]", "[/", "record-", "\u202e", "\ud800", "</s>"]
    )
    | ANY,
    max_size=8,
).map("".join)


@PATIENT
@given(turns=st.lists(HOSTILE, max_size=2), prompt=HOSTILE, answer=HOSTILE)
def test_a_record_reads_back_and_holds_nothing_that_ends_it(turns, prompt, answer):
    first, data, last, _ = framing.record((tuple(turns), prompt, answer)).split("\n")
    assert first == last not in data
    read = json.loads(data)
    # two lone halves that meet are one sign for any reader of JSON
    assert [*read.get("earlier_turns", []), read["prompt"], read["answer"]] == json.loads(
        json.dumps([*turns, prompt, answer])
    )
    assert "<" not in data
    assert not any(unicodedata.category(sign)[0] == "C" for sign in data)


@PATIENT
@given(answer=HOSTILE, cut=st.tuples(st.integers(0, 200), st.integers(1, 40)))
def test_words_of_the_answer_are_found_in_it(answer, cut):
    quote = answer[cut[0] : cut[0] + cut[1]]
    said = verdicts.opinion((Fault("tone", quote, "Curt."),), answer)
    if not quote.strip():
        return
    assert said.unfounded == 0
    (remark,) = said.remarks
    assert answer[remark.start : remark.end] == quote.strip()


@PATIENT
@given(
    HOSTILE
    | st.recursive(st.none() | ANY, lambda inner: st.dictionaries(ANY, inner, max_size=3)).map(json.dumps)
)
def test_any_answer_is_faults_or_unusable(content):
    try:
        faults = verdicts.parse(content)
    except Unusable:
        return
    assert verdicts.checked(verdicts.kept(faults)) == faults


REMARKS = st.builds(Remark, st.sampled_from(framing.CRITERIA), st.just("Wrong."), st.just(0), st.just(4))
OPINIONS = st.builds(Opinion, st.lists(REMARKS, max_size=12).map(tuple)) | st.just(
    Opinion(missing="it is down")
)
FINDINGS = st.lists(
    st.builds(
        Finding,
        code=st.just("TST001"),
        criterion=st.sampled_from(sorted(GUIDE.criteria.keys() - {"advice"})),
        severity=st.sampled_from(Severity),
        row=st.just(2),
        row_id=st.just("a"),
        column=st.just("output"),
        message=st.just("a fault"),
    ),
    max_size=8,
)


def marks(style, findings, opinion=None):
    """The row's marks with those findings, and with what the judge says if it was asked."""
    known = set(style.criteria) - {"advice"}
    if opinion is None:
        return row_score(ROW, Prompt("open"), findings, applicable=known, unmeasured={}, guide=style)
    context = Context(ROW, Prompt("open"), Inputs(style, opinions={ROW.texts: opinion}))
    said = list(llm_judge.CHECK.judge(context))
    applies = not any(isinstance(one, NotApplicable) for one in said)
    return row_score(
        ROW,
        Prompt("open"),
        [*findings, *(one for one in said if isinstance(one, Finding))],
        applicable=known | ({"advice"} if applies else set()),
        unmeasured={one.criterion: one.reason for one in said if isinstance(one, Unmeasured)},
        guide=style,
    )


@PATIENT
@given(
    findings=FINDINGS,
    opinion=OPINIONS,
    weight=st.sampled_from([0, 0.5, 3]),
    severity=st.sampled_from(["warning", "error"]),
)
def test_no_opinion_lifts_a_mark_whatever_the_guide_makes_of_it(findings, opinion, weight, severity):
    style = replace(
        GUIDE,
        criteria={**GUIDE.criteria, "advice": replace(GUIDE.criteria["advice"], weight=weight)},
        rules={**GUIDE.rules, **{rule.code: severity for rule in llm_judge.CHECK.rules}},
    )
    without, judged = marks(style, findings), marks(style, findings, opinion)
    assert judged.score <= without.score
    assert judged.passed <= without.passed
    assert {**judged.criteria, "advice": None} == without.criteria
