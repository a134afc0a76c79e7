"""The model's answers to the test prompts → the document that predictions are graded by.

Each prompt earns the style guide's score of its answer, 0..1, by the rules that need neither label nor sheet. What is
no answer earns nothing: an empty cell, the prompt given back, words in a loop, and one text for several prompts
(`repeats`). An answer of a word or two where the prompt wants more earns half: the rules let it pass,
for short answers can be right, and a model that answers everything so has learnt nothing. Measured on 2,376 answers of
strong models: 0.4% are called curt (all to prompts that want one word or emoji), and none spoilt in another way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grading.course.inputs import Inputs
from grading.hand_in.tables import is_blank
from grading.scoring import asking, evidence, repeats, report, row_marks
from grading.scoring.stability import RowMarks
from quality import prompt, run
from quality.memo import Memo
from quality.model import Prompt, Report, Row
from quality.table import Table
from quality.text.folding import folded

CURT_WORDS = 2
"""Words up to which an answer is curt, where a word does not answer the prompt."""
CURT_SHARE = 0.5
_SHARES = {"": 1.0, "curt": CURT_SHARE}
"""What an answer earns of its score; one that is spoilt in another way earns nothing."""
LOOP = "REP003"
"""The rule for words that go on and on."""
MOST_NAMED = 20
Base = Mapping[str, Sequence[float | None]]
"""Id → what the base model's answer earns, 0..1 or None as in `Answer`, and its score, 0..100."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One prompt's answer.

    Attributes:
        value: 0..1; None where it could not be measured in full because the prompt asks for it, so that it counts for
            nothing either way; else what was not measured earns nothing.
        why: Why it earns less than its score; "" when it does not.
    """

    id: str
    value: float | None
    score: float
    why: str


def document(
    inputs: Inputs, predictions: Table, base: Base | None, memo: Memo | None = None
) -> tuple[dict[str, Any], tuple[RowMarks, ...]]:
    """JSON values, and what each id of the test file earns, 0..1, with what it would without each rule.

    Args:
        base: The same of the base model's answers; None where the course gives none.
    """
    rows = answers(inputs.test.rows, predictions.rows)
    checked = _checked(inputs, predictions, rows, memo)
    judged = _judged(rows, checked, len(inputs.test.rows))
    values = {row.id: judged[row.id].value if row.id in judged else 0.0 for row in inputs.test.rows}
    scores = report.by_id(checked, judged.keys())
    why = Counter(one.why for one in judged.values())
    body: dict[str, Any] = {
        "asked": len(inputs.test.rows),
        "answered": sum(one.why != "empty" for one in judged.values()),
        "empty": why["empty"],
        "loops": why["loop"],
        "echoes": why["echo"],
        "curt": why["curt"],
        "repeated_answers": why["repeated"],
        "unmeasured": sum(one.value is None for one in judged.values()),
        "unmeasured_ids": [one.id for one in judged.values() if one.value is None][:MOST_NAMED],
        "unread": sum(
            bool(scores[one.id].unmeasured) for one in judged.values() if one.value and not one.why
        ),
        "mean_score": report.mean(
            one.score for one in judged.values() if one.why != "empty" and one.value is not None
        ),
        "mean_value": report.mean(values.values()),
        "base_mean_score": None
        if base is None
        else report.mean(score for value, score in base.values() if value is not None),
        "win_rate": _wins(values, base),
        "spoilt": [{"id": one.id, "why": one.why} for one in judged.values() if one.why][:MOST_NAMED],
        "rules": evidence.tallied(checked.findings),
        "examples": evidence.examples(
            checked, {row.row: row for row in rows}, run.rules(), column=inputs.course.prediction_column
        ),
        "outcomes_failed": report.failed(checked, scores),
    }
    return body, _marks(checked, judged, values, base, inputs)


def _marks(
    checked: Report,
    judged: Mapping[str, Answer],
    values: Mapping[str, float | None],
    base: Base | None,
    inputs: Inputs,
) -> tuple[RowMarks, ...]:
    """How firmly the values stand, row by row."""
    of_rules = {
        row.id: row.without
        for row in row_marks.of_report(
            checked, asking.of_predictions(inputs, inputs.test).guide, judged.keys()
        )
    }
    return tuple(
        RowMarks(
            key,
            {
                row_marks.ANSWER: value,
                **({} if base is None else {row_marks.WIN: _won(value, base.get(key))}),
            },
            {
                code: {row_marks.ANSWER: round(_SHARES.get(judged[key].why, 0.0) * other / 100, 6)}
                for code, of in of_rules.get(key, {}).items()
                for other in of.values()
                if judged[key].why in _SHARES and value is not None
            },
        )
        for key, value in values.items()
    )


def _won(value: float | None, base: Sequence[float | None] | None) -> float | None:
    """1 for better than the base, a half for as good, 0 for worse or worthless; None where either was not measured."""
    if base is None or value is None or base[0] is None:
        return None
    return 0.5 if 0 < value == base[0] else float(value > base[0])


def base_values(inputs: Inputs, memo: Memo | None = None) -> dict[str, list[float | None]] | None:
    """What the base model's answers earn; None where the course gives no base predictions."""
    if inputs.base is None:
        return None
    rows = [replace(row, output=inputs.base.get(row.id, "")) for row in inputs.test.rows]
    judged = _judged(rows, _checked(inputs, inputs.test, rows, memo), len(rows))
    return {key: [one.value, one.score] for key, one in judged.items()}


def answers(asked: Sequence[Row], given: Sequence[Row]) -> list[Row]:
    """The rows that answer a prompt of the test file, each with the prompt that was asked, in the file's order."""
    prompts = {row.id: row.instruction for row in asked}
    return [replace(row, instruction=prompts[row.id]) for row in given if row.id in prompts]


def _checked(inputs: Inputs, of: Table, rows: Sequence[Row], memo: Memo | None) -> Report:
    """The rules' report on the answers, without labels and without a sheet of originals."""
    table = replace(of, rows=tuple(rows), labelled=False)
    return run.check(replace(asking.of_predictions(inputs, table), workers=1), memo=memo)


def _judged(rows: Sequence[Row], checked: Report, prompts: int) -> dict[str, Answer]:
    """Id → its answer; of several rows with one id the least.

    Args:
        prompts: How many were asked.
    """
    loops = {f.row for f in checked.findings if f.code == LOOP and f.waived is None}
    wants = {row.row: prompt.read(row.instruction) for row in rows}
    once = {row.id: row for row in rows if not is_blank(row.output)}.values()
    same = repeats.repeated(
        [((wants[row.row].kind, row.instruction), _plain(row.output)) for row in once], prompts
    )
    judged: dict[str, Answer] = {}
    for row, score in zip(rows, checked.rows, strict=True):
        why = _why(row, wants[row.row], row.row in loops, same)
        share = _SHARES.get(why, 0.0)
        excused = share > 0 and bool(score.unmeasured) and report.asks_for_it(row.instruction)
        value = None if excused else round(share * score.score / 100, 6)
        one = Answer(row.id, value, score.score, why)
        if row.id not in judged or _least(one) < _least(judged[row.id]):
            judged[row.id] = one
    return judged


def _least(answer: Answer) -> float:
    return 1.0 if answer.value is None else answer.value


def _why(row: Row, wants: Prompt, loops: bool, same: Collection[tuple[str, str]]) -> str:
    """What spoils an answer; "" for nothing.

    Args:
        same: As `repeats.repeated` gives it.
    """
    text = _plain(row.output)
    if is_blank(row.output):
        return "empty"
    asked = _plain(row.instruction)
    rest = text.removeprefix(asked).split() if asked else text.split()
    if text == asked or (asked and text.startswith(asked) and len(rest) <= CURT_WORDS):
        return "echo"
    if loops:
        return "loop"
    if (wants.kind, text) in same:
        return "repeated"
    brief = wants.kind not in repeats.WORDY or any(
        ask.kind.startswith(("length", "format:")) for ask in wants.asks
    )
    return "curt" if len(text.split()) <= CURT_WORDS and not brief else ""


def _plain(text: str) -> str:
    return " ".join(folded(text).split()).strip(" .!?\"'")


def _wins(values: Mapping[str, float | None], base: Base | None) -> float | None:
    """How often the answers are better than the base's, over all prompts that both have measured; ties are halves."""
    return None if base is None else report.mean(_won(value, base.get(key)) for key, value in values.items())
