"""What is known of a group → the lines of its rubric, each with a sentence. Pure: nothing is checked here.

The rubric decides only how much a line is worth, so a changed rubric needs these functions alone. Every value is 0..1;
what is not known is None, and so are its points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from grading.course.model import COMPLETENESS, DATA_QUALITY, FAIL_MODE, HAND_IN, LATENESS, PREDICTIONS, Course
from grading.model import Line, Role, Trouble, rounded
from grading.scoring.lateness import Lateness
from grading.scoring.presence import hand_in
from grading.scoring.sentences import Documents, Graded, body, not_run, unmeasured, unreadable
from quality.wording import count

BASE_SHARE = 0.25
"""Of the predictions' value, that improvement over the base earns, where the course gives base predictions."""
PLAUSIBLE = 0.5
"""What a plausible label earns of an agreed one."""


def automatic(documents: Documents, troubles: Sequence[Trouble], course: Course) -> tuple[Line, ...]:
    """The lines of the rubric that the program grades, in its order; a line for people alone is open.

    Args:
        troubles: Of the hand-in, from its unpacking on.
    """
    failures = body(documents, "failures")
    lines: list[Line] = []
    for key, most in course.rubric.items():
        grade = _GRADED.get(key)
        crash = failures.get(_NEEDS.get(key, "")) or failures.get("all")
        if grade is None:
            lines.append(Line(key, None, None, most, BY_HAND))
        elif crash:
            lines.append(Line(key, None, None, most, f"not graded: the program failed at it ({crash})"))
        else:
            lines.append(_line(key, *grade(documents, troubles, course), most))
    return tuple(lines)


def nothing(course: Course) -> tuple[Line, ...]:
    """The lines of a group that handed in nothing: all open, for a person to say what that is worth."""
    late = ((LATENESS, 0.0),) if course.deadline is not None else ()
    return tuple(
        Line(key, None, None, most, "not graded: nothing was handed in")
        for key, most in (*course.rubric.items(), *late)
    )


BY_HAND = "graded by a person"
"""The sentence of a line that is for people alone."""
_NEEDS = {
    DATA_QUALITY: "quality",
    FAIL_MODE: "quality",
    COMPLETENESS: "completeness",
    PREDICTIONS: "predictions",
}
"""Line → the document that it is made from."""


def _line(key: str, value: float | None, sentence: str, evidence: Mapping[str, Any], most: float) -> Line:
    if value is None:
        return Line(key, None, None, most, sentence, evidence)
    value = min(1.0, max(0.0, value))
    return Line(key, round(value, 6), rounded(value * most), most, sentence, evidence)


def data_quality(documents: Documents, troubles: Sequence[Trouble], course: Course) -> Graded:
    """How far the group's rows come from what the sheet scores to 100, times the share of rows that it answered."""
    found = body(documents, "quality")
    if not found:
        return None, unreadable(Role.DATA, documents), {}
    evidence = {key: found[key] for key in ("mean_score", "sheet_mean_score", "answered", "sheet_rows")}
    if found["outcomes_failed"]:
        return None, not_run(found["outcomes_failed"]), {**evidence, "failed": found["outcomes_failed"]}
    mean, asked, answered = found["mean_score"], found["sheet_rows"], found["answered"]
    if mean is None or not asked:
        return 0.0 if asked else None, "no row of the sheet has an output", evidence
    begins = _zero(found["sheet_mean_score"], course)
    if begins is None:
        return None, "not graded: nothing says what the sheet itself scores", evidence
    zero, source = begins
    value = min(1.0, max(0.0, (mean - zero) / (100 - zero)))
    said = [
        f"the rows score {mean:.1f} of 100 on average, labels aside",
        f"points begin at {zero:.1f}, {source}, and are full at 100",
    ]
    if answered < asked:
        said.append(f"{answered:,} of {count(asked, 'row')} have an output, and only these earn")
    sentence = "; ".join((*said, *unmeasured(found, "row")))
    return value * answered / asked, sentence, {**evidence, "zero_at": zero}


LEAST_WIDTH = 2.0
"""Between the score that earns nothing and 100, where the sheet's own score is the measure: on a sheet with next to no
faults, a hair would else decide over all points."""


def _zero(sheet: float | None, course: Course) -> tuple[float, str] | None:
    """The score from which points begin, and why; None where nobody knows."""
    if course.zero_at is not None:
        return course.zero_at, "where the course sets it"
    if sheet is None:
        return None
    if sheet > 100 - LEAST_WIDTH:
        return 100 - LEAST_WIDTH, f"as these rows of the sheet score {sheet:.1f} already"
    return sheet, "which is what these rows of the sheet score as handed out"


def fail_mode(documents: Documents, troubles: Sequence[Trouble], course: Course) -> Graded:
    """How well the labels fit the group's own corrections and the others' labels, times the share of rows labelled."""
    found, consensus = body(documents, "quality"), body(documents, "consensus")
    if not found:
        return None, unreadable(Role.DATA, documents), {}
    totals = found["labels"]
    judged = totals["agreed"] + totals["plausible"] + totals["contradicted"]
    own = (totals["agreed"] + PLAUSIBLE * totals["plausible"]) / judged if judged else None
    others = consensus.get("share")
    evidence = {
        "own": own,
        "own_judged": judged,
        "others": others,
        "others_judged": consensus.get("judged", 0),
    }
    known = [one for one in (own, others) if one is not None]
    if not known:
        return (
            None,
            "not graded: no label could be held against a correction or against other groups",
            evidence,
        )
    labelled, asked = totals["known"], found["sheet_rows"]
    said: list[str] = []
    if own is not None:
        said.append(f"{own:.0%} of the labels fit what the group itself corrected ({judged:,} compared)")
    if others is not None:
        said.append(f"{others:.0%} agree with the other groups ({consensus.get('judged', 0):,} compared)")
    if labelled < asked:
        said.append(f"{labelled:,} of {count(asked, 'row')} have a label of the guide, and only these earn")
    share = min(1.0, labelled / asked) if asked else 0.0
    return share * sum(known) / len(known), "; ".join(said), {**evidence, "labelled": labelled}


def completeness(documents: Documents, troubles: Sequence[Trouble], course: Course) -> Graded:
    """The share of the sheet's ids that are there once, answered, labelled and with their prompt."""
    found = body(documents, "completeness")
    if not found or not found["ids"]:
        return None, unreadable(Role.DATA, documents), {}
    lacking = [
        f"{count(found[name]['count'], 'row')} {words}"
        for name, words in _LACKS.items()
        if found[name]["count"]
    ]
    whole = f"{found['complete']:,} of {count(found['ids'], 'row')} of the sheet are complete"
    return found["complete"] / found["ids"], "; ".join((whole, *lacking)), found


_LACKS = {
    "missing": "missing",
    "doubled": "there more than once",
    "no_answer": "without an output",
    "no_label": "without a label",
    "other_prompt": "with another prompt",
}


def predictions(documents: Documents, troubles: Sequence[Trouble], course: Course) -> Graded:
    """The mean of what each prompt's answer earns; with base predictions, a quarter is for doing better than those."""
    found = body(documents, "predictions")
    if not found or not found["asked"]:
        return None, unreadable(Role.PREDICTIONS, documents), {}
    evidence = {key: value for key, value in found.items() if key not in ("examples", "rules")}
    if found["outcomes_failed"]:
        return None, not_run(found["outcomes_failed"]), evidence
    if found["mean_value"] is None:
        return None, "not graded: no answer could be judged", evidence
    said = [f"{found['answered']:,} of {count(found['asked'], 'prompt')} answered"]
    if found["mean_score"] is not None:
        said.append(f"the answers score {found['mean_score']:.1f} of 100 on average")
    said += [
        f"{count(found[name], *nouns)} {words}" for name, (nouns, words) in _SPOILT.items() if found.get(name)
    ]
    said += unmeasured(found, "answer")
    value = found["mean_value"]
    if found["base_mean_score"] is not None:
        wins = found["win_rate"] or 0.0  # None: no answer of both could be measured, so none is better
        value = (1 - BASE_SHARE) * value + BASE_SHARE * wins
        said.append(
            f"against the base model's answers they win {wins:.0%}, ties as halves, for {BASE_SHARE:.0%} of the line"
        )
    return value, "; ".join(said), evidence


_SPOILT = {
    "loops": (("answer goes", "answers go"), "round in a loop: no points"),
    "echoes": (("answer gives", "answers give"), "the prompt back: no points"),
    "repeated_answers": (("answer has", "answers have"), "a text that several prompts got: no points"),
    "curt": (("answer is", "answers are"), "a word or two where the prompt wants more: half the points"),
}


_GRADED: Mapping[str, Callable[[Documents, Sequence[Trouble], Course], Graded]] = MappingProxyType(
    {
        DATA_QUALITY: data_quality,
        FAIL_MODE: fail_mode,
        COMPLETENESS: completeness,
        PREDICTIONS: predictions,
        HAND_IN: hand_in,
    }
)


def lateness_line(of: Lateness, members: Sequence[str], evidence: Mapping[str, Any]) -> Line:
    """The line that takes off; its points are what every member loses, the evidence has each member's own.

    Args:
        members: Keys of the members, in the order in which their late days were given.
        evidence: More of what it was made from.
    """
    each = [
        {"person": person, "days_used": used, "points_off": off}
        for person, used, off in zip(members, of.days_used, of.points_off, strict=False)
    ]
    points = of.points
    whole = {**evidence, "begun_days": of.begun_days, "members": each}
    return Line(LATENESS, None, None if points is None else rounded(points), 0.0, of.sentence, whole)
