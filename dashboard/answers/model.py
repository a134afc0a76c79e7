"""The answers of one file or group, as they were given and as they were judged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from quality.model import NOTHING, Finding, Row
from quality.plan import Request


@dataclass(frozen=True, slots=True)
class Given:
    """Prompts with the answers of one or two models, before anybody judged them.

    Attributes:
        group: Key in the grade book, or `ALONE`.
        asked: The prompts, in their order; each id once.
        tuned: Id → answer; an id is missing where nothing was answered.
        base: The same of the base model; None where its answers are not at hand.
        notes: What the reader should know of how they were read; raw.
        missing: Why the base's answers are not at hand, and what gives them; "" where they are.
        request: Rows → what the rules are asked of them.
    """

    group: str
    asked: tuple[Row, ...]
    tuned: Mapping[str, str]
    base: Mapping[str, str] | None
    request: Callable[[tuple[Row, ...]], Request]
    notes: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One model's answer to one prompt, judged.

    Attributes:
        text: None where the model gave no answer.
        score: 0..100: no answer and an empty one earn 0; None where a criterion could not be measured.
        loops: Its words go on and on.
        findings: On the answer and its prompt, in the order of the report.
        unmeasured: Criterion → why it could not be measured.
    """

    text: str | None
    score: float | None = 0.0
    passed: bool = False
    loops: bool = False
    findings: tuple[Finding, ...] = ()
    unmeasured: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that a reader sees."""
        return not (self.text or "").strip()


class Better(StrEnum):
    """Whose answer the rules find better."""

    TUNED = "tuned better"
    BASE = "tuned worse"
    EQUAL = "equal"
    UNKNOWN = "not comparable"


@dataclass(frozen=True, slots=True)
class Pair:
    """One prompt with both answers.

    Attributes:
        number: Its place, from 1.
        ref: What votes know it by; see `dashboard.model.ref`.
        base: None where the base's answers are not at hand.
        content: Of the prompt and both answers, SHA-256 in hex.
    """

    number: int
    ref: str
    id: str
    instruction: str
    tuned: Answer
    base: Answer | None
    content: str

    @property
    def better(self) -> Better:
        """Whose answer has the higher score."""
        ours, theirs = self.tuned.score, self.base.score if self.base else None
        if ours is None or theirs is None:
            return Better.UNKNOWN
        if ours == theirs:
            return Better.EQUAL
        return Better.TUNED if ours > theirs else Better.BASE

    @property
    def can_be_voted(self) -> bool:
        """Whether there are two answers, and they differ."""
        return self.base is not None and (self.tuned.text or "") != (self.base.text or "")


def content(instruction: str, base: str | None, tuned: str | None) -> str:
    """SHA-256 in hex of the prompt and both answers, with line ends as one."""
    texts = [None if one is None else one.replace("\r\n", "\n") for one in (instruction, base, tuned)]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Which:
    """Which pairs are looked at; what is empty leaves all in.

    Attributes:
        text: Stands in the id, the prompt or an answer, whatever its case.
        better: One of `Better`.
        code: Of a rule with an open finding on either side.
    """

    text: str = ""
    better: str = ""
    code: str = ""


def chosen(pairs: Sequence[Pair], which: Which) -> tuple[Pair, ...]:
    """The pairs that are looked at, in their order."""
    wanted = which.text.casefold()
    return tuple(
        pair
        for pair in pairs
        if (not which.better or pair.better == which.better)
        and (not which.code or which.code in codes(pair))
        and (not wanted or any(wanted in text.casefold() for text in _texts(pair)))
    )


def codes(pair: Pair) -> frozenset[str]:
    """The rules with an open finding on either answer."""
    sides = (pair.tuned, pair.base) if pair.base else (pair.tuned,)
    return frozenset(f.code for side in sides for f in side.findings if f.is_open)


def _texts(pair: Pair) -> tuple[str, ...]:
    base = (pair.base.text or "") if pair.base else ""
    return pair.id, pair.instruction, pair.tuned.text or "", base
