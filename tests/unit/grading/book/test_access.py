from datetime import UTC, datetime, timedelta

import pytest

from grading.book import access, history

LATER = datetime.now(UTC) + timedelta(days=14)
PAST = datetime.now(UTC) - timedelta(seconds=1)


def test_an_invitation_gives_one_session_that_lasts_as_long(book):
    with book.writing() as db:
        access.invite(db, "token", name="Güneş", expires=LATER, by="Ada")
        assert access.of_invitation(db, "token").name == "Güneş"
        assert access.of_session(db, "token") is None
        given = access.redeem(db, "token", "session")
        assert (given.name, given.expires) == ("Güneş", LATER)
        assert access.redeem(db, "token", "another") is None
        assert access.of_invitation(db, "token") is None
        assert access.of_session(db, "session").name == "Güneş"
        assert [one.what for one in history.entries(db)] == ["invite"]


def test_what_has_expired_opens_nothing_and_is_cleared(book):
    with book.writing() as db:
        access.invite(db, "token", name="Ada", expires=PAST, by="Ada")
        access.start(db, "session", name="Ada", expires=PAST)
        assert access.redeem(db, "token", "another") is None
        assert access.of_session(db, "session") is None
        assert access.everybody(db) == ()


def test_taking_back_ends_all_of_that_name_and_no_other(book):
    with book.writing() as db:
        for name in ("Ada", "Grace"):
            access.invite(db, f"token of {name}", name=name, expires=LATER, by="Ada")
            access.start(db, f"session of {name}", name=name, expires=LATER)
        assert access.revoke(db, "Ada", by="Grace") == 2
        assert access.revoke(db, "Ada", by="Grace") == 0
        assert {one.name for one in access.everybody(db)} == {"Grace"}


@pytest.mark.parametrize("secret", ["", "\ud800", "x" * 100_000])
def test_any_text_can_be_asked_for(book, secret):
    with book.reading() as db:
        assert access.of_session(db, secret) is None
