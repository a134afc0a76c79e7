import pytest

from grading.consensus.facts import FEWEST_OTHERS, standing_alone

SHEET = {"1": "The tower were built on 1889 by Gustave Eiffel, it have 300 metres."}
GOOD = "The tower was built in 1889 by Gustave Eiffel. It is 300 metres tall."


def _alone(odd, good=GOOD, others=6, sheet=SHEET, clusters=()):
    outputs = {f"g{at}": {"1": good} for at in range(others)} | {"odd": {"1": odd}}
    found = standing_alone(outputs, sheet, clusters)
    assert not any(of for group, of in found.items() if group != "odd"), found
    return [(one.kind, one.value, one.others_value, one.others) for one in found["odd"]]


def test_a_number_on_which_one_stands_alone():
    assert _alone(GOOD.replace("1889", "1898")) == [("number", "1898", "1889", 6)]


def test_a_name_on_which_one_stands_alone():
    assert _alone(GOOD.replace("Eiffel", "Courbet")) == [("name", "Courbet", "Eiffel", 6)]


def test_a_date_on_which_one_stands_alone():
    good = GOOD.replace("in 1889", "on 31 March 1889")
    assert _alone(good.replace("31 March", "30 March"), good) == [
        ("date", "30 March 1889", "31 March 1889", 6)
    ]


def test_the_span_is_the_values():
    outputs = {f"g{at}": {"1": GOOD} for at in range(6)} | {"odd": {"1": GOOD.replace("300", "330")}}
    (one,) = standing_alone(outputs, SHEET)["odd"]
    assert outputs["odd"]["1"][one.start : one.end] == one.value == "330"


@pytest.mark.parametrize(
    "odd",
    [
        GOOD,
        GOOD.replace("300", "300.0"),
        GOOD.replace("300", "three hundred"),
        GOOD.replace("Eiffel", "Eifel"),
        GOOD.replace(" by Gustave Eiffel", ""),
        GOOD + " About 7 million people visit it.",
        "I like 44 apples and Peter's 12 pears, every day of the week.",
        "",
    ],
    ids=["same", "decimals", "words", "spelling", "left out", "added", "another text", "empty"],
)
def test_what_is_no_other_value_in_the_same_place(odd):
    assert _alone(odd) == []


def test_what_the_sheet_had_is_nobodys_news():
    sheet = {"1": SHEET["1"].replace("1889", "1899")}
    assert _alone(GOOD.replace("1889", "1899"), sheet=sheet) == []


def test_two_that_say_the_same_do_not_stand_alone():
    outputs = {f"g{at}": {"1": GOOD} for at in range(6)}
    outputs |= {name: {"1": GOOD.replace("1889", "1898")} for name in ("a", "b")}
    assert not any(standing_alone(outputs, SHEET).values())
    found = standing_alone(outputs, SHEET, [("a", "b")])  # but a copied fault is one voice
    assert [len(found[name]) for name in ("a", "b", "g0")] == [1, 1, 0]


def test_few_others_are_no_consensus():
    odd = GOOD.replace("1889", "1898")
    assert _alone(odd, others=FEWEST_OTHERS - 1) == []
    assert len(_alone(odd, others=FEWEST_OTHERS)) == 1


def test_a_group_alone_among_others_who_are_split_is_left_in_peace():
    outputs = {f"g{at}": {"1": GOOD.replace("1889", str(1800 + at))} for at in range(12)}
    assert not any(standing_alone(outputs, SHEET).values())


def test_ids_that_the_sheet_lacks_and_groups_without_rows():
    found = standing_alone({"a": {"9": "1 2 3"}, "b": {}}, SHEET)
    assert found == {"a": (), "b": ()}
