"""Workflow commands of GitHub Actions: each finding becomes an annotation on its line of the file.

Errors come first, because GitHub shows ten of each kind a step. A waived finding is a notice, an accepted one only
counted. Nothing in the data can start a command of its own: line ends and the commands' own separators are escaped.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from quality.model import Finding, Severity
from quality.reports import document as doc
from quality.reports.document import Document
from quality.reports.escape import github_message, github_property

MAX_MESSAGE = 4_000


def render(document: Document) -> str:
    """One command a line: findings by severity, then what was not measured, then the verdict."""
    findings = sorted(
        (finding for finding in document.report.findings if finding.accepted is None),
        key=lambda f: (f.waived is not None, f.severity != Severity.ERROR),
    )
    lines = [_finding(document, finding) for finding in findings]
    for trouble in doc.troubles(document):
        what = f"{trouble.what}: {trouble.why}" if trouble.why else trouble.what
        lines.append(_command("warning", document, None, "Not measured", what))
    level, word = ("notice", "open") if document.verdict.passed else ("error", "closed")
    reasons = "\n".join(f"{number}. {reason}" for number, reason in enumerate(document.verdict.reasons, 1))
    n = doc.counts(document)
    total = f"{n.errors:,} errors, {n.warnings:,} warnings; {n.passing:,} of {n.rows:,} rows pass."
    if accepted := doc.accepted(document):
        total += f" {accepted}."
    lines.append(_command(level, document, None, f"The gate is {word}", f"{total}\n{reasons}".strip()))
    return "\n".join(lines) + "\n"


def _finding(document: Document, finding: Finding) -> str:
    level = "notice" if finding.waived is not None else str(finding.severity)
    place = finding.column + (f" {finding.start}-{finding.end}" if finding.start is not None else "")
    title = f"{finding.code} {doc.rule_name(document, finding.code)}".strip()
    if finding.row is not None:
        title += f" · [{finding.row_id[:200]}] {place}"
    parts = [finding.message]
    if finding.waived is not None:
        parts.append(f'Waived, the prompt asks for it: "{finding.waived}"')
    elif remedy := doc.remedy(document, finding.code):
        parts.append(remedy)
    return _command(level, document, doc.line(document, finding), title, "\n".join(parts))


def _command(level: str, document: Document, line: int | None, title: str, message: str) -> str:
    place = [f"file={github_property(document.path)}"]
    if line is not None:
        place.append(f"line={line}")
    place.append(f"title={github_property(title.strip())}")
    return f"::{level} {','.join(place)}::{github_message(message[:MAX_MESSAGE])}"
