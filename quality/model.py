"""Every value that travels through proofgate. Frozen; imports nothing of ours.

Row ─ prompt ─→ Ask ─┐
Row ─ checks ────────┴→ Finding ─ score → RowScore ─→ Report ─ gate → Verdict
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeAlias

Measures: TypeAlias = dict[str, Any]
"""What a check measured in one text: JSON values only, because it is cached as JSON."""

NOT_REQUESTED = "not requested"
"""Reason of a criterion that the user's selection left out."""

CRASHED = "a rule crashed"
"""Reason of a criterion one of whose rules crashed on the row."""

INPUT_NOT_GIVEN: Mapping[str, str] = MappingProxyType(
    {
        "original": "no --original: prompts are taken on trust and compared with no sheet",
        "against": "no --against: copying is looked for within this file only",
        "embedding": "no extra `embedding`: answers are compared with their prompts by words, not by meaning",
        "judge": "no --judge: no language model was asked for advice",
    }
)
"""Input that a rule needs → why the rule was not asked anything; that is no narrowing, and the verdict notes it."""

Texts: TypeAlias = tuple[tuple[str, ...], str, str]
"""Earlier turns, instruction and output."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Severity(StrEnum):
    """How much a finding weighs: an error keeps its row from passing, a warning lowers its score."""

    ERROR = "error"
    WARNING = "warning"


class Status(StrEnum):
    """What became of a rule in a run. Only `RAN` can open the gate."""

    RAN = "ran"
    CRASHED = "crashed"
    UNAVAILABLE = "unavailable"
    NOT_REQUESTED = "not_requested"


@dataclass(frozen=True, slots=True)
class Row:
    """One instruction with its response, as read: no cell is trimmed, converted or guessed.

    Attributes:
        row: Record number as a spreadsheet shows it: the header is 1, so the first record of a CSV is 2. In files
            without a header (JSONL, Parquet) the first record is 1.
        line: Physical line, from 1, on which the record starts.
        original: The sheet's response before correction; None without `--original`.
        context: Earlier turns of a conversation, oldest first, system prompt included.
    """

    row: int
    line: int
    id: str
    instruction: str
    output: str
    fail_mode: str = ""
    original: str | None = None
    context: tuple[str, ...] = ()

    @property
    def texts(self) -> Texts:
        """All that a reader of the answer has before them: earlier turns, instruction, output."""
        return self.context, self.instruction, self.output


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that an instruction asks of its answer, with the words that ask for it.

    Attributes:
        kind: What is asked, such as `length_constraints:number_words` or `format:json`.
        relation: `<`, `<=`, `=`, `>=`, `>`, `about`, `not`, or "" where none applies.
        value: The number, word or name asked for.
        unit: Of the value: `words`, `sentences`, `items`…
        part: The part of the answer it speaks of; "" means all of it.
        start: First code point of the asking words in the instruction.
        end: One past the last.
    """

    kind: str
    relation: str
    value: str
    unit: str
    start: int
    end: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What an instruction asks for, read once for all checks.

    Attributes:
        kind: The sort of answer that fits, one of `prompt.KINDS`.
        asks: In the order of their spans.
    """

    kind: str
    asks: tuple[Ask, ...] = ()


class Result(StrEnum):
    """Whether an answer does what was asked. Only `SATISFIED` counts for the answer."""

    SATISFIED = "satisfied"
    VIOLATED = "violated"
    UNVERIFIABLE = "unverifiable"


@dataclass(frozen=True, slots=True)
class AskResult:
    """One ask held against the answer.

    Attributes:
        given: What the answer has instead, or why it cannot be verified; "" when satisfied.
    """

    ask: Ask
    result: Result
    given: str = ""


class EditKind(StrEnum):
    """What an edit changed, from the finest to the coarsest."""

    FORMAT = "format"
    PUNCTUATION = "punctuation"
    SPELLING = "spelling"
    GRAMMAR = "grammar"
    NUMBER = "number"
    NAME = "name"
    WORDING = "wording"
    RESTRUCTURE = "restructure"
    CUT = "cut"
    ADDITION = "addition"
    REWRITE = "rewrite"


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch that a correction changed.

    Attributes:
        start: First code point in the original response.
        end: One past the last; equal to `start` for an addition.
        new_start: First code point in the corrected output.
        new_end: One past the last; equal to `new_start` for a cut.
        before: The original's text of that span.
        after: The output's.
    """

    kind: EditKind
    start: int
    end: int
    new_start: int
    new_end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement of `[start, end)`, in code points of the cell as read.

    `safe` means: applied without a look, it has not made correct text worse where it was measured.
    """

    start: int
    end: int
    text: str
    safe: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, at one place.

    Attributes:
        row: The record's number; None when the finding is about the dataset.
        column: The cell's column; "" when the finding is about the row or the dataset.
        start: First code point in the cell as read; None when the finding is about the whole cell.
        end: One past the last.
        related: Ids of the other rows that take part.
        waived: The prompt's own words that asked for it; None when it asks for nothing of the kind.
        accepted: The reason in the user's baseline, or who dismissed it and why; None for neither. It quiets the
            finding and leaves its row's marks as they are.
        detail: Evidence: similarity, the other side's row, column and span, …; JSON values. `doubtful: true` marks an
            error of a kind that was measured to be mistaken more often; `dismissed` is the decision that holds for it.
    """

    code: str
    criterion: str
    severity: Severity
    row: int | None
    row_id: str
    column: str
    message: str
    start: int | None = None
    end: int | None = None
    fix: Fix | None = None
    related: tuple[str, ...] = ()
    waived: str | None = None
    accepted: str | None = None
    detail: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to see to it: not waived by the prompt, not accepted in a baseline, not dismissed."""
        return self.waived is None and self.accepted is None

    @property
    def is_dismissed(self) -> bool:
        """Whether a decision of the user's says that it is mistaken."""
        return self.accepted is not None and "dismissed" in self.detail

    @property
    def is_error(self) -> bool:
        """Whether it is an error that lowers its row's score: one that the prompt does not waive, accepted or not."""
        return self.severity is Severity.ERROR and self.waived is None

    @property
    def is_open_error(self) -> bool:
        """Whether it is an error that somebody has to see to."""
        return self.severity is Severity.ERROR and self.is_open


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A criterion that applies to a row and could not be measured: it scores null and does not pass."""

    criterion: str
    reason: str


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A criterion that does not apply to a row (facts in fiction): it scores null and blocks nothing."""

    criterion: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to think that the original response had a fault of a mode.

    Attributes:
        mode: The fail mode that it speaks for, a key of the guide's `fail_modes`.
        rule: The name of the inference rule that gave it, such as `number-changed`.
        weight: How strongly, above 0 to 1.
        message: What was seen, in words that name no mode: "3 numbers were changed".
    """

    mode: str
    rule: str
    weight: float
    message: str


@dataclass(frozen=True, slots=True)
class Inferred:
    """A fail mode that the original response showed.

    Attributes:
        strength: 0..1.
        evidence: The strongest first.
    """

    mode: str
    strength: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the annotator changed in one row, and what it was worth.

    Attributes:
        edits: In the order of the output.
        fixed: Findings on the original that are gone; their column is `original`.
        left: Findings on the output that the original had too.
        introduced: Findings on the output that the original did not have.
        unexplained: Places in `edits` of those that no finding touches.
        value: Criterion → faults fixed less faults introduced, in errors; above 0 is better. A warning is the part of
            an error that the guide's factors make it.
        unknown: Criteria in which the original could not be measured; nothing is said of them here.
        inferred: Fail modes that the original showed, the strongest first.
    """

    edits: tuple[Edit, ...] = ()
    fixed: tuple[Finding, ...] = ()
    left: tuple[Finding, ...] = ()
    introduced: tuple[Finding, ...] = ()
    unexplained: tuple[int, ...] = ()
    value: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    unknown: tuple[str, ...] = ()
    inferred: tuple[Inferred, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One fault that a language model sees in an answer.

    Attributes:
        about: The criterion that it speaks of.
        why: The model's own sentence, on one line.
        start: First code point of the words that it quotes from the output; None when it quotes none.
        end: One past the last.
    """

    about: str
    why: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a language model says of one answer.

    Attributes:
        unfounded: Faults that it listed with words that do not stand in the answer; left out of `remarks`.
        missing: Why it could not be asked, and what to do; "" when it was, or when there was nothing to ask about.
    """

    remarks: tuple[Remark, ...] = ()
    unfounded: int = 0
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """Rows and the record numbers among them that a rule must flag; `()` means that all stay clean, 0 is the table.

    `against` is the text of a reference corpus, `sheet` the original sheet's rows, `opinion` what a language model says
    of each row, for the rules that need them.
    """

    rows: tuple[Row, ...]
    flags: tuple[int, ...] = ()
    against: tuple[str, ...] = ()
    sheet: tuple[Row, ...] = ()
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one rule in a run.

    Attributes:
        measured: Rows that it judged, those to which it does not apply among them.
        unmeasured: Rows that it should have judged and could not.
        failed: Record numbers on which it crashed.
        seconds: Wall time of its family; not reproducible, and the only such field in a report.
        detail: Why rows are unmeasured or failed, in words, with counts.
    """

    code: str
    status: Status
    measured: int = 0
    unmeasured: int = 0
    failed: tuple[int, ...] = ()
    seconds: float = 0.0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RowScore:
    """A row's marks.

    Attributes:
        score: 0..100.
        passed: Nothing that applies went unmeasured, and no unwaived error is left, save what the guide's `[passing]`
            bears.
        criteria: Criterion → 0..1, or None where it does not apply or was not measured.
        unmeasured: Criterion → reason, for the None that count against the row.
        asks: What the instruction asked.
        ask_results: Each ask held against the answer, in the order of `asks`; () when compliance was not measured.
        correction: What was changed against the original response; None without one.
    """

    row: int
    line: int
    id: str
    score: float
    passed: bool
    criteria: Mapping[str, float | None]
    unmeasured: Mapping[str, str] = field(default_factory=dict[str, str])
    asks: tuple[Ask, ...] = ()
    ask_results: tuple[AskResult, ...] = ()
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a verdict depends on; five SHA-256 in hex.

    Attributes:
        data: The rows: columns, order and cell text, whatever the file's encoding or quoting.
        file: The file's bytes.
        guide: The style guide as resolved.
        checks: The source of the checks.
        config: Every other input that can change a verdict (`--original`, `--against`, selection, engine versions).
    """

    data: str
    file: str
    guide: str
    checks: str
    config: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found, in the order of the table.

    `dataset` holds statistics of the whole table, JSON values.
    """

    fingerprint: Fingerprint
    rows: tuple[RowScore, ...]
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    dataset: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's word on a report.

    Attributes:
        reasons: Why it refuses, each with what to do; empty when it passes.
        passing_rows: Record numbers of the rows that may train a model.
        notes: What the reader should know that refuses nothing.
    """

    fingerprint: Fingerprint
    passed: bool
    reasons: tuple[str, ...]
    passing_rows: tuple[int, ...]
    notes: tuple[str, ...] = ()
