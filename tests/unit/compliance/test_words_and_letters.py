"""Keywords, letters, case, commas, emoji, languages."""

import pytest

GERMAN = "Tee wird aus den Blättern eines Strauches gemacht, der in den Hügeln wächst."


@pytest.mark.parametrize(
    ("word", "output", "result"),
    [
        ("tea", "I like Tea.", "satisfied"),
        ("tea", "I like teas.", "satisfied"),
        ("tea", "I like steak.", "violated"),
        ("flower", "A sunflower.", "satisfied"),
        ("high school", "A **high**\nschool, a high-school.", "satisfied"),
        ("c++", "I write C++.", "satisfied"),
        ("a.b", "axb", "violated"),
        ("茶", "我喝茶。", "satisfied"),
        ("!!!", "Tea!!!", "satisfied"),
        ("***", "Tea", "unverifiable"),
    ],
)
def test_existence(held, word, output, result):
    assert held("keywords:existence", output, value=word).result == result


@pytest.mark.parametrize(
    ("word", "output", "result"),
    [
        ("tea", "I like coffee.", "satisfied"),
        ("tea", "I like **TEA**.", "violated"),
        ("tea", "I like teas and a steak.", "satisfied"),
    ],
)
def test_forbidden(held, word, output, result):
    verdict = held("keywords:forbidden_words", output, "not", word)
    assert verdict.result == result
    if result == "violated":
        assert output[verdict.start : verdict.end] == "TEA"


@pytest.mark.parametrize(
    ("relation", "value", "result"),
    [
        ("=", 2, "satisfied"),
        ("=", 3, "satisfied"),
        (">=", 4, "violated"),
        ("<", 2, "violated"),
        ("<", 3, "satisfied"),
    ],
)
def test_frequency(held, relation, value, result):
    text = "Tea is tea; a teapot is none."
    assert held("keywords:frequency", text, relation, value, "tea").result == result


def test_letters(held):
    assert held("keywords:letter_frequency", "Aha!", ">=", 2, "a").result == "satisfied"
    assert held("keywords:letter_frequency", "Aha!", "<", 2, "a").result == "violated"
    assert held("keywords:letter_frequency", "Aha!", "=", 1, "!").result == "satisfied"


def test_case(held):
    lower, upper = "change_case:english_lowercase", "change_case:english_capital"
    assert held(lower, "tea is old").result == "satisfied"
    assert held(upper, "TEA IS OLD").result == "satisfied"
    assert held(upper, "42").result == "unverifiable"
    assert held(lower, "see `README` at https://example.org/Tea").result == "satisfied"
    verdict = held(lower, "tea from Assam is old")
    assert (verdict.result, verdict.start, verdict.end) == ("violated", 9, 14)
    assert held(upper, "TEA is old").given == "“is” and 1 more with small letters"


def test_capital_words(held):
    kind = "change_case:capital_word_frequency"
    assert held(kind, "I drink TEA", "<", 2).result == "satisfied"
    assert held(kind, "I drink TEA", ">=", 2).result == "satisfied"
    assert held(kind, "I drink TEA", ">=", 3).result == "violated"


def test_commas(held):
    assert held("punctuation:no_comma", "Tea; milk.", "not").result == "satisfied"
    verdict = held("punctuation:no_comma", "Tea costs 1,000.", "not")
    assert (verdict.result, verdict.start) == ("violated", 11)
    assert held("punctuation:no_comma", "茶，水", "not").result == "violated"


def test_emoji(held):
    assert held("style:emoji", "Tea 🍵").result == "satisfied"
    assert held("style:emoji", "Tea").result == "violated"
    assert held("style:emoji", "Tea 🍵", "not").result == "violated"
    assert held("style:emoji", "Tea", "not").result == "satisfied"


@pytest.mark.parametrize(
    ("output", "value", "result"),
    [
        (GERMAN, "de", "satisfied"),
        (GERMAN, "fr", "violated"),
        ("Tee.", "de", "unverifiable"),
        (
            f"{GERMAN}\n\nTea is made from the leaves of a shrub that grows in the hills.",
            "de",
            "unverifiable",
        ),
        (GERMAN, "German", "unverifiable"),
    ],
)
def test_language(held, output, value, result):
    verdict = held("language:response_language", output, "=", value)
    assert verdict.result == result
    assert verdict.blocks is (result == "unverifiable")


def test_translation(held):
    assert held("task:translation", f'The translation is:\n\n"{GERMAN}"', value="de").result == "satisfied"
    assert held("task:translation", "Tee", value="de").result == "unverifiable"
    assert not held("task:translation", "Tee", value="de").blocks
    english = "Tea is made from the leaves of a shrub that grows in the hills of India."
    assert held("task:translation", english, value="de").result == "violated"
