"""Others' words are masked, the writer's stay, and nothing moves."""

import time

import pytest

from quality.text.courtesies import closing, opening
from quality.text.manners import expressions, shouting
from quality.text.profanity import MAX_STRETCHES, swears
from quality.text.voice import MASK, own_voice


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("He said “no way” and left.", "He said  and left."),
        ('He said "no way" and left.', "He said  and left."),
        ("He said 'no way' and didn't leave.", "He said  and didn't leave."),
        ("Use `rm -rf` with care.", "Use  with care."),
        ("One.\n> quoted\nTwo.", "One.\n\nTwo."),
        ("A\n```\ncode\n```\nB", "A\n\nB"),
        ("It’s 5'6\" tall.", "It's 5'6\" tall."),
        ("Ann: Hi.\nBob: Ho.\nAnn: Ha.\nBob: Hm.", "\n\n\n"),
        ("Pros: cheap.\nCons: slow.\nNote: both.", "Pros: cheap.\nCons: slow.\nNote: both."),
    ],
)
def test_masks(text, own):
    masked = own_voice(text)
    assert len(masked) == len(text)
    assert masked.replace(MASK, "") == own


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what the f*ck", ["fuck"]),
        ("f.u.c.k off", ["fuck"]),
        ("you b1tch", ["bitch"]),
        ("shhhhit", ["shit"]),
        ("fu\u200bck", ["fuck"]),
        ("piss off", ["piss off"]),
        ("scunthorpe, assassin, shiitake, class", []),
        ("breast cancer and sex education", []),
        ("this hit the ball", []),
    ],
)
def test_swears(text, words):
    assert [swear.word for swear in swears(text)] == words


def test_slurs_are_told_apart():
    assert [swear.slur for swear in swears("a wetback and a bastard")] == [True, False]


def test_too_many_stretches_are_not_read():
    assert swears("some plain words between shit " * (MAX_STRETCHES + 1)) is None


@pytest.mark.parametrize(
    "hostile",
    [
        "“" * 100_000,
        "'a " * 60_000,
        '"' * 99_999,
        "f*" * 100_000,
        "f u " * 50_000,
        "you are so " * 18_000,
        "Sure! " * 30_000,
        "I hope this helps! " * 10_000,
        "A A A A " * 25_000,
        "!" * 200_000,
        "you're " * 28_000 + "idiot",
        "Ann: a\n" * 28_000,
        "$$" * 100_000,
        "\\[" * 100_000,
    ],
)
def test_hostile_texts_take_linear_time(hostile):
    def spent(text):
        start = time.process_time()
        own = own_voice(text)
        low = own.lower()
        swears(low)
        list(expressions(low))
        list(shouting(own))
        opening(text)
        closing(text)
        return time.process_time() - start

    quarter, whole = spent(hostile[: len(hostile) // 4]), spent(hostile)
    assert whole < 10 * quarter + 0.5
