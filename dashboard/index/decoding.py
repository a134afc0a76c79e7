"""What the index holds as JSON → values again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from dashboard.index.cells import from_bytes, unsqueezed
from dashboard.model import About, Brief, Entry, RowKey
from quality.model import Finding, Fix, Row, Severity


def finding(body: Mapping[str, Any]) -> Finding:
    """A finding in the JSON report's form, as a value again."""
    fix = body["fix"]
    return Finding(
        code=body["code"],
        criterion=body["criterion"],
        severity=Severity(body["severity"]),
        row=body["row"],
        row_id=body["row_id"],
        column=body["column"],
        message=body["message"],
        start=body["start"],
        end=body["end"],
        fix=Fix(fix["start"], fix["end"], fix["text"], fix["safe"]) if fix else None,
        related=tuple(body["related"]),
        waived=body["waived"],
        accepted=body.get("accepted"),
        detail=MappingProxyType(body["detail"]),
    )


def brief(number: int, key: RowKey, score: float | None, passed: bool, content: bytes) -> Brief:
    """One row in a list."""
    row, id, fail_mode, codes, opening = from_bytes(content)
    return Brief(number, key, row, id, score, passed, fail_mode, tuple(codes), opening)


def entry(number: int, key: RowKey, score: float | None, passed: bool, content: bytes) -> Entry:
    """One row with all that is known of it."""
    body = unsqueezed(content)
    *texts, context = body["row"]
    return Entry(
        number=number,
        key=key,
        row=Row(*texts, context=tuple(context)),
        score=score,
        passed=passed,
        criteria=MappingProxyType(body["criteria"]),
        unmeasured=MappingProxyType(body["unmeasured"]),
        findings=tuple(map(finding, body["findings"])),
        content=body["content"],
        cut=body["cut"],
    )


def about(content: bytes) -> About:
    """What the index was made from."""
    body = from_bytes(content)
    return About(
        path=body["path"],
        guide=body["guide"],
        fingerprint=MappingProxyType(body["fingerprint"]),
        outcomes=tuple(map(MappingProxyType, body["outcomes"])),
        verdict=MappingProxyType(body["verdict"]),
        notes=tuple(body["notes"]),
        findings=tuple(map(finding, body["findings"])),
    )
