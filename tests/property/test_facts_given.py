"""Whatever the text: readers end, spans are the text's, right statements hold and wrong ones do not."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.checks.factual_stated_rules import READERS, RULES
from quality.facts import counts, dates, units
from quality.facts.claim import Claim

PIECES = st.sampled_from(
    [
        "5", "1,250.5", "½", "km", " miles", "°F", "(", ")", " = ", "Monday", ", ", "January", " 31", "2023", " years",
        "from ", "-", "'", '"', "the word ", " has 2 r's", "Here are five tips:\n", "1. ", "- ", "\n", "Bob",
        " has 12", "born in 1955", " died in 2011", " dozen", " leap year", " is a", "(47 words)", "\u00a0", "\u200b",
        "é", "𝟘", "٣", " February", "29 ", " is not", "(1905)", "19th century", " in ", " years later, in ", "2012",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))


@settings(deadline=None)  # the first statement with units loads pint
@given(TEXTS, TEXTS)
def test_any_text_is_read_and_every_claim_names_a_rule_and_a_place(instruction, output):
    for reader in READERS:
        for claim in reader(instruction, output):
            assert isinstance(claim, Claim)
            assert claim.sort in RULES
            assert 0 <= claim.start < claim.end <= len(output)
            assert claim.holds == (not claim.message)


@given(st.dates(date(1924, 1, 1), date(2100, 12, 31)), st.integers(0, 6))
def test_a_weekday_holds_when_the_calendar_says_so(day, later):
    other = day + timedelta(days=later)
    text = f"It was {other.strftime('%A')}, {day.strftime('%B')} {day.day}, {day.year}."
    assert [c.holds for c in dates.claims("", text)] == [later == 0]


PAIRS = (
    ("miles", "km", 1.609344),
    ("pounds", "kg", 0.45359237),
    ("inches", "cm", 2.54),
    ("hours", "minutes", 60.0),
)


@settings(deadline=None)  # as above
@given(st.sampled_from(PAIRS), st.integers(3, 900))
def test_a_conversion_holds_as_written_to_three_digits_and_not_half_as_much_again(pair, value):
    source, target, factor = pair
    right = f"{value * factor:.3g}" if value * factor < 100 else f"{value * factor:.0f}"
    assert [c.holds for c in units.claims("", f"{value} {source} ({right} {target})")] == [True]
    wrong = f"{value * factor * 1.5:.3f}"
    assert [c.holds for c in units.claims("", f"{value} {source} ({wrong} {target})")] == [False]


@given(st.integers(2, 12), st.integers(2, 12), st.booleans())
def test_an_announced_list_holds_when_it_is_as_long_as_announced(stated, items, numbered):
    marks = (f"{n}. " if numbered else "- " for n in range(1, items + 1))
    text = f"Here are {stated} tips:\n" + "".join(f"{mark}Rest.\n" for mark in marks)
    assert [c.holds for c in counts.claims("", text)] == [stated == items]


LONG = (
    "5 ", "5 km (", "1/1 ", "1,000,", "5'5\"", " ", "\n", "(", "1. a\n", "- x\n", "Here are five tips:\n", '"', "½",
    "Monday, 5 January 2024 ", "31 April ", "from 1939 to 1945 ", 'the word "a" has ', "Bob has 12 apples. ",
    "born in 1955 ",
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("piece", LONG)
def test_the_longest_cell_is_read_to_its_end(reader, piece):
    text = (piece * (200_000 // len(piece) + 1))[:200_000]
    assert all(claim.sort in RULES for claim in reader(text, text) if isinstance(claim, Claim))
