"""Labels: known ones in any spelling, unknown ones with the nearest, faults that they name and that are still there."""

import pytest

from quality import guide, prompt
from quality.checks.fail_mode import CHECK
from quality.model import NotApplicable, Row
from quality.rule import Context, Inputs

GUIDE = guide.load()


def judged(label, faults=(), labelled=True):
    row = Row(2, 2, "a", "Why is the sky blue?", "Because of the air.", fail_mode=label)
    inputs = Inputs(guide=GUIDE, labelled=labelled)
    return list(CHECK.judge(Context(row, prompt.read(row.instruction), inputs, faults=frozenset(faults))))


def codes(label, faults=()):
    return [judgement.code for judgement in judged(label, faults)]


@pytest.mark.parametrize(
    "label",
    [
        "none", "NONE", " grammar ", "Grammar.", "too_chatty", "prompt-compliance", "n/a", "N/A", "factual error",
        "grammar, tone", "grammar; tone", "grammar / tone", "grammar and tone", "Grammar & Punctuation",
        "grammar and spelling", "“tone”", "[tone]", "tone,", "tone\u00a0",
    ],
)  # fmt: skip
def test_known(label):
    assert codes(label) == []


@pytest.mark.parametrize("label", ["", " ", "\t\n", "-".replace("-", ""), '""', "…".replace("…", ".")])
def test_empty(label):
    assert codes(label) == ["LBL001"]


@pytest.mark.parametrize(
    ("label", "name", "near"),
    [
        ("gramar", "gramar", "grammar"),
        ("grammar, fnord", "fnord", None),
        ("Repitition", "Repitition", "repetition"),
    ],
)
def test_unknown(label, name, near):
    (finding,) = judged(label)
    assert finding.code == "LBL002"
    assert label[finding.start : finding.end] == name
    assert finding.column == "fail_mode"
    if near:
        assert finding.detail["nearest"] == near
        assert near in finding.message


def test_each_unknown_part_is_a_finding():
    assert codes("foo, bar, tone") == ["LBL002", "LBL002"]


@pytest.mark.parametrize(
    ("label", "faults", "expected"),
    [
        ("grammar", {"grammar"}, ["LBL003"]),
        ("grammar", {"tone"}, []),
        ("tone, grammar", {"grammar"}, ["LBL003"]),
        ("none", {"grammar"}, ["LBL003"]),
        ("none", set(), []),
        ("none", {"contract", "fail_mode", "ai_signals"}, []),
        ("", {"grammar"}, ["LBL001"]),
        ("fnord", {"grammar"}, ["LBL002"]),
    ],
)
def test_faults_still_shown(label, faults, expected):
    assert codes(label, faults) == expected


def test_without_the_column_nothing_applies():
    (judgement,) = judged("", labelled=False)
    assert isinstance(judgement, NotApplicable)
    assert judgement.criterion == "fail_mode"


def test_a_huge_label_is_unknown_at_once():
    (finding,) = judged("x, " * 300_000)
    assert finding.code == "LBL002"
    assert len(finding.message) < 500
