"""All that the book knows of one group, as JSON values: `{"format": 1, …}`.

    group, hand_in, grade, rubric, former, findings, quality, predictions, lineage, notebook, lateness, stability,
    consensus, facts, copying, signals, history

It holds names and other groups' edits: for the teaching assistant's eyes. What is not known is null, never 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from grading.book import documents, hand_ins, history, people
from grading.book.book import Book
from grading.book.history import Entry
from grading.book.marks import Mark, marks
from grading.book.tables import pair
from grading.course.model import LATENESS, Course
from grading.exporting import cohort, days
from grading.exporting.cohort import DOCUMENTS, Case, case
from grading.exporting.refusal import is_behind
from grading.feedback.bodies import body, entries
from grading.feedback.hand_in import LEVELS
from grading.feedback.titles import title
from grading.model import Level

FORMAT = 1
MAX_HISTORY = 200
"""Entries of the history that are shown, the newest."""

Json = dict[str, Any]


def shown(book: Book, course: Course, text: str) -> Json:
    """The group with that key, number or name.

    Raises:
        InputError: There is no such group, or several.
    """
    with book.reading() as db:
        group = cohort.find_group(db, text)
        given = hand_ins.of_group(db, group.key)
        bodies = {name: one for name in DOCUMENTS if (one := documents.get(db, group.key, name)) is not None}
        last = given[-1] if given else None
        found = case(course, group, group.name, marks(db, group.key), last, len(given), bodies)
        names = {one.key: one.name for one in people.groups(db)}
        copying = list(_copying(db, group.key, names, course))
        told = history.entries(db, group.key)
    return {
        "format": FORMAT,
        "group": _group(found),
        "hand_in": _hand_in(found),
        "grade": asdict(found.grade) | {"ungraded": list(found.grade.ungraded)},
        "rubric": [_line(found, mark) for mark in found.marks],
        "former": [_line(found, mark) for mark in found.former],
        "findings": sorted(_findings(found), key=lambda one: LEVELS.index(one["level"])),
        "quality": bodies.get("quality") or None,
        "predictions": bodies.get("predictions") or None,
        "lineage": body(bodies, "examined").get("lineage"),
        "notebook": body(bodies, "examined").get("notebook"),
        "lateness": _lateness(found, course),
        "stability": dict(found.stability) or None,
        "consensus": bodies.get("consensus") or None,
        "facts": bodies.get("facts") or [],
        "copying": copying,
        "signals": [_signal(one, group.key, names) for one in entries(bodies, "signals")],
        "history": [_entry(entry) for entry in told[-MAX_HISTORY:]],
    }


def _group(found: Case) -> Json:
    group = found.group
    return {
        "key": group.key,
        "identifier": group.identifier,
        "name": group.name,
        "purged": found.purged,
        "members": [
            {"key": one.key, "identifier": one.identifier, "name": one.name, "email": one.email}
            for one in group.members
        ],
    }


def _hand_in(found: Case) -> Json | None:
    if found.hand_in is None:
        return None
    return {
        "version": found.hand_in.version,
        "received": found.hand_in.received.isoformat() if found.hand_in.received else None,
        "files": sorted(role.value for role in found.hand_in.files),
        "handed_in": found.hand_ins,
        "graded": not is_behind(found) if found.documents.get("examined") else None,
    }


def _line(found: Case, mark: Mark) -> Json:
    manual = mark.manual
    return {
        "line": mark.key,
        "title": title(mark.key),
        "points": mark.effective,
        "max_points": mark.most,
        "value": mark.value,
        "automatic_points": mark.points,
        "manual": None
        if manual is None
        else {
            "points": manual.points,
            "why": manual.why,
            "who": manual.who,
            "at": manual.at.isoformat(),
            "hand_in_version": manual.hand_in_version,
            "superseded": mark in found.superseded,
            "above": mark in found.above,
        },
        "sentence": mark.sentence,
        "evidence": mark.evidence,
        "version": mark.version,
    }


def _findings(found: Case) -> Iterator[Json]:
    """What was seen in the files, then what the rules found in the rows and in the answers; all have the same keys."""
    for one in found.troubles:
        yield _finding(one, "hand_in", str(one["level"]), one["what"], file=one["file"])
    for part in ("quality", "predictions"):
        for one in entries(body(found.documents, part), "examples"):
            yield _finding(one, part, one["severity"], one["message"])


def _finding(one: Mapping[str, Any], about: str, level: str, what: str, file: str | None = None) -> Json:
    remedy = one.get("remedy") or one.get("fix")
    names = ("row", "id", "criterion", "column", "start", "end", "cell")
    return {
        "about": about,
        "code": one["code"],
        "level": Level(level).value,
        "what": what,
        "remedy": remedy if isinstance(remedy, str) else "",
        "file": file,
        **{name: one.get(name) for name in names},
    }


def _lateness(found: Case, course: Course) -> Json | None:
    mark = found.mark(LATENESS)
    if mark is None:
        return None
    return {
        "begun_days": days.evidence(found).get("begun_days"),
        "points": mark.effective,
        "members": [
            {
                "key": one.person.key,
                "name": one.person.name,
                "days_used": one.used,
                "days_left": one.left,
                "points_off": one.points_off,
            }
            for one in days.of_members(found, course)
        ],
    }


def _signal(one: Mapping[str, Any], group: str, names: Mapping[str, str]) -> Json:
    others = [{"key": key, "name": names.get(key, "")} for key in one["groups"] if key != group]
    return {**one, "with": others}


def _copying(db: Connection, group: str, names: Mapping[str, str], course: Course) -> Iterator[Json]:
    """The group's pairs, the least likely between honest groups first; the edits of candidates beside them."""
    query = select(pair).where(or_(pair.c.grp_a == group, pair.c.grp_b == group))
    rows: list[dict[str, Any]] = [dict(row) for row in db.execute(query).mappings()]
    for row in sorted(rows, key=_likelihood):
        other = row["grp_b"] if row["grp_a"] == group else row["grp_a"]
        candidate = row["q"] is not None and row["q"] <= course.copying_q
        yield {
            "with": other,
            "name": names.get(other, ""),
            "candidate": candidate,
            "score": row["score"],
            "p": row["p"],
            "q": row["q"],
            "shared_edits": row["shared_edits"],
            "evidence": row["evidence"] if candidate else [],
        }


def _likelihood(row: Mapping[str, Any]) -> tuple[Any, ...]:
    infinity = float("inf")
    q, p = (infinity if row[name] is None else row[name] for name in ("q", "p"))
    return q, p, -row["score"], row["grp_a"], row["grp_b"]


def _entry(entry: Entry) -> Json:
    return {
        "at": entry.at.isoformat(),
        "who": entry.who,
        "what": entry.what,
        "line": entry.line,
        "version": entry.version,
        "before": entry.before,
        "after": entry.after,
        "why": entry.why,
    }
