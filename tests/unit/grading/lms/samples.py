"""Worksheets as Moodle writes them: PHP quotes cells with a space in them, the file begins with a byte order mark."""

import codecs
import re
from pathlib import Path

from grading.lms import worksheet

ENGLISH = (
    ("Identifier", "Full name", "Email address", "Status", "Group", "Grade", "Maximum grade",
     "Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments"),
    ("Participant 101", "Ada Kaya", "ada@example.edu", "Submitted for grading", "Team 1", "", "100.00", "Yes",
     "Tuesday, 3 November 2026, 11:58 PM", "-", ""),
    ("Participant 102", '=HYPERLINK("x")', "efe@example.edu", "Submitted for grading - 1 day 2 hours late"
     " - Extension granted until: Friday, 6 November 2026, 11:59 PM", "Team 1", "", "100.00", "Yes",
     "Thursday, 5 November 2026, 2:00 AM", "-", ""),
    ("Participant 103", "Ege, Su", "ege@example.edu", "No submission", "Default group", "71.50", "100.00", "No",
     "-", "Monday, 2 November 2026, 9:05 AM", "<p>seen</p>"),
)  # fmt: skip
TURKISH = (
    ("Tanımlayıcı", "Tam adı", "E-posta adresi", "Durum", "Grup", "Not", "Enyüksek not", "Not değiştirilebilir",
     "Son düzenleme (gönderim)", "Son düzenleme (not)", "Geri bildirim yorumları"),
    ("Katılımcı7", "Işıl Çağ", "isil@example.edu", "Not verilmesi için gönderildi", "Şubat", "", "100,00", "Evet",
     "Salı, 3 Kasım 2026, 23:59", "-", ""),
    ("Katılımcı8", "Ömer Ün", "omer@example.edu", "Gönderim yok - Şu zamana kadar ek süre tanındı : Cuma, 6 Kasım"
     " 2026, 11:59 ÖS", "Varsayılan grup", "85,50", "100,00", "Hayır", "-", "Salı, 3 Kasım 2026, 10:00 Öğleden önce",
     ""),
)  # fmt: skip
BLIND = (
    ("Identifier", "Status", "Grade", "Maximum grade", "Grade can be changed", "Last modified (grade)"),
    ("Participant 9", "Submitted for grading", "", "100.00", "Yes", "-"),
)


def php(rows):
    """The rows as PHP's fputcsv writes them, with Moodle's byte order mark."""

    def cell(text):
        return '"' + text.replace('"', '""') + '"' if re.search(r'[",\\\s]', text) else text

    return codecs.BOM_UTF8 + "".join(",".join(map(cell, row)) + "\n" for row in rows).encode()


def edited(rows, line, column, text):
    """The rows with that cell replaced; the header is line 0."""
    cells = [list(row) for row in rows]
    cells[line][cells[0].index(column)] = text
    return cells


def sheet(rows, language="en", **more):
    """The worksheet that those rows are, in Istanbul."""
    return worksheet.parse(php(rows), Path("grades.csv"), language, "Europe/Istanbul", **more)


def english():
    return sheet(ENGLISH)


def turkish():
    return sheet(TURKISH, "tr")
