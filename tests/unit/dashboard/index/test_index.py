"""What the pages ask of an index, on rows made by hand: filters, orders, numbers, texts that come back as they were."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from dashboard.index import Index, building, storage
from dashboard.index.parts import Marked, Part, numbered
from dashboard.model import About, Filter, Order, RowKey, content, ref
from quality.errors import HardwareError, InputError
from quality.model import Finding, Row, Severity
from quality.reports.json import as_json

ODD = "half \ud800 nul\x00 \u202e% _ ' \" \U0001f600 İstanbul STRASSE"


def finding(code, criterion, severity=Severity.ERROR, **more):
    return Finding(code, criterion, severity, 2, "a", "output", "a word", start=0, end=1, **more)


def marked(row, score, passed, *findings):
    marks = {"score": score, "passed": passed, "criteria": {"grammar": 0.5, "tone": None}, "unmeasured": {}}
    return Marked(row, marks, [as_json(replace(one, row=row.row)) for one in findings])


GRAMMAR = finding("GRM001", "grammar")
TONE = finding("TON001", "tone", Severity.WARNING)
WAIVED = finding("GRM001", "grammar", waived="in lower case")
ROWS = {
    "g001": [
        marked(Row(2, 2, "a", "Say hi.", "Hi there", "grammar", "hi their"), 50.0, False, TONE, GRAMMAR, GRAMMAR),
        marked(Row(3, 3, "a", "Say hi.", ODD, "", None, ("earlier",)), 100.0, True, WAIVED),
    ],
    "g002": [
        marked(Row(2, 2, "a", "Bye", "x" * 300, "grammar"), None, False, TONE),
        marked(Row(3, 3, "=b", "Bye", "100%", ODD), 10.0, False),
    ],
}  # fmt: skip


def parts(of=ROWS):
    return [
        Part(key, f"Group {key}", lambda rows=rows: rows, f"made {key}", "v1") for key, rows in of.items()
    ]


@pytest.fixture
def index(tmp_path):
    path = tmp_path / "x.sqlite3"
    building.build(
        path,
        About("data.csv", "chat", verdict={"passed": False}, findings=(replace(TONE, row=None),)),
        parts(),
    )
    return Index(path)


def found(index, **where):
    return [brief.number for brief in index.page(Filter(**where))]


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ({}, [1, 2, 3, 4]),
        ({"text": "hi THERE"}, [1]),
        ({"text": "hi.hi"}, []),  # never across two texts
        ({"text": "%"}, [2, 4]),
        ({"text": "_ ' \""}, [2]),
        ({"text": "\ud800 NUL\x00"}, [2]),
        ({"text": "straße"}, [2]),
        ({"text": "=B"}, [4]),
        ({"text": "their"}, [1]),
        ({"text": "earlier"}, []),
        ({"groups": ("g002",)}, [3, 4]),
        ({"groups": ("g003",)}, []),
        ({"codes": ("GRM001",)}, [1]),  # a waived one is not open
        ({"codes": ("GRM001", "TON001")}, [1, 3]),
        ({"criteria": ("tone",)}, [1, 3]),
        ({"criteria": ("tone",), "severities": ("error",)}, []),  # one finding that is both
        ({"severities": ("error",)}, [1]),
        ({"fail_modes": ("",)}, [2]),
        ({"fail_modes": (ODD, "grammar")}, [1, 3, 4]),
        ({"passed": True}, [2]),
        ({"passed": False, "text": "x"}, [3]),
        ({"lowest": 10.0}, [1, 2, 4]),  # no score is no score of any height
        ({"highest": 50.0}, [1, 4]),
        ({"lowest": 50.0, "highest": 50.0}, [1]),
    ],
)
def test_a_filter_leaves_the_rows_that_it_says(index, where, rows):
    assert found(index, **where) == rows
    assert index.count(Filter(**where)) == len(rows)
    assert [number for number, _ in index.keys(Filter(**where))] == rows
    assert index.totals(Filter(**where)).rows == len(rows)


def test_rows_without_a_score_are_neither_the_best_nor_the_worst(index):
    assert [brief.number for brief in index.page(order=Order.WORST)] == [4, 1, 2, 3]
    assert [brief.number for brief in index.page(order=Order.BEST)] == [2, 1, 4, 3]


def test_pages_end_where_the_rows_end(index):
    assert [brief.number for brief in index.page(start=3, size=50)] == [4]
    assert index.page(start=4) == index.page(start=0, size=0) == ()
    assert [brief.number for brief in index.page(start=-1, size=1)] == [1]


def test_a_list_shows_errors_first_and_the_beginning_of_the_output(index):
    first, _, third, _ = index.page()
    assert (first.codes, first.score, first.id, first.row) == (("GRM001", "TON001"), 50.0, "a", 2)
    assert (third.opening, third.score, third.passed) == ("x" * 200, None, False)
    assert [brief.number for brief in index.briefs([4, 9, 1])] == [4, 1]


def test_an_entry_is_the_row_as_it_was_with_its_findings(index):
    for number, row in enumerate([one for of in ROWS.values() for one in of], 1):
        entry = index.entry(number)
        assert entry.row == row.row
        assert [as_json(one) for one in entry.findings] == row.findings
        assert (entry.score, entry.criteria, entry.content) == (
            row.marks["score"],
            row.marks["criteria"],
            content(row.row),
        )
        assert index.find(entry.key) == entry
    assert index.entry(0) is index.entry(5) is None


def test_rows_of_one_id_are_told_apart_and_groups_too(index):
    keys = dict(index.keys())
    assert keys == {
        1: RowKey("g001", ref("a")), 2: RowKey("g001", ref("a", 2)),
        3: RowKey("g002", ref("a")), 4: RowKey("g002", ref("=b")),
    }  # fmt: skip
    assert index.find(RowKey("g003", ref("a"))) is index.find(RowKey("g001", "no hash")) is None


def test_the_totals_count_rows_scores_rules_and_labels(index):
    totals = index.totals()
    assert (totals.rows, totals.passing, totals.unscored) == (4, 1, 1)
    assert totals.mean_score == pytest.approx(160 / 3)
    assert totals.bins == (0, 1, 0, 0, 0, 1, 0, 0, 0, 1)
    rules = [(one.code, one.criterion, one.severity, one.findings, one.rows) for one in totals.rules]
    assert rules == [("GRM001", "grammar", "error", 2, 1), ("TON001", "tone", "warning", 2, 2)]
    assert totals.labels == {"grammar": 2, "": 1, ODD: 1}
    assert totals.modes == {
        ("grammar", "grammar"): 1, ("grammar", "tone"): 2, ("", ""): 1, (ODD, ""): 1,
    }  # fmt: skip


def test_the_totals_of_nothing_are_not_nought(index):
    totals = index.totals(Filter(text="nowhere"))
    assert (totals.rows, totals.mean_score, totals.rules, totals.bins) == (0, None, (), (0,) * 10)


def test_groups_have_their_own_numbers(index):
    one, other = index.groups()
    assert (one.key, one.label, one.rows, one.passing, one.mean_score, one.hand_in) == (
        "g001",
        "Group g001",
        2,
        1,
        75.0,
        "v1",
    )
    assert (other.rows, other.mean_score) == (2, 10.0)


def test_what_it_was_made_from_is_kept(index):
    about = index.about()
    assert (about.path, about.guide, about.verdict, about.findings[0].code) == (
        "data.csv",
        "chat",
        {"passed": False},
        "TON001",
    )


def test_groups_that_did_not_change_are_taken_over_under_new_numbers(index, tmp_path):
    again = tmp_path / "again.sqlite3"
    changed = {"g001": ROWS["g001"][:1], "g002": ROWS["g002"], "g005": ROWS["g001"]}
    new = [replace(part, rows=None) if part.key == "g002" else part for part in parts(changed)]
    building.build(again, About("", ""), new, earlier=index.path)
    whole = tmp_path / "whole.sqlite3"
    building.build(whole, About("", ""), parts(changed))
    one, other = Index(again), Index(whole)
    assert one.groups() == other.groups()
    assert one.totals() == other.totals()
    assert one.page() == other.page()
    assert [one.entry(number) for number in range(1, 6)] == [other.entry(number) for number in range(1, 6)]
    for text in ("x", "100%", "hi"):
        assert found(one, text=text) == found(other, text=text)
    assert found(one, codes=("TON001",)) == [1, 2, 4]


def test_an_empty_table_is_an_index_too(tmp_path):
    building.build(tmp_path / "e.sqlite3", About("", ""), [])
    empty = Index(tmp_path / "e.sqlite3")
    assert (
        empty.groups(),
        empty.page(),
        empty.count(Filter(text="x", codes=("A",))),
        empty.totals().rows,
    ) == ((), (), 0, 0)


def test_nothing_is_left_of_an_index_that_could_not_be_made(tmp_path):
    def rows():
        for findings in numbered([as_json(GRAMMAR)], [3]):
            yield replace(ROWS["g002"][1], findings=findings)

    with pytest.raises(InputError, match="out of its place"):
        building.build(tmp_path / "x.sqlite3", About("", ""), [Part("", "", rows)])
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_index_is_said_to_be_so(tmp_path):
    (tmp_path / "x").write_bytes(b"no database, though it is long enough to be taken for one" * 99)
    for path in (tmp_path / "x", tmp_path / "gone"):
        with pytest.raises(HardwareError, match="cannot be read"):
            Index(path).about()


def test_nobody_can_write_in_it(index):
    with pytest.raises(HardwareError), storage.reading(index.path) as db:
        db.execute("DELETE FROM row")
    with pytest.raises(sqlite3.ProgrammingError):
        db.execute("SELECT 1")  # closed


def test_old_indexes_go_when_there_are_too_many_but_none_that_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv("PROOFGATE_CACHE", str(tmp_path))
    folder = storage.folder()
    paths = [folder / f"{name}{storage.SUFFIX}" for name in "abcd"]
    for age, path in enumerate(paths):
        path.write_bytes(b"x" * 100)
        storage.os.utime(path, (age, age))
    assert storage.used(paths[2])  # as another dashboard would, whose pages ask it again and again
    storage.os.utime(paths[2], (0, 0))
    storage.clear_old(most_bytes=250)
    assert [path.exists() for path in paths] == [False, False, True, True]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert not storage.used(paths[1])
    for number in range(storage.MOST_IN_USE):
        other = folder / f"later{number}{storage.SUFFIX}"
        other.write_bytes(b"")
        assert storage.used(other)
    storage.os.utime(paths[2], (0, 0))
    storage.clear_old(most_bytes=100)
    assert [path.exists() for path in paths[2:]] == [False, True]


def test_a_cache_may_be_named_from_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PROOFGATE_CACHE", "cache")
    path = storage.folder() / "x"
    building.build(path, About("", ""), parts())
    monkeypatch.chdir("/")
    assert Index(path).count() == 4


def test_many_rows_are_read_at_once(index):
    assert list(index.entries([4, 1, 9, 1])) == [index.entry(1), index.entry(4)]
    assert list(index.entries([])) == []


def test_a_row_that_cannot_be_unpacked_is_said_to_be_damaged(index):
    with closing(sqlite3.connect(index.path)) as db, db:
        db.execute("UPDATE entry SET body = substr(body, 1, 20)")
    with pytest.raises(HardwareError, match="cannot be read"):
        index.entry(1)
