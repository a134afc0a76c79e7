"""What the reports say of corrections, and what they keep to themselves without `--explain`."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from quality import reports
from quality.correction.diff import edits
from quality.model import Correction, Evidence, Finding, Inferred, Report, RowScore, Severity
from quality.reports import corrections, html_correction
from quality.reports.html_correction import MAX_EDITS, view

ORIGINAL = "An volcano is a whole. Teh magma leaves it. Teh ash to."
SECRET = "the numbers of the sample were changed"


@pytest.fixture
def corrected(document):
    """The document, the first row of which was corrected against an original."""
    first = replace(document.rows[2], original=ORIGINAL)
    on_original = Finding(
        "GRM002", "grammar", Severity.ERROR, 2, "r0001", "original", "a fault long gone", 14, 21
    )
    label = Finding(
        "LBL004", "fail_mode", Severity.WARNING, 2, "r0001", "fail_mode", "the label does not fit"
    )
    inferred = Inferred("plagiarism", 0.83, (Evidence("plagiarism", "numbers", 0.9, SECRET),))
    known = Correction(
        edits=edits(ORIGINAL, first.output),
        fixed=(on_original,),
        left=document.report.findings[1:3],
        introduced=document.report.findings[:1],
        unexplained=(1,),
        value={"grammar": 0.5, "tone": -2.0},
        inferred=(inferred,),
    )
    rows = (replace(document.report.rows[0], correction=known), *document.report.rows[1:])
    report = replace(document.report, rows=rows, findings=(*document.report.findings, label))
    return replace(document, report=report, rows={**document.rows, 2: first})


def test_the_text_report_sums_corrections_up(corrected):
    text = reports.render("text", corrected)
    assert (
        "Corrections: 1 of 1 row edited; 4 rows without an original; 1 finding fixed, 2 left, 1 introduced; "
        "1 edit beyond the findings; net by criterion (errors; a warning counts in part): grammar +0.5, tone −2.\n"
    ) in text
    for statistics in (False, True):
        assert "Corrections" not in reports.render(
            "text", replace(corrected, statistics=statistics, report=_without(corrected.report))
        )


def _without(report: Report) -> Report:
    return replace(report, rows=tuple(replace(row, correction=None) for row in report.rows))


@pytest.mark.parametrize("format", reports.FORMATS)
@pytest.mark.parametrize("statistics", [False, True])
def test_without_explain_no_format_tells_what_was_inferred(corrected, format, statistics):
    rendered = reports.render(format, replace(corrected, statistics=statistics))
    assert SECRET not in rendered
    assert "0.83" not in rendered
    assert "plagiarism (" not in rendered


@pytest.mark.parametrize("format", ["text", "json", "csv", "html"])
def test_with_explain_they_tell(corrected, format):
    rendered = reports.render(format, replace(corrected, explain=True))
    assert SECRET in rendered
    assert "0.83" in rendered


def test_the_text_report_explains_doubtful_labels_alone(corrected):
    explained = replace(corrected, explain=True)
    told = "   = the original seems to have had: plagiarism (0.83): the numbers of the sample were changed\n"
    assert reports.render("text", explained).count(told) == 1
    findings = tuple(f for f in corrected.report.findings if f.code != "LBL004")
    quiet = replace(explained, report=replace(corrected.report, findings=findings))
    assert SECRET not in reports.render("text", quiet)


def test_the_page_shows_both_versions_with_their_edits(corrected):
    page = reports.render("html", corrected)
    article = re.search(r'<details class="correction">.*?</details>', page, re.DOTALL).group()
    gone = "".join(re.findall(r"<del[^>]*>(.*?)</del>", article))
    put = "".join(re.findall(r"<ins[^>]*>(.*?)</ins>", article))
    assert "whole" in gone
    assert "opening" in put
    assert "<s>a fault long gone</s>" in article
    assert html_correction.UNEXPLAINED in article
    assert "1 finding fixed, 2 left, 1 introduced" in article
    assert page.count("in the original too") == 2
    assert page.count("brought in by the correction") == 1


def test_a_clean_row_that_was_corrected_is_on_the_page(corrected):
    score = replace(corrected.report.rows[0], score=100.0, passed=True)
    report = replace(corrected.report, rows=(score,), findings=())
    page = reports.render("html", replace(corrected, report=report))
    assert '<article class="row card" id="row-2"' in page
    assert "All 1 row with findings or corrections" in page


def test_a_text_is_shown_whole_on_both_sides_and_its_invisible_characters_too(corrected):
    before, after = "one\u200b two  three\r\nfour", "one two <b>three</b>\nfive"
    known = Correction(edits=edits(before, after))
    row = replace(corrected.rows[2], original=before, output=after)
    shown = view(corrected, RowScore(2, 2, "a", 1.0, False, {}, correction=known), row)
    assert "".join(piece.text for piece in shown.before) == before.replace("\r\n", "\n")
    assert "".join(piece.text for piece in shown.after) == after
    assert any(piece.unseen and piece.text == "\u200b" for piece in shown.before)
    rows = {**corrected.rows, 2: row}
    report = replace(
        corrected.report, rows=(replace(corrected.report.rows[0], correction=known),), findings=()
    )
    page = reports.render("html", replace(corrected, rows=rows, report=report))
    assert "<b>" not in page
    assert "\u200b" not in page


def test_a_long_text_with_many_edits_is_cut(corrected):
    before = " ".join(f"word{n} stays" for n in range(5_000))
    after = before.replace("stays", "goes", 2_000)
    known = Correction(edits=edits(before, after))
    row = replace(corrected.rows[2], original=before, output=after)
    shown = view(corrected, RowScore(2, 2, "a", 1.0, False, {}, correction=known), row)
    assert sum(bool(piece.title) for piece in shown.before) == MAX_EDITS
    assert shown.unmarked == len(known.edits) - MAX_EDITS > 0
    assert sum(len(piece.text) for piece in shown.after if not piece.gap) < 10_000


def test_an_address_in_an_original_is_masked_in_every_format(corrected):
    address = "jane.doe@posteo.de"
    original = f"Write to {address} now. {ORIGINAL}"
    known = replace(
        corrected.report.rows[0].correction, edits=edits(original, corrected.rows[2].output), introduced=()
    )
    rows = {**corrected.rows, 2: replace(corrected.rows[2], original=original)}
    report = replace(
        corrected.report,
        rows=(replace(corrected.report.rows[0], correction=known), *corrected.report.rows[1:]),
    )
    for format in reports.FORMATS:
        rendered = reports.render(format, replace(corrected, rows=rows, report=report, explain=True))
        assert "jane.doe" not in rendered


def test_the_table_has_columns_for_corrections_where_there_are_any(document, corrected):
    def header(doc):
        return next(csv.reader(io.StringIO(reports.render("csv", doc).lstrip("\ufeff"), newline="")))

    assert header(document)[-3:] == ["score", "passed", "findings"]
    assert header(corrected)[-2:] == ["findings", "correction"]
    assert header(replace(corrected, explain=True))[-2:] == ["correction", "inferred"]
    rows = list(csv.DictReader(io.StringIO(reports.render("csv", corrected).lstrip("\ufeff"), newline="")))
    assert "fixed: GRM002 error original:14-21: a fault long gone" in rows[0]["correction"]
    assert rows[1]["correction"] == ""


def test_json_tells_of_the_correction(corrected):
    told = json.loads(reports.render("json", corrected))["rows"][0]["correction"]
    assert told["inferred"] is None
    assert [finding["code"] for finding in told["fixed"]] == ["GRM002"]


@pytest.mark.parametrize(
    ("number", "words"), [(310.0, "+310"), (-2.0, "−2"), (0.04, "0"), (-0.25, "−0.2"), (1204.5, "+1,204.5")]
)
def test_a_net_value_has_its_sign(number, words):
    assert corrections.signed(number) == words
