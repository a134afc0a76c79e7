"""What Moodle skips without a word: foreseen before the import, found after it."""

import pytest

from grading.lms import worksheet
from grading.lms.reconcile import Skipped, foreseen, reconcile
from grading.lms.worksheet import Filled, filled
from quality.errors import InputError
from tests.unit.grading.lms.samples import BLIND, ENGLISH, TURKISH, edited, english, sheet, turkish

ADA, EFE, EGE = "Participant 101", "Participant 102", "Participant 103"


def _sent(sheet_, marks):
    return worksheet.parse(filled(sheet_, marks), sheet_.path, sheet_.language, sheet_.zone)


def test_what_import_will_skip_is_listed_before():
    found = foreseen(english(), {ADA: Filled(85.5), EFE: Filled(None), EGE: Filled(90)})
    assert [(one.identifier, one.sent, one.found) for one in found] == [(EFE, None, None), (EGE, 90.0, 71.5)]
    assert found[0].why == "not graded yet"
    assert "locked" in found[1].why


def test_a_participant_of_no_graded_group_is_listed():
    found = foreseen(english(), {ADA: Filled(1), EFE: Filled(1)})
    assert [one.why for one in found] == ["no group that was graded has this participant"]


def test_a_grade_that_moodle_has_already_is_listed():
    rows = edited(ENGLISH, 3, "Grade can be changed", "Yes")
    assert [
        one.why for one in foreseen(sheet(rows), {ADA: Filled(1), EFE: Filled(1), EGE: Filled(71.5)})
    ] == ["Moodle has this grade already"]
    assert not foreseen(sheet(rows), {ADA: Filled(1), EFE: Filled(1), EGE: Filled(72)})


def test_moodle_does_not_read_its_own_turkish_times():
    rows = edited(TURKISH, 2, "Not değiştirilebilir", "Evet")
    found = foreseen(sheet(rows, "tr"), {"Katılımcı7": Filled(1), "Katılımcı8": Filled(1)})
    assert [one.identifier for one in found] == ["Katılımcı8"]
    assert "Turkish times" in found[0].why
    assert "tick" in found[0].why


def test_all_grades_that_arrived():
    sent = _sent(english(), {ADA: Filled(85.5), EFE: Filled(85.5)})
    assert reconcile(sent, sent) == ()


def test_a_site_that_shows_fewer_decimals():
    sent = _sent(english(), {ADA: Filled(85.46)})
    assert reconcile(sent, sheet(edited(sent_rows(sent), 1, "Grade", "85.5"))) == ()
    assert reconcile(sent, sheet(edited(sent_rows(sent), 1, "Grade", "85"))) == ()
    assert reconcile(sent, sheet(edited(sent_rows(sent), 1, "Grade", "85.4")))


def sent_rows(read):
    return (read.columns, *(one.cells for one in read.participants))


def test_each_reason_for_a_grade_that_did_not_arrive():
    sent = _sent(english(), {ADA: Filled(85.5), EFE: Filled(85.5), EGE: Filled(90)})
    later = edited(ENGLISH, 1, "Last modified (grade)", "Tuesday, 10 November 2026, 9:00 AM")
    later = edited(later, 1, "Grade", "12.00")
    found = reconcile(sent, sheet(later))
    assert [(one.identifier, one.sent, one.found) for one in found] == [
        (ADA, 85.5, 12.0),
        (EFE, 85.5, None),
        (EGE, 90.0, 71.5),
    ]
    assert "changed in Moodle after" in found[0].why
    assert "not imported" in found[1].why
    assert "locked" in found[2].why


def test_a_maximum_that_was_lowered():
    sent = _sent(english(), {ADA: Filled(85.5)})
    (one,) = reconcile(sent, sheet(edited(ENGLISH, 1, "Maximum grade", "50.00")))
    assert "above the maximum grade, 50" in one.why


def test_a_turkish_grade_that_moodle_thought_older():
    rows = edited(TURKISH, 2, "Not değiştirilebilir", "Evet")
    (one,) = reconcile(_sent(sheet(rows, "tr"), {"Katılımcı8": Filled(90)}), sheet(rows, "tr"))
    assert (one.sent, one.found) == (90.0, 85.5)
    assert "Turkish times" in one.why


def test_a_participant_who_left_or_is_there_twice():
    sent = _sent(english(), {ADA: Filled(1), EFE: Filled(1)})
    assert reconcile(sent, sheet((ENGLISH[0], ENGLISH[2], ENGLISH[2]))) == (
        Skipped(ADA, 1.0, None, "the participant is no longer in the worksheet"),
        Skipped(EFE, 1.0, None, "the participant is there twice"),
        Skipped(EGE, 71.5, None, "the participant is no longer in the worksheet"),
    )


def test_another_assignments_worksheet_is_refused():
    with pytest.raises(InputError, match="none of the participants"):
        reconcile(english(), sheet(BLIND))
    with pytest.raises(InputError, match="none of the participants"):
        reconcile(english(), turkish())
    with pytest.raises(InputError, match="on a scale"):
        reconcile(english(), sheet(edited(ENGLISH, 0, "Maximum grade", "Scale")))
