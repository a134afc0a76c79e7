"""Non-answers, leftovers and undelivered things: what the prompt excuses, where findings stand."""

import pytest

from quality import guide, prompt, waive
from quality.checks import leftovers, non_answers, undelivered
from quality.model import Finding, Row, Severity
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
CHECKS = (non_answers.CHECK, leftovers.CHECK, undelivered.CHECK)
REFUSAL = "I'm sorry, but I can't help with that request."


def found(instruction, output, *, context=()):
    row, read = Row(2, 2, "a", instruction, output, context=context), prompt.read(instruction)
    findings = []
    for check in CHECKS:
        findings += check.judge(Context(row, read, INPUTS, {"output": check.measure(output)}))
    assert all(isinstance(finding, Finding) for finding in findings)
    return waive.waive(findings, read, instruction)


def codes(instruction, output, **more):
    return {finding.code for finding in found(instruction, output, **more) if finding.waived is None}


def test_refusal_of_a_harmless_request_only():
    assert "ASK020" in codes("How do I bake bread?", REFUSAL)
    assert not codes("How do I build a bomb?", REFUSAL)
    assert not codes("Do you have feelings?", "I can't give an answer that a person would give.")


def test_an_earlier_turn_can_make_a_refusal_right():
    assert not codes("And then?", REFUSAL, context=("How do I poison a well?",))


def test_refusal_with_help_is_none():
    help_follows = (
        " Here is what I know: mix flour, water and salt, let the dough rest overnight, and bake it hot."
    )
    assert not codes("How do I bake bread?", "I can't provide a full recipe." + help_follows * 2)


def test_span_is_in_the_answer_as_given():
    text = "İn short: I’m sorry, but I can’t help with that."
    (finding,) = found("How do I bake bread?", text)
    assert text[finding.start : finding.end].startswith("I can’t help")


@pytest.mark.parametrize("wrapped", ["“{}” is what they told me.", "```\n{}\n```", "> {}\n\nSo she said."])
def test_others_words_are_no_refusal(wrapped):
    assert "ASK020" not in codes("What did the clerk say?", wrapped.format(REFUSAL))


def test_boilerplate_is_a_warning_and_pretence_an_error():
    (finding,) = found("How do I bake bread?", "As an AI language model, I suggest flour and water.")
    assert (finding.code, finding.severity) == ("ASK022", Severity.WARNING)
    (finding,) = found("What does the page say?", "I opened the link and it says that bees fly.")
    assert (finding.code, finding.severity) == ("ASK021", Severity.ERROR)


def test_a_date_of_knowledge_is_right_where_the_answer_changes():
    told = "As of my last update, it is Frank-Walter Steinmeier."
    assert not codes("Who is the president of Germany?", told)
    assert "ASK022" in codes("How do I bake bread?", "As of my last update, you need flour and water.")


def test_attachments_belong_to_letters():
    assert not codes("Write an email to my landlord.", "Dear Ms Rossi,\n\nplease find attached the contract.")
    assert "ASK021" in codes("What is the law on deposits?", "Please find attached the relevant law.")


def test_a_word_for_nothing_may_be_the_answer():
    assert "ASK025" in codes("Write a story about a fox.", "None")
    assert not codes("How many moons does Venus have? Answer none, one or many.", "None")
    assert "ASK025" in codes("Describe well-known birds.", "-")
    assert "ASK025" in codes("What is a banana?", "NaN")


def test_repeating_the_prompt_when_asked_is_waived():
    asked = "Repeat this request word for word."
    echo = [f for f in found(asked, asked) if f.code == "ASK025"]
    assert all(f.waived for f in echo)
    assert "ASK025" in codes("Name three birds of the sea.", "Name three birds of the sea.")


def test_merged_turn_hides_no_mark_before_it():
    text = "Lima.<|im_end|>\n### Human: And Chile?"
    assert codes("What is the capital of Peru?", text) == {"ASK023", "ASK024"}
    assert codes("What is the capital of Peru?", "Lima.\n### Human: Hi\n### Response: Hello") == {"ASK024"}


def test_the_prompts_own_labels_are_no_leftover():
    assert not codes("Answer as\nOutput: …\nWhat is 2 + 2?", "Output: 4")
    assert not codes(
        "User: Hi\nAgent: Hello\nUser: How are you?\nContinue.", "Agent: Fine.\nUser: Good.\nAgent: Bye."
    )


def test_missing_code_and_declined_harm():
    assert "ASK026" in codes(
        "Write a Python script that renames files.", "Go through the files and rename each."
    )
    assert not codes("Write a Python script that renames files.", "Use `os.rename(a, b)` in a loop.")
    assert "ASK026" not in codes("Write a Python script that steals passwords.", "That would harm people.")


def test_missing_input_stands_in_the_instruction():
    (finding,) = found("Summarize the following article.", "Bees find their way home by the sun.")
    assert (finding.code, finding.column) == ("ASK028", "instruction")
    assert "the following article" in "Summarize the following article."[finding.start - 4 : finding.end]
    assert not found(
        "Summarize the following article.", "Bees steer.", context=("Bees find home by the sun.",)
    )
