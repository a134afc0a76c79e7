"""Whatever text stands in whatever field, every format stays what it says it is."""

import csv
import io
import json
import re
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import PurePath
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import jsonschema
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from quality import guide, reports
from quality.model import (
    Ask,
    Correction,
    Edit,
    EditKind,
    Evidence,
    Example,
    Finding,
    Fingerprint,
    Fix,
    Inferred,
    Outcome,
    Report,
    Row,
    RowScore,
    Severity,
    Status,
    Verdict,
)
from quality.reports import html_view
from quality.reports.escape import INVISIBLE, visible, visible_block
from quality.reports.excerpt import excerpt
from quality.reports.html import MAX_TEXT
from quality.rule import Rule

HOSTILE = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "end of script": "</script><script>alert(1)</script><!--<script>",
    "end of style": "</style></title></textarea></svg><svg onload=alert(1)>",
    "attribute": "\" onmouseover=\"alert(1)\" x='y' style='x",
    "ansi": "\x1b[31mred\x1b[0m\x1b[2J\x1b]0;title\x07",
    "osc 8": "\x1b]8;;http://example.invalid\x1b\\click\x1b]8;;\x1b\\",
    "c1": "\x9b31m\x90\x9d\x85next",
    "bell": "\x07\x08\x7f",
    "bidi": "\u202ereversed\u202c \u2066isolate\u2069 \u200f",
    "zero width": "a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00ad",
    "tags": "hidden\U000e0068\U000e0069 \U000e0100",
    "separators": "one\u2028two\u2029three\x0bfour\x0cfive",
    "rich markup": "[bold red]x[/bold red] [link=http://example.invalid]y[/link]",
    "command": "::error::pwned\n::set-output name=a::b\n##[add-mask]x",
    "percent": "100%0A::error file=a,line=1::x,y:z%25",
    "cdata": "]]><evil/><![CDATA[ &amp; &#0; &undefined;",
    "nul": "a\x00b",
    "surrogate": "a\ud800b\udfffc\udc80",
    "template": "{{7*7}} {% for x in y %} {# c #} ${7*7} #{7*7}",
    "formula": '=HYPERLINK("http://example.invalid","x")',
    "formula after space": " \t\r\n\u200b＝1+1",
    "plus": "+1",
    "tab": "\t@SUM(A1)",
    "quotes": "a,b;c\td\"e''f\r\ng\rh\ni\\",
    "markdown": "```\n| a | b |\n[x](javascript:alert(1))",
    "emoji": "👩\u200d👩\u200d👧 ❤\ufe0f e\u0301 日本語 🇩🇪",
    "zalgo": "Z" + "\u0300\u0489" * 200,
    "long": "word " * 12_000,
    "one long word": "(" * 70_000,
    "empty": "",
    "space": "   \n\n\t ",
}
GUIDE = guide.load()
HASHES = Fingerprint(*("0123456789abcdef" * 4 for _ in range(5)))
SCHEMA = jsonschema.Draft202012Validator(
    json.loads(files("quality.reports").joinpath("schema.json").read_text(encoding="utf-8"))
)


def document(text: str) -> reports.Document:
    """A document with that text in every field that can hold any."""
    rows = {n: Row(n, n * 2, text, text, text, text, text) for n in (2, 3)}
    half = len(text) // 2
    example = Example((rows[2],), (2,))
    rule = Rule(
        "GRM001", text, "grammar", text, text, text, text or "-", text or "-", (example,), (example,), text
    )
    shared = {
        "code": "GRM001",
        "criterion": "grammar",
        "severity": Severity.ERROR,
        "row_id": text,
        "message": text,
    }
    findings = (
        Finding(
            row=2, column="output", start=0, end=half, fix=Fix(0, half, text, True), related=(text,), **shared
        ),
        Finding(row=2, column="output", start=half // 2, end=len(text), detail={text: [text]}, **shared),
        Finding(row=2, column="instruction", start=half, end=half, waived=text, **shared),
        Finding(row=2, column="fail_mode", start=5, end=1_000_000, fix=Fix(5, 9, text, False), **shared),
        Finding(row=3, column="", **shared),
        Finding(row=3, column=text, start=1, end=2, **shared),
        Finding(row=None, column="", **shared),
        Finding(text, text, Severity.WARNING, 3, text, "id", text, 0, 1),
    )
    correction = Correction(
        edits=(
            Edit(EditKind.REWRITE, 0, half, 0, half // 2, text[:half], text[: half // 2]),
            Edit(EditKind.CUT, half, len(text), half, half, text[half:], ""),
        ),
        fixed=(Finding(row=2, column="original", start=0, end=half, **shared),),
        introduced=findings[1:2],
        unexplained=(1,),
        value={"grammar": -1.0, text: 2.5},
        unknown=(text,),
        inferred=(Inferred(text, 0.5, (Evidence(text, text, 0.5, text),)),),
    )
    scores = (
        RowScore(
            2,
            4,
            text,
            50.0,
            False,
            {"grammar": 0.5, text: None},
            {text: text},
            (Ask(text, "", text, text, 0, 1, text),),
            correction=correction,
        ),
        RowScore(3, 6, text, 100.0, True, {"grammar": 1.0}),
    )
    outcomes = (
        Outcome("GRM001", Status.CRASHED, 1, 1, (2,), 0.1, text),
        Outcome(text, Status.UNAVAILABLE, detail=text),
    )
    report = Report(HASHES, scores, findings, outcomes, {text: {"nested": [text, float("nan")]}})
    return reports.Document(
        report=report,
        verdict=Verdict(HASHES, False, (text, text), (3,), (text,)),
        rows=rows,
        frame=pd.DataFrame(
            [[text, text]] * 2, index=[2, 3], columns=pd.Index([text, "output"], dtype=object), dtype=object
        ),
        path=text,
        guide=replace(GUIDE, title=text),
        rules={"GRM001": rule},
        notes=(text,),
        explain=True,
    )


def check_text(text: str) -> None:
    for statistics in (False, True):
        plain = reports.render("text", replace(document(text), statistics=statistics))
        assert not re.search(f"(?!\n)[{INVISIBLE}]", plain)
        assert not re.search(r"^\s*::", plain, re.MULTILINE)
    coloured = reports.render("text", document(text), color=True, width=40)
    assert not re.search(f"(?!\n)[{INVISIBLE}]", re.sub(r"\x1b\[[0-9;]+m", "", coloured))


def check_json(text: str) -> None:
    rendered = reports.render("json", document(text))
    assert rendered.isascii()
    assert rendered.endswith("}\n")
    report = json.loads(rendered)
    SCHEMA.validate(report)
    assert report["data"]["path"] == text
    assert report["rows"][0]["id"] == text
    assert report["rows"][0]["unmeasured"] == {text: text}
    assert report["findings"][2]["waived"] == text
    assert report["findings"][0]["fix"]["text"] == text
    assert report["findings"][1]["detail"] == {text: [text]}
    assert report["dataset"] == {text: {"nested": [text, None]}}


@contextmanager
def any_field_size():
    before = csv.field_size_limit(10_000_000)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def check_csv(text: str) -> None:
    rendered = reports.render("csv", document(text))
    assert rendered.startswith("\ufeff")
    with any_field_size():
        records = list(csv.reader(io.StringIO(rendered[1:], newline=""), strict=True))
    assert len(records) == 3
    assert {len(record) for record in records} == {7}
    for cell in (cell for record in records for cell in record):
        assert not re.match(rf"[\s{INVISIBLE}]*[=+\-@＝＋－＠]|[\t\r]", cell)
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", lambda m: visible(m.group()), text)
    assert records[1][0] in (kept, f"'{kept}")
    assert [records[1][3], records[2][3]] == ["false", "true"]


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = names(
    "html head meta title style body a header p h1 h2 h3 h4 main section svg circle path rect div strong "
    "span ol ul li br code dl dt dd details summary table thead tbody tr th td small form label input "
    "select option button article mark q s del ins pre footer script"
)
ATTRIBUTES = names(
    "lang charset http-equiv content name class href aria-labelledby aria-label aria-hidden role viewbox "
    "width height cx cy r rx x y d id title scope hidden type placeholder autocomplete value tabindex dir "
    "data-rule data-severity data-filter data-row data-rank data-n"
)
VOID = frozenset({"meta", "br", "input"})


class Page(HTMLParser):
    """What a browser would see: elements, attributes, and the text of the cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.count: dict[str, int] = {}
        self.cells: list[str] = []
        self.headline = ""

    def handle_starttag(self, tag, attrs):
        assert tag in ELEMENTS, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs
        values = dict(attrs)
        assert values.get("href", "#").startswith("#")
        self.count[tag] = self.count.get(tag, 0) + 1
        if tag not in VOID:
            self.stack.append(tag)
        if tag == "div" and (values.get("class") or "").startswith("cell "):
            self.cells.append("")

    def handle_startendtag(self, tag, attrs):
        assert tag in {"rect", "circle", "path"}, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        if self.stack and self.stack[-1] == "h1":
            self.headline += data
        if ({"mark", "span"} & set(self.stack[-2:]) or self.stack[-1:] == ["div"]) and (
            "article" in self.stack and self.cells and "header" not in self.stack and "ol" not in self.stack
        ):
            self.cells[-1] += data

    def handle_comment(self, data):
        raise AssertionError(data)


def check_html(text: str) -> None:
    rendered = reports.render("html", document(text))
    assert not re.search(f"(?![\n\t])[{INVISIBLE}]", rendered)
    page = Page()
    page.feed(rendered)
    page.close()
    assert page.stack == []
    assert (page.count["script"], page.count["style"]) == (2, 1)
    if len(text) <= MAX_TEXT:
        assert page.headline == visible_block(text)
    if 0 < len(text) <= html_view.MAX_CELL:
        assert page.cells[1].rstrip("\n") == visible_block(text).rstrip("\n")
    block = re.search(r'<script type="application/json" id="report">(.*?)</script>', rendered, re.DOTALL)
    assert block
    assert json.loads(block.group(1))["data"]["path"] == text


def check_junit(text: str) -> None:
    rendered = reports.render("junit", document(text))
    assert rendered.isascii()
    root = ET.fromstring(rendered)
    assert {element.tag for element in root.iter()} == {
        *("testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "system-out")
    }
    first = root.find("testsuite/testcase")
    assert first is not None
    assert first.get("name") == f"row 2 [{visible_block(text)}]"


def check_sarif(text: str) -> None:
    log = json.loads(reports.render("sarif", document(text)))
    (run,) = log["runs"]
    results = run["results"]
    assert len(results) == 8
    for result in results:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9\-._~/:]|%[0-9A-F]{2})*", uri)
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert len({result["partialFingerprints"]["proofgate/v1"] for result in results}) == 8
    assert results[2]["suppressions"][0]["kind"] == "inSource"
    if not re.search("[\ud800-\udfff]", text):
        decoded = unquote_to_bytes(uri.removeprefix("file://")).decode()
        assert decoded == PurePath(text).as_posix()


def check_github(text: str) -> None:
    lines = reports.render("github", document(text)).removesuffix("\n").split("\n")
    assert len(lines) == 8 + 3 + 1
    for line in lines:
        head, message = re.fullmatch(r"::(?:error|warning|notice) ([^:]*)::(.*)", line).groups()
        assert [part.split("=")[0] for part in head.split(",")] in (
            ["file", "line", "title"],
            ["file", "title"],
        )
        assert not re.search("%(?!25|0A|3A|2C)", head + message)
        assert not re.search(f"[{INVISIBLE}]", line)


CHECKS = (check_text, check_json, check_csv, check_html, check_junit, check_sarif, check_github)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_in_every_field_stays_text(check, text):
    check(text)


ANY = st.text(st.characters(), max_size=60) | st.text(
    st.sampled_from("<>&\"'`=+-@:,%;[]{}#/\\\r\n\t\0\x1b\u202e\ud800a "), max_size=60
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
@settings(max_examples=40, deadline=None)
@given(text=ANY)
def test_any_text_in_every_field_stays_text(check, text):
    check(text)


@settings(max_examples=200, deadline=None)
@given(text=ANY, start=st.integers(0, 80), length=st.integers(0, 80), width=st.integers(1, 60))
def test_an_excerpt_fits_and_its_carets_stand_under_the_span(text, start, length, width):
    low = min(start, len(text))
    piece = excerpt(text, low, min(low + length, len(text)), width)
    cells = [cell_len(part) for part in (piece.before, piece.marked, piece.after)]
    assert sum(cells) <= max(width, 20)
    assert piece.offset == cells[0]
    assert piece.length == max(cells[1], 1)
