"""What the quality rules say of predictions, alone and against the base's own."""

import json
from pathlib import Path

import jsonschema
import pytest

import quality.reports
from finetune.prediction import answers, review
from quality.config import Settings
from quality.model import Row
from tests.sentences import CLEAN

SCHEMA = json.loads((Path(quality.reports.__file__).parent / "schema.json").read_text())
BROKEN = "this are the the answer answer and it is is bad bad writed"
QUESTIONS = [
    "Which city is the capital of France?",
    "At which temperature does water boil?",
    "What is a bicycle made of?",
]


def reviewed(tuned, base=None, settings=None):
    rows = [Row(at + 2, at + 2, f"t{at}", text, "") for at, text in enumerate(QUESTIONS)]
    content = answers.as_csv(rows, dict(enumerate(tuned)), None if base is None else dict(enumerate(base)))
    notes = []
    found = review.review(
        content,
        Path("out/predictions.csv"),
        settings or Settings(),
        with_base=base is not None,
        progress=lambda done, total: None,
        note=notes.append,
    )
    return found, json.loads(review.as_json(found))


@pytest.fixture(scope="module")
def both():
    return reviewed(CLEAN[:3], [BROKEN, CLEAN[1], BROKEN])


def test_it_lies_beside_the_predictions():
    assert review.beside(Path("runs/predictions.csv")) == Path("runs/predictions.quality.json")


def test_both_reports_are_those_of_the_contract(both):
    _, body = both
    assert list(body) == ["format", "tuned", "base", "comparison"]
    for side in ("tuned", "base"):
        jsonschema.validate(body[side], SCHEMA)
        assert [row["id"] for row in body[side]["rows"]] == ["t0", "t1", "t2"]
        assert body[side]["data"]["path"] == "out/predictions.csv"


def test_the_better_side_is_seen(both):
    found, body = both
    compared = body["comparison"]
    assert (compared["better"], compared["worse"], compared["equal"]) == (2, 0, 1)
    assert compared["passing"] == {"tuned": 3, "base": 1}
    assert compared["mean_score"]["tuned"] > compared["mean_score"]["base"]
    said = review.summary(found)
    assert "rows that pass  100.0%  33.3%" in said
    assert "better in 2 rows, worse in 0, equal in 1" in said
    assert "it wins 100% of those that differ (95% interval 34% to 100%" in said


def test_no_label_is_asked_of_a_model(both):
    _, body = both
    codes = {finding["code"] for finding in body["tuned"]["findings"]}
    assert not any(code.startswith("LBL") for code in codes)


def test_without_the_base_there_is_nothing_to_compare():
    found, body = reviewed([CLEAN[0], "", BROKEN])
    assert body["base"] is None
    assert body["comparison"] is None
    assert [row["passed"] for row in body["tuned"]["rows"]] == [True, False, False]
    said = review.summary(found)
    assert "1 of 3 rows pass" in said
    assert "CSV004 1" in said


def test_the_settings_selection_holds_and_is_said():
    found, body = reviewed([BROKEN, "", BROKEN], settings=Settings(select=("CSV",)))
    assert [finding["code"] for finding in body["tuned"]["findings"]] == ["CSV004"]
    assert "left out by --select or --ignore" in review.summary(found)
