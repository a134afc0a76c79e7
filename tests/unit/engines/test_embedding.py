"""The packaged embedding model: what it gives, and what a run without it says."""

import pytest

from quality import gate, guide, plan, run, table
from quality.engines import embedding
from quality.errors import EngineUnavailable
from quality.model import INPUT_NOT_GIVEN, Status

GUIDE = guide.load()
HEADER = "id,instruction,output,fail_mode\n"


@pytest.fixture
def request_of_rows(tmp_path):
    lines = [f"r{n},Name planet number {n}.,Planet number {n} is a fine planet.,none\n" for n in range(1, 31)]
    path = tmp_path / "data.csv"
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    codes = frozenset({"ASK030", "ASK031"})
    return plan.Request(table=table.read(path), guide=GUIDE, codes=codes, workers=1)


def test_vectors_are_whole_numbers_and_survive_texts_without_words():
    vector = embedding.embed("Glaciers carve valleys.")
    assert len(vector) == embedding.LENGTH
    assert max(map(abs, vector)) == 127
    assert embedding.embed("") == [0] * embedding.LENGTH
    assert embedding.unit([[0] * embedding.LENGTH]).sum() == 0
    assert embedding.unit([]).shape == (0, embedding.LENGTH)


def test_like_meanings_are_near():
    texts = ("How do I train a puppy?", "Teaching a young dog", "Interest rates rose again")
    puppy, dog, bank = embedding.unit([embedding.embed(text) for text in texts])
    assert puppy @ dog > puppy @ bank + 0.2


def test_with_the_model_the_rule_runs_and_its_version_counts(request_of_rows):
    planned = plan.plan(request_of_rows)
    (check,) = [check for check in planned.active if check.family == "off_topic_semantic"]
    assert check.engine_version().startswith("wordllama ")


def test_without_the_model_the_gate_is_not_refused_for_it(request_of_rows, monkeypatch):
    monkeypatch.setattr(embedding, "find_spec", lambda name: None)
    with pytest.raises(EngineUnavailable, match="embedding"):
        embedding.version()
    report = run.check(request_of_rows)
    (outcome,) = [outcome for outcome in report.outcomes if outcome.code == "ASK031"]
    assert (outcome.status, outcome.detail) == (Status.NOT_REQUESTED, INPUT_NOT_GIVEN["embedding"])
    verdict = gate.decide(report, GUIDE, {code: rule.criterion for code, rule in plan.rules().items()})
    assert INPUT_NOT_GIVEN["embedding"] in verdict.notes
    assert not any("ASK031" in reason or "embedding" in reason for reason in verdict.reasons)
