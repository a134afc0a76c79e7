"""Every value that the pages share. Frozen; imports neither streamlit nor a database.

report | grade book ─ opening → Index ─ Filter → Brief, Entry ─ pages → Review, Dismissal, Vote ─→ grade book
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from quality.model import Finding, Row

ALONE = ""
"""Key of the only group there is when one file is looked at."""
NO_NUMBERS: Mapping[str, float | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RowKey:
    """One row, wherever it stands in its file.

    Attributes:
        group: Key in the grade book, or `ALONE`.
        ref: SHA-256 in hex of its id and its number among the rows of that id; see `ref`.
    """

    group: str
    ref: str

    @property
    def alias(self) -> str:
        """What widgets call it: their keys are readable in the page, where a blind reviewer must not read the group."""
        return _sha256([self.group, self.ref])[:24]


def ref(row_id: str, nth: int = 1) -> str:
    """What reviews know a row by: its id, and which of the rows of that id it is, from 1."""
    return _sha256([row_id, nth])


def content(row: Row) -> str:
    """SHA-256 in hex of what a reviewer of the row saw: all its texts and its label, with line ends as one."""
    texts = (row.instruction, row.output, row.fail_mode, row.original, *row.context)
    return _sha256([one.replace("\r\n", "\n").replace("\r", "\n") if one else one for one in texts])


def _sha256(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


class Order(StrEnum):
    """In which order rows are listed."""

    TABLE = "as in the table"
    WORST = "lowest score first"
    BEST = "highest score first"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are looked at; what is empty or None leaves all in.

    Attributes:
        text: Stands in the id, the instruction, the output or the original, whatever its case.
        groups: Their keys.
        codes: Of rules; a row is in when one of them has an open finding in it.
        criteria: The same for criteria.
        severities: `error`, `warning`: of those findings.
        fail_modes: Labels as they stand in the file; "" is no label.
        passed: Whether the row passes.
        lowest: Least score, 0..100.
        highest: Greatest score, 0..100.
    """

    text: str = ""
    groups: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    fail_modes: tuple[str, ...] = ()
    passed: bool | None = None
    lowest: float = 0.0
    highest: float = 100.0


ALL = Filter()


@dataclass(frozen=True, slots=True)
class Brief:
    """One row in a list.

    Attributes:
        number: Of the row in the index, from 1, in the order of groups and of their tables.
        score: 0..100; None where it was not measured.
        codes: Of its open findings, errors first, each once.
        opening: The beginning of its output, at most 200 characters, raw.
    """

    number: int
    key: RowKey
    row: int
    id: str
    score: float | None
    passed: bool
    fail_mode: str
    codes: tuple[str, ...]
    opening: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row with all that is known of it. Its texts are raw: whoever shows them escapes them.

    Attributes:
        criteria: Criterion → 0..1, or None where it does not apply or was not measured.
        unmeasured: Criterion → why, for the None that count against the row.
        findings: Of the row, in the order of the report; waived and accepted ones among them.
        content: As `content` gives it.
        cut: Whether a text of it goes on beyond what the grade book keeps.
    """

    number: int
    key: RowKey
    row: Row
    score: float | None
    passed: bool
    criteria: Mapping[str, float | None]
    unmeasured: Mapping[str, str]
    findings: tuple[Finding, ...]
    content: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """One group of the index.

    Attributes:
        label: How it is shown: its name, or the file's.
        hand_in: Version of the hand-in whose rows these are; "" for a single file.
    """

    key: str
    label: str
    rows: int
    passing: int
    mean_score: float | None
    hand_in: str = ""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """One rule's open findings among the rows looked at."""

    code: str
    criterion: str
    severity: str
    findings: int
    rows: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The rows looked at, in numbers.

    Attributes:
        mean_score: None without a measured row.
        bins: Rows by score: 0-10, 10-20, …, 90-100 (100 itself is in the last), and how many have none.
        rules: The rules that found something, the most findings first.
        modes: (Fail mode as written, criterion) → rows with that label and an open finding of that criterion; the
            criterion "" counts the rows of that label without any open finding.
        labels: Fail mode as written → rows.
        codes: As `rules`, but each code once: as severe as its most severe finding, each row counted once.
    """

    rows: int
    passing: int
    mean_score: float | None
    bins: tuple[int, ...]
    unscored: int
    rules: tuple[RuleCount, ...]
    modes: Mapping[tuple[str, str], int]
    labels: Mapping[str, int]
    codes: tuple[RuleCount, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What the index was made from, in words and numbers.

    Attributes:
        path: The file or course folder as the user named it.
        guide: Name of the style guide, with the beginning of its hash.
        fingerprint: Of the report; empty for a course.
        outcomes: Rule → what became of it, as the JSON report has it; empty for a course.
        verdict: The gate's word as the JSON report has it; empty for a course.
        notes: What the reader should know.
        findings: About the table as a whole; none for a course.
    """

    path: str
    guide: str
    fingerprint: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(dict[str, str]()))
    outcomes: tuple[Mapping[str, Any], ...] = ()
    verdict: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType(dict[str, Any]()))
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
