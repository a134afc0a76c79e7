"""A finding that a baseline accepts is quiet everywhere, and nowhere lost."""

import csv
import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from quality import reports
from quality.reports import document as doc

REASON = "a brand; <b>ask</b> jo.miller@posteo.de"
SHOWN = "a brand; <b>ask</b> j••••••••@•••••••••"


@pytest.fixture
def accepting(document):
    """The document whose `GRM001` in row r0001 and `DUP001` are accepted."""
    known = {("GRM001", "r0001"), ("DUP001", "r0005")}
    findings = tuple(
        replace(f, accepted=REASON if (f.code, f.row_id) in known else None) for f in document.report.findings
    )
    dataset = {"baseline": {"file": "known.json", "entries": 2, "accepted": 3, "stale": []}}
    return replace(document, report=replace(document.report, findings=findings, dataset=dataset))


def test_the_terminal_counts_them_and_shows_none(accepting):
    text = reports.render("text", accepting)
    assert "is not a word (warning)" in text
    assert '"Teh" is not a word' not in text
    assert "98% the same" not in text
    assert "3 findings more accepted in known.json." in text
    assert "Found 5 (3 errors, 2 warnings)" in text
    head, *lines = [line.split() for line in text.splitlines() if re.match(r"rule |[A-Z]{3}\d{3} ", line)]
    assert head[-1] == "accepted"
    numbers = {line[0]: line[-1] for line in lines}
    assert (numbers["GRM001"], numbers["DUP001"], numbers["GRM004"]) == ("2", "1", "0")


def test_without_a_baseline_nothing_speaks_of_it(document):
    for form in ("text", "csv", "html", "junit", "github", "sarif"):
        assert "accepted in" not in reports.render(form, document)
    assert "accepted" not in reports.render("text", document)


def test_json_has_the_reason_and_null_for_the_others(accepting):
    findings = json.loads(reports.render("json", accepting))["findings"]
    assert {f["code"] for f in findings if f["accepted"]} == {"GRM001", "DUP001"}
    assert [f["accepted"] for f in findings].count(None) == len(findings) - 3


def test_sarif_suppresses_them_from_outside(accepting):
    results = json.loads(reports.render("sarif", accepting))["runs"][0]["results"]
    known = [r["suppressions"] for r in results if "suppressions" in r and r["ruleId"] != "GRM002"]
    assert known == [[{"kind": "external", "status": "accepted", "justification": SHOWN}]] * 3


def test_junit_does_not_fail_for_them(accepting):
    cases = {c.get("name"): c for c in ET.fromstring(reports.render("junit", accepting)).iter("testcase")}
    first, hello = cases["row 2 [r0001]"], cases["row 6 [r0005]"]
    assert first.find("failure").get("type") == "GRM004"
    assert hello.find("failure") is None
    assert f'(accepted in the baseline: "{SHOWN}")' in hello.find("system-out").text


def test_github_annotates_none_and_counts_them(accepting):
    text = reports.render("github", accepting)
    assert "DUP001" not in text
    assert "3 errors, 2 warnings; 1 of 5 rows pass. 3 findings more accepted in known.json." in text


def test_csv_gives_the_reason_beside_the_finding(accepting):
    rows = list(csv.DictReader(io.StringIO(reports.render("csv", accepting).removeprefix("\ufeff"))))
    assert f'98% the same as r0009 (accepted: "{SHOWN}")' in rows[4]["findings"]


def test_the_page_greys_them_and_gives_the_reason_as_text(accepting):
    page = reports.render("html", accepting)
    items = re.findall(r'<li class="finding accepted" data-rule="(\w+)" data-severity="accepted">', page)
    assert sorted(items) == ["DUP001", "GRM001", "GRM001"]
    assert 'Accepted in the baseline: “<q class="words">a brand; &lt;b&gt;ask&lt;/b&gt; j••••••••@' in page
    assert "<dt>accepted in the baseline</dt><dd>3</dd>" in page
    assert '<option value="accepted">' in page


def test_personal_data_in_a_reason_reaches_no_reader(accepting):
    for form in reports.FORMATS:
        assert "jo.miller@posteo.de" not in reports.render(form, accepting)


def test_counts_tell_open_waived_and_accepted_apart(accepting):
    counts = doc.counts(accepting)
    assert (counts.errors, counts.warnings, counts.waived, counts.accepted) == (3, 2, 1, 3)
    assert (counts.safe, counts.unsafe) == (2, 0)
