import pytest

from grading.copying.folding import placed_words, words

DISGUISES = {
    "zero-width space": "The c\u200bat s\u200bat.",
    "soft hyphen": "The c\xadat sat.",
    "Cyrillic": "The саt sаt.",
    "Greek": "The cαt sατ.",
    "full width": "Ｔｈｅ ｃａｔ ｓａｔ．",
    "mathematical": "The 𝐜𝐚𝐭 sat.",
    "accents": "The cát sạt.",
    "decomposed accents": "The ca\u0301t sat.",
    "case": "THE CAT SAT.",
    "white space": "  The\u00a0cat\n\tsat . ",
    "variation selector": "The cat\ufe0f sat.",
    "tag characters": "The cat\U000e0041 sat.",
    "fillers": "The c\u3164at sat.",
    "small capitals": "Tʜe ᴄat sat.",
}


@pytest.mark.parametrize("text", DISGUISES.values(), ids=DISGUISES.keys())
def test_a_disguise_is_seen_through(text):
    assert words(text) == ["the", "cat", "sat", "."]


def test_quotes_and_dashes_are_one_kind_each():
    assert words("“don’t” – it`s") == words("\"don't\" - it's")


def test_words_and_marks_that_differ_stay_different():
    assert words("Let's eat, Grandma!") == ["let's", "eat", ",", "grandma", "!"]
    assert words("") == []


def test_each_ideograph_is_a_word():
    assert words("猫犬 cat") == ["猫", "犬", "cat"]


def test_places_are_places_in_the_text_as_given():
    text = "A “c\u200bаt”…"
    found = placed_words(text)
    assert list(found.texts) == words(text)
    assert [text[i:j] for i, j in zip(found.starts, found.ends, strict=True)][:3] == ["A", "“", "c\u200bаt"]


def test_a_half_surrogate_is_no_error():
    assert words("a \ud800 b") == ["a", "b"]
