"""Compliance as judged: results, findings with both spans, what is unmeasured."""

import pytest

from quality import guide, prompt
from quality.checks.compliance import CHECK
from quality.compliance.data import measure
from quality.compliance.verify import VERIFIERS
from quality.model import Ask, AskResult, Finding, NotApplicable, Prompt, Result, Row, Severity, Unmeasured
from quality.rule import Context, Inputs
from quality.waive import EXCUSES, waive

INPUTS = Inputs(guide=guide.load())
TEA = "Tea is made from the leaves of a shrub. Most of it is grown in hills where rain is plentiful."


def judged(instruction, output, asks=None):
    """All that the check says, sorted by sort."""
    read = prompt.read(instruction) if asks is None else Prompt("open", tuple(asks))
    context = Context(Row(2, 2, "a", instruction, output), read, INPUTS, {"output": measure(output)})
    said = list(CHECK.judge(context))
    return [[one for one in said if isinstance(one, sort)] for sort in (AskResult, Finding, Unmeasured)]


def test_a_violation_shows_what_was_asked_and_what_was_given():
    instruction = "Describe tea. Do not use any commas."
    results, findings, unmeasured = judged(instruction, "Tea, a drink, is old.")
    (finding,) = findings
    assert [one.result for one in results] == [Result.VIOLATED]
    assert (finding.code, finding.criterion, finding.column) == ("ASK005", "compliance", "output")
    assert (finding.start, finding.end) == (3, 4)
    detail = finding.detail
    assert instruction[detail["asked_start"] : detail["asked_end"]] == detail["asked"]
    assert "commas" in detail["asked"]
    assert detail["got"] == results[0].given == "2 commas"
    assert not unmeasured


def test_every_ask_has_one_result():
    instruction = "Describe tea in German in at least 5 words, like a pirate."
    results, _, _ = judged(instruction, TEA)
    assert tuple(one.ask for one in results) == prompt.read(instruction).asks


def test_what_no_program_can_verify_weighs_nothing():
    asks = [Ask("style:persona", "", "a sailor", "", 0, 8), Ask("no:such_kind", "", "", "", 0, 8)]
    results, findings, unmeasured = judged("Describe tea.", TEA, asks)
    assert [one.result for one in results] == [Result.UNVERIFIABLE] * 2
    assert not findings
    assert not unmeasured


@pytest.mark.parametrize(
    ("ask", "output"),
    [
        (Ask("language:response_language", "=", "de", "", 0, 8), "Tee."),
        (Ask("length_constraints:number_words", "=", "lots", "words", 0, 8), TEA),
        (Ask("detectable_format:json_format", "", "", "", 0, 8), "[" * 90_000),
    ],
)
def test_what_a_program_could_have_verified_never_passes(ask, output):
    results, findings, unmeasured = judged("Describe tea.", output, [ask])
    assert [one.result for one in results] == [Result.UNVERIFIABLE]
    assert results[0].given
    assert not findings
    assert [one.criterion for one in unmeasured] == ["compliance"]


def test_a_conflict_is_the_prompts_fault():
    instruction = "Describe tea in all lowercase letters and in all capital letters."
    results, findings, unmeasured = judged(instruction, TEA)
    (finding,) = findings
    assert (finding.code, finding.column, finding.criterion) == ("ASK007", "instruction", "complexity")
    assert finding.severity is Severity.WARNING
    assert "capital" in instruction[finding.start : finding.end]
    assert {one.result for one in results} == {Result.UNVERIFIABLE}
    assert all(one.given for one in results)
    assert not unmeasured


def test_an_empty_cell_is_held_to_nothing():
    read = prompt.read("Describe tea in German.")
    context = Context(Row(2, 2, "a", "Describe tea in German.", " "), read, INPUTS, {"output": measure(" ")})
    said = list(CHECK.judge(context))
    assert [type(one) for one in said] == [NotApplicable, AskResult]


def test_no_ask_excuses_a_missed_one():
    instruction = "Describe tea in German and repeat yourself, with typos."
    _, findings, _ = judged(instruction, TEA)
    assert findings
    assert all(one.waived is None for one in waive(findings, prompt.read(instruction), instruction))


def test_the_tables_agree():
    codes = {rule.code for rule in CHECK.rules}
    assert {code for code, _ in VERIFIERS.values()} == codes - {"ASK007"}
    assert not [kind for kind, excused in EXCUSES.items() if any(code in codes for code in excused)]
