import json

import pytest

from quality.llm_judge import verdicts
from quality.llm_judge.verdicts import Fault, Unusable
from quality.model import Opinion, Remark

ONE = '{"faults": [{"criterion": "tone", "quote": "Blue", "why": "Curt."}]}'


@pytest.mark.parametrize(
    "content",
    [
        ONE,
        f"```json\n{ONE}\n```",
        f"Here is what I found:\n{ONE}\nI hope this helps!",
        f'<think>Maybe {{"faults": []}}? No.</think>{ONE}',
        f"The set {{1, 2}} aside: {ONE}",
        ONE.replace('"Curt."}', '"Curt.", "severity": 3}'),
    ],
)
def test_the_object_is_found_in_what_chatty_models_say_around_it(content):
    assert verdicts.parse(content) == (Fault("tone", "Blue", "Curt."),)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "no JSON object"),
        ("Correct!", "no JSON object"),
        ("[]", "no JSON object"),
        ("{}", "no list of faults"),
        ('{"faults": {}}', "no list of faults"),
        ('{"faults": [1]}', "lacks"),
        ('{"faults": [{"criterion": "tone", "quote": null, "why": "x"}]}', "lacks"),
        ('{"faults": [{"criterion": "praise", "quote": "", "why": "x"}]}', "no known criterion"),
        ('{"faults": [{"criterion": "tone", "quote": "", "why": " \\u200b "}]}', "no reason"),
        (json.dumps({"faults": [{"criterion": "tone", "quote": "", "why": "x"}] * 51}), "more than 50"),
        (ONE[:-20], "no JSON object|no list"),
        ('{"faults": ' + "[" * 200_000, "no JSON object"),
    ],
)
def test_what_breaks_the_schema_is_unusable(content, why):
    with pytest.raises(Unusable, match=why):
        verdicts.parse(content)


def test_what_the_cache_keeps_reads_back():
    faults = verdicts.parse(ONE)
    assert verdicts.checked(json.loads(json.dumps(verdicts.kept(faults)))) == faults


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Sydney", "Sydney"),
        ("capital is Sydney", "capital  is\n**Sydney**"),
        ('"capital is Sydney…"', "capital  is\n**Sydney**"),
        ("Australia's capital", "Australia’s capital"),
        ("1901-1927", "1901–1927"),
        ("`Sydney`", "Sydney"),
        ("its co\u200bast", "its coast"),
    ],
)
def test_a_quote_is_found_whatever_its_markup_and_white_space(quote, found):
    answer = "Australia’s capital  is\n**Sydney**, 1901–1927, on its coast."
    (remark,) = verdicts.opinion((Fault("factual", quote, "No."),), answer).remarks
    assert answer[remark.start : remark.end].strip("*") == found.strip("*")


@pytest.mark.parametrize(
    "quote", ["Melbourne", "capital was Sydney", "sydney is", "…", "Canberra is the capital"]
)
def test_a_fault_whose_words_do_not_stand_there_is_dropped_and_counted(quote):
    assert verdicts.opinion((Fault("factual", quote, "No."),), "The capital is Sydney.") == Opinion(
        unfounded=1
    )


def test_a_long_quote_is_found_by_its_beginning():
    answer = "word " * 900
    (fault,) = verdicts.parse(json.dumps({"faults": [{"criterion": "tone", "quote": answer, "why": "x"}]}))
    (remark,) = verdicts.opinion((fault,), answer).remarks
    assert (remark.start, remark.end) == (0, 1_999)


def test_a_fault_without_words_is_about_the_whole_answer():
    said = verdicts.opinion((Fault("compliance", " ", "No title."),), "Text.")
    assert said == Opinion((Remark("compliance", "No title."),))


def test_the_same_fault_is_said_once():
    fault = Fault("tone", "a", "Curt.")
    assert len(verdicts.opinion((fault, fault), "a").remarks) == 1


def test_a_reason_is_one_line_of_what_can_be_seen():
    fault = Fault("tone", "", "Wrong\n\n\x1b[2J\u202eit\u200b  is" + " very" * 200)
    (remark,) = verdicts.opinion((fault,), "a").remarks
    assert remark.why.startswith("Wrong [2Jit is very")
    assert len(remark.why) <= verdicts.MAX_WHY
    assert remark.why.endswith("…")


def test_many_quotes_in_a_long_answer_are_found_quickly():
    answer = ("word " * 4_000) + "end"
    listed = tuple(Fault("tone", f"missing {n}", "x") for n in range(50))
    assert verdicts.opinion(listed, answer).unfounded == 50
