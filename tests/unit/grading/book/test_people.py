"""Who is who: found by number, then by name, never guessed; keys are never given twice."""

import pytest
from sqlalchemy import text

from grading.book import people
from quality.errors import InputError


@pytest.fixture
def db(book):
    with book.writing() as one:
        yield one


def group(db, name, identifier=None):
    return people.put_group(db, name=name, identifier=identifier)


def person(db, identifier=None, name="", email="", worksheet=None):
    return people.put_person(db, identifier=identifier, name=name, email=email, worksheet=worksheet)


def test_keys_tell_nothing_and_count_up(db):
    assert [group(db, "Beta"), group(db, "Alpha"), person(db, name="Ada")] == ["g001", "g002", "p0001"]


def test_the_key_of_somebody_forgotten_is_never_given_again(db):
    group(db, "A")
    db.execute(text("DELETE FROM identity"))
    assert group(db, "B") == "g002"


def test_a_group_is_found_by_its_number_and_takes_the_new_name(db):
    assert group(db, "Team 1", "55") == group(db, "Team One", "55")
    assert [one.name for one in people.groups(db)] == ["Team One"]


def test_a_group_is_found_by_its_name_where_nothing_has_a_number(db):
    assert group(db, "Gül") == group(db, "Gül")
    assert group(db, "Gül") != group(db, "Gul")


def test_a_group_known_by_name_takes_its_number(db):
    key = group(db, "Gül")
    assert group(db, "Gül", "55") == key
    assert group(db, "other", "55") == key


def test_two_groups_of_one_name_are_not_guessed_between(db):
    assert group(db, "Same", "1") != group(db, "Same", "2")
    with pytest.raises(InputError, match="names several: g001, g002"):
        group(db, "Same")


def test_a_group_without_name_and_number_is_nobody(db):
    with pytest.raises(InputError, match="neither a name nor a number"):
        group(db, "")


@pytest.mark.parametrize("identifier", ["", "1" * 201, "\ud800" * 200 + "x"])
def test_numbers_that_no_lms_gives(db, identifier):
    with pytest.raises(InputError, match="cannot be the LMS's"):
        group(db, "A", identifier)


def test_the_longest_number_fits_both_databases(db):
    assert group(db, "A", "\U0001f600" * 200) == group(db, "A", "\U0001f600" * 200)


def test_a_person_is_found_by_number_then_by_e_mail_then_by_name(db):
    ada = person(db, "Participant 1", "Ada", "ada@x.edu")
    assert person(db, "Participant 1") == ada
    assert person(db, None, "", "ADA@x.edu") == ada
    assert person(db, None, "Ada") == ada
    assert person(db, "Participant 2", "Ada", "ada@x.edu") != ada


def test_what_is_known_of_a_person_is_not_lost(db):
    key = person(db, None, "Ada", "ada@x.edu")
    assert person(db, "Participant 1", "", "ada@x.edu", ["Participant 1", "Ada"]) == key
    people.put_member(db, key, group(db, "A"), 2.0)
    people.put_member(db, key, "g001", None)
    (member,) = people.groups(db)[0].members
    assert member == people.Person(key, "Participant 1", "Ada", "ada@x.edu", 2.0, ("Participant 1", "Ada"))


def test_a_person_is_in_one_group(db):
    first, second, key = group(db, "A"), group(db, "B"), person(db, name="Ada")
    people.put_member(db, key, first, None)
    people.put_member(db, key, second, 1)
    assert [[member.key for member in one.members] for one in people.groups(db)] == [[], [key]]


def test_groups_stand_in_the_order_of_their_numbers(db):
    db.execute(text("INSERT INTO setting (key, value) VALUES ('last group', '998')"))
    assert [group(db, name) for name in "abc"] == ["g999", "g1000", "g1001"]
    assert [one.key for one in people.groups(db)] == ["g999", "g1000", "g1001"]


def test_a_group_is_named_by_key_number_or_name(db):
    key = group(db, "Team Ada", "55")
    group(db, "55", "77")
    for text_ in (key, "55", "Team Ada", "team ADA"):
        assert people.find_group(db, text_).key == key


def test_an_unknown_group_names_the_nearest(db):
    with pytest.raises(InputError, match="grading import FILE"):
        people.find_group(db, "g001")
    group(db, "Team \x1b[31mAda")
    with pytest.raises(InputError) as caught:
        people.find_group(db, "Team Adda")
    assert "did you mean Team ␛[31mAda?" in str(caught.value)
    with pytest.raises(InputError, match="known here: g001"):
        people.find_group(db, "zzz")


@pytest.mark.parametrize("said", ["p0001", "Participant 9003", "9003", "ada kaya", "ADA@x.edu"])
def test_who_names_a_person_hears_of_their_group(db, said):
    key = group(db, "9004")
    people.put_member(db, person(db, "Participant 9003", "Ada Kaya", "ada@x.edu"), key, None)
    with pytest.raises(InputError, match=rf"is a person \(p0001\)[\s\S]*name their group: {key}"):
        people.find_group(db, said)


def test_a_group_is_found_without_its_accents(db):
    key = group(db, "Güneş Işığı")
    for said in ("GÜNEŞ IŞIĞI", "gunes isigi", "Gunes-Isigi"):
        assert people.find_group(db, said).key == key
    group(db, "Gunes Isigi!")
    with pytest.raises(InputError, match="names several: g001, g002"):
        people.find_group(db, "gunes-isigi")


def test_capitals_of_an_e_mail_do_not_matter_in_any_alphabet(db):
    assert person(db, email="ÉMILE@x.edu") == person(db, email="émile@X.edu")


def test_hostile_names_come_back_as_they_are(db):
    name = "\x00\ud800'); DROP TABLE identity; --\u202e"
    key = group(db, name)
    assert people.find_group(db, name).key == key
