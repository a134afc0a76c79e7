from dataclasses import replace

import pytest

from grading.course.model import Course, Files
from grading.hand_in.naming import archive_name, group_in_archive_name, same_name, slug


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path, tmp_path / "sheet.csv", tmp_path / "test.csv")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Whales", "The-Whales"),
        ("ığüşöçİIĞÜŞÖÇ", "igusocIIGUSOC"),
        ("s\u0327o\u0308", "so"),
        ("a\u202etxt.exe\u202c", "atxt-exe"),
        ("a\x1b[31mb\x00", "a-31mb"),
        ("../../etc/passwd", "etc-passwd"),
        ("Ada’s team_1", "Adas-team-1"),
        ("  --  x  --  ", "x"),
        ("Straße Łódź", "Strasse-Lodz"),
        ("W" * 300, "W" * 60),
    ],
)
def test_a_slug_is_plain_ascii(name, expected):
    assert slug(name) == expected


@pytest.mark.parametrize("name", ["", "中文", "🦆", "\u202e", "\ud800", "---"])
def test_a_name_without_a_plain_letter_gets_a_number_of_its_own(name):
    assert slug(name).startswith("group-")
    assert slug(name) == slug(name)
    assert slug(name) != slug(name + "文")


def test_both_ways_of_writing_an_accent_give_one_slug():
    assert slug("Çağrı") == slug("C\u0327ag\u0306rı") == "Cagri"


def test_the_archive_is_called_as_the_course_says(course):
    assert archive_name(course, "Uçan Balık") == "CS412-HW4-Ucan-Balik.zip"
    other = replace(course, files=Files(archive="{group}_final.zip"))
    assert archive_name(other, "Uçan Balık") == "Ucan-Balik_final.zip"
    assert group_in_archive_name(other, "Ucan-Balik_final.zip") == "Ucan-Balik"


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("CS412-HW4-Whales.zip", "Whales"),
        ("cs412_hw4 Whales (2).ZIP", "Whales"),
        ("CS412-HW4-Whales - Copy.zip", "Whales"),
        ("CS412-HW4-Whales - Kopya (3).zip", "Whales"),
        ("CS412-HW4-The (best) Whales.zip", "The (best) Whales"),
        ("CS412-HW4-.zip", None),
        ("CS412-HW3-Whales.zip", None),
        ("homework.zip", None),
        ("CS412-HW4-Whales.rar", None),
    ],
)
def test_the_group_in_an_archives_name(course, name, group):
    assert group_in_archive_name(course, name) == group


def test_names_are_one_to_a_reader():
    assert same_name("O'Brien Ayşe", "OBrien  ayse")
    assert not same_name("Group 1", "Group 12")
    assert not same_name("", "")
