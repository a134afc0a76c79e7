import pytest

from grading.privacy import names
from grading.privacy.names import REMOVED

ADA = names.of_person("Ada Gökçe Işık", "ada.isik@uni.example", "Participant 101")


@pytest.mark.parametrize(
    "text",
    [
        "Ada Gökçe Işık was ill",
        "ada gokce isik",
        "ADA GÖKÇE IŞIK",
        "Ada_Gökçe-Işık.zip",
        "Işık, Ada Gökçe",
        "isikadagokce_123_456_x.zip",
        "A\u200bda Gokc\u0327e Isik",
        "write to ADA.ISIK@uni.example",
        "participant 101",
    ],
)
def test_who_is_named(text):
    assert ADA.named_in(text)


@pytest.mark.parametrize(
    "text", ["", "Ada", "Işık was ill", "Participant 1012", "Canada Gökçe Işıklar", "101"]
)
def test_who_is_not_named(text):
    assert not ADA.named_in(text)


def test_a_first_name_is_enough_in_what_is_about_the_own_group():
    assert ADA.named_in("Ada was ill", own=True)
    assert not ADA.named_in("Canada", own=True)


def test_a_name_that_others_have_too_tells_nobody():
    one = names.of_person("Ada Gökçe Işık", "ada.isik@uni.example", "", shared=True)
    assert not one.named_in("Ada Gökçe Işık")
    assert one.named_in("ada.isik@uni.example")


@pytest.mark.parametrize("name", ["May", "A", "", "  ", "12"])
def test_a_short_word_is_no_name_wherever_it_stands(name):
    one = names.of_person(name, "", name)
    assert not one.named_in(f"it may rain on {name} 12 A May")
    assert not one.patterns


@pytest.mark.parametrize("name", ["李明 王", "☃☃☃☃☃", "Ωμέγα Άλφα"])
def test_a_name_in_any_script(name):
    one = names.of_person(name, "", "")
    assert one.named_in(f"with {name} again")
    assert not one.named_in("with somebody else again")


def test_texts_in_json_values():
    value = {"why": "Ada Gökçe Işık", "points": 3.5, "list": ["x", "of ada gokce isik", None], "Ada": True}
    assert ADA.removed_from(value) == {
        "why": REMOVED,
        "points": 3.5,
        "list": ["x", REMOVED, None],
        "Ada": True,
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ["Ada Gökçe Işık", "ADA GÖKÇE IŞIK", "Ada-Gokce-Isik", "Ada G\\u00f6k\\u00e7e I\\u015f\\u0131k"]
)
def test_what_stands_in_files(text, encoding):
    data = f"before {text} after".encode(encoding).lower()
    assert any(one in data for one in ADA.patterns)
