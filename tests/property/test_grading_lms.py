"""Whatever the worksheet holds, what is filled is what Moodle reads, and nothing else moves."""

import re
from datetime import datetime
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_datetime
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.lms import canvas, worksheet
from grading.lms.filling import as_read
from grading.lms.formulas import as_html, neutral
from grading.lms.localisation import LANGUAGES, decimal, parse_number, parse_time
from grading.lms.worksheet import Filled, filled
from quality.errors import ProofgateError

ZONE = "Europe/Istanbul"
HEADERS = {
    "en": ("Identifier", "Full name", "Grade", "Maximum grade", "Last modified (grade)", "Feedback comments"),
    "tr": ("Tanımlayıcı", "Tam adı", "Not", "Enyüksek not", "Son düzenleme (not)", "Geri bildirim yorumları"),
}
WORKSHEET = (
    b"Identifier,Status,Grade,Maximum grade,Grade can be changed,Last modified (grade),Feedback comments\n"
    b'Participant 1,"No submission - Extension granted until: Friday, 6 November 2026, 11:59 PM",,100.00,Yes,-,\n'
    b'Participant 2,Graded,71.50,100.00,No,"Tuesday, 3 November 2026, 11:59 PM","a ""b""\n<p>"\n'
)
GRADEBOOK = (
    b"Student,ID,SIS Login ID,Section,HW4 (77),Current Score\n,,,,Manual Posting,\n"
    b'    Points Possible,,,,100.00,(read only)\n"Kaya, Ada",11,ada,A,EX,80.00\n'
)
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
POINTS = st.floats(0, 100, allow_nan=False)
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?")
STARTS = "=+-@\t\r＝＋－＠"


@st.composite
def worksheets(draw):
    """A worksheet with cells of any text, a column that nobody knows, and any way of quoting."""
    language = draw(st.sampled_from(LANGUAGES))
    header = [*HEADERS[language], "?!"]
    rows = [
        [f"Participant {number}", draw(CELLS), "", decimal(100, language), "-", draw(CELLS), draw(CELLS)]
        for number in range(1, draw(st.integers(1, 6)) + 1)
    ]
    delimiter, end = draw(st.sampled_from(",;\t")), draw(st.sampled_from(["\n", "\r\n"]))
    always = draw(st.booleans())

    def cell(text):
        quoted = always or any(character in text for character in f'{delimiter}"\r\n')
        return '"' + text.replace('"', '""') + '"' if quoted else text

    text = "".join(delimiter.join(map(cell, row)) + end for row in (header, *rows))
    bom = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return worksheet.parse(bom + text.encode(), Path("g.csv"), language, ZONE)


@settings(deadline=None, max_examples=150)
@given(st.data(), worksheets())
def test_what_is_filled_is_read_and_all_else_is_as_it_was(data, before):
    people = [one.identifier for one in before.participants]
    marks = data.draw(
        st.dictionaries(st.sampled_from(people), st.builds(Filled, st.none() | POINTS, st.text(max_size=20)))
    )
    after = worksheet.parse(filled(before, marks), before.path, before.language, before.zone)
    for old, new in zip(before.participants, after.participants, strict=True):
        mark = marks.get(old.identifier, Filled(None))
        expected = list(old.cells)
        if mark.points is not None:
            expected[2] = decimal(mark.points, before.language)
            assert new.grade == as_read(before, mark.points) == pytest.approx(mark.points, abs=0.005001)
        if mark.comment.strip():
            expected[5] = as_html(mark.comment)
        assert new.cells == tuple(expected)
    assert (after.columns, after.dialect) == (before.columns, before.dialect)


@settings(deadline=None, max_examples=100)
@given(worksheets())
def test_the_grade_book_gives_the_same_bytes_back(before):
    cells = [one.cells for one in before.participants]
    assert worksheet.restored(worksheet.layout(before), cells).source == before.source


@settings(deadline=None, max_examples=300)
@given(st.data(), st.sampled_from([WORKSHEET, GRADEBOOK]))
def test_damage_is_refused_in_words_or_read(data, source):
    """Whatever somebody did to the file: an error of ours, or rows, and never anything else."""
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, min(len(source), start + 12)))
    put = data.draw(
        st.binary(max_size=12) | st.sampled_from([b'"', b",", b"\n", b"\r", b"9" * 400, b"=1", b"\0"])
    )
    broken = source[:start] + put + source[end:]
    try:
        if source is WORKSHEET:
            worksheet.parse(broken, Path("g.csv"), "en", ZONE)
        else:
            canvas.parse(broken, Path("g.csv"), "en")
    except ProofgateError as error:
        assert error.what and error.remedy, error


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_three_years_comes_back(language):
    """All months, all days of the week, by the names that the CLDR gives them."""
    for day in range(0, 3 * 366, 5):
        when = datetime.fromtimestamp(1_767_225_600 + day * 86_400 + day * 61, ZoneInfo(ZONE)).replace(
            second=0
        )
        for pattern in ("EEEE, d MMMM yyyy, h:mm a", "EEEE, d MMMM yyyy, HH:mm", "EEE, dd MMM yyyy, HH:mm"):
            text = format_datetime(when, pattern, locale=language)
            assert parse_time(text, language, ZONE) == when, text


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(LANGUAGES), st.floats(0, 1e6))
def test_a_number_comes_back_to_the_last_decimal(language, number):
    assert parse_number(decimal(number, language), language) == pytest.approx(number, abs=0.005001)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=30) | st.builds(str.__add__, st.sampled_from(STARTS), st.text(max_size=10)))
def test_no_cell_of_ours_starts_as_a_formula_does(text):
    safe = neutral(text)
    assert NUMBER.fullmatch(safe) or safe.lstrip()[:1] not in tuple(STARTS)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=30) | st.builds(str.__add__, st.sampled_from(STARTS), st.text(max_size=10)))
def test_a_comment_holds_no_element_and_no_formula(text):
    made = as_html(text)
    assert "<" not in made.replace("<br>", "")
    assert made[:1] not in tuple(STARTS)
    assert "\n" not in made
    assert as_html(unescape(made.replace("<br>", "\n"))) == made
