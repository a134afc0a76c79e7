"""Personal data is flagged unless the prompt gave it, waived where the prompt asks for it, and never said in full."""

import pytest

from quality import guide, prompt
from quality.checks.personal_data import CHECK
from quality.model import Row, Severity
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
TOKEN = "hf_" + "kQvTzWbRyLmNcXpJdGsHfAeUoIqPwZtKaB"


def findings(instruction, output, *context):
    row = Row(2, 2, "a", instruction, output, context=context)
    return list(CHECK.judge(Context(row, prompt.read(instruction), INPUTS)))


def test_a_secret_is_an_error_and_its_message_does_not_tell_it():
    (found,) = findings("Log in.", f"Use {TOKEN}.")
    assert (found.code, found.severity, found.start, found.end) == (
        "PII003",
        Severity.ERROR,
        4,
        4 + len(TOKEN),
    )
    assert found.message == "a Hugging Face token: hf_…"
    assert found.detail == {"kind": "Hugging Face token"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Mail jane.doe@posteo.net", "It goes to Jane.Doe@posteo.net."),
        ("Call +1 415 273 9164", "Call +1 (415) 273-9164"),
        (f"Is {TOKEN} a token?", f"{TOKEN} is one."),
    ],
)
def test_what_the_prompt_gave_is_not_flagged(given, said):
    assert findings(given, said) == []
    assert findings("Go on.", said, given) == []
    assert len(findings("Go on.", said)) == 1


@pytest.mark.parametrize(
    ("instruction", "output", "words"),
    [
        ("Write a table of names and e-mail addresses.", "Ann | ann@posteo.net", "e-mail addresses"),
        ("Make a business card.", "Ann\n(415) 273-9164", "business card"),
        ("Generate a random API token.", f"{TOKEN}", "Generate a random API token"),
        ("Write an email to my boss.", "Dear Ann (ann@posteo.net)", None),
    ],
)
def test_what_the_prompt_asks_for_is_waived_with_its_words(instruction, output, words):
    (found,) = findings(instruction, output)
    assert found.waived == words
