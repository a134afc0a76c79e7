"""What is known of a group → the lines of its rubric, each with a sentence. Pure: nothing is checked here.

The rubric decides only how much a line is worth, so a changed rubric needs these functions alone. Every value is 0..1;
what is not known is None, and so are its points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from grading.course.model import COMPLETENESS, DATA_QUALITY, FAIL_MODE, HAND_IN, LATENESS, PREDICTIONS, Course
from grading.model import Level, Line, Role, Trouble
from grading.scoring.lateness import Lateness
from quality.wording import count, listed

Documents = Mapping[str, Any]
"""Name → JSON values: `examined`, `quality`, `completeness`, `predictions`, `consensus`, `failures`."""
ROUNDED = 2
"""Decimals of a line's points."""
BASE_SHARE = 0.25
"""Of the predictions' value, that improvement over the base earns, where the course gives base predictions."""
PLAUSIBLE = 0.5
"""What a plausible label earns of an agreed one."""


def automatic(documents: Documents, troubles: Sequence[Trouble], course: Course) -> tuple[Line, ...]:
    """The lines of the rubric that the program grades, in its order; a line for people alone is open.

    Args:
        troubles: Of the hand-in, from its unpacking on.
    """
    failures = _body(documents, "failures")
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


def _body(documents: Documents, name: str) -> dict[str, Any]:
    """The document; empty where there is none."""
    return dict(documents.get(name) or {})


def _line(key: str, value: float | None, sentence: str, evidence: Mapping[str, Any], most: float) -> Line:
    if value is None:
        return Line(key, None, None, most, sentence, evidence)
    value = min(1.0, max(0.0, value))
    return Line(key, round(value, 6), round(value * most, ROUNDED), most, sentence, evidence)


_Graded = tuple[float | None, str, Mapping[str, Any]]


def data_quality(documents: Documents, troubles: Sequence[Trouble], course: Course) -> _Graded:
    """How far the group's rows come from what the sheet scores to 100, times the share of rows that it answered."""
    found = _body(documents, "quality")
    if not found:
        return None, _unreadable(Role.DATA, documents), {}
    evidence = {key: found[key] for key in ("mean_score", "sheet_mean_score", "answered", "sheet_rows")}
    if found["outcomes_failed"]:
        return None, _not_run(found["outcomes_failed"]), {**evidence, "failed": found["outcomes_failed"]}
    mean, asked, answered = found["mean_score"], found["sheet_rows"], found["answered"]
    if mean is None or not asked:
        return 0.0 if asked else None, "no row of the sheet has an output", evidence
    begins = _zero(found["sheet_mean_score"], course)
    if begins is None:
        return None, "not graded: nothing says what the sheet itself scores", evidence
    zero, source = begins
    value = min(1.0, max(0.0, (mean - zero) / (100 - zero)))
    rows = (
        ""
        if answered == asked
        else f"; {answered:,} of {count(asked, 'row')} have an output, and only these earn"
    )
    skipped = found.get("unmeasured", 0)
    rows += (
        f"; {count(skipped, 'row')} could not be measured, and count for nothing either way"
        if skipped
        else ""
    )
    sentence = (
        f"the rows score {mean:.1f} of 100 on average, labels aside; points begin at {zero:.1f}, {source}, "
        f"and are full at 100{rows}"
    )
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


def fail_mode(documents: Documents, troubles: Sequence[Trouble], course: Course) -> _Graded:
    """How well the labels fit the group's own corrections and the others' labels, times the share of rows labelled."""
    found, consensus = _body(documents, "quality"), _body(documents, "consensus")
    if not found:
        return None, _unreadable(Role.DATA, documents), {}
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
        said.append(f"of {count(judged, 'label')} that the corrections speak to, {own:.0%} fit them")
    if others is not None:
        said.append(f"{others:.0%} agree with the other groups ({consensus.get('judged', 0):,} compared)")
    if labelled < asked:
        said.append(f"{labelled:,} of {count(asked, 'row')} have a label of the guide, and only these earn")
    share = min(1.0, labelled / asked) if asked else 0.0
    return share * sum(known) / len(known), "; ".join(said), {**evidence, "labelled": labelled}


def completeness(documents: Documents, troubles: Sequence[Trouble], course: Course) -> _Graded:
    """The share of the sheet's ids that are there once, answered, labelled and with their prompt."""
    found = _body(documents, "completeness")
    if not found or not found["ids"]:
        return None, _unreadable(Role.DATA, documents), {}
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


def predictions(documents: Documents, troubles: Sequence[Trouble], course: Course) -> _Graded:
    """The mean of what each prompt's answer earns; with base predictions, a quarter is for doing better than those."""
    found = _body(documents, "predictions")
    if not found or not found["asked"]:
        return None, _unreadable(Role.PREDICTIONS, documents), {}
    evidence = {key: value for key, value in found.items() if key not in ("examples", "rules")}
    if found["outcomes_failed"]:
        return None, _not_run(found["outcomes_failed"]), evidence
    if found["mean_value"] is None:
        return None, "not graded: no answer could be judged", evidence
    said = [f"{found['answered']:,} of {count(found['asked'], 'prompt')} answered"]
    if found["mean_score"] is not None:
        said.append(f"the answers score {found['mean_score']:.1f} of 100 on average")
    said += [f"{count(found[name], 'answer')} {words}" for name, words in _SPOILT.items() if found.get(name)]
    value = found["mean_value"]
    if found["base_mean_score"] is not None:
        wins = found["win_rate"] or 0.0
        value = (1 - BASE_SHARE) * value + BASE_SHARE * wins
        better = (
            "none differs from"
            if found["win_rate"] is None
            else f"{wins:.0%} of those that differ are better than"
        )
        said.append(f"{better} the base model's, which counts for {BASE_SHARE:.0%}")
    return value, "; ".join(said), evidence


_SPOILT = {
    "loops": "that go round in a loop, and earn nothing",
    "echoes": "that give the prompt back, and earn nothing",
    "repeated_answers": "that several prompts share, and earn nothing",
    "curt": "of a word or two where the prompt wants more, and earn half",
    "unmeasured": "that could not be measured, and count for nothing either way",
}


def hand_in(documents: Documents, troubles: Sequence[Trouble], course: Course) -> _Graded:
    """The share of what a hand-in must have: three files, their names, the notebook's outputs, no error among these."""
    broken = [one for one in troubles if one.code.startswith("archive.") and one.level is Level.ERROR]
    if broken:
        return None, f"not graded: {broken[0].what}", {"broken": [one.code for one in broken]}
    examined = _body(documents, "examined")
    roles: list[str] = examined.get("files", [])
    if not examined:
        return None, "not graded: the files could not be examined", {}
    codes = {one.code for one in troubles if one.level is not Level.NOTE}
    parts: dict[str, bool] = {f"the {role.value} file": role.value in roles for role in Role}
    # several files that differ, or one under a name that only a person would take for it
    parts["the right file names"] = len(roles) == len(Role) and not codes & {"files.name", "files.doubled"}
    seen = _body(examined, "notebook")
    shown = seen.get("code_cells", 0) > 0 and not seen["cleared"]
    parts["the notebook's outputs"] = shown
    parts["a notebook without errors"] = shown and not seen["errors"]
    missing = [name for name, there in parts.items() if not there]
    met = f"{len(parts) - len(missing)} of the {len(parts)} things that a hand-in needs are there"
    sentence = met + (f"; not there: {listed(missing)}" if missing else "")
    if shown and seen["interrupted"]:
        sentence += "; a cell was stopped by hand, which costs nothing"
    return (len(parts) - len(missing)) / len(parts), sentence, {"parts": parts}


_GRADED: Mapping[str, Callable[[Documents, Sequence[Trouble], Course], _Graded]] = MappingProxyType(
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
    body = {**evidence, "begun_days": of.begun_days, "members": each}
    return Line(
        LATENESS, None, None if points is None else round(points, ROUNDED) or 0.0, 0.0, of.sentence, body
    )


def _unreadable(role: Role, documents: Documents) -> str:
    """Why a file's lines are open."""
    examined = _body(documents, "examined")
    troubles: list[dict[str, str]] = examined.get("troubles", [])
    if role.value not in examined.get("files", ()):
        return f"not graded: the {role.value} file is missing or in doubt"
    why = [
        one["what"]
        for one in troubles
        if one["code"].startswith(f"{role.value}.") and one["level"] == Level.ERROR
    ]
    return f"not graded: the {role.value} file {why[0] if why else 'could not be graded'}"


def _not_run(failed: Sequence[Mapping[str, Any]]) -> str:
    named = (f"{one['code']} {one['status']} in {one['detail']}" for one in failed)
    return f"not graded: {listed(named, 5)}"
