"""What a spreadsheet, a clipboard or an encoding did to a text, and what only looks like it."""

from __future__ import annotations

from time import process_time

import ftfy.bad_codecs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.text.damage import MOST, Damage, error_value, hidden, mojibake

assert ftfy.bad_codecs


def applied(text: str, found: list[Damage]) -> str:
    for damage in reversed(found):
        if damage.text is not None:
            text = text[: damage.start] + damage.text + text[damage.end :]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#REF!", (0, 5, True)),
        (" #DIV/0!\n", (1, 8, True)),
        ("#N/A is shown", (0, 4, False)),
        ("#ERROR!", (0, 7, True)),
        ("#SAYI/0!", (0, 8, True)),
        ("#NAMES?", None),
        ("#N/Another", None),
        ("# Heading", None),
        ("see #REF!", None),
        ("", None),
    ],
)
def test_error_values(text: str, expected: object) -> None:
    assert error_value(text) == expected


@pytest.mark.parametrize(
    ("text", "fixed", "safe"),
    [
        ("a\u200b\u200bb", "ab", True),
        ("\ufeffa\xadb", "ab", True),
        ("a\u2028b\x0b 2", "a\nb\n 2", True),
        ("\x1b[1;31mred\x1b[0m", "red", True),
        ("a\x00b\x7f", "ab", False),
        ("a\u202eb", "ab", True),
        ("\x0crac{1}{2} and \x08eta", "\\frac{1}{2} and \\beta", False),
        ("it\x92s", "it’s", False),
        ("`\u200b``", "```", False),
        ("👩\u200dArchitect", "👩Architect", True),
        ("a\ufe0f", "a", False),
        ("x\U000e0041\U000e0042y", "xy", False),
        ("\u202ctext", "text", True),
    ],
)
def test_hidden_characters(text: str, fixed: str, safe: bool) -> None:
    found = list(hidden(text))
    assert applied(text, found) == fixed
    assert {damage.safe for damage in found} == {safe}


@pytest.mark.parametrize(
    "text",
    [
        "One\ttwo\nthree\r\nfour\rfive\xa0six\u202f%",
        "👩\u200d👩\u200d👧\u200d👦 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3 ©\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم क्\u200dष",
        "ภาษา\u200bไทย 東京\u200b都",
        "שלום\u200f (abc)\u200e \u2067טקסט\u2069",
        "葛\U000e0100飾区 ∩\ufe00",
    ],
)
def test_characters_with_work_to_do(text: str) -> None:
    assert list(hidden(text)) == []


@pytest.mark.parametrize(
    "right",
    [
        "I don’t know — “really”…",
        "São Paulo, Zürich and the naïve café",
        "Привет, мир",
        "日本語のテキスト",
        "Emoji 😀 and € 5",
        "été à la carte",
    ],
)
@pytest.mark.parametrize("codec", ["sloppy-windows-1252", "latin-1"])
def test_mojibake_is_repaired(right: str, codec: str) -> None:
    wrong = right.encode().decode(codec)
    assert applied(wrong, list(mojibake(wrong))) == right


@pytest.mark.parametrize(
    "text",
    [
        "NÃO É ASSIM: A MAÇÃ, ÀS VEZES, É Ã",
        "Ångström: 4.6 Å³ and 2 Å²",
        "naïve café – “quoted” ‘single’ … €5 ½ × 3",
        "Привет 日本語 😀 ภาษาไทย العربية",
        "C'est l'été à Saint-Étienne, où l'œuf… »",
        "Şişli'de ığdır, ÇÖĞÜŞ",
        "Tiếng Việt, česky, łódź, Þórr, ñandú, Ærø",
        "½Â x",
    ],
)
def test_legitimate_letters(text: str) -> None:
    assert list(mojibake(text)) == []


def test_lost_letters_have_no_repair() -> None:
    (damage,) = mojibake("caf\ufffd\ufffd")
    assert (damage.start, damage.end, damage.text, damage.safe) == (3, 5, None, False)


def test_only_the_damaged_words_are_named() -> None:
    text = "a\nIt is “fine” here.\nBut here itâ€™s not, nor thereâ€™s."
    assert [text[d.start : d.end] for d in mojibake(text)] == ["â€™", "â€™"]


@given(st.text())
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    for found in (list(hidden(text)), list(mojibake(text))):
        assert all(0 <= d.start < d.end <= len(text) for d in found)
    ends = [0, *(d.end for d in hidden(text))]
    assert all(d.start >= end for d, end in zip(hidden(text), ends, strict=False))


@pytest.mark.parametrize(
    "unit",
    [
        "\u200b",
        "a\u200b",
        "\x1b[",
        "\x1b[0m",
        "â€™",
        "Ã",
        "Ã©",
        "Ã Â ",
        "\ufffd",
        "\ufffd ",
        "ÐÐ°",
        "\u202e",
        "â",
    ],
)
def test_hostile_texts_take_linear_time(unit: str) -> None:
    from itertools import islice

    text = unit * (200_000 // len(unit))
    start = process_time()
    list(islice(hidden(text), MOST))
    list(islice(mojibake(text), MOST))
    error_value(text)
    assert process_time() - start < 5
