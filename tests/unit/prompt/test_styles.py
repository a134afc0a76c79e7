"""Style, persona, fiction and work on a given text."""

import pytest

from quality import prompt


@pytest.mark.parametrize(
    ("instruction", "asks"),
    [
        (
            "Proofread my paragraph:\n\nIn this essay I will use 3 examples. Do not use "
            "commas, they said. The word 'freedom' should appear at least 5 times.",
            {("task:correct", "", "")},
        ),
        ("Don't use emojis.", {("style:emoji", "not", "")}),
        ("Use lots of emojis.", {("style:emoji", "", "")}),
        ("Act as a travel agent.", {("style:persona", "", "travel agent")}),
        ("Explain gravity like I'm five.", {("style:age", "", "five")}),
        ("Explain it to a 10-year-old.", {("style:age", "", "10-year-old")}),
        ("Talk like a pirate.", {("style:dialect", "", "pirate")}),
        ("Write a formal letter to the mayor.", {("style:formal", "", "")}),
        ("Use a casual tone.", {("style:informal", "", "")}),
        ("Write a note full of spelling mistakes.", {("style:typos", "", "")}),
        ("Roast me.", {("style:rude", "", "")}),
        ("Write a sarcastic reply to my boss.", {("style:rude", "", "")}),
        ("Write a dialogue between two cats.", {("genre:dialogue", "", "")}),
        ("Write a short story about rain.", {("genre:fiction", "", "")}),
        ("Correct the grammar in this sentence: he go home.", {("task:correct", "", "")}),
        ("Repeat the following text verbatim: abc", {("task:quote", "", "")}),
        ("Tell me the story of Apollo 13.", {("genre:fiction", "", "")}),
        (
            "You are a poet. Write 4 lines about snow, don't use the letter e.",
            {
                ("style:persona", "", "poet"),
                ("length:lines", "=", "4"),
                ("keywords:letter_frequency", "<=", "0"),
            },
        ),
        (
            "Language: French. Write a haiku.",
            {("genre:fiction", "", ""), ("language:response_language", "=", "fr")},
        ),
        ('Write a limerick about the word "lime".', {("genre:fiction", "", "")}),
        ('Write a poem called "The Sea".', {("genre:fiction", "", "")}),
        ("Please repeat after me: hello", {("task:quote", "", "")}),
        ("Write a 3-act play.", {("genre:dialogue", "", "")}),
        ("Write the first two paragraphs of a novel.", {("genre:fiction", "", "")}),
    ],
)
def test_asks(instruction, asks):
    assert {(ask.kind, ask.relation, ask.value) for ask in prompt.read(instruction).asks} == asks
