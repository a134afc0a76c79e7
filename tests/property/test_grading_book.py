"""Whatever the program and persons do to a line, in whichever order: nothing is lost and every step is told."""

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.book import documents, history, marks, people
from grading.book.book import opened
from grading.model import Line
from quality.errors import InputError
from tests import postgres

KEYS = ("fail_mode", "hand_in")
POINTS = st.none() | st.sampled_from([0.0, 2.5, 5.0, 10.0])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("run"), st.dictionaries(st.sampled_from(KEYS), POINTS)),
        st.tuples(st.just("save"), st.sampled_from(KEYS), POINTS, st.integers(-1, 1)),
    ),
    max_size=12,
)
TEXT = st.text(st.characters(codec=None), max_size=30)  # lone surrogates and NUL too
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)
GROUPS = itertools.count(1)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def shared_book(request, tmp_path_factory):
    url = "" if request.param == "sqlite" else postgres.create(request.getfixturevalue("_postgresql"))
    with opened(tmp_path_factory.mktemp("course"), url) as book:
        yield book


def run(db, group, known, points):
    """The program grades; `known` is what the book should hold: key → [automatic, manual, version]."""
    lines = [Line(key, None if of is None else of / 10, of, 10.0, f"{of}") for key, of in points.items()]
    marks.put_automatic(db, group, lines, who="run")
    for key, of in points.items():
        line = known["lines"].get(key)
        if line is None:
            version = known["gone"].pop(key, 0) + 1
            known["lines"][key] = [of, None, version]
        elif line[0] != of:
            line[:] = [of, line[1], line[2] + 1]
    for key in set(known["lines"]) - set(points):
        if known["lines"][key][1] is None:
            known["gone"][key] = known["lines"].pop(key)[2] + 1


def save(db, group, known, key, points, off):
    """A person saves, having seen the version or one beside it."""
    line = known["lines"].get(key)
    expected = (line[2] if line else 1) + off
    try:
        marks.save(db, group, key, points, why="x", who="ada", expected=expected, hand_in_version=None)
    except marks.Conflict as conflict:
        assert off != 0
        assert (conflict.mark.version, conflict.points) == (line[2], points)
    except InputError:
        assert line is None
    else:
        assert off == 0
        if (points, line[1]) != (None, None):
            line[:] = [line[0], points, line[2] + 1]


@given(STEPS)
@settings(max_examples=40, deadline=None)
def test_marks_and_history_agree_whatever_happens(shared_book, steps):
    group = f"g{next(GROUPS)}"
    known = {"lines": {}, "gone": {}}
    with shared_book.writing() as db:
        for step, *arguments in steps:
            {"run": run, "save": save}[step](db, group, known, *arguments)
            found = {mark.key: mark for mark in marks.marks(db, group)}
            assert {
                key: [mark.points, mark.manual and mark.manual.points, mark.version]
                for key, mark in found.items()
            } == known["lines"]
        entries = history.entries(db, group)
    for key in KEYS:
        told = [entry for entry in entries if entry.line == key]
        assert [entry.version for entry in told] == list(range(1, len(told) + 1))
        for what in ("automatic", "manual"):
            chain = [entry for entry in told if entry.what == what]
            assert [entry.before for entry in chain[1:]] == [entry.after for entry in chain[:-1]]


@given(TEXT, JSON)
@settings(max_examples=30, deadline=None)
def test_whatever_somebody_wrote_comes_back(shared_book, text, body):
    with shared_book.writing() as db:
        history.append(db, who=text, what="x", group="g0", why=text)
        documents.put(db, "g0", "x", "0" * 64, {"it": body})
        person = people.put_person(db, identifier=f"i{text}", name=text, email="")
        entry = history.entries(db, "g0")[-1]
        assert (entry.who, entry.why) == (text, text)
        assert json.dumps(documents.get(db, "g0", "x")) == json.dumps({"it": body}, sort_keys=True)
        assert people.put_person(db, identifier=f"i{text}", name=text, email="") == person
