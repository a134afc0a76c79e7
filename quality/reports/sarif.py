"""SARIF 2.1.0, for code-scanning views and editors.

A result's region is the physical line on which its record starts, because a cell's place in the file depends
on quoting; the span within the cell is in its properties, and the logical location names the row and the
column. A waived finding is a suppressed result with the prompt's words as justification; an accepted one is suppressed
from outside, with the baseline's reason.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import PurePath, PureWindowsPath
from typing import Any
from urllib.parse import quote

import quality
from quality.model import Finding, Status
from quality.reports import document as doc
from quality.reports.document import Document

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def render(document: Document) -> str:
    """One run, in ASCII JSON."""
    run = {
        "tool": {"driver": _driver(document)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(document)],
        "artifacts": [
            {"location": {"uri": uri(document.path)}, "hashes": {"sha-256": document.report.fingerprint.file}}
        ],
        "results": _results(document),
        "properties": {"gatePassed": document.verdict.passed, "gateReasons": list(document.verdict.reasons)},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=True, allow_nan=False, indent=1) + "\n"


def uri(path: str) -> str:
    """The path as an RFC 3986 reference: relative stays relative, absolute becomes `file:///…`."""
    windows = PureWindowsPath(path)
    if windows.drive.endswith(":") and windows.is_absolute():
        return f"file:///{quote(_bytes(windows.as_posix()), safe='/:')}"
    text = quote(_bytes(PurePath(path).as_posix()), safe="/")
    return f"file://{text}" if text.startswith("/") else text


def _bytes(path: str) -> bytes:
    try:
        return path.encode("utf-8", "surrogateescape")  # the file name's own bytes
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogatepass")


def _driver(document: Document) -> dict[str, Any]:
    return {
        "name": "proofgate",
        "semanticVersion": quality.__version__,
        "rules": [_rule(document, code) for code in _codes(document)],
    }


def _codes(document: Document) -> list[str]:
    """The known rules, then codes that the report alone has."""
    return list(dict.fromkeys([*document.rules, *(finding.code for finding in document.report.findings)]))


def _rule(document: Document, code: str) -> dict[str, Any]:
    rule, severity = document.rules.get(code), document.guide.rules.get(code, "warning")
    level = {"off": "none"}.get(severity, severity)
    described: dict[str, Any] = {"id": code, "defaultConfiguration": {"level": level}}
    if rule is not None:
        described |= {
            "name": "".join(word.capitalize() for word in rule.name.split("-")),
            "shortDescription": {"text": rule.what},
            "fullDescription": {"text": f"{rule.what} {rule.why}"},
            "help": {"text": f"{rule.remedy}\n\nSource: {rule.source}"},
            "properties": {"tags": [rule.criterion, doc.section(document, rule.criterion)]},
        }
    return described


def _invocation(document: Document) -> dict[str, Any]:
    broken = [
        o for o in document.report.outcomes if o.status in (Status.CRASHED, Status.UNAVAILABLE) or o.failed
    ]
    notes = [
        {"level": "error" if broken else "warning", "message": {"text": f"{trouble.what}: {trouble.why}"}}
        for trouble in doc.troubles(document)
    ]
    return {"executionSuccessful": not broken, "toolExecutionNotifications": notes}


def _results(document: Document) -> list[dict[str, Any]]:
    indexes = {code: index for index, code in enumerate(_codes(document))}
    seen: Counter[str] = Counter()
    results: list[dict[str, Any]] = []
    for finding in document.report.findings:
        identity = _identity(document, finding)
        results.append(_result(document, finding, indexes[finding.code], f"{identity}:{seen[identity]}"))
        seen[identity] += 1
    return results


def _result(document: Document, finding: Finding, index: int, fingerprint: str) -> dict[str, Any]:
    remedy = doc.remedy(document, finding.code)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": str(finding.severity),
        "message": {"text": f"{finding.message}\n{remedy}".strip() or finding.code},
        "locations": [_location(document, finding)],
        "partialFingerprints": {"proofgate/v1": fingerprint},
        "properties": {
            "row": finding.row,
            "id": finding.row_id,
            "column": finding.column,
            "start": finding.start,
            "end": finding.end,
            "related": list(finding.related),
            "fix": finding.fix.text if finding.fix else None,
        },
    }
    if finding.waived is not None:
        reason = f'The prompt asks for it: "{finding.waived}"'
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": reason}]
    elif finding.accepted is not None:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": finding.accepted}
        ]
    return result


def _location(document: Document, finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(document.path), "index": 0}}
    line = doc.line(document, finding)
    if line is not None:
        physical["region"] = {"startLine": max(line, 1)}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.row is not None:
        name = finding.column or finding.row_id
        full = f"{finding.row_id}/{finding.column}" if finding.column else finding.row_id
        location["logicalLocations"] = [{"name": name, "fullyQualifiedName": full, "kind": "member"}]
    return location


def _identity(document: Document, finding: Finding) -> str:
    """The same for the same fault in the same row after other rows came or went."""
    text = doc.cell(document, finding) or ""
    bounds = doc.span(text, finding.start, finding.end)
    marked = text[bounds[0] : bounds[1]] if bounds else ""
    parts = (finding.code, finding.row_id, finding.column, marked, finding.message)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
