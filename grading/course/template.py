"""A `Course` → its course.toml, with every value written out and in words what it means."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template

from grading.course.model import AUTOMATIC, Course

_TEXT = Template("""\
# One homework, for `grading`. Paths start at this file's folder. Every value is written out; what is left out
# has the value of the reference homework. Nothing else is read: no proofgate.toml has a say in a grade.

[course]
name = $name
title = $title

[files]
sheet = $sheet  # the rows before correction
test = $test  # the prompts that the model answers
$base
$decisions
# the three files of a hand-in, and the archive that holds them
data = $data
predictions = $predictions
notebook = $notebook
archive = $archive

[columns]  # what the columns are called
id = $id
instruction = $instruction
output = $output
fail_mode = $fail_mode
prediction = $prediction

[guide]
name = $guide  # a shipped style guide, or the path of one
$pin
engine = $engine  # what proof-reads: harper, languagetool or both
ignore = $ignore  # codes, or beginnings of codes, that are not graded

[deadline]
# A local time is read in `zone`; without `at`, lateness is not graded.
$deadline
zone = $zone  # the LMS's times are read in it too

[late]
policy = $policy  # min: the fewest days of any member; per-member: each their own; group-bank: all together
days = $days  # late days of everybody, where the roster does not say
most = $most  # late days that may be used on this homework
grace_minutes = $grace  # after the deadline, not late yet
points_per_day = $per_day  # taken off for each begun day that no late day covers
$refuse

[rubric]
# Line = points. The program grades $automatic;
# a line of another name is marked by people, and lines may be left out.
$rubric

[letters]  # letter = per cent of all points from which it is given; below the last it is F
$letters

[grade]
pass_mark = $pass_mark  # per cent
$zero

[lms]
kind = $lms  # moodle, canvas or folder
language = $language  # of the site: en or tr
$feedback

[consensus]
$gold

[copying]
q = $q  # share of honest pairs that the list of candidates may hold

[allowed]  # what groups may use
judge = $judge
unsafe_fixes = $unsafe
""")


def template(course: Course, *, judge: bool = True, unsafe_fixes: bool = True) -> str:
    """The text of a course.toml that says that course; what it does not set stands there as a comment.

    Args:
        judge: Whether groups may ask a language model for advice.
        unsafe_fixes: Whether they may apply unsafe fixes.
    """
    return _TEXT.substitute(
        _texts(course),
        **_numbers(course),
        **_unset(course),
        judge=str(judge).lower(),
        unsafe=str(unsafe_fixes).lower(),
    )


def _texts(course: Course) -> dict[str, str]:
    columns, files = course.data_columns, course.files
    texts = {
        "name": course.name,
        "title": course.title,
        "sheet": _path(course.sheet, course),
        "test": _path(course.test, course),
        "data": files.data,
        "predictions": files.predictions,
        "notebook": files.notebook,
        "archive": files.archive,
        "id": columns.id,
        "instruction": columns.instruction,
        "output": columns.output or "output",
        "fail_mode": columns.fail_mode,
        "prediction": course.prediction_column,
        "guide": _path(Path(course.guide), course),
        "engine": course.engine,
        "zone": course.zone,
        "policy": course.late.policy.value,
        "lms": course.lms,
        "language": course.language,
    }
    return {key: _quoted(text) for key, text in texts.items()}


def _numbers(course: Course) -> dict[str, str]:
    """Numbers, and the tables whose keys the course names."""
    late = course.late
    return {
        "days": str(late.days),
        "most": str(late.most),
        "grace": str(late.grace_minutes),
        "per_day": _number(late.points_per_day),
        "pass_mark": _number(course.pass_mark),
        "q": _number(course.copying_q),
        "ignore": f"[{', '.join(map(_quoted, course.ignore))}]",
        "automatic": ", ".join(AUTOMATIC),
        "rubric": "\n".join(f"{_key(key)} = {_number(points)}" for key, points in course.rubric.items()),
        "letters": "\n".join(f"{_key(key)} = {_number(share)}" for key, share in course.letters.items()),
    }


def _unset(course: Course) -> dict[str, str]:
    """What a course may leave open: a comment with an example where it does."""
    at, late, zero = course.deadline, course.late.refuse_after, course.zero_at
    return {
        "base": _optional(
            "base_predictions", _of(course.base_predictions, course), '"base.csv"', "the base model's answers"
        ),
        "decisions": _optional(
            "decisions",
            _of(course.decisions, course),
            '"decisions.json"',
            "findings that the staff dismissed, as the dashboard exports them; rows are scored without them",
        ),
        "pin": _optional("sha256", _said(course.guide_sha256), '"…"', "pins the guide"),
        "deadline": _optional("at", at and at.isoformat(), "2026-12-01T23:59:00", "the deadline"),
        "refuse": _optional(
            "refuse_after",
            None if late is None else str(late),
            "5",
            "begun days after which nothing is given",
        ),
        "zero": _optional(
            "zero_at",
            None if zero is None else _number(zero),
            "60",
            "mean row score that earns nothing for data_quality; else the sheet's own",
        ),
        "feedback": _optional(
            "feedback_ids",
            _said(course.feedback_ids),
            '"user"',
            "whose numbers this Moodle reads in feedback.zip: user or group; else the zip holds plain files",
        ),
        "gold": _optional(
            "gold", _of(course.gold, course), '"gold.csv"', "id,label by the teaching assistants"
        ),
    }


def _optional(key: str, value: str | None, example: str, meaning: str) -> str:
    return f"# {key} = {example}  # {meaning}" if value is None else f"{key} = {value}"


def _said(text: str | None) -> str | None:
    return _quoted(text) if text else None


def _of(path: Path | None, course: Course) -> str | None:
    return None if path is None else _quoted(_path(path, course))


def _path(path: Path, course: Course) -> str:
    """The path from the course folder on where it lies in it."""
    return path.relative_to(course.folder).as_posix() if path.is_relative_to(course.folder) else str(path)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(text: str) -> str:
    return text if text.isascii() and text.replace("_", "").replace("-", "").isalnum() else _quoted(text)


def _number(number: float) -> str:
    return str(int(number)) if number == int(number) else repr(number)
