"""Where predictions come from, in one word and link by link."""

import pytest

from dashboard.answers import origins
from finetune.prediction import answers
from quality import lineage, table
from quality.lineage import Bundle, PredictionRecord, Version
from quality.model import Fingerprint
from tests import answered, recorded_run


@pytest.fixture
def recorded(file_site, tmp_path):
    """A file's site with predictions and the records that `finetune predict` writes beside them."""
    site = answered.with_predictions(file_site, tmp_path)
    path = site.named.predictions
    data = Version.of(table.read(file_site.file.options.data, labels_required=False))
    gate = recorded_run.gate(
        fingerprint=Fingerprint(data.data, data.file, *"cde"), inputs={"data": data.name}
    )
    run = recorded_run.run(gate, data=data)
    written, base = (
        Version.of(answers.parsed(path.read_bytes(), path, name))
        for name in (answers.PREDICTION, answers.BASE)
    )
    made = PredictionRecord(
        run=lineage.run_record_sha256(run),
        base=run.base,
        base_sha256=run.base_sha256,
        adapter_sha256=run.adapter_sha256,
        test=Version("test.csv", "x", "y"),
        predictions=written,
        rows=len(answered.IDS),
        decoding={},
        cut=(),
        unanswered=(),
        trained_on=(),
        with_base=True,
        versions={},
        device="cpu",
        base_predictions=base,
    )
    lineage.write_bundle(lineage.side_file(path), Bundle(gate, run, made))
    return site


def test_files_that_belong_together_are_consistent_and_what_is_missing_is_said(recorded):
    chain = origins.chain(recorded, "")
    assert chain.state == origins.CONSISTENT
    states = {link.name: str(link.state) for link in chain.links}
    assert states["data ↔ gate record"] == states["predictions ↔ prediction record"] == "consistent"
    assert states["test file ↔ prediction record"] == "not checked"
    assert "not checked" in chain.words


def test_edited_predictions_break_the_chain(recorded, tmp_path):
    answered.with_predictions(recorded, tmp_path, first="Edited by hand.")
    chain = origins.chain(recorded, "")
    assert chain.state == origins.BROKEN
    assert "1 broken" in chain.words


@pytest.mark.parametrize("text", ["{}", "no json", '{"format": 1, "kind": "lineage"}'])
def test_a_side_file_without_records_says_nothing_either_way(recorded, text):
    lineage.side_file(recorded.named.predictions).write_text(text)
    chain = origins.chain(recorded, "")
    assert (chain.state, chain.links) == (origins.NOT_GIVEN, ())
    assert chain.why


@pytest.mark.parametrize("state", ["verified", "", None, "consistent"])
def test_a_document_says_one_of_three_things(state):
    link = {"name": "data ↔ gate record", "state": "consistent", "detail": ""}
    chain = origins.of_document({"state": state, "links": [link, {"name": "x", "state": "odd"}]})
    assert chain.state == (state if state == origins.CONSISTENT else origins.NOT_GIVEN)
    assert len(chain.links) == 1


def test_a_hand_in_that_nobody_looked_at_says_so():
    assert "grading run" in origins.of_document(None).why
