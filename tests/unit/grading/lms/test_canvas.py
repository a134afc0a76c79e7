"""Canvas's gradebook: one assignment's cells are filled, and nothing else moves."""

import csv
import io
from pathlib import Path

import pytest

from grading.lms import canvas
from quality.errors import ConfigError, InputError

HEADER = [
    "Student",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Section",
    "Notes",
    "HW4 (77)",
    "HW4 bonus (78)",
    "Current Score",
]
MANUAL = ["", "", "", "", "", "", "Manual Posting", "", ""]
POINTS = ["    Points Possible", "", "", "", "", "", "100.00", "10.00", "(read only)"]
ADA = ["Kaya, Ada", "11", "s1", "ada", "A and B", "", "", "3.00", "80.00"]
EFE = ['="=Efe"', "12", "s2", "efe", "A", "", "50.00", "", ""]
EGE = ["Su, Ege", "13", "s3", "ege", "A", "", "EX", "", ""]
SU = ["Ün, Su", "14", "s4", "su", "A", "", "N/A", "", ""]
TEST = ["Student, Test", "99", "", "0" * 40, "A", "", "", "", ""]
ROWS = [HEADER, MANUAL, POINTS, ADA, EFE, EGE, SU, TEST]


def _book(rows=ROWS, language="en", delimiter=","):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return canvas.parse(stream.getvalue().encode(), Path("book.csv"), language)


def _filled(book, marks, wanted="77"):
    return canvas.parse(canvas.filled(book, canvas.assignment(book, wanted), marks), book.path, book.language)


def test_students_and_assignments_are_found():
    book = _book()
    assert [(one.id, one.sis_id, one.login) for one in book.students] == [
        ("11", "s1", "ada"),
        ("12", "s2", "efe"),
        ("13", "s3", "ege"),
        ("14", "s4", "su"),
    ]
    assert book.students[1].name == '="=Efe"'
    assert [(one.id, one.title, one.most) for one in book.assignments] == [
        ("77", "HW4", 100.0),
        ("78", "HW4 bonus", 10.0),
    ]


def test_only_the_cells_of_that_assignment_change():
    book = _book()
    after = _filled(book, {"11": 85.5, "12": None})
    assert [one.cells for one in after.students] == [
        (*ADA[:6], "85.50", *ADA[7:]),
        *(tuple(cells) for cells in (EFE, EGE, SU)),
    ]
    assert after.source == book.source.replace(b"A and B,,,3.00", b"A and B,,85.50,3.00")


def test_who_is_excused_or_not_assigned_keeps_that():
    book = _book()
    marks = {"11": 1.0, "12": 2.0, "13": 3.0, "14": 4.0}
    assert [one.cells[6] for one in _filled(book, marks).students] == ["1.00", "2.00", "EX", "N/A"]
    found = canvas.foreseen(book, canvas.assignment(book, "77"), marks)
    assert [(one.identifier, one.sent) for one in found] == [("13", 3.0), ("14", 4.0)]
    assert "excused" in found[0].why
    assert "not assigned" in found[1].why


def test_a_student_without_points_is_listed():
    book = _book()
    found = canvas.foreseen(book, canvas.assignment(book, "77"), {"11": None})
    assert [one.identifier for one in found] == ["11", "12", "13", "14"]


def test_a_gradebook_with_names_in_two_columns_and_no_manual_posting():
    rows = [["LastName", "FirstName", *HEADER[1:]]]
    rows += [[row[0], "", *row[1:]] for row in (POINTS,)]
    rows += [["Kaya", "Ada", *ADA[1:]], ["Student", "Test", *TEST[1:]]]
    book = _book(rows)
    assert [(one.id, one.name) for one in book.students] == [("11", "Kaya, Ada")]
    assert _filled(book, {"11": 9}).students[0].cells[7] == "9.00"


def test_decimals_and_delimiter_of_the_users_language():
    rows = [[cell.replace(".", ",") for cell in row] for row in ROWS]
    book = _book(rows, "tr", ";")
    assert book.assignments[0].most == 100.0
    assert b";85,50;3,00" in _filled(book, {"11": 85.5}).source


def test_a_real_student_called_test_student_is_a_student():
    assert _book([*ROWS[:-1], [TEST[0], "99", "s9", "tstudent", *TEST[4:]]]).students[-1].id == "99"


@pytest.mark.parametrize(
    ("wanted", "header"),
    [
        ("77", "HW4 (77)"),
        ("HW4", "HW4 (77)"),
        ("HW4 bonus (78)", "HW4 bonus (78)"),
        (" 78 ", "HW4 bonus (78)"),
    ],
)
def test_the_assignment_is_found_by_number_header_or_title(wanted, header):
    assert canvas.assignment(_book(), wanted).header == header


def test_the_assignment_must_be_named_unless_there_is_one():
    with pytest.raises(ConfigError, match=r"(?s)has 2 assignments.*HW4 bonus"):
        canvas.assignment(_book(), "")
    with pytest.raises(ConfigError, match="names 0 assignments"):
        canvas.assignment(_book(), "79")
    rows = [[*row[:7], row[8]] for row in ROWS]
    assert canvas.assignment(_book(rows)).id == "77"
    twins = [["HW4 (79)" if cell == "HW4 bonus (78)" else cell for cell in row] for row in ROWS]
    with pytest.raises(ConfigError, match="names 2 assignments"):
        canvas.assignment(_book(twins), "HW4")


def test_a_total_whose_period_is_a_number_is_no_assignment():
    rows = [["Current Score (2026)" if cell == "Current Score" else cell for cell in row] for row in ROWS]
    assert [one.id for one in _book(rows).assignments] == ["77", "78"]


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({"99": 1.0}, "for 1 student that it does not have: 99"),  # the test student
        ({"x": None}, "does not have"),
        ({"11": -1.0}, "at least 0"),
        ({"11": float("nan")}, "at least 0"),
        ({"11": 100.5}, "more points than are possible"),
    ],
)
def test_a_mistake_is_refused(marks, said):
    with pytest.raises(InputError, match=said):
        _filled(_book(), marks)


def test_a_student_who_is_there_twice_is_refused():
    with pytest.raises(InputError, match="more than once: 11"):
        _filled(_book([*ROWS, ADA]), {"12": 1.0})


@pytest.mark.parametrize(
    "rows",
    [
        [HEADER],
        [HEADER, ADA],
        [HEADER, POINTS[:-1]],
        [HEADER[1:], POINTS[1:]],
        [[*HEADER[:-1], "ID"], POINTS],
        [["<html>"]],
    ],
)
def test_what_is_no_gradebook_is_refused(rows):
    with pytest.raises(InputError):
        _book(rows)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        canvas.read(tmp_path / "no.csv", "en")
    (tmp_path / "book.csv").write_bytes(_book().source)
    assert len(canvas.read(tmp_path / "book.csv", "en").students) == 4


def test_a_file_of_any_size_is_not_read_whole(tmp_path):
    with (tmp_path / "book.csv").open("wb") as stream:
        stream.truncate(65_000_000)
    with pytest.raises(InputError, match="is larger than 64,000,000 bytes"):
        canvas.read(tmp_path / "book.csv", "en")
