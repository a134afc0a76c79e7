import time

import pytest

from grading.consensus.mentions import LONGEST_TEXT, Kind, mentions, readings


def _values(text, *kinds):
    return [one.value for one in mentions(text) if one.kind in (kinds or (Kind.NUMBER, Kind.DATE))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,000 cats", "1000 cats"),
        ("two thousand cats", "2,000 cats"),
        ("5 million", "5,000,000"),
        ("twenty-five", "25"),
        ("twenty five", "25.0"),
        ("the 3rd of May", "3 May"),
        ("3 May 1999", "May 3, 1999"),
        ("on 1999-05-03", "on 3rd of May 1999"),
        ("Sept 4", "4 September"),
        ("on Monday", "on Mon"),
    ],
)
def test_ways_to_write_one_fact(one, other):
    assert sorted(_values(one)) == sorted(_values(other)) != []


@pytest.mark.parametrize("text", ["you may go", "May I go?", "one of them", "no", "the march on", "He sat"])
def test_words_that_only_look_like_facts(text):
    assert _values(text) == []


def test_names_lose_their_accents_and_ending():
    assert _values("İzmir's sea, Izmir", Kind.NAME) == ["izmir", "izmir"]


def test_what_nobody_sees_makes_no_other_name_and_the_place_is_that_of_the_text_as_it_is():
    text = "In Austr\u200balia, on 3 May\u2060 1999."
    name, day = mentions(text)[1:]
    assert (name.value, day.value) == ("australia", "1999-05-03")
    assert text[name.start : name.end] == "Austr\u200balia"
    assert text[day.start : day.end] == "3 May\u2060 1999"


def test_a_point_may_group_thousands():
    (number,) = mentions("1.250")
    assert readings(number) == {"1.25", "1250"}


def test_spans_are_where_the_mention_stands():
    text = "On 3 May 1999, Ada had five million of 1,000."
    assert all(text[one.start : one.end] == one.text for one in mentions(text))
    assert [one.text for one in mentions(text)][1:] == ["3 May 1999", "Ada", "five million", "1,000"]


@pytest.mark.parametrize(
    "text",
    [
        "1" * LONGEST_TEXT,
        "1," * (LONGEST_TEXT // 2),
        "A'" * (LONGEST_TEXT // 2),
        "1 May " * 3_000,
        "\x00\ud800İ",
    ],
    ids=["digits", "groups", "apostrophes", "dates", "broken"],
)
def test_hostile_texts_cost_little(text):
    start = time.process_time()
    mentions(text)
    assert time.process_time() - start < 2


def test_a_text_beyond_the_limit_mentions_nothing():
    assert mentions("7 " * LONGEST_TEXT) == ()
