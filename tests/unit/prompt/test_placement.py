"""First and last words, titles, postscripts, quotation marks, the repeated prompt."""

import pytest

from quality import prompt


@pytest.mark.parametrize(
    ("instruction", "asks"),
    [
        ("Add a P.S. at the end.", {("detectable_content:postscript", "", "P.S.")}),
        (
            "Finish with a postscript that begins with P.P.S.",
            {("detectable_content:postscript", "", "P.P.S.")},
        ),
        ('Include a post script starting with "P.S.".', {("detectable_content:postscript", "", "P.S.")}),
        (
            "At the end of your reply, add a note that starts with P.S",
            {("detectable_content:postscript", "", "P.S")},
        ),
        (
            "Put a title in double angular brackets, such as <<my title>>.",
            {("detectable_format:title", "", "<<>>")},
        ),
        ("It needs a title wrapped in << and >>.", {("detectable_format:title", "", "<<>>")}),
        (
            "First, repeat this request word for word, then answer it.",
            {("combination:repeat_prompt", "", "")},
        ),
        (
            "Before you answer, restate the prompt exactly as written.",
            {("combination:repeat_prompt", "", "")},
        ),
        ("Copy the question verbatim before answering.", {("combination:repeat_prompt", "", "")}),
        ('Finish with the sentence "That is all."', {("startend:end_checker", "", "That is all.")}),
        ("End your response with: Have a nice day!", {("startend:end_checker", "", "Have a nice day!")}),
        (
            'The last sentence must be "The end." and nothing may follow.',
            {("startend:end_checker", "", "The end.")},
        ),
        (
            'Conclude your letter by saying "Yours in crime".',
            {("startend:end_checker", "", "Yours in crime")},
        ),
        ("Your final line should read 'Over and out'.", {("startend:end_checker", "", "Over and out")}),
        ("Put your entire answer in double quotes.", {("startend:quotation", "", "")}),
        ("Your response should be wrapped in quotation marks.", {("startend:quotation", "", "")}),
        ("Start and end your response with a double quotation mark.", {("startend:quotation", "", "")}),
        ('Start your response with "Dear reader".', {("startend:opening", "", "Dear reader")}),
        ("Add a P.P.S. at the end of the email.", {("detectable_content:postscript", "", "P.P.S.")}),
        ('Sign off, then add "P.S." with a joke.', {("detectable_content:postscript", "", "P.S.")}),
        ("Write a joke. In the end, add a postscript.", {("detectable_content:postscript", "", "P.S.")}),
        (
            "Give the poem a title in double angular brackets: <<title>>.",
            {("genre:fiction", "", ""), ("detectable_format:title", "", "<<>>")},
        ),
        ("Must have a title enclosed in << >>.", {("detectable_format:title", "", "<<>>")}),
        ("Repeat the exact request above before answering it.", {("combination:repeat_prompt", "", "")}),
        (
            "To begin, please repeat the entire request word for word without change, then give your answer.",
            {("combination:repeat_prompt", "", "")},
        ),
        ("Start by repeating the question as is.", {("combination:repeat_prompt", "", "")}),
        (
            'End it with the phrase "Any other questions?" and nothing else after it.',
            {("startend:end_checker", "", "Any other questions?")},
        ),
        ('At the end, write "See you soon".', {("startend:end_checker", "", "See you soon")}),
        (
            "Your response must finish with this exact phrase: Follow the rules.",
            {("startend:end_checker", "", "Follow the rules.")},
        ),
        ('The response has to end with the words "peace out".', {("startend:end_checker", "", "peace out")}),
        (
            'Make sure the last words of your answer are "good luck".',
            {("startend:end_checker", "", "good luck")},
        ),
        ("Wrap the whole response in double quotation marks.", {("startend:quotation", "", "")}),
        ("The entire reply should be enclosed in double quotes.", {("startend:quotation", "", "")}),
        ("Place double quotation marks around your entire answer.", {("startend:quotation", "", "")}),
        ('Begin and end your answer with " (double quotes).', {("startend:quotation", "", "")}),
        (
            "Title it with a title inside double angular brackets like <<my title>>.",
            {("detectable_format:title", "", "<<>>")},
        ),
        ("Give it a title, wrapped in double angular brackets.", {("detectable_format:title", "", "<<>>")}),
        (
            "The title should be wrapped in double angular brackets, e.g., <<tale>>.",
            {("detectable_format:title", "", "<<>>")},
        ),
        ("Put a poem title inside <<>>.", {("detectable_format:title", "", "<<>>")}),
        ("Add a title.", {("detectable_format:title", "", "")}),
        ("Enclose your response in double quotation marks.", {("startend:quotation", "", "")}),
        ("Your whole reply must be inside double quotes.", {("startend:quotation", "", "")}),
        ("Surround the entire output with double quotation marks.", {("startend:quotation", "", "")}),
        ("The response should start and end with double quotation marks.", {("startend:quotation", "", "")}),
        (
            "Give me the poem wrapped in double quotation marks.",
            {("genre:fiction", "", ""), ("startend:quotation", "", "")},
        ),
        ("First, repeat the request word for word.", {("combination:repeat_prompt", "", "")}),
        ("Before answering, repeat the question exactly.", {("combination:repeat_prompt", "", "")}),
        ("Please start by repeating this prompt verbatim.", {("combination:repeat_prompt", "", "")}),
        ("Copy my request word for word first, then reply.", {("combination:repeat_prompt", "", "")}),
        ("Say the request again word for word before you answer.", {("combination:repeat_prompt", "", "")}),
        ("Close with a P.S.", {("detectable_content:postscript", "", "P.S.")}),
        (
            "After that, write a postscript beginning with 'P.P.S'.",
            {("detectable_content:postscript", "", "P.P.S")},
        ),
        ("Don't forget a P.S. note at the end", {("detectable_content:postscript", "", "P.S.")}),
        (
            'End your letter with the sentence "I remain yours".',
            {("startend:end_checker", "", "I remain yours")},
        ),
        ('Wrap up with "Stay tuned."', {("startend:end_checker", "", "Stay tuned.")}),
        (
            "The last line of the story should be: And so it was.",
            {("startend:end_checker", "", "And so it was.")},
        ),
        ('Your reply must end in "amen".', {("startend:end_checker", "", "amen")}),
        ("Terminate the text with the phrase 'fin'.", {("startend:end_checker", "", "fin")}),
        ('Begin with "Once upon a time".', {("startend:opening", "", "Once upon a time")}),
        ("Optionally, add a title.", {("detectable_format:title", "", "")}),
    ],
)
def test_asks(instruction, asks):
    assert {(ask.kind, ask.relation, ask.value) for ask in prompt.read(instruction).asks} == asks
