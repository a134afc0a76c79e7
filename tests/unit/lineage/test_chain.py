from dataclasses import replace

import pytest

from quality.lineage import AtHand, Bundle, Damaged, State, links
from tests.unit.lineage.chains import ALL, BUNDLE, GATE, MADE, RUN

OTHER = "9" * 64


def broken(bundle=BUNDLE, at_hand=ALL):
    return {link.name: link.detail for link in links(bundle, at_hand) if link.state is State.BROKEN}


def test_a_whole_chain_is_consistent_and_nothing_goes_unchecked():
    chain = links(BUNDLE, ALL)
    assert {link.state for link in chain} == {State.CONSISTENT}


def test_what_is_not_at_hand_is_said_and_breaks_nothing():
    chain = links(BUNDLE, AtHand())
    assert broken(at_hand=AtHand()) == {}
    unchecked = [link.name for link in chain if link.state is State.NOT_CHECKED]
    assert unchecked == [
        "data ↔ gate record",
        "template ↔ run record",
        "adapter ↔ run record",
        "base model ↔ run record",
        "tokenizer ↔ run record",
        "test file ↔ prediction record",
        "predictions ↔ prediction record",
    ]
    assert all(link.detail for link in chain if link.state is State.NOT_CHECKED)


@pytest.mark.parametrize(
    ("part", "link", "said"),
    [
        ("data", "data ↔ gate record", "data.csv was edited after the gate"),
        ("test", "test file ↔ prediction record", "test.csv is not the file that was answered"),
        (
            "predictions",
            "predictions ↔ prediction record",
            "predictions.csv was edited after `finetune predict`",
        ),
    ],
)
def test_an_edited_file_breaks_its_own_link_alone(part, link, said):
    edited = replace(getattr(ALL, part), data=OTHER)
    assert broken(at_hand=replace(ALL, **{part: edited})) == {link: said}


def test_the_same_rows_in_other_bytes_are_consistent_with_a_note():
    chain = links(BUNDLE, replace(ALL, data=replace(ALL.data, file=OTHER)))
    (noted,) = [link for link in chain if link.detail]
    assert (noted.name, noted.state) == ("data ↔ gate record", State.CONSISTENT)


@pytest.mark.parametrize(
    ("part", "link"),
    [
        ("adapter_sha256", "adapter ↔ run record"),
        ("base_sha256", "base model ↔ run record"),
        ("template_sha256", "template ↔ run record"),
        ("tokenizer_sha256", "tokenizer ↔ run record"),
    ],
)
def test_other_files_than_the_runs_break_the_link(part, link):
    assert list(broken(at_hand=replace(ALL, **{part: OTHER}))) == [link]
    assert broken(at_hand=replace(ALL, **{part: Damaged("a file is gone")})) == {link: "a file is gone"}


def test_a_gate_that_refused_is_a_broken_link():
    refused = replace(GATE, passed=False, reasons=("12 of 20 rows pass",))
    assert "12 of 20 rows pass" in broken(replace(BUNDLE, gate=refused))["the gate"]


@pytest.mark.parametrize(
    "contradicting", [replace(GATE, passed=False), replace(GATE, reasons=("12 of 20 rows pass",))]
)
def test_a_gate_that_says_yes_and_no_is_a_broken_link(contradicting):
    assert "the gate" in broken(replace(BUNDLE, gate=contradicting))


def test_records_of_different_runs_do_not_hang_together():
    assert "gate record ↔ run record" in broken(replace(BUNDLE, gate=replace(GATE, rules={})))
    other_run = replace(RUN, losses=((1, 9.9),))
    assert list(broken(replace(BUNDLE, run=other_run))) == ["run record ↔ prediction record"]
    other_adapter = replace(BUNDLE, predictions=replace(MADE, adapter_sha256=OTHER))
    assert list(broken(other_adapter)) == ["adapter and base ↔ prediction record"]


def test_training_on_a_row_that_does_not_pass_is_told_by_its_number():
    cheat = replace(RUN, used=(2, 3, 4))
    said = broken(replace(BUNDLE, run=cheat))["rows trained on ↔ gate record"]
    assert said == "it trained on rows that do not pass: 3"


def test_a_damaged_record_is_a_broken_link_and_a_missing_one_is_not():
    damaged = Bundle(GATE, None, MADE, {"run": "the record was changed after it was written"})
    assert list(broken(damaged)) == ["the run record"]
    assert broken(Bundle(GATE, None, MADE)) == {}
