"""Capital and small letters, and commas."""

import pytest

from quality import prompt


@pytest.mark.parametrize(
    ("instruction", "asks"),
    [
        ("Use at least 4 words in all caps.", {("change_case:capital_word_frequency", ">=", "4")}),
        (
            "Words in all capital letters should appear fewer than 6 times.",
            {("change_case:capital_word_frequency", "<", "6")},
        ),
        ("Have at most three fully capitalized words.", {("change_case:capital_word_frequency", "<=", "3")}),
        (
            "Make sure that words with all capital letters appear at least ten times.",
            {("change_case:capital_word_frequency", ">=", "10")},
        ),
        ("Add at least 5 all-caps words.", {("change_case:capital_word_frequency", ">=", "5")}),
        ("Write in all uppercase.", {("change_case:english_capital", "", "")}),
        ("Your whole answer should be in capital letters.", {("change_case:english_capital", "", "")}),
        ("Respond using only capital letters, no lowercase.", {("change_case:english_capital", "", "")}),
        ("Everything must be upper case.", {("change_case:english_capital", "", "")}),
        ("Please use lowercase letters only.", {("change_case:english_lowercase", "", "")}),
        ("No capital letters allowed.", {("change_case:english_lowercase", "", "")}),
        ("Write it entirely in lower case.", {("change_case:english_lowercase", "", "")}),
        (
            "Your answer should be in English and all lowercase, no capitals.",
            {("change_case:english_lowercase", "", "en")},
        ),
        ("Do not capitalize any letters.", {("change_case:english_lowercase", "", "")}),
        ("Do not use commas.", {("punctuation:no_comma", "not", "")}),
        ("No commas please.", {("punctuation:no_comma", "not", "")}),
        ("Commas are not allowed in your answer.", {("punctuation:no_comma", "not", "")}),
        ("Refrain from the use of commas.", {("punctuation:no_comma", "not", "")}),
        ("Your reply must be comma-free.", {("punctuation:no_comma", "not", "")}),
        (
            'Do not use commas but include the word "river" at least 2 times, and '
            "answer in all lowercase letters.",
            {
                ("punctuation:no_comma", "not", ""),
                ("keywords:frequency", ">=", "2"),
                ("change_case:english_lowercase", "", ""),
            },
        ),
        (
            "In your response, words with all capital letters should appear at least 4 times.",
            {("change_case:capital_word_frequency", ">=", "4")},
        ),
        ("Use less than 5 words in all capital letters.", {("change_case:capital_word_frequency", "<", "5")}),
        ("Capitalize at least 7 words fully.", {("change_case:capital_word_frequency", ">=", "7")}),
        ("Make at least 3 words all-caps.", {("change_case:capital_word_frequency", ">=", "3")}),
        (
            "The number of words in all caps should be under 10.",
            {("change_case:capital_word_frequency", "<", "10")},
        ),
        (
            "Write your entire response in English and in all capital letters.",
            {("change_case:english_capital", "", "en")},
        ),
        ("Your reply must be in English, capital letters only.", {("change_case:english_capital", "", "en")}),
        ("SHOUT: make it all caps!", {("change_case:english_capital", "", "")}),
        (
            "Your entire reply should be in English and only lowercase letters; no "
            "capital letters are allowed.",
            {("change_case:english_lowercase", "", "en")},
        ),
        ("Use small letters only.", {("change_case:english_lowercase", "", "")}),
        ("Avoid any commas.", {("punctuation:no_comma", "not", "")}),
        ("Don't use a single comma.", {("punctuation:no_comma", "not", "")}),
        ("You are not allowed to use any commas in your response.", {("punctuation:no_comma", "not", "")}),
        ("without the use of commas, describe rain.", {("punctuation:no_comma", "not", "")}),
        (
            "Your answer should have no punctuation, especially no commas.",
            {("punctuation:no_comma", "not", "")},
        ),
        ("Ensure that your reply is comma free.", {("punctuation:no_comma", "not", "")}),
        ("Make sure there are no commas in your response.", {("punctuation:no_comma", "not", "")}),
        ("You can't use commas.", {("punctuation:no_comma", "not", "")}),
        ("Please do not include commas in your response.", {("punctuation:no_comma", "not", "")}),
        ("Commas should not be used.", {("punctuation:no_comma", "not", "")}),
        ("Your essay should not contain any comma or semicolon.", {("punctuation:no_comma", "not", "")}),
        ("Stay away from commas.", {("punctuation:no_comma", "not", "")}),
        ("The use of commas is prohibited.", {("punctuation:no_comma", "not", "")}),
        ("Write with zero commas.", {("punctuation:no_comma", "not", "")}),
        ("Never use a comma.", {("punctuation:no_comma", "not", "")}),
        ("All letters should be lowercase.", {("change_case:english_lowercase", "", "")}),
        ("No uppercase letters.", {("change_case:english_lowercase", "", "")}),
        ("Your reply should not contain any capital letters.", {("change_case:english_lowercase", "", "")}),
        ("reply in all-lowercase english", {("change_case:english_lowercase", "", "en")}),
        ("Don't capitalize anything.", {("change_case:english_lowercase", "", "")}),
        ("The response must be in lowercase only.", {("change_case:english_lowercase", "", "")}),
        ("everything in lowercase please", {("change_case:english_lowercase", "", "")}),
        ("Capitalize every letter in your response.", {("change_case:english_capital", "", "")}),
        (
            "The entire text must be capitalized, no lowercase letters.",
            {("change_case:english_capital", "", "")},
        ),
        ("In CAPITAL LETTERS only, tell me a joke.", {("change_case:english_capital", "", "")}),
        ("type your answer with caps lock on", {("change_case:english_capital", "", "")}),
        ("Each letter should be uppercase.", {("change_case:english_capital", "", "")}),
        (
            "Use at most 2 words with all capital letters.",
            {("change_case:capital_word_frequency", "<=", "2")},
        ),
        (
            "The response should contain at least 6 words that are fully capitalized.",
            {("change_case:capital_word_frequency", ">=", "6")},
        ),
        (
            "Stress key points with words in all capital letters; use fewer than 7 such words.",
            {("change_case:capital_word_frequency", "<", "7")},
        ),
        ("My essay must not contain commas. Is that normal?", {("punctuation:no_comma", "not", "")}),
        (
            "Write a story about the list of words on the wall.\n\nIt should be in "
            "lowercase. There must be at least 200 words.",
            {
                ("genre:fiction", "", ""),
                ("change_case:english_lowercase", "", ""),
                ("length_constraints:number_words", ">=", "200"),
            },
        ),
        (
            "Given the text below, write a summary.\n\nNo commas allowed.\nUse fewer "
            "than 5 sentences.\n\nText: Bees, wasps, and ants live in 3 sections.",
            {("punctuation:no_comma", "not", ""), ("length_constraints:number_sentences", "<", "5")},
        ),
        (
            "The title must be in all caps. The body must be lowercase.",
            {("change_case:english_lowercase", "", "")},
        ),
        ("Use neither commas nor exclamation marks.", {("punctuation:no_comma", "not", "")}),
    ],
)
def test_asks(instruction, asks):
    assert {(ask.kind, ask.relation, ask.value) for ask in prompt.read(instruction).asks} == asks
