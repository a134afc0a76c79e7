"""What records tell of a fine-tune, honest and hostile ones."""

import json

import pytest

from dashboard.answers import curve, runs
from quality import lineage
from quality.errors import InputError
from quality.lineage import Bundle
from tests import recorded_run


def test_a_finished_run_is_told_whole(tmp_path):
    run = runs.of_folder(recorded_run.folder(tmp_path / "RUN"))
    assert (run.losses, run.steps, run.final_loss) == (recorded_run.LOSSES, 12, recorded_run.LOSSES[-1][1])
    assert [step for step, _ in run.smooth] == [step for step, _ in run.losses]
    assert run.smooth[-1][1] > run.final_loss  # it leans on the higher losses before
    assert (run.rows_used, run.gate.rows, run.troubles) == (3, 5, ())
    assert [row for row, _ in run.dropped] == ["4", "6"]
    told = {(part, name): value for part, name, value in run.settings}
    assert told["schedule", "answer_tokens p50"] == "9"
    assert told["recipe", "budget_min"] == "–"
    assert told["versions", "torch"] == "2.9.0"


def test_an_unfinished_run_shows_what_there_is(tmp_path):
    run = runs.of_folder(recorded_run.folder(tmp_path / "RUN", record=False))
    assert (run.record, run.steps, run.rows_used) == (None, 12, None)
    assert "not finished" in run.troubles[0]


def test_a_changed_record_is_named_and_not_believed(tmp_path):
    folder = recorded_run.folder(tmp_path / "RUN")
    record = folder / "run.json"
    record.write_text(record.read_text().replace("T4", "H100"))
    run = runs.of_folder(folder)
    assert run.record is None
    assert "changed after it was written" in run.troubles[0]


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(InputError, match="not the folder of a run"):
        runs.of_folder(tmp_path)


def test_a_notebook_tells_the_same_run(tmp_path):
    run = runs.of_notebook("g001", recorded_run.notebook(tmp_path / "n.ipynb"))
    assert (run.name, run.losses, run.rows_used) == ("g001", recorded_run.LOSSES, 3)
    assert run.settings == runs.of_folder(recorded_run.folder(tmp_path / "RUN")).settings


def test_the_side_file_of_predictions_tells_it_too(tmp_path):
    predictions = tmp_path / "p.csv"
    assert runs.of_side_file(predictions) is None
    lineage.write_bundle(lineage.side_file(predictions), Bundle(run=recorded_run.run()))
    assert runs.of_side_file(predictions).losses == recorded_run.LOSSES


@pytest.mark.parametrize(
    "body",
    [
        {"format": 1, "kind": "lineage", "run": {"losses": "x"}},
        {"format": 1, "kind": "lineage", "gate": [1], "run": 7, "predictions": "no"},
        {"format": 1, "kind": "lineage"},
        {"format": 2, "kind": "lineage"},
        [],
    ],
)
def test_no_record_of_any_shape_breaks_the_page(tmp_path, body):
    run = runs.of_notebook("g001", recorded_run.with_output(tmp_path / "n.ipynb", body))
    assert (run.record, run.losses) == (None, ())
    assert run.troubles


def test_a_notebook_that_is_none_is_said(tmp_path):
    path = tmp_path / "n.ipynb"
    path.write_bytes(b"\xff\x00 no notebook")
    assert runs.of_notebook("g001", path).troubles
    assert runs.of_notebook("g001", tmp_path / "none.ipynb").troubles


def test_hostile_numbers_never_reach_a_chart(tmp_path):
    losses = ((-1, 1.0), (1, 1.0), (2, 1e300), (3, 2.0), (10**30, 1.0))
    path = recorded_run.notebook(tmp_path / "n.ipynb", losses=losses, recipe={"x": 10**300}, used=(2, 10**40))
    run = runs.of_notebook("g001", path)
    assert run.losses == ((1, 1.0), (3, 2.0))
    assert ("recipe", "x", "beyond all measure") in run.settings
    assert runs.rows_in_words(run.record.used) == "2"
    assert runs.points([(1, float("nan")), (2, float("inf")), (3, 1.0)]) == ((3, 1.0),)


def test_long_curves_are_thinned_with_both_ends():
    told = runs.points((step, 1.0) for step in range(1, 250_001))
    assert len(told) <= runs.MOST_POINTS
    assert (told[0][0], told[-1][0]) == (1, 250_000)


def test_rows_are_told_as_spans():
    assert runs.rows_in_words([5, 2, 3, 4, 9]) == "2-5, 9"


def test_the_curves_hold_numbers_and_our_own_names_only(tmp_path):
    run = runs.of_folder(recorded_run.folder(tmp_path / "RUN"))
    one, several = (json.dumps(chart.to_dict()) for chart in (curve.of_one(run), curve.of_several([run] * 2)))
    assert "smoothed" in one
    assert "img" not in one + several
