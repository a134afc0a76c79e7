from datetime import UTC, datetime

import pytest

from grading.collecting import roster
from quality.errors import InputError


def read(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "groups.csv"
    path.write_bytes(text.encode(encoding))
    return roster.read(path, "Europe/Istanbul").rows


def test_every_column(tmp_path):
    (ada,) = read(
        tmp_path,
        "Group;Identifier;Email;Name;Late_days_left;Received\n"
        "Whales;Participant 1;ada@uni.example;Ada  Kaya;2,0;2026-11-30 23:58\n\n",
    )
    assert (ada.group, ada.identifier, ada.email, ada.name, ada.days_left) == (
        "Whales",
        "Participant 1",
        "ada@uni.example",
        "Ada Kaya",
        2.0,
    )
    assert ada.received == datetime(2026, 11, 30, 20, 58, tzinfo=UTC)
    assert ada.place.endswith("groups.csv:2")


def test_the_fewest_columns(tmp_path):
    ada, bo = read(tmp_path, "\ufeffemail,group\na@x.example,Whales\nb@x.example,\n")
    assert (ada.group, ada.days_left, ada.received, bo.group) == ("Whales", None, None, "")


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("group,email\nA,a@x\nB,A@X\n", "in line 2 already", 3),
        ("group,identifier\nA,1\nA,1\n", "in line 2 already", 3),
        ("group,name\nA,Ada\nB,ada\n", "in line 2 already", 3),
        ("group,email\nA,\n", "nothing says who", 2),
        ("group,email\nA\n", "1 cells where the header has 2", 2),
        ("group,email,late_days_left\nA,a,-1\n", "no number of late days", 2),
        ("group,email,late_days_left\nA,a,1.5\n", "no number of late days", 2),
        ("group,email,late_days_left\nA,a,nan\n", "no number of late days", 2),
        ("group,email,late_days_left\nA,a,\x1b[2J\n", "no number of late days", 2),
        ("group,email,received\nA,a,yesterday\n", "is no time", 2),
        ("team,email\nA,a\n", "needs one of the columns", 1),
        ("group,points\nA,1\n", "needs one of the columns", 1),
        ("group,group,email\nA,A,a\n", "twice", 1),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, text, said, line):
    with pytest.raises(InputError, match=said) as raised:
        read(tmp_path, text)
    assert raised.value.where.endswith(f":{line}")
    assert raised.value.remedy
    assert "\x1b" not in str(raised.value)


def test_namesakes_with_numbers_are_two(tmp_path):
    assert len(read(tmp_path, "group,identifier,name\nA,1,Ali\nB,2,Ali\n")) == 2


def test_a_time_that_comes_twice_is_the_first(tmp_path):
    path = tmp_path / "groups.csv"
    path.write_text("group,email,received\nA,a,2026-10-25 02:30\n")
    (one,) = roster.read(path, "Europe/Berlin").rows
    assert one.received == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_roster_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        roster.read(tmp_path / "none.csv", "UTC")


def test_a_column_that_is_not_read_is_told_with_the_nearest(tmp_path):
    path = tmp_path / "groups.csv"
    path.write_text("group,email,late_days,x\nA,a,2,\n")
    assert roster.read(path, "UTC").notes == (
        "the roster's column `late_days` is not read; did you mean `late_days_left`?",
        "the roster's column `x` is not read",
    )


def test_late_days_alone_leave_everybody_in_their_group(tmp_path):
    (ada,) = read(tmp_path, "identifier,email,late_days_left\nParticipant 1,,3\n")
    assert (ada.group, ada.days_left) == ("", 3.0)
