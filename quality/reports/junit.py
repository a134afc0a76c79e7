"""JUnit XML, as Jenkins, GitLab and the like read it: a test case a row, and a test case a rule.

A row with an open error fails; a row that is not passed because something could not be measured is an
error; warnings, waived and accepted findings are in its `system-out`. A rule that crashed or could not run is an error,
one that was left out is skipped. The gate's verdict stands in the properties.

Source: https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from quality.model import Finding, Outcome, RowScore, Status
from quality.reports import document as doc
from quality.reports.document import Document
from quality.reports.escape import visible_block
from quality.wording import count


def render(document: Document) -> str:
    """Well-formed XML 1.0 in ASCII, whatever the text."""
    found: dict[int | None, list[Finding]] = {}
    for finding in document.report.findings:
        found.setdefault(finding.row, []).append(finding)
    cases = [_row(document, row, found.get(row.row, ())) for row in document.report.rows]
    if None in found:
        cases.append(_whole(document, found[None]))
    suites = [
        _suite(document.path, cases, _properties(document)),
        _suite(f"{document.path}: rules", [_rule(document, outcome) for outcome in document.report.outcomes]),
    ]
    root = _element("testsuites", name="proofgate", **_totals(suites))
    root.extend(suites)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="us-ascii", xml_declaration=True).decode("ascii") + "\n"


def _element(tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.Element(tag, {key: visible_block(value) for key, value in attributes.items()})
    element.text = visible_block(text) or None
    return element


def _suite(name: str, cases: list[ET.Element], properties: ET.Element | None = None) -> ET.Element:
    tags = [child.tag for case in cases for child in case]
    suite = _element(
        "testsuite",
        name=name,
        tests=str(len(cases)),
        failures=str(tags.count("failure")),
        errors=str(tags.count("error")),
        skipped=str(tags.count("skipped")),
    )
    if properties is not None:
        suite.append(properties)
    suite.extend(cases)
    return suite


def _totals(suites: list[ET.Element]) -> dict[str, str]:
    keys = ("tests", "failures", "errors", "skipped")
    return {key: str(sum(int(suite.get(key, "0")) for suite in suites)) for key in keys}


def _properties(document: Document) -> ET.Element:
    properties = _element("properties")
    values = [("gate", "open" if document.verdict.passed else "closed"), ("guide", document.guide.title)]
    values += [("reason", reason) for reason in document.verdict.reasons]
    values += [("sha256", document.report.fingerprint.file)]
    properties.extend(_element("property", name=name, value=value) for name, value in values)
    return properties


def _row(document: Document, row: RowScore, findings: Sequence[Finding]) -> ET.Element:
    case = _element(
        "testcase",
        name=f"row {row.row} [{row.id}]",
        classname=document.path,
        file=document.path,
        line=str(row.line),
    )
    _judge(document, case, findings)
    missing = doc.unmeasured(row)
    if missing and case.find("failure") is None:
        text = "\n".join(f"{criterion}: {why}" for criterion, why in missing.items())
        case.append(_element("error", text, type="unmeasured", message=f"not measured: {', '.join(missing)}"))
    return case


def _whole(document: Document, findings: Sequence[Finding]) -> ET.Element:
    case = _element("testcase", name="the whole table", classname=document.path, file=document.path)
    _judge(document, case, findings)
    return case


def _judge(document: Document, case: ET.Element, findings: Sequence[Finding]) -> None:
    """Adds a failure with the errors, and what does not fail as output."""
    errors = [f for f in findings if f.is_open_error]
    if errors:
        codes = ", ".join(dict.fromkeys(finding.code for finding in errors))
        text = "\n".join(_line(document, finding) for finding in errors)
        case.append(
            _element(
                "failure", text, type=codes, message=f"{count(len(errors), 'error')}: {errors[0].message}"
            )
        )
    other = [finding for finding in findings if finding not in errors]
    if other:
        case.append(_element("system-out", "\n".join(_line(document, finding) for finding in other)))


def _line(document: Document, finding: Finding) -> str:
    place = finding.column + (f":{finding.start}-{finding.end}" if finding.start is not None else "")
    waived = f' (waived, the prompt asks for it: "{finding.waived}")' if finding.waived is not None else ""
    accepted = "" if finding.accepted is None else f' (accepted in the baseline: "{finding.accepted}")'
    if finding.is_dismissed:
        accepted = f" ({finding.accepted})"
    remedy = doc.remedy(document, finding.code) if finding.is_open else ""
    mend = f" → {remedy}" if remedy else ""
    return f"{place}  {finding.code} {finding.severity}: {finding.message}{waived}{accepted}{mend}".strip()


def _rule(document: Document, outcome: Outcome) -> ET.Element:
    name = f"{outcome.code} {doc.rule_name(document, outcome.code)}".strip()
    case = _element("testcase", name=name, classname="rules", time=f"{max(outcome.seconds, 0):.3f}")
    if outcome.status is Status.NOT_REQUESTED:
        case.append(_element("skipped", message="left out by --select or --ignore"))
    elif outcome.status is not Status.RAN or outcome.failed:
        where = f" (rows {doc.listed(outcome.failed)})" if outcome.failed else ""
        case.append(
            _element("error", outcome.detail, type=str(outcome.status), message=f"{outcome.status}{where}")
        )
    return case
