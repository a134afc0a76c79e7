"""What a baseline accepts: its entries, and the findings of a report that they hold for."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from quality.model import Finding, Report, Row, Status


class Key(NamedTuple):
    """What an entry speaks of.

    Attributes:
        id: The row's; "" for the table as a whole.
        content: SHA-256 in hex of all that the finding depends on.
    """

    id: str
    code: str
    content: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is accepted there.

    Attributes:
        findings: How many findings of the rule the user saw there; more than these revive all of them.
        reason: Why they may stay, in the user's words.
    """

    findings: int
    reason: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings that a user accepts, as a file of theirs lists them."""

    path: Path
    entries: Mapping[Key, Entry]

    @property
    def sha256(self) -> str:
        """Of every entry, whatever the file's order and layout."""
        return digest([[*key, entry.findings, entry.reason] for key, entry in sorted(self.entries.items())])


def accept(
    report: Report, baseline: Baseline, rows: Sequence[Row], sheet: Mapping[str, Row] | None
) -> Report:
    """The report whose findings carry the baseline's reasons; its `dataset` says which entries hold no more.

    Args:
        rows: The table's own, with their originals.
        sheet: The original sheet's rows by id; None without `--original`.
    """
    keys = keys_of(report.findings, rows, sheet)
    counts = Counter(filter(None, keys))
    held = {key: entry for key, entry in baseline.entries.items() if 0 < counts[key] <= entry.findings}
    reasons = [held[key].reason if key is not None and key in held else None for key in keys]
    findings = tuple(
        finding if finding.is_dismissed else replace(finding, accepted=reason)
        for finding, reason in zip(report.findings, reasons, strict=True)
    )
    gone = stale(report, baseline, counts)
    told = {
        "file": baseline.path.name,
        "entries": len(baseline.entries),
        "accepted": sum(counts[key] for key in held),
        "stale": [{"id": key.id, "code": key.code} for key in gone],
    }
    return replace(report, findings=findings, dataset={**report.dataset, "baseline": told})


def stale(report: Report, baseline: Baseline, counts: Mapping[Key, int]) -> list[Key]:
    """The entries that hold no more; what this run did not see to may still hold."""
    silent = {outcome.code for outcome in report.outcomes if outcome.status is not Status.RAN}
    unread = {row.id for row in report.rows if row.unmeasured}
    return sorted(
        key
        for key in baseline.entries
        if key not in counts and key.code not in silent and key.id not in unread
    )


def keys_of(
    findings: Sequence[Finding], rows: Sequence[Row], sheet: Mapping[str, Row] | None
) -> list[Key | None]:
    """Each finding's key, the same for all of one rule in one row; None for what is waived or dismissed."""
    groups: dict[_Place, list[Finding]] = {}
    for finding in findings:
        if _is_asked(finding):
            groups.setdefault(_place(finding), []).append(finding)
    contents = Contents(rows, sheet or {})
    keys = {place: Key(group[0].row_id, group[0].code, contents.of(group)) for place, group in groups.items()}
    return [keys[_place(finding)] if _is_asked(finding) else None for finding in findings]


def _is_asked(finding: Finding) -> bool:
    return finding.waived is None and not finding.is_dismissed


_Place = tuple[int | None, str, str]


def _place(finding: Finding) -> _Place:
    """What is accepted as one: a rule's findings in a row; of the table's, each by what it says."""
    return finding.row, finding.code, finding.message if finding.row is None else ""


class Contents:
    """All that findings depend on, as hashes."""

    def __init__(self, rows: Sequence[Row], sheet: Mapping[str, Row]) -> None:
        self._rows = {row.row: row for row in rows}
        self._sheet = sheet
        self._by_id: dict[str, list[Row]] = {}
        for row in rows:
            self._by_id.setdefault(row.id, []).append(row)
        self._others: dict[str, str] = {}

    def of(self, group: Sequence[Finding]) -> str:
        """The hash of what findings that are accepted as one depend on; the message where they are the table's."""
        first = group[0]
        row = self._rows.get(first.row) if first.row is not None else None
        own = [first.message] if row is None else self._own(row, group)
        others = sorted({self._other(name) for finding in group for name in finding.related})
        copied = sorted(
            digest([f.detail["source"], f.detail.get("spans")]) for f in group if "source" in f.detail
        )
        return digest([own, others, copied])

    def _own(self, row: Row, group: Sequence[Finding]) -> list[str | None]:
        """The row's texts; those of its label and its original only where they decide."""
        asked = self._sheet[row.id].instruction if row.id in self._sheet else row.instruction
        touched = {name for finding in group for name in (finding.criterion, finding.column)}
        label = row.fail_mode if "fail_mode" in touched else None
        original = row.original if touched & {"fail_mode", "correction", "original"} else None
        return [*map(plain, (row.instruction, asked, row.output, label, original, *row.context))]

    def _other(self, name: str) -> str:
        """The hash of the rows of that id, which may be none."""
        if name not in self._others:
            rows = self._by_id.get(name, ())
            texts = [[plain(row.instruction), plain(row.output)] for row in rows]
            self._others[name] = digest([name, texts])
        return self._others[name]


def plain(text: str | None) -> str | None:
    """The text with all line ends as one, for spreadsheets change them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if text else text


def digest(parts: object) -> str:
    """SHA-256 in hex of JSON values."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True, default=str).encode()).hexdigest()
