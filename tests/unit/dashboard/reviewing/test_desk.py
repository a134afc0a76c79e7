"""What becomes of a decision: saved, refused, in conflict, taken back; on a real file and its real little book."""

from dataclasses import replace

import pytest

from dashboard import site as sites_of
from dashboard.model import RowKey
from dashboard.reviewing import desk as desks
from dashboard.reviewing.agreement import agreement
from dashboard.reviewing.desk import PACE_S, Desk
from dashboard.reviewing.export import as_csv
from dashboard.reviewing.known import known
from dashboard.reviewing.looking import look
from dashboard.reviewing.on_screen import LEASE_S, Screens
from dashboard.reviewing.queue import Choice, Queue
from dashboard.reviewing.saving import Decision
from grading.book import history, reviews
from grading.book.reviews import ACCEPTED, FLAGGED
from tests import sites

ALL = Choice(Queue.ALL)
FINE = Decision(ACCEPTED)
ROWS = [(f"r{number}", "Say hi.", f"Hello, number {number}.", "none") for number in range(4)]
CHANGED = [("r0", "Say hi.", "Hello again.", "none"), *ROWS[1:]]
LATER = 10 * PACE_S


@pytest.fixture
def site(tmp_path):
    return sites.one_file(tmp_path, ROWS)


def seen(site, desk=None, choice=ALL, screens=None):
    """The next look, once it is on the screen."""
    found = look(site, desks.chosen(desk or Desk(), choice), choice, screens or Screens())
    return replace(found, desk=desks.shown(found.desk, now=0.0))


def decided(site, found, decision=FINE, now=LATER):
    return desks.decide(site, found.entry, decision, found.desk, now=now)


def undone(site, desk, now=LATER):
    return desks.undo(site, desks.shown(desk, now=0.0), now=now)


def kept(site):
    with site.book.reading() as db:
        return {one.row_id: one for one in reviews.all_reviews(db).values()}


def by_somebody_else(site, entry, state=FLAGGED, expected=0, comment="not so"):
    with site.book.writing() as db:
        return reviews.save(
            db,
            entry.key.group,
            entry.key.ref,
            row_id=entry.row.id,
            content=entry.content,
            state=state,
            label=None,
            comment=comment,
            who="Bo",
            expected=expected,
        )


def test_row_after_row_until_none_is_left(site):
    found, ids = seen(site), []
    while found.entry is not None:
        ids.append(found.entry.row.id)
        found = seen(site, decided(site, found))
    assert sorted(ids) == ["r0", "r1", "r2", "r3"] == sorted(kept(site))
    assert {(one.state, one.who, one.version) for one in kept(site).values()} == {(ACCEPTED, sites.TA, 1)}
    assert (found.progress.done, found.progress.total, found.progress.people) == (4, 4, {sites.TA: 4})


def test_a_key_that_is_held_down_decides_about_one_row(site):
    found, now = seen(site), LATER
    desk = decided(site, found, now=now)
    for _ in range(90):  # three seconds of a held key, each press on the row that is on the screen by then
        found = look(site, desk, ALL, Screens())
        desk = desks.shown(found.desk, now=now)
        now += 1 / 30
        desk = desks.decide(site, found.entry, FINE, desk, now=now)
    assert len(kept(site)) == 1
    assert "Too fast" in desk.said
    desk = desks.shown(look(site, desk, ALL, Screens()).desk, now=now)
    desk = desks.decide(site, found.entry, FINE, desk, now=now + 2 * PACE_S)  # let go, looked, pressed
    assert len(kept(site)) == 2


def test_a_key_that_was_pressed_on_what_is_gone_counts_as_pressed(site):
    first = seen(site)
    second = seen(site, decided(site, first))  # on the screen since 0.0
    again = look(
        site, second.desk, ALL, Screens()
    )  # the row before has no button any more, so the page just runs
    for desk in (again.desk, desks.shown(again.desk, now=LATER)):
        desk = desks.decide(site, second.entry, FINE, desk, now=LATER)
        assert "Too fast" in desk.said
    assert list(kept(site)) == [first.entry.row.id]


def test_a_held_undo_takes_one_decision_back(site):
    found = seen(site)
    desk = decided(site, seen(site, decided(site, found)))
    desk = undone(site, desk)
    for _ in range(90):
        desk = desks.shown(look(site, desk, ALL, Screens()).desk, now=LATER)
        desk = desks.undo(site, desk, now=LATER + 1 / 30)
    assert "Too fast" in desk.said
    assert kept(site)[found.entry.row.id].state == ACCEPTED
    assert len(desk.saved) == 1


def test_a_late_key_of_the_row_before_decides_nothing(site):
    first = seen(site)
    second = seen(site, decided(site, first))
    desk = desks.decide(site, first.entry, Decision(FLAGGED), second.desk, now=LATER)
    assert (desk.key, kept(site)[first.entry.row.id].state) == (second.entry.key, ACCEPTED)


def test_a_row_that_changed_since_it_was_shown_is_not_accepted(site, tmp_path):
    found = seen(site)
    sites_of.hold(sites.one_file(tmp_path, CHANGED))
    try:
        desk = decided(site, found)
    finally:
        sites_of.hold(sites_of.Opening())
    assert kept(site) == {}
    assert "has changed since it was shown" in desk.said
    assert desk.key == found.entry.key


def test_two_who_decide_at_once_both_see_both(site):
    found = seen(site)
    by_somebody_else(site, found.entry)
    mine = Decision(ACCEPTED, "tone", "fine by me")
    desk = decided(site, found, mine)
    assert (desk.conflict.wanted.comment, desk.conflict.found.comment) == ("fine by me", "not so")
    row = found.entry.row.id
    assert kept(site)[row].who == "Bo"

    theirs = desks.take_theirs(desk)
    assert (theirs.conflict, theirs.key, kept(site)[row].who) == (None, None, "Bo")

    anew = seen(site, desks.write_anew(desk))
    assert (anew.entry.row.id, anew.desk.version, anew.given.comment) == (row, 1, "fine by me")

    saved = desks.keep_mine(site, desk)
    one = kept(site)[row]
    assert (saved.conflict, one.decision[1:], one.version) == (None, (ACCEPTED, "tone", "fine by me"), 2)
    with site.book.reading() as db:
        assert [entry.after["comment"] for entry in history.entries(db)] == ["not so", "fine by me"]


def test_an_undo_brings_back_what_stood_there(site):
    found = seen(site)
    by_somebody_else(site, found.entry)
    desk = decided(site, seen(site, replace(found.desk, stale=True)), Decision(ACCEPTED))
    desk = undone(site, desk)
    one = kept(site)[found.entry.row.id]
    assert (one.state, one.comment, one.version, desk.key) == (FLAGGED, "not so", 3, found.entry.key)
    with site.book.reading() as db:
        assert (one.who, [entry.who for entry in history.entries(db)]) == ("Bo", ["Bo", sites.TA, sites.TA])
    assert undone(site, desk).saved == ()  # there is nothing more of this tab


def test_an_undo_after_somebody_elses_save_changes_nothing(site):
    found = seen(site)
    desk = decided(site, found)
    by_somebody_else(site, found.entry, expected=1)
    desk = undone(site, desk)
    assert "was reviewed meanwhile by Bo" in str(desk.trouble)
    assert (kept(site)[found.entry.row.id].who, desk.saved) == ("Bo", ())


def test_a_note_keeps_the_row_and_a_skipped_row_waits(site):
    found = seen(site)
    noted = seen(site, decided(site, found, Decision(None, None, "look again")))
    assert (noted.entry.key, noted.given.comment, noted.progress.done) == (found.entry.key, "look again", 0)
    skipped = seen(site, desks.skip(found.entry.key, noted.desk))
    assert skipped.entry.key != found.entry.key
    again = seen(site, desks.restarted(skipped.desk))
    assert again.entry.key == found.entry.key


def test_two_persons_get_two_rows_and_a_page_that_is_loaded_anew_keeps_its_own(site):
    screens, bo = Screens(), replace(site, who=lambda: "Bo")
    one, other = seen(site, screens=screens), seen(bo, screens=screens)
    assert one.entry.key != other.entry.key
    assert seen(site, screens=screens).entry.key == one.entry.key
    assert screens.others("Bo") == {one.entry.key}
    assert screens.others("Bo", now=LEASE_S * 1e6) == frozenset()
    screens.show(sites.TA, None)
    assert screens.others("Bo") == frozenset()


def test_what_was_taken_back_says_nothing_any_more(site):
    found = seen(site)
    note = decided(site, found, Decision(None))
    assert "nothing to save" in note.said
    assert kept(site) == {}
    undone(site, decided(site, found))
    assert kept(site)[found.entry.row.id].is_empty
    assert as_csv(kept(site).values(), {}).count("\r\n") == 1  # the header


def test_rows_that_changed_since_their_review(site, tmp_path):
    by_somebody_else(site, site.index.entry(1))
    by_somebody_else(site, site.index.entry(2))
    site = sites.one_file(tmp_path, CHANGED)
    assert seen(site, choice=Choice(Queue.CHANGED)).entry.row.id == "r0"
    assert seen(site, choice=Choice(Queue.CHANGED)).progress.total == 1
    assert seen(site, choice=Choice(Queue.FLAGGED)).progress.total == 2
    assert seen(site, choice=Choice(Queue.SAMPLE)).progress.done == 1


def test_a_second_look_knows_nothing_of_the_first_and_changes_nothing_of_it(site):
    first = site.index.entry(1)
    by_somebody_else(site, first)
    with site.book.writing() as db:  # my own rows are not asked for
        mine = site.index.entry(2)
        reviews.save(
            db,
            "",
            mine.key.ref,
            row_id=mine.row.id,
            content=mine.content,
            state=FLAGGED,
            label=None,
            comment="",
            who=sites.TA,
            expected=0,
        )
    again = Choice(Queue.SECOND)
    found = seen(site, choice=again)
    assert (found.entry.key, found.progress.total, found.review, found.given) == (
        first.key,
        1,
        None,
        Decision(None),
    )
    desk = decided(site, found)
    assert desk.said == "Saved. Bo had decided: flagged."
    assert kept(site)["r0"].who == "Bo"
    both = known(site.book)
    assert (both.second["", first.key.ref].state, both.second["", first.key.ref].who) == (ACCEPTED, sites.TA)
    assert agreement(both).words.startswith("Two persons looked at 1 row and decided alike about 0 (0.0%)")
    assert seen(site, desk, choice=again).entry is None

    undone(site, desk)
    both = known(site.book)
    assert both.second["", first.key.ref].state is None
    assert agreement(both).rows == 0


def test_a_corrected_row_is_reviewed_as_it_is_corrected(site):
    first = site.index.entry(1)
    corrected = {first.key: "c" * 64}
    shown = replace(first, content="c" * 64)
    found = seen(site)
    refused = desks.decide(site, first, FINE, found.desk, now=LATER, corrected=corrected)
    assert "has changed since it was shown" in refused.said
    desk = desks.decide(site, shown, FINE, found.desk, now=LATER, corrected=corrected)
    assert kept(site)["r0"].content == "c" * 64
    sample = Choice(Queue.SAMPLE)
    assert look(site, desk, sample, Screens(), lambda site: corrected).progress.done == 1
    assert look(site, desk, sample, Screens()).progress.done == 0


def test_a_row_that_is_in_the_file_no_more(site):
    with site.book.writing() as db:
        gone = RowKey("", "e" * 64)
        reviews.save(
            db,
            "",
            gone.ref,
            row_id="x",
            content=gone.ref,
            state=FLAGGED,
            label=None,
            comment="",
            who="Bo",
            expected=0,
        )
    assert seen(site, choice=Choice(Queue.FLAGGED)).entry is None
