"""Many tables of one sheet: what is found out once changes no report."""

from dataclasses import replace

import pytest

from quality import guide, measure, run, table
from quality.memo import Memo
from quality.plan import Request
from quality.workers import keeping

GUIDE = guide.load()
HEADER = "id,instruction,output,fail_mode\n"
PROMPTS = [f"Why is number {n} a nice number?" for n in range(1, 7)]
FAULTY = [
    f"Number {n} are nice becuase it divide well by {n} and by one, as all number does." for n in range(1, 7)
]
MENDED = [
    f"Number {n} is nice because it divides well by {n} and by one, as all numbers do." for n in range(1, 7)
]


@pytest.fixture(autouse=True)
def _one_worker():
    with keeping():
        yield


def read(path, outputs, label):
    rows = [
        f'r{n},{prompt},"{output}",{label}\n'
        for n, (prompt, output) in enumerate(zip(PROMPTS, outputs, strict=False), 1)
    ]
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return table.read(path)


@pytest.fixture
def sheet(tmp_path):
    return read(tmp_path / "sheet.csv", FAULTY, "")


@pytest.fixture
def requests(tmp_path, sheet):
    """Tables that share all, some and none of their corrections; one lacks rows, one has them in another order."""
    mixed = [*MENDED[:3], *FAULTY[3:]]
    tables = [
        read(tmp_path / "a.csv", MENDED, "grammar"),
        read(tmp_path / "b.csv", mixed, "grammar"),
        read(tmp_path / "c.csv", MENDED[:2], "tone"),
        read(tmp_path / "d.csv", FAULTY, "none"),
    ]
    turned = replace(tables[0], rows=tuple(reversed(tables[0].rows)))
    return [
        Request(table=table.with_originals(one, sheet), guide=GUIDE, sheet=sheet, workers=1)
        for one in (*tables, turned, tables[0])
    ]


def plain(report):
    return replace(report, outcomes=tuple(replace(one, seconds=0.0) for one in report.outcomes))


def test_a_memo_changes_no_report(requests):
    memo = Memo()
    assert [plain(run.check(one, memo=memo)) for one in requests] == [
        plain(run.check(one)) for one in requests
    ]
    assert memo.corrections
    assert memo.originals


def test_another_sheet_or_selection_starts_it_anew(requests):
    memo = Memo()
    run.check(requests[0], memo=memo)
    narrowed = replace(requests[0], codes=frozenset({"REP001", "EDT001"}))
    assert plain(run.check(narrowed, memo=memo)) == plain(run.check(narrowed))
    assert plain(run.check(requests[0], memo=memo)) == plain(run.check(requests[0]))


def test_what_filling_measured_is_not_measured_again(requests, monkeypatch, tmp_path):
    monkeypatch.setenv("PROOFGATE_CACHE", str(tmp_path / "cache"))
    seen = []
    run.fill(iter(requests), lambda done, total: seen.append((done, total)))
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1] > 0

    def never(*_, **__):
        raise AssertionError("measured again")

    monkeypatch.setattr(measure, "measure_in_workers", never)
    for one in requests:
        assert all(not outcome.failed for outcome in run.check(one).outcomes)
    run.fill(iter(requests))


def test_filling_without_a_cache_or_without_tables_does_nothing(requests, monkeypatch):
    def never(*_, **__):
        raise AssertionError("measured for nothing")

    monkeypatch.setattr(measure, "measure_in_workers", never)
    run.fill([])
    run.fill([replace(requests[0], cache=False)])
