"""A run with the staff's decisions: rows are scored without what they dismiss, everywhere alike, and it is all said."""

import json
from dataclasses import replace

import pytest

from grading.book import documents, marks
from grading.book.book import opened
from grading.course.inputs import inputs
from grading.exporting.show import shown
from grading.exporting.show_text import render as as_text
from grading.feedback import view
from grading.running import provenance, telling
from grading.running import run as running
from quality.dismissals import Decision, Scope
from quality.dismissals.decisions import of_words
from quality.dismissals.file import render
from quality.errors import InputError
from quality.workers import keeping
from tests.unit.grading.running import courses

OUTPUTS = [
    *courses.MENDED[:5],
    "A noun is a wrod that names a person, a place or a thing, such as table or Rome.",
]
"""One misspelling that no sheet has."""
WORD = Decision(
    Scope.WORD,
    "GRM001",
    of_words("wrod"),
    "output",
    12,
    16,
    "wrod",
    "r6",
    "Ada",
    "said so in class",
    "2026-11-23T18:09:07+00:00",
)
UNUSED = replace(WORD, words="else", content=of_words("else"))


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """What a run finds without decisions, with a file of two, and without them again."""
    course = courses.make(tmp_path_factory.mktemp("decided"))
    found = {}
    with opened(course.folder, "") as book, keeping():
        courses.hand_in(book, course, "One", courses.files(data=courses.data(OUTPUTS)))
        courses.hand_in(book, course, "Two", courses.files(notebook=courses.notebook("print(2)")))
        named = replace(course, decisions=course.folder / "decisions.json")
        named.decisions.write_text(render([WORD, UNUSED]))
        for name, one in (("before", course), ("with", named), ("again", named), ("after", course)):
            found[name] = _run(one, book)
    return found


def _run(course, book):
    done = running.run(course, book, jobs=1, progress=courses.silent, who="ta")
    with book.reading() as db:
        bodies = {
            name: documents.get(db, "g001", name)
            for name in ("quality", "row_marks", "report", "predictions")
        }
        points = {mark.key: mark.points for mark in marks.marks(db, "g001")}
        known = provenance.of_course(inputs(course))
    text = as_text(shown(book, course, "g001"), "UTC")
    return {"done": done, "points": points, "text": text, "course": known, **bodies}


def test_a_dismissed_finding_costs_nothing_and_all_documents_agree(ran):
    before, after = ran["before"], ran["with"]
    assert before["points"]["data_quality"] < after["points"]["data_quality"] == 40.0
    assert after["quality"]["mean_score"] == 100.0
    assert after["quality"]["passing"] == before["quality"]["passing"] + 1
    assert after["quality"]["criteria"]["grammar"] == 1.0
    assert set(_rules(before)) - set(_rules(after)) == {"GRM001", "EDT002"}
    assert "GRM001" in {one["code"] for one in before["quality"]["examples"]}
    assert "GRM001" not in {one["code"] for one in after["quality"]["examples"]}
    value, without = after["row_marks"]["r6"]
    assert (value["quality"], without) == (100.0, {})
    assert before["row_marks"]["r6"][0]["quality"] < 100.0
    (row,) = [one for one in after["report"]["rows"] if one["id"] == "r6"]
    assert (row["score"], row["passed"]) == (100.0, True)
    (finding,) = [one for one in after["report"]["findings"] if one["code"] == "GRM001"]
    assert finding["accepted"] == "dismissed by Ada: said so in class"
    assert after["predictions"] == before["predictions"]


def _rules(run):
    return [one["code"] for one in run["quality"]["rules"]]


def test_everybody_is_told_how_many_findings_were_dismissed_by_which_decision(ran):
    (used, unused) = sorted(ran["with"]["done"].dismissed, key=lambda one: -one["findings"])
    assert [used[name] for name in ("who", "why", "words", "findings", "rows", "groups")] == [
        "Ada",
        "said so in class",
        "wrod",
        1,
        1,
        1,
    ]
    assert (unused["words"], unused["findings"]) == ("else", 0)
    said = telling.as_text(ran["with"]["done"])
    assert "1 finding dismissed by the course staff:" in said
    assert "GRM001 “wrod” everywhere: 1 finding in 1 group, by Ada: said so in class" in said
    assert json.loads(telling.as_json(ran["with"]["done"]))["dismissed"][0]["scope"] == "word"
    assert "1 finding dismissed by the course staff" in ran["with"]["text"]
    assert view.dismissed_by_staff(ran["with"]["quality"]) == (
        "1 finding was dismissed by the course staff and costs nothing."
    )
    assert view.dismissed_by_staff(ran["before"]["quality"]) == ""


def test_a_changed_file_makes_the_groups_stale_and_none_leaves_all_as_it_was(ran):
    assert [ran[name]["done"].scored for name in ("before", "with", "again", "after")] == [2, 2, 0, 2]
    kept = ("points", "text", "course", "quality", "row_marks", "report", "predictions")
    # the history in the text has the entries of the runs between
    for name in kept:
        if name != "text":
            assert ran["after"][name] == ran["before"][name], name
    assert "dismissed" not in ran["after"]["quality"]
    assert ran["with"]["course"] == ran["again"]["course"] != ran["before"]["course"]


def test_course_toml_names_the_file_and_a_broken_one_stops_the_run(tmp_path):
    course = courses.make(tmp_path, decisions='"mine.json"')
    assert course.decisions == course.folder / "mine.json"
    with pytest.raises(InputError, match="no such file of decisions"):
        inputs(course)
    course.decisions.write_text(render([WORD]))
    assert inputs(course).decisions.decisions == (WORD,)


def test_worker_processes_know_the_file_too(tmp_path):
    course = courses.make(tmp_path)
    named = replace(course, decisions=tmp_path / "named.json")
    named.decisions.write_text(render([WORD]))
    with opened(course.folder, "") as book:
        courses.hand_in(book, course, "One", courses.files(data=courses.data(OUTPUTS), predictions=None))
        done = running.run(named, book, jobs=2, progress=courses.silent, who="ta")
    assert [one["groups"] for one in done.dismissed] == [1]
