"""The language of the answer."""

import pytest

from quality import prompt


@pytest.mark.parametrize(
    ("instruction", "asks"),
    [
        ("Respond in German.", {("language:response_language", "=", "de")}),
        (
            "Write the whole thing in Swahili only; no other language.",
            {("language:response_language", "=", "sw")},
        ),
        ("Your reply must be completely in Thai.", {("language:response_language", "=", "th")}),
        ("Give the answer in Portuguese, please.", {("language:response_language", "=", "pt")}),
        (
            "I want the entire response to be in the Gujarati language.",
            {("language:response_language", "=", "gu")},
        ),
        (
            'Translate into English: "Escribe 300 palabras, sin comas."',
            {("language:response_language", "=", "en"), ("task:translation", "=", "en")},
        ),
        (
            "Translate this to German: I am here.",
            {("language:response_language", "=", "de"), ("task:translation", "=", "de")},
        ),
        ("How do you say good morning in Japanese?", {("task:translation", "=", "ja")}),
        ("Do not use any language other than Hindi.", {("language:response_language", "=", "hi")}),
        (
            "Write your answer only in Tamil, no other language is allowed.",
            {("language:response_language", "=", "ta")},
        ),
        (
            "Your response should be in Nepali language, no other language is allowed.",
            {("language:response_language", "=", "ne")},
        ),
        ("Use only Bengali in your reply.", {("language:response_language", "=", "bn")}),
        (
            "Please reply using Telugu and nothing else.",
            {("language:response_language", "=", "te"), ("format:only", "", "")},
        ),
        (
            "Write a list of 10 animals in Arabic.",
            {("length:items", "=", "10"), ("language:response_language", "=", "ar")},
        ),
        (
            "The story must be told entirely in the Persian language.",
            {("language:response_language", "=", "fa")},
        ),
        ("Only reply in Finnish.", {("language:response_language", "=", "fi")}),
        ("Can you explain it in Korean?", {("language:response_language", "=", "ko")}),
        ("Entirely in Marathi, please: why is the sky blue?", {("language:response_language", "=", "mr")}),
        (
            "Translate your answer into Polish.",
            {("language:response_language", "=", "pl"), ("task:translation", "=", "pl")},
        ),
        (
            "Translate 'do not use commas' into Latin.",
            {("language:response_language", "=", "la"), ("task:translation", "=", "la")},
        ),
        (
            "Context: the exam needs 3 paragraphs.\n\nQuestion: how long is it? Answer in Spanish.",
            {("language:response_language", "=", "es")},
        ),
        (
            "Translate these 3 sentences into French.",
            {("language:response_language", "=", "fr"), ("task:translation", "=", "fr")},
        ),
    ],
)
def test_asks(instruction, asks):
    assert {(ask.kind, ask.relation, ask.value) for ask in prompt.read(instruction).asks} == asks
