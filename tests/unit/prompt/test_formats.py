"""Data formats, code, tables, one of several options."""

import pytest

from quality import prompt


@pytest.mark.parametrize(
    ("instruction", "asks"),
    [
        ("Return your answer as a JSON object.", {("detectable_format:json_format", "", "")}),
        ("The whole output should be valid JSON.", {("detectable_format:json_format", "", "")}),
        (
            "Format your entire output in JSON, you can use markdown ticks such as ```.",
            {("detectable_format:json_format", "", "")},
        ),
        ("Provide it in JSON.", {("detectable_format:json_format", "", "")}),
        (
            'Answer with one of these options: "Yes, sir", "No, sir", "Perhaps".',
            {("detectable_format:constrained_response", "=", "Yes, sir | No, sir | Perhaps")},
        ),
        (
            "Is it ripe? Your answer must be one of the following: 'My answer is yes.', "
            "'My answer is no.', 'My answer is maybe.'",
            {
                (
                    "detectable_format:constrained_response",
                    "=",
                    "My answer is yes. | My answer is no. | My answer is maybe.",
                )
            },
        ),
        (
            "Write a python script that prints at least 10 words in uppercase.",
            {("format:code", "=", "python")},
        ),
        ("Give me the config in YAML.", {("format:yaml", "", "")}),
        ("Output the data as CSV.", {("format:csv", "", "")}),
        ("Return valid XML only.", {("format:xml", "", ""), ("format:only", "", "")}),
        ("Provide the settings in TOML format.", {("format:toml", "", "")}),
        ("Make a table of the planets.", {("format:table", "", "")}),
        ("Write a Java program that sorts numbers.", {("format:code", "=", "java")}),
        ("Give me a bash one-liner to list files.", {("format:code", "=", "bash")}),
        ("Give a numbered list of steps.", {("format:numbered", "", "")}),
        ("List the pros as bullet points.", {("format:bullets", "", "")}),
        ("Answer in one word.", {("format:one_word", "=", "1")}),
        ("Reply with yes or no only.", {("format:yes_no", "", "")}),
        ("Just give me the answer, nothing else.", {("format:only", "", ""), ("length:short", "", "")}),
        ("Your answer should be in the form of JSON.", {("detectable_format:json_format", "", "")}),
        (
            "Please wrap your answer in JSON format using ```json.",
            {("detectable_format:json_format", "", "")},
        ),
        ("Put your entire response inside a JSON block.", {("detectable_format:json_format", "", "")}),
        (
            "Choose one of: 'My answer is yes.', 'My answer is no.', 'My answer is maybe.'",
            {
                (
                    "detectable_format:constrained_response",
                    "=",
                    "My answer is yes. | My answer is no. | My answer is maybe.",
                )
            },
        ),
        (
            "Answer with exactly one of the following phrases:\n* My answer is yes.\n* "
            "My answer is no.\n* My answer is maybe.",
            {
                (
                    "detectable_format:constrained_response",
                    "=",
                    "My answer is yes. | My answer is no. | My answer is maybe.",
                )
            },
        ),
        (
            'Reply with either "I agree" or "I disagree".',
            {("detectable_format:constrained_response", "=", "I agree | I disagree")},
        ),
        (
            'Your answer must be one of: "left", "right", "straight".',
            {("detectable_format:constrained_response", "=", "left | right | straight")},
        ),
        ("Pick from ('A', 'B', 'C').", {("detectable_format:constrained_response", "=", "A | B | C")}),
        (
            "You should answer by choosing exactly one of these phrases: 'My answer is "
            "yes.', 'My answer is no.'",
            {("detectable_format:constrained_response", "=", "My answer is yes. | My answer is no.")},
        ),
        ("Q: Who wrote Hamlet? Answer in one word.", {("format:one_word", "=", "1")}),
        (
            "Write a function in Python without using the keyword 'for'.",
            {("format:code", "=", "python"), ("keywords:forbidden_words", "not", "for")},
        ),
        ("Write a JSON parser in C.", {("format:code", "=", "c")}),
        ("Convert this JSON to CSV: {}", {("format:csv", "", "")}),
    ],
)
def test_asks(instruction, asks):
    assert {(ask.kind, ask.relation, ask.value) for ask in prompt.read(instruction).asks} == asks
