"""Rows put to a real server on this machine."""

import threading
import zlib
from dataclasses import replace

import pytest

from quality import guide
from quality.cache import open_cache
from quality.errors import ConfigError
from quality.guide import Threshold
from quality.llm_judge import rounds
from quality.llm_judge.consult import consult
from quality.llm_judge.endpoint import KEY, Endpoint
from quality.model import Opinion, Remark, Row
from tests.judge_server import JudgeServer, Said, faults, message

SHIPPED = guide.load()
GUIDE = replace(
    SHIPPED,
    thresholds={
        **SHIPPED.thresholds,
        "llm_judge.first_wait_s": Threshold(0.01, "seconds", "this test"),
        "llm_judge.timeout_s": Threshold(5, "seconds", "this test"),
    },
)
ROWS = [Row(n, n, f"r{n}", f"Name the number {n}.", f"It is {n}.") for n in range(2, 12)]


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("PROOFGATE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv(KEY, raising=False)
    server = JudgeServer()
    yield server
    server.close()


def asked_of(server, rows=ROWS, *, budget=500, jobs=4, cache=True, notes=None, progress=None):
    endpoint = Endpoint(server.url, "small", budget, jobs)
    with open_cache(cache) as kept:
        note = (notes if notes is not None else []).append
        return consult(rows, GUIDE, endpoint, kept, note, progress or (lambda done, total: None))


def wrong(asked):
    """A judge that finds the number wrong in every answer."""
    number = asked.record["answer"].split()[-1].rstrip(".")
    return faults(("factual", number, f"It is not {number}."))


def test_every_row_has_its_opinion(server):
    server.answer = wrong
    said = asked_of(server)
    assert said.gone == ""
    for row in ROWS:
        number = str(row.row)
        expected = Remark("factual", f"It is not {number}.", 6, 6 + len(number))
        assert said.opinions[row.texts] == Opinion((expected,))
    assert len(server.asked) == len(ROWS)


def test_the_same_record_is_asked_once(server):
    twins = [replace(row, row=row.row + 100, id=f"twin{row.row}") for row in ROWS]
    assert len(asked_of(server, [*ROWS, *twins]).opinions) == len(ROWS)
    assert len(server.asked) == len(ROWS)
    asked_of(server, [replace(ROWS[0], context=("Earlier.",))])
    assert len(server.asked) == len(ROWS) + 1, "another conversation is another record"


def test_a_second_run_asks_nothing_and_says_the_same(server):
    server.answer = wrong
    first = asked_of(server)
    before = len(server.asked)
    assert asked_of(server) == first
    assert len(server.asked) == before
    server.close()
    assert asked_of(server) == first, "nor does it need the judge"


def test_without_the_cache_it_is_asked_again(server):
    asked_of(server, cache=False)
    asked_of(server, cache=False)
    assert len(server.asked) == 2 * len(ROWS)


@pytest.mark.parametrize("named", [{"model": "large"}, {"url": "http://localhost:{port}/v1"}])
def test_another_judge_is_another_opinion(server, named):
    asked_of(server)
    endpoint = replace(
        Endpoint(server.url, "small"), **{k: v.format(port=server.port) for k, v in named.items()}
    )
    with open_cache() as cache:
        consult(ROWS[:1], GUIDE, endpoint, cache, print, lambda done, total: None)
    assert len(server.asked) == len(ROWS) + 1


def test_however_many_are_asked_at_once_the_opinions_are_the_same(server):
    def answer(asked):
        number = int(asked.record["answer"].split()[-1].rstrip("."))
        if number == 5:
            return message("no JSON at all")
        return Said(500) if number == 7 else wrong(asked)

    server.answer = answer
    alone = asked_of(server, jobs=1, cache=False)
    assert server.most_at_once == 1
    server.answer = lambda asked: replace(answer(asked), delay_s=0.05)
    together = asked_of(server, jobs=8, cache=False)
    assert 1 < server.most_at_once <= 8
    assert together == alone
    assert list(together.opinions) == list(alone.opinions)
    assert "JSON" in alone.opinions[ROWS[3].texts].missing
    assert "HTTP 500" in alone.opinions[ROWS[5].texts].missing


@pytest.mark.parametrize("cached", [False, True])
def test_the_budget_falls_on_the_first_rows(server, cached):
    if cached:
        asked_of(server, ROWS[5:])
    server.asked.clear()
    notes = []
    said = asked_of(server, budget=3, notes=notes)
    assert {a.record["answer"] for a in server.asked} == {row.output for row in ROWS[:3]}
    missing = {row.row for row in ROWS if said.opinions[row.texts].missing}
    assert missing == {row.row for row in ROWS[3:]}
    assert "raise --judge-budget to 10" in said.opinions[ROWS[3].texts].missing
    assert any("7 of 10 answers are not put to the judge" in note for note in notes)


def test_what_is_garbled_is_asked_once_more_within_the_budget(server):
    seeds = {}

    def answer(asked):
        seeds.setdefault(asked.record["answer"], []).append(asked.body["seed"])
        return wrong(asked) if len(seeds[asked.record["answer"]]) > 1 else message("Hm.")

    server.answer = answer
    said = asked_of(server, budget=12, jobs=1)
    assert len(server.asked) == 12
    answered = [row.row for row in ROWS if not said.opinions[row.texts].missing]
    assert answered == [2, 3]
    assert "name a model that keeps to a JSON schema" in said.opinions[ROWS[2].texts].missing


def test_garbled_twice_is_unmeasured_and_asked_no_more(server):
    server.answer = lambda asked: message("This answer is correct.")
    said = asked_of(server)
    assert len(server.asked) == 2 * len(ROWS)
    assert all(opinion.missing for opinion in said.opinions.values())
    assert said.gone


def test_failures_are_not_kept(server):
    server.answer = lambda asked: Said(500)
    assert asked_of(server).gone
    server.answer = wrong
    assert not any(opinion.missing for opinion in asked_of(server).opinions.values())


def test_a_judge_that_is_not_there_is_asked_once(server):
    server.close()
    said = asked_of(server)
    assert "cannot be reached" in said.gone
    assert "leave --judge out" in said.gone
    assert {opinion.missing for opinion in said.opinions.values()} == {said.gone}


def test_a_judge_that_goes_away_is_not_asked_for_ever(server):
    rows = [Row(n, n, f"r{n}", "Count.", f"It is {n}.") for n in range(2, 202)]
    server.answer = lambda asked: wrong(asked) if len(server.asked) < 20 else Said(404)
    said = asked_of(server, rows, jobs=1)
    assert said.gone == ""
    assert [bool(said.opinions[row.texts].missing) for row in rows] == [False] * 19 + [True] * 181
    assert len(server.asked) <= 21


def test_a_judge_that_stays_busy_is_left_after_some_failures(server):
    server.answer = lambda asked: wrong(asked) if len(server.asked) == 1 else Said(503)
    rows = [Row(n, n, f"r{n}", "Count.", f"It is {n}.") for n in range(2, 102)]
    said = asked_of(server, rows, jobs=1)
    assert len(server.asked) <= 1 + 4 * (rounds.MOST_FAILURES + 1)
    assert sum(bool(o.missing) for o in said.opinions.values()) == 99


def test_empty_and_endless_answers_are_not_put_to_the_judge(server):
    empty, endless = replace(ROWS[0], output=" \n"), replace(ROWS[1], output="a" * 20_001)
    said = asked_of(server, [empty, endless, ROWS[2]])
    assert len(server.asked) == 1
    assert said.opinions[empty.texts] == Opinion()
    assert "over 20,000 characters" in said.opinions[endless.texts].missing
    assert said.gone == ""


def test_where_there_is_nothing_to_ask_nobody_is_asked(server):
    server.close()
    assert asked_of(server, []).gone == ""
    assert asked_of(server, [replace(ROWS[0], output="")]).gone == ""


def test_ctrl_c_keeps_what_was_answered(server):
    server.answer = wrong

    def interrupt(done, total):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked_of(server, jobs=1, progress=interrupt)
    server.asked.clear()
    asked_of(server, jobs=1)
    assert 1 <= len(server.asked) <= 6
    assert not any(thread.name == "judge" and thread.is_alive() for thread in _later())


def _later():
    """The threads that are left when those that were told to end have had the time to."""
    for thread in threading.enumerate():
        if thread.name == "judge":
            thread.join(5)
    return threading.enumerate()


def test_progress_counts_what_is_asked(server):
    seen = []
    asked_of(server, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(n, len(ROWS)) for n in range(len(ROWS) + 1)]
    asked_of(server, progress=lambda done, total: pytest.fail("nothing is asked"))


def test_a_host_elsewhere_is_named_before_anything_goes_there():
    notes = []

    twin = replace(ROWS[0], row=99)
    with open_cache(False) as cache:
        consult(
            [*ROWS, twin],
            GUIDE,
            Endpoint("http://judge.invalid:9/v1", "small"),
            cache,
            notes.append,
            lambda done, total: None,
        )
    assert notes[0] == (
        "the texts of 11 rows go to judge.invalid:9, unencrypted, for its model small to judge"
    )


def test_a_key_in_the_clear_is_refused_before_anything_goes_out(monkeypatch):
    monkeypatch.setenv(KEY, "sk-secret")
    with open_cache(False) as cache, pytest.raises(ConfigError, match="unencrypted"):
        consult(ROWS, GUIDE, Endpoint("http://judge.invalid:9/v1", "small"), cache, print, print)
    monkeypatch.delenv(KEY)


def test_neither_key_nor_text_is_in_the_cache_file(server, tmp_path, monkeypatch):
    monkeypatch.setenv(KEY, "sk-very-secret-123")
    server.answer = lambda asked: faults(("tone", "", "The key is sk-very-secret-123."))
    asked_of(server)
    assert server.asked[0].headers["Authorization"].endswith("sk-very-secret-123")
    with open_cache() as cache:
        (path,) = (tmp_path / "cache").glob("*.sqlite3")
        rows = cache._connection.execute("SELECT key, value FROM measurements").fetchall()
    said = b"".join(zlib.decompress(value[4:]) for _, value in rows)
    assert b"[key]" in said
    assert b"sk-very-secret" not in said
    assert b"It is 2" not in said
    assert b"sk-very-secret" not in path.read_bytes()
