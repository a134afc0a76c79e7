"""IFEval's families in 741 wordings, nearly all written down before the patterns were looked at.

A line of `wordings/*.txt` is `asks ||| instruction`; `-` means that none of IFEval's kinds is asked. An ask is a short
name, then its value (`kw:moon`), its relation and number (`words>=300`), or what is counted and how often
(`freq:cake>=3`, `sec=4:Part`, `first:2=weather`). `?` before a line marks one that is known to be read wrongly.
"""

import re
from pathlib import Path

import pytest

from quality import prompt

KINDS = {
    "kw": "keywords:existence", "no": "keywords:forbidden_words", "freq": "keywords:frequency",
    "let": "keywords:letter_frequency", "lang": "language:response_language",
    "words": "length_constraints:number_words",
    "sents": "length_constraints:number_sentences", "paras": "length_constraints:number_paragraphs",
    "first": "length_constraints:nth_paragraph_first_word", "ph": "detectable_content:number_placeholders",
    "ps": "detectable_content:postscript", "bul": "detectable_format:number_bullet_lists",
    "hl": "detectable_format:number_highlighted_sections", "sec": "detectable_format:multiple_sections",
    "json": "detectable_format:json_format", "title": "detectable_format:title",
    "choice": "detectable_format:constrained_response", "two": "combination:two_responses",
    "rep": "combination:repeat_prompt", "end": "startend:end_checker", "quote": "startend:quotation",
    "caps": "change_case:capital_word_frequency", "upper": "change_case:english_capital",
    "lower": "change_case:english_lowercase", "nocomma": "punctuation:no_comma",
}  # fmt: skip
NAMES = {kind: name for name, kind in KINDS.items()}
COUNTS = ("words", "sents", "paras", "ph", "bul", "hl", "caps")
FLAGS = ("json", "title", "rep", "quote", "upper", "lower", "nocomma")
COUNTED = re.compile(
    r"(?P<name>[a-z]+)(?::(?P<unit>.+?))?(?P<relation><=|>=|[<>=~])(?P<value>\d+)(?::(?P<label>.+))?"
)
FILES = sorted(Path(__file__).with_name("wordings").glob("*.txt"))


def _plain(words):
    return words.strip().rstrip(".!?,").lower() or words


def _wanted(said):
    """One ask of a line as (name, relation, value, unit)."""
    counted = COUNTED.fullmatch(said)
    if counted and counted["name"] in (*COUNTS, "freq", "let", "sec"):
        relation = "about" if counted["relation"] == "~" else counted["relation"]
        return counted["name"], relation, counted["value"], _plain(counted["unit"] or counted["label"] or "")
    name, _, value = said.partition(":")
    if name == "first":
        number, _, value = value.partition("=")
        return name, "", _plain(value), number
    return name, "", _plain(value), ""


def _read(instruction):
    for ask in prompt.read(instruction).asks:
        name = NAMES.get(ask.kind)
        if name is None or (ask.part and name in COUNTS):
            continue
        if name in (*COUNTS, "freq", "let", "sec"):
            yield name, ask.relation, ask.value, "" if name in COUNTS else _plain(ask.unit)
        elif name == "first":
            yield name, "", _plain(ask.value), ask.part.removeprefix("paragraph ")
        else:
            yield name, "", "" if name in FLAGS else _plain(ask.value), ""


def _lines():
    for path in FILES:
        for line in path.read_text(encoding="utf-8").splitlines():
            said, divider, instruction = line.partition(" ||| ")
            if divider:
                marks = [pytest.mark.xfail(strict=True)] if said.startswith("? ") else []
                yield pytest.param(said.removeprefix("? "), instruction, marks=marks, id=instruction[:60])


@pytest.mark.parametrize(("said", "instruction"), list(_lines()))
def test_what_a_wording_asks(said, instruction):
    wanted = set() if said == "-" else {_wanted(one) for one in said.split(";")}
    assert set(_read(instruction)) == wanted


def test_every_family_is_worded_at_least_seven_times():
    said = [
        line.partition(" ||| ")[0] for path in FILES for line in path.read_text(encoding="utf-8").splitlines()
    ]
    names = [
        re.match(r"[a-z]*", one)[0] for line in said if not line.startswith("#") for one in line.split(";")
    ]
    assert all(names.count(name) >= 7 for name in KINDS)
