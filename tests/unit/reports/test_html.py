import base64
import hashlib
import re
from dataclasses import replace

from quality import reports
from quality.model import Finding, Row, RowScore, Severity
from quality.reports import html_view


def test_the_policy_names_the_hashes_of_the_style_and_the_script(document):
    page = reports.render("html", document)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page).group(1).replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    for directive, pattern in (
        ("style-src", "<style>(.*?)</style>"),
        ("script-src", "<script>(.*?)</script>"),
    ):
        text = re.search(pattern, page, re.DOTALL).group(1)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_the_page_asks_for_nothing(document):
    page = reports.render("html", document)
    markup = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"https?:|url\(|@import|\bsrc=|\bstyle=|\son\w+=", markup)
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', markup))


def test_every_link_within_the_page_has_its_target(document):
    page = reports.render("html", document)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    links = set(re.findall(r'href="#([^"]*)"', page))
    assert links <= set(ids)


def test_the_page_says_what_it_is_about(document):
    page = reports.render("html", document)
    for words in (
        "This data is not ready to train a model yet.",
        "1 of them (20.0%) pass",
        "quality fix data.csv",
        'Excused: the prompt asks for it with “<q class="words">all in lower case</q>”',
        "Delete the character.",
        "no reference corpus",
    ):
        assert words in page
    passed = replace(document.verdict, passed=True, reasons=())
    assert "This data is ready to train a model." in reports.render("html", replace(document, verdict=passed))


def _views(text, *spans):
    findings = [
        Finding("GRM001", "grammar", Severity.ERROR, 2, "a", "output", "m", low, high) for low, high in spans
    ]
    return [html_view.FindingView(n, finding, "", "", "", "") for n, finding in enumerate(findings, 1)]


def test_overlapping_spans_are_cut_where_one_starts_or_ends():
    text = "abcdefgh"
    pieces = list(html_view.pieces(text, _views(text, (1, 5), (3, 7), (3, 3))))
    assert [(piece.text, piece.numbers, piece.starts) for piece in pieces] == [
        ("a", (), ()),
        ("bc", (1,), (1,)),
        ("de", (1, 2), (2,)),
        ("fg", (2,), ()),
        ("h", (), ()),
    ]


def test_a_long_cell_shows_its_beginning_and_the_spans():
    text = "x" * 50_000
    pieces = list(html_view.pieces(text, _views(text, (30_000, 30_005), (49_990, 60_000))))
    assert [piece.text for piece in pieces if piece.gap] == ["25,800 characters", "19,585 characters"]
    assert sum(len(piece.text) for piece in pieces if not piece.gap) == 4_000 + 405 + 210


def test_the_worst_rows_are_shown_and_the_rest_is_counted(document):
    rows = {n: Row(n, n, f"r{n}", "Say it.", "teh") for n in range(2, 502)}
    findings = tuple(
        Finding("GRM001", "grammar", Severity.ERROR, n, f"r{n}", "output", "m", 0, 3)
        for n in rows
        for _ in range(50)
    )
    scores = tuple(RowScore(n, n, f"r{n}", (n * 7) % 100, False, {}) for n in rows)
    report = replace(document.report, rows=scores, findings=findings)
    page = reports.render("html", replace(document, report=report, rows=rows))
    assert page.count("<article ") == html_view.MAX_ROWS
    assert "The 200 worst of 500 rows with findings." in page
    assert "10 more findings in this row" in page
    shown = [float(score) for score in re.findall(r'class="score">(\d+)', page)]
    assert shown == sorted(shown)


def test_rows_that_are_not_at_hand_and_empty_tables_have_a_page(document):
    assert "Row 2" in reports.render("html", replace(document, rows={}))
    empty = replace(document.report, rows=(), findings=(), outcomes=(), dataset={})
    assert "Nothing was found in any row." in reports.render("html", replace(document, report=empty, rows={}))


def test_a_span_that_cuts_a_line_end_in_two_shows_one_line_end():
    finding = Finding("GRM001", "grammar", Severity.ERROR, 2, "a", "output", "…", start=2, end=3)
    view = html_view.FindingView(1, finding, "", "", (), "")
    assert "".join(piece.text for piece in html_view.pieces("a\r\nb", [view])) == "a\nb"
