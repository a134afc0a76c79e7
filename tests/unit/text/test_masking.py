"""What is masked, what is unwrapped, and the way back to the original."""

import pytest

from quality.text.likeness import is_foreign, reads_as_prose
from quality.text.masking import read

PROSE = "They gave their answer to the old teacher of the school."


@pytest.mark.parametrize(
    ("text", "hidden", "reason"),
    [
        ("Use `sapply` here.", "`sapply`", "code"),
        ("See https://a.example/b?c=d now.", "https://a.example/b?c=d", "url"),
        ("Mail me at some.one@a.example today.", "some.one@a.example", "mail"),
        ("So $a_n = b_n + 1$ holds for all of them.", "$a_n = b_n + 1$", "maths"),
        ("So \\(a_n = b_n\\) holds for all of them.", "\\(a_n = b_n\\)", "maths"),
        ('The word "recieve" is wrong.', '"recieve"', "quotation"),
        ("Call is.null() on it.", "is.null()", "identifier"),
        ("Set max_words to 3.", "max_words", "identifier"),
        ("The barn swallow (Hirundo rustica) flies.", "(Hirundo rustica)", "name"),
        ("He said:\n\nLa casa es muy bonita y grande.", "La casa es muy bonita y grande.", "language"),
        ("So:\n\n```\nx = f(y)\n```\n", "x = f(y)", "code"),
        ("So:\n\nfor (int i = 0; i < n; i++) {\nsum += a[i];\n}\n", "sum += a[i];", "code"),
    ],
)
def test_what_is_not_prose_is_masked(text, hidden, reason):
    reading = read(text)
    assert (hidden, reason) in {
        (text[region.start : region.end], region.reason) for region in reading.regions
    }
    assert hidden not in reading.text
    assert 0 < reading.masked_share < 1


@pytest.mark.parametrize(
    "wrapped",
    [
        f"```\n{PROSE}\n```",
        f"```python\n{PROSE}",
        f"~~~~\n{PROSE}\n~~~~",
        f"`{PROSE}`",
        f'"{PROSE}"',
        f"> > {PROSE}",
        f"### {PROSE}",
        f"<!-- {PROSE} -->",
        f"<div>{PROSE}</div>",
        f"$${PROSE}$$",
        f"\\[{PROSE}\\]",
        f"        {PROSE}",
        f"| {PROSE} |\n|---|",
        f"- {PROSE}",
        f"a) {PROSE}",
        f"[{PROSE}](https://a.example)",
        f"# {PROSE}\n",
        f"**{PROSE}**",
        PROSE.replace("e", "e\u200b"),
        PROSE.replace("a", "а").replace("o", "о"),
        PROSE.replace(" ", "\u00a0"),
    ],
)
def test_what_wraps_prose_is_taken_off(wrapped):
    reading = read(wrapped)
    assert PROSE in " ".join(reading.text.split())
    assert reading.masked_share == 0 or "https" in wrapped


def test_the_way_back():
    text = "> **Te\u200bh** 😀 cat `x` sat on the mat by the door"
    reading = read(text)
    start = reading.text.index("Teh")
    assert text[slice(*reading.origin(start, start + 3))] == "Te\u200bh"
    mask = reading.text.index("`m`")
    assert reading.origin(mask, mask + 1) is None
    assert reading.origin(mask - 4, mask + 1) is None


def test_amounts_of_money_are_not_maths():
    assert "cost €5" in read("They cost $5 and then $6 more.").text


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("The cat sat on the mat.", False),
        ("Teh qiuck brwon fox jmups oevr the lazy dog.", False),
        ("El gato se sentó en la alfombra.", True),
        ("Paris", False),
        ("猫はマットの上", True),
        ("42", False),
    ],
)
def test_foreign_lines(text, foreign):
    assert is_foreign(text) is foreign


def test_prose_is_told_from_code():
    assert reads_as_prose("This is what they told us about it")
    assert not reads_as_prose("x = f(y); return z")
    assert not reads_as_prose("hello world")


def test_commands_for_a_shell_are_code():
    commands = "```\nmkdir my-typescript-project\ncd my-typescript-project\nnpm init -y\n```"
    assert "typescript" not in read(f"Run this:\n\n{commands}\n").text
    assert "goverment" in read("```\ngit keeps the goverment honest. It does so every day.\n```").text


def test_in_a_german_text_the_english_line_is_the_foreign_one():
    german = "Der Lehrer hat seinen Schülern gestern ein schönes Buch über den Fluss gegeben."
    reading = read(f"{german}\n{PROSE}\n", "de")
    assert german in reading.text
    assert PROSE not in reading.text
    assert 0.3 < reading.share("language") < 0.6
    assert german not in read(f"{german}\n{PROSE}\n").text
