from datetime import UTC, datetime, timedelta

import pytest

from grading.book.people import Group, Person
from grading.collecting.directory import Owner
from grading.collecting.enrolment import directory
from grading.collecting.roster import Enrolled
from grading.collecting.submissions import Kind, Submission
from grading.lms.types import Participant
from quality.errors import InputError

T = datetime(2026, 11, 30, 12, tzinfo=UTC)


def participant(number, name, group, submitted=T, email=""):
    return Participant(f"Participant {number}", name, email, group, "", submitted, 100.0, False, ("x",))


def enrolled(group, identifier="", email="", name="", received=None, days_left=None, line=2):
    return Enrolled(group, identifier, email, name, days_left, received, f"groups.csv:{line}")


def moodle(name, number, kind=Kind.MOODLE):
    return Submission(kind, name, number, {})


CLASS = [
    participant(101, "Ada O'Kaya", "Whales"),
    participant(102, "Bo", "Whales", T + timedelta(hours=1)),
    participant(103, "Cem Ün", "Sharks"),
    participant(104, "Dora", ""),
]


def test_a_person_is_found_by_number_and_name():
    known = directory((), CLASS, ())
    assert known.owner(moodle("Ada OKaya", "101")) == Owner("Whales", None, T)
    assert known.owner(moodle("Whales-Bo", "102")) == Owner("Whales", None, T + timedelta(hours=1))
    assert known.owner(moodle("Participant", "103")) == Owner("Sharks", None, T)


def test_a_team_is_found_by_name_with_its_members_last_time():
    known = directory((), CLASS, ())
    assert known.owner(moodle("Whales", "7")) == Owner("Whales", "7", T + timedelta(hours=1))
    # a team's number can be a person's too
    assert known.owner(moodle("Sharks", "101")) == Owner("Sharks", "101", T)


def test_nobody_is_guessed():
    known = directory((), CLASS, ())
    assert known.owner(moodle("Dora", "104")) == "is in no group"
    assert "without a group" in known.owner(moodle("Default group", ""))
    for submission in (moodle("Eve", "101"), moodle("Eve", "999"), moodle("Shark", "1")):
        assert "knows" in known.owner(submission)


def test_without_any_list_every_folder_is_a_group():
    known = directory((), (), ())
    assert known.owner(moodle("Whales", "7")) == Owner("Whales", "7", None)
    assert "without a group" in known.owner(moodle("Default group", ""))
    assert known.owner(moodle("Whales", "", Kind.FOLDER)) == Owner("Whales", None, None)


def test_without_groups_everybody_is_one():
    known = directory((), [participant(1, "Ali Can", ""), participant(2, "Ali Can", "")], ())
    assert known.owner(moodle("Ali Can", "2")) == Owner("Ali Can", "Participant 2", T)


def test_the_roster_puts_people_into_groups():
    roster = [
        enrolled("Rays", "101", line=2),
        enrolled("Rays", email="D@x", days_left=2, line=3),
        enrolled("Crabs", name="Cem Un", line=4),
    ]
    people = [CLASS[0], CLASS[2], participant(104, "Dora", "", email="d@x")]
    known = directory((), people, roster)
    assert known.owner(moodle("Ada OKaya", "101")) == Owner("Rays", None, T)
    assert known.owner(moodle("Dora", "104")) == Owner("Rays", None, T)
    assert known.owner(moodle("Cem Ün", "103")) == Owner("Crabs", None, T)
    assert [note[:19] for note in known.notes] == ["the roster (line 2)", "the roster (line 4)"]
    assert known.people[2].days_left == 2


def test_a_roster_alone_says_who_and_when():
    roster = [enrolled("Rays", "11", name="Ada Kaya", received=T), enrolled("Crabs", email="b@x", name="Bo")]
    known = directory((), (), roster)
    assert known.owner(moodle("kayaada", "11", Kind.CANVAS)) == Owner("Rays", None, T)
    assert known.owner(moodle("Ada Kaya", "11")) == Owner("Rays", None, T)
    assert known.owner(moodle("Bo", "77")) == Owner("Crabs", None, None)
    assert known.owner(moodle("rays", "", Kind.FOLDER)) == Owner("Rays", None, T)
    assert isinstance(known.owner(moodle("Eve", "11")), str)


def test_a_students_number_that_is_somebody_elses_at_the_lms():
    known = directory((), CLASS, [enrolled("Rays", "102", name="Cem Ün")])
    assert [one.group for one in known.people] == ["Whales", "Whales", "Rays", ""]


def test_one_person_in_two_lines_is_refused():
    with pytest.raises(InputError, match="same person as in line 2") as raised:
        directory((), CLASS, [enrolled("Rays", "101", line=2), enrolled("Crabs", "Participant 101", line=3)])
    assert raised.value.where == "groups.csv:3"


def test_a_doubled_participant_is_refused():
    with pytest.raises(InputError, match="two rows of `Participant 101`"):
        directory((), [CLASS[0], CLASS[0]], ())


def test_what_the_book_knows_holds_without_lists():
    members = (
        Person("p0001", "Participant 101", "Ada", "a@x", 2.0, None),
        Person("p0002", None, "Bo", "b@x", None, None),
    )
    book = [Group("g001", None, "Whales", members), Group("g002", "5", "Empty", ())]
    known = directory(book, (), ())
    assert known.owner(moodle("Ada", "101")) == Owner("Whales", None, None)
    assert known.owner(moodle("Empty", "5")) == Owner("Empty", "5", None)
    assert isinstance(known.owner(moodle("New", "6")), str)
    assert not known.notes
    moved = directory(book, [participant(101, "Ada", "Rays"), participant(9, "Bo", "", email="B@x")], ())
    assert [(one.name, one.group) for one in moved.people] == [("Ada", "Rays"), ("Bo", "Whales")]
    assert "1 person into another group" in moved.notes[0]


def test_namesakes_among_groups_are_told_apart_by_the_exact_name():
    book = [Group("g001", None, "A+", ()), Group("g002", None, "A", ())]
    assert directory(book, (), ()).owner(moodle("A+", "", Kind.FOLDER)) == Owner("A+", None, None)
