"""The worksheet as Moodle's sites write it, in English and Turkish, and out of the grade book again."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grading.lms import worksheet
from quality.errors import ConfigError, InputError
from tests.unit.grading.lms.samples import BLIND, ENGLISH, TURKISH, edited, english, php, sheet, turkish


def test_english():
    ada, efe, ege = english().participants
    assert (ada.identifier, ada.number, ada.name, ada.email) == (
        "Participant 101",
        "101",
        "Ada Kaya",
        "ada@example.edu",
    )
    assert ada.submitted == datetime(2026, 11, 3, 20, 58, tzinfo=UTC)
    assert (ada.group, ada.grade, ada.maximum, ada.locked, ada.graded) == ("Team 1", None, 100.0, False, None)
    assert efe.name == '=HYPERLINK("x")'
    assert efe.extension == datetime(2026, 11, 6, 20, 59, tzinfo=UTC)
    assert efe.status.startswith("Submitted for grading - 1 day 2 hours late")
    assert (ege.group, ege.grade, ege.locked, ege.submitted) == ("", 71.5, True, None)
    assert ege.graded == datetime(2026, 11, 2, 6, 5, tzinfo=UTC)
    assert ege.comments == "<p>seen</p>"
    assert ege.cells == ENGLISH[3]
    assert english().columns == ENGLISH[0]


def test_turkish():
    isil, omer = turkish().participants
    assert (isil.identifier, isil.number, isil.name, isil.group) == ("Katılımcı7", "7", "Işıl Çağ", "Şubat")
    assert isil.submitted == datetime(2026, 11, 3, 20, 59, tzinfo=UTC)
    assert (omer.group, omer.grade, omer.locked) == ("", 85.5, True)
    assert omer.extension == datetime(2026, 11, 6, 20, 59, tzinfo=UTC)
    assert omer.graded == datetime(2026, 11, 3, 7, 0, tzinfo=UTC)


def test_blind_marking_shows_no_names():
    (one,) = sheet(BLIND).participants
    assert (one.identifier, one.name, one.email, one.group) == ("Participant 9", "", "", "")


def test_older_headers_of_the_turkish_pack():
    rows = edited(TURKISH, 0, "Enyüksek not", "Maksimum not")
    assert sheet(rows, "tr").participants[0].maximum == 100.0


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters(delimiter):
    rows = [ENGLISH[0], tuple(cell.replace('"', "") for cell in ENGLISH[1])]
    text = "".join(delimiter.join(row) + "\r\n" for row in rows)
    read = worksheet.parse(text.encode(), Path("g.csv"), "en", "UTC")
    assert read.participants[0].cells == ENGLISH[1]


def test_a_site_that_renamed_a_column():
    rows = edited(ENGLISH, 0, "Grade", "Points")
    with pytest.raises(InputError, match="no column `Grade`"):
        sheet(rows)
    assert sheet(rows, renamed={"grade": "Points"}).participants[2].grade == 71.5
    with pytest.raises(ConfigError, match="no column of a worksheet"):
        sheet(rows, renamed={"grad": "Points"})


def test_the_other_language_is_named():
    with pytest.raises(ConfigError, match='set language = "tr"'):
        sheet(TURKISH)
    with pytest.raises(ConfigError, match='set language = "en"'):
        sheet(ENGLISH, "tr")


@pytest.mark.parametrize(
    ("line", "column", "text", "said"),
    [
        (0, "Status", "Grade", "2 times"),
        (1, "Identifier", " ", "no identifier"),
        (1, "Last modified (submission)", "Salı, 3 Kasım 2026, 23:59", "no time"),
        (1, "Maximum grade", "lots", "no number"),
        (3, "Grade", "71,50", "no number"),
        (1, "Grade can be changed", "perhaps", "neither"),
    ],
)
def test_a_cell_that_cannot_be_understood_names_its_line(line, column, text, said):
    with pytest.raises(InputError, match=said) as refused:
        sheet(edited(ENGLISH, line, column, text))
    assert refused.value.where == f"grades.csv:{line + 1}"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!DOCTYPE html><title>Log in</title>",
        b"PK\x03\x04xl/workbook.xml",
        "Tanımlayıcı,Not,Son düzenleme (not)\nÇ,1,-\n".encode("cp1254"),
        php(ENGLISH).decode("utf-8-sig").encode("utf-16"),
        b'Identifier,Grade,Last modified (grade)\n"Participant 1,1,-\n',
        b"Identifier,Grade,Last modified (grade)\nParticipant 1,1\n",
        b"Identifier,Grade,Last modified (grade)\n\0,1,-\n",
    ],
)
def test_what_is_no_worksheet_is_refused(data):
    with pytest.raises(InputError):
        worksheet.parse(data, Path("g.csv"), "en", "UTC")


def test_a_file_that_is_not_there(tmp_path):
    for path in (tmp_path / "no.csv", tmp_path, Path("a\0b")):
        with pytest.raises(InputError):
            worksheet.read(path, "en", "UTC")
    (tmp_path / "g.csv").write_bytes(php(ENGLISH))
    assert len(worksheet.read(tmp_path / "g.csv", "en", "Europe/Istanbul").participants) == 3


def test_a_file_that_does_not_say_whether_grades_can_change_locks_nobody():
    assert not sheet(edited(ENGLISH, 1, "Grade can be changed", " ")).participants[0].locked
    assert not sheet(edited(ENGLISH, 0, "Grade can be changed", "?")).participants[2].locked


def test_turkish_capitals_are_turkish():
    rows = edited(edited(TURKISH, 1, "Not değiştirilebilir", "HAYIR"), 2, "Grup", "VARSAYILAN GRUP")
    isil, omer = sheet(rows, "tr").participants
    assert (isil.locked, omer.group) == (True, "")


def test_nobody_takes_part():
    assert sheet(ENGLISH[:1]).participants == ()


def _again(read):
    """The worksheet out of a grade book, which keeps JSON."""
    layout, cells = json.loads(json.dumps([worksheet.layout(read), [one.cells for one in read.participants]]))
    return worksheet.restored(layout, cells)


def _written(rows, **style):
    stream = io.StringIO(newline="")
    csv.writer(stream, **style).writerows(rows)
    return stream.getvalue().encode()


@pytest.mark.parametrize(
    "data",
    [
        php(ENGLISH),
        _written(ENGLISH, delimiter=";"),
        _written(ENGLISH, quoting=csv.QUOTE_ALL, lineterminator="\n"),
        "".join("\t".join(cells) + "\n" for cells in ENGLISH).encode(),
    ],
    ids=["moodle", "spreadsheet", "all quoted", "tabs"],
)
def test_the_grade_book_gives_the_same_bytes_back(data):
    read = worksheet.parse(data, Path("g.csv"), "en", "Europe/Istanbul")
    assert _again(read).source == data


def test_quotes_in_no_known_style_still_give_the_same_cells():
    data = php(ENGLISH).replace(b'"Full name"', b"Full name")
    read = worksheet.parse(data, Path("g.csv"), "en", "Europe/Istanbul")
    assert _again(read).participants == read.participants


def test_who_was_forgotten_is_not_in_the_worksheet_again():
    read = english()
    again = worksheet.restored(worksheet.layout(read), [one.cells for one in read.participants[1:]])
    assert b"Ada" not in again.source
    assert again.source == php((ENGLISH[0], *ENGLISH[2:]))


def test_rows_of_another_worksheet_are_refused():
    with pytest.raises(InputError, match="does not hold together"):
        worksheet.restored(worksheet.layout(english()), [("Participant 1", "x")])
    for broken in (
        {},
        {**worksheet.layout(english()), "bom": "x"},
        {**worksheet.layout(english()), "columns": 1},
    ):
        with pytest.raises(InputError, match="does not hold together"):
            worksheet.restored(broken, [ENGLISH[1]])
