"""What a rule is, what a check is, and what a check is given.

A check is one family of rules in one module of `quality.checks`. It works in three steps, so that results can be
cached, memory stays flat, and shards need no second design:

1. `measure(text)`: costly, a function of one text alone; runs in worker processes and is cached.
2. `collect(rows) → merge → finish`: what needs other rows; associative, so that it shards.
3. `judge(context)`: cheap, pure, in the table's order; never cached.

Checks are values made of functions; they never import one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quality.guide import StyleGuide
from quality.model import (
    NOTHING,
    AskResult,
    Correction,
    Example,
    Finding,
    Fix,
    Measures,
    NotApplicable,
    Opinion,
    Prompt,
    Row,
    Severity,
    Texts,
    Unmeasured,
)

DATASET = 0
"""The record number of violations that concern the table as a whole."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach of the table's contract, as pandera reports it: the rule's code, the cell and what is wrong."""

    code: str
    row: int
    column: str
    message: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run was given besides its rows.

    Attributes:
        against: Texts of the reference corpus as (source, text); None without `--against`.
        sheet: The original sheet's rows by id; None without `--original`.
        violations: Breaches of the table's contract by record number.
        labelled: Whether the table has a `fail_mode` column.
        opinions: What a language model says of each answer; None without `--judge`.
    """

    guide: StyleGuide
    against: tuple[tuple[str, str], ...] | None = None
    sheet: Mapping[str, Row] | None = None
    violations: Mapping[int, tuple[Violation, ...]] = field(default_factory=dict[int, tuple[Violation, ...]])
    labelled: bool = True
    opinions: Mapping[Texts, Opinion] | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """All that `judge` may look at for one row.

    Attributes:
        measures: Column → what this check measured in the row's cell.
        facts: What this check's `finish` returned; None for a check without `collect`.
        faults: Criteria with an unwaived error in this row so far; filled for a check that `follows` the others.
        correction: What was changed against the original response, for a check that `follows`; None without one.
        uncompared: Why the output could not be held against the original; "" when it was, or when there is none.
    """

    row: Row
    prompt: Prompt
    inputs: Inputs
    measures: Mapping[str, Measures] = field(default_factory=lambda: NOTHING)
    facts: Any = None
    faults: frozenset[str] = frozenset()
    correction: Correction | None = None
    uncompared: str = ""

    @property
    def guide(self) -> StyleGuide:
        """The style guide that the run follows."""
        return self.inputs.guide


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of fault, documented.

    Attributes:
        code: Three letters of the family and three digits.
        name: A noun for the fault, in kebab-case.
        what: What it flags, in one or two sentences.
        why: Why that is bad in training data.
        remedy: What the annotator does about it; shown with every finding.
        source: The guide's section and, where there is one, the paper or page that it follows.
        measured: Precision and recall with the corpus they were measured on, or "not measured".
        bad: Examples that it must flag.
        good: Examples near to it that must stay clean.
        limits: What it is known to miss or to flag wrongly.
        fixable: Whether its findings can carry a fix.
        needs: The input without which it has nothing to compare, a key of `model.INPUT_NOT_GIVEN`; "" for none.
    """

    code: str
    name: str
    criterion: str
    what: str
    why: str
    remedy: str
    source: str
    measured: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    limits: str = ""
    fixable: bool = False
    needs: str = ""

    def __post_init__(self) -> None:
        if not (self.source and self.measured and self.bad and self.good):
            raise ValueError(f"{self.code}: a rule needs a source, its measure, good and bad examples")

    def found(
        self,
        context: Context,
        message: str,
        *,
        column: str = "output",
        start: int | None = None,
        end: int | None = None,
        fix: Fix | None = None,
        related: tuple[str, ...] = (),
        detail: Mapping[str, Any] = NOTHING,
    ) -> Finding:
        """A finding of this rule on the context's row, with the guide's severity."""
        return Finding(
            code=self.code,
            criterion=self.criterion,
            severity=_severity(context.guide, self.code),
            row=context.row.row,
            row_id=context.row.id,
            column=column,
            message=message,
            start=start,
            end=end,
            fix=fix,
            related=related,
            detail=detail,
        )

    def found_in_table(
        self,
        guide: StyleGuide,
        message: str,
        *,
        related: tuple[str, ...] = (),
        detail: Mapping[str, Any] = NOTHING,
    ) -> Finding:
        """A finding of this rule about the table as a whole, with the guide's severity."""
        return Finding(
            code=self.code,
            criterion=self.criterion,
            severity=_severity(guide, self.code),
            row=None,
            row_id="",
            column="",
            message=message,
            related=related,
            detail=detail,
        )


def _severity(guide: StyleGuide, code: str) -> Severity:
    """What the guide says; what it turns off is found all the same, with its family, and not reported."""
    severity = guide.severity(code)
    return Severity.WARNING if severity == "off" else Severity(severity)


def example(
    instruction: str, output: str, *, flagged: bool, label: str = "", original: str | None = None
) -> Example:
    """An example of one row with that prompt, answer, error label and response before correction."""
    row = Row(2, 2, "1", instruction, output, fail_mode=label, original=original)
    return Example(rows=(row,), flags=(2,) if flagged else ())


def examples(pairs: Iterable[tuple[str, str]], *, flagged: bool) -> tuple[Example, ...]:
    """An example for each prompt and answer."""
    return tuple(example(asked, said, flagged=flagged) for asked, said in pairs)


Judgement = Finding | Unmeasured | NotApplicable | AskResult


@dataclass(frozen=True, slots=True)
class Service:
    """A server that `measure` talks to: kept alive by the parent, used by its worker processes.

    Attributes:
        version: Name and version of the service at that URL, "" for the one that we start ourselves; starts nothing.
            Raises EngineUnavailable.
        address: Where workers reach it, started, or started again, if need be. Raises EngineUnavailable.
        use: Called in a worker with the address.
    """

    version: Callable[[str], str]
    address: Callable[[str], str]
    use: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One family of rules.

    Attributes:
        family: The module's name in `quality.checks`.
        judge: Findings on one row; what it cannot measure it says with `Unmeasured`, never by silence.
        measure: What is costly about one text. A result with the key `unmeasured` (a reason) keeps `judge` from being
            called and counts against the row.
        columns: The cells that `measure` reads.
        collect: What a batch of rows contributes to the facts about the table, given the batch's measures.
        merge: Joins two contributions; associative.
        finish: Turns the whole contribution into the facts that `judge` sees.
        statistics: What the facts say about the table in JSON values, for the report's `dataset`.
        about: Findings about the table as a whole (`row=None`), from the facts and the inputs.
        follows: Judged after all other families, with their `faults`.
        engine: Version of the engine behind `measure`; part of the cache key.
        variant: Which of the family's engines it measures with; "" for a family that has no choice, or its first one.
        service: The server that `measure` talks to.
        url: Where the user says that the service runs; "" for one of our own.
    """

    family: str
    rules: tuple[Rule, ...]
    judge: Callable[[Context], Iterator[Judgement]]
    measure: Callable[[str], Measures] | None = None
    columns: tuple[str, ...] = ("output",)
    collect: Callable[[Sequence[Row], Sequence[Mapping[str, Measures]], Inputs], Any] | None = None
    merge: Callable[[Any, Any], Any] | None = None
    finish: Callable[[Any, Inputs], Any] | None = None
    statistics: Callable[[Any], Mapping[str, Any]] | None = None
    about: Callable[[Any, Inputs], Iterator[Finding]] | None = None
    follows: bool = False
    engine: Callable[[], str] | None = None
    variant: str = ""
    service: Service | None = None
    url: str = ""

    @property
    def name(self) -> str:
        """What `quality.checks.load` knows it by, and what its measurements are kept under."""
        return f"{self.family}@{self.variant}" if self.variant else self.family

    def engine_version(self) -> str:
        """Names and versions of all that is behind `measure`; "" for nothing but this project's source.

        Raises:
            EngineUnavailable: It is not here.
        """
        own = self.engine() if self.engine else ""
        served = self.service.version(self.url) if self.service else ""
        return ", ".join(filter(None, (own, served)))
