"""Grades into the downloaded worksheet: only the cells that must change do, and mistakes are refused."""

from html import unescape

import pytest

from grading.lms import worksheet
from grading.lms.worksheet import Filled, filled
from quality.errors import InputError
from tests.unit.grading.lms.samples import BLIND, ENGLISH, TURKISH, edited, english, php, sheet, turkish

TEAM = {"Participant 101": Filled(85.5, "Well done."), "Participant 102": Filled(85.5, "Well done.")}


def _read(sheet_, data):
    return worksheet.parse(data, sheet_.path, sheet_.language, sheet_.zone).participants


def test_every_member_gets_the_grade_and_no_other_row_changes():
    data = filled(english(), TEAM)
    ada, efe, ege = _read(english(), data)
    assert (ada.grade, ada.comments, efe.grade, efe.comments) == (85.5, "Well done.", 85.5, "Well done.")
    assert ege.cells == ENGLISH[3]
    before, after = php(ENGLISH).splitlines(True), data.splitlines(True)
    assert (after[0], after[3]) == (before[0], before[3])
    # in a row that is filled, too, nothing but the two cells moves
    assert after[2] == before[2].replace(b',"Team 1",,', b',"Team 1",85.50,').replace(
        b",-,\n", b",-,Well done.\n"
    )


def test_a_turkish_site_gets_its_decimals():
    data = filled(turkish(), {"Katılımcı7": Filled(85.5)})
    assert 'Şubat,"85,50","100,00"' in data.decode()
    assert _read(turkish(), data)[0].grade == 85.5


def test_nothing_to_fill_changes_nothing():
    assert filled(english(), {}) == php(ENGLISH)
    assert filled(english(), {"Participant 103": Filled(None)}) == php(ENGLISH)


def test_a_comment_without_a_column_for_it_is_left_out():
    data = filled(sheet(BLIND), {"Participant 9": Filled(7, "Fine.")})
    assert data == php(edited(BLIND, 1, "Grade", "7.00"))


def test_a_comment_is_text_in_html_and_no_formula():
    hostile = '=1+1 <script>alert(1)</script>\nsecond "line" & more\u202e\x1b[31m'
    data = filled(english(), {"Participant 101": Filled(1, hostile)})
    (ada, *_) = _read(english(), data)
    assert ada.comments == (
        "&#61;1+1 &lt;script&gt;alert(1)&lt;/script&gt;<br>second &quot;line&quot; &amp; more&#92;u202e␛[31m"
    )


@pytest.mark.parametrize("text", ["a, \\", '\\"', 'a \\"", b', '"', "\\\\, \\"])
def test_no_backslash_of_a_comment_stands_before_a_quote(text):
    """PHP's fgetcsv takes such a quote for text, and reads the rows below into the cell."""
    data = filled(english(), {"Participant 101": Filled(1, text)})
    (ada, *_) = _read(english(), data)
    assert unescape(ada.comments) == text
    assert b"\\" not in data


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({"Participant 7": Filled(1)}, "for 1 participant that it does not have: Participant 7"),
        ({"participant 101": Filled(1)}, "does not have"),
        ({"Participant 101": Filled(100.01)}, "more points than its maximum"),
        ({"Participant 101": Filled(-0.5)}, "less than 0"),
        ({"Participant 101": Filled(float("nan"))}, "less than 0"),
        ({"Participant 101": Filled(float("inf"))}, "less than 0"),
    ],
)
def test_a_mistake_is_refused(marks, said):
    with pytest.raises(InputError, match=said):
        filled(english(), {**TEAM, **marks})


def test_a_participant_who_is_there_twice_is_refused():
    with pytest.raises(InputError, match="more than once: Participant 103"):
        filled(sheet((*ENGLISH, ENGLISH[3])), TEAM)


def test_a_scale_is_refused():
    rows = edited(edited(ENGLISH, 0, "Maximum grade", "Scale"), 1, "Scale", "poor\ngood")
    rows[2][6] = rows[3][6] = "poor\ngood"
    with pytest.raises(InputError, match="on a scale"):
        filled(sheet(rows), TEAM)
    assert filled(sheet(rows), {"Participant 101": Filled(None)}) == php(rows)


def test_a_maximum_that_the_file_does_not_say_is_refused():
    rows = edited(ENGLISH, 1, "Maximum grade", "")
    with pytest.raises(InputError, match="none named"):
        filled(sheet(rows), TEAM)


def test_a_grade_at_the_maximum_after_rounding_is_taken():
    assert _read(english(), filled(english(), {"Participant 101": Filled(100.004)}))[0].grade == 100.0


def test_blank_lines_between_rows_do_not_shift_the_grades():
    lines = php(ENGLISH).splitlines(True)
    gapped = b"".join((lines[0], b"\n", lines[1], b"\n", *lines[2:]))
    read = worksheet.parse(gapped, english().path, "en", "Europe/Istanbul")
    one, two, _ = _read(read, filled(read, {"Participant 102": Filled(3)}))
    assert (one.grade, two.grade) == (None, 3.0)


def test_text_of_others_in_the_worksheet_stays_as_it_is():
    rows = edited(TURKISH, 1, "Tam adı", '=cmd|"/c calc"!A0\n<b>, "x"')
    data = filled(sheet(rows, "tr"), {"Katılımcı7": Filled(1)})
    assert data == php(edited(rows, 1, "Not", "1,00"))
