"""Labels: known ones in any spelling, unknown ones with the nearest, faults still there, and what corrections show."""

import pytest

from quality import guide, prompt
from quality.checks.fail_mode import CHECK
from quality.correction.labels import Agreement, totals
from quality.correction.reading import MAX_CHARACTERS
from quality.model import Correction, Evidence, Inferred, NotApplicable, Row, Unmeasured
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


@pytest.mark.parametrize("label", ["", " ", "\t\n", '""', "."])
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


GIVEN = "Because of the air."


def compared(label, *strengths, original="Because of the sea.", output=GIVEN, unknown=(), uncompared=""):
    """Judgements on a row whose correction shows the modes with those strengths, the strongest first."""
    row = Row(2, 2, "a", "Why is the sky blue?", output, fail_mode=label, original=original)
    inferred = tuple(
        Inferred(mode, strength, (Evidence(mode, "a-rule", strength, f"trace {number}"),))
        for number, (mode, strength) in enumerate(strengths)
    )
    correction = None if uncompared else Correction(inferred=inferred, unknown=unknown)
    context = Context(
        row,
        prompt.read(row.instruction),
        Inputs(guide=GUIDE),
        correction=correction,
        uncompared=uncompared,
    )
    return list(CHECK.judge(context))


@pytest.mark.parametrize(
    ("label", "strengths", "expected"),
    [
        ("grammar", [("factual", 0.9)], ["LBL004"]),
        ("grammar", [("factual", 0.9), ("grammar", 0.3)], ["LBL004"]),
        ("grammar", [("factual", 0.9), ("grammar", 0.5)], []),
        ("grammar", [("grammar", 0.9), ("factual", 0.3)], []),
        ("Typo", [("grammar", 0.9)], []),
        ("grammar", [("factual", 0.3)], []),
        ("grammar", [], []),
        ("tone, factual", [("factual", 0.9)], []),
        ("tone, grammar", [("factual", 0.9)], ["LBL004"]),
        ("none", [], ["LBL005"]),
        ("No error", [("tone", 0.9)], ["LBL005"]),
        ("none, tone", [("tone", 0.9)], []),
        ("fnord", [("tone", 0.9)], ["LBL002"]),
        ("", [("tone", 0.9)], ["LBL001"]),
    ],
)
def test_a_label_and_its_correction(label, strengths, expected):
    assert [judgement.code for judgement in compared(label, *strengths)] == expected


@pytest.mark.parametrize(
    ("label", "expected"), [("none", []), ("tone", ["LBL006"]), ("none, tone", ["LBL006"])]
)
@pytest.mark.parametrize("original", [GIVEN, f" {GIVEN}\n", GIVEN.replace(" ", "  ")])
def test_an_untouched_output_has_no_fault_to_label(label, expected, original):
    assert [judgement.code for judgement in compared(label, original=original)] == expected


def test_a_contradiction_says_what_was_seen_and_never_what_it_speaks_for():
    (finding,) = compared("grammar", ("factual", 0.9))
    assert finding.column == "fail_mode"
    assert "labelled grammar" in finding.message
    assert "trace 0" in finding.message
    assert finding.detail == {"labelled": ["grammar"], "seen": ["trace 0"]}
    assert "factual" not in f"{finding.message} {finding.detail}"


def test_a_fault_that_could_not_be_looked_for_is_not_denied():
    assert compared("grammar", ("factual", 0.9), unknown=("grammar",)) == []


def test_without_a_comparison_the_label_is_unmeasured():
    (judgement,) = compared("tone", uncompared="a rule crashed")
    assert isinstance(judgement, Unmeasured)
    assert (judgement.criterion, "a rule crashed" in judgement.reason) == ("fail_mode", True)
    (judgement,) = compared("tone", original="a " * MAX_CHARACTERS)
    assert isinstance(judgement, Unmeasured)


def test_totals_count_each_row_once():
    def row(label, original=None):
        return Row(2, 2, "a", "Why?", GIVEN, fail_mode=label, original=original)

    seen = Correction(
        inferred=(Inferred("factual", 0.9, ()), Inferred("tone", 0.5, ()), Inferred("grammar", 0.2, ()))
    )
    rows = [
        (row(label, "Because of the sea."), seen)
        for label in ("factual", "tone", "grammar", "none", "", "fnord")
    ]
    rows += [(row("none", GIVEN), Correction()), (row("tone", GIVEN), Correction()), (row("tone"), None)]
    assert totals(rows, GUIDE) == {
        Agreement.AGREED: 2,
        Agreement.PLAUSIBLE: 1,
        Agreement.CONTRADICTED: 3,
        Agreement.NOT_JUDGED: 3,
    }
