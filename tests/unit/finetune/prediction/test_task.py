"""How many tokens, how many rows at once, and where predictions may go."""

from dataclasses import replace
from pathlib import Path

import pytest

from finetune.base_model.shapes import KNOWN
from finetune.hardware import machine
from finetune.hardware.machine import Device, Gpu
from finetune.hardware.memory import GIB
from finetune.prediction import journal
from finetune.prediction import progress as predict_progress
from finetune.prediction import task as predict_task
from finetune.prediction.task import Place
from finetune.run_folder import RunFolder
from quality import lineage
from quality.config import Settings
from quality.errors import ConfigError, HardwareError, InputError
from tests.unit.lineage.chains import BUNDLE


@pytest.mark.parametrize(("p99", "cap"), [(None, 512), (1, 16), (16, 16), (17, 32), (200, 208)])
def test_the_usual_cap_is_what_the_trained_answers_had(p99, cap):
    assert predict_task.usual_cap(p99) == cap


def t4(free_gib):
    gpu = Gpu("Tesla T4", int(14.56 * GIB), int(free_gib * GIB), (7, 5))
    return Place(replace(machine.look(Path()), gpus=(gpu,)), Device("cuda", "float16"))


def test_as_many_rows_as_fit_on_the_card():
    llama = KNOWN["meta-llama/Llama-2-7b-hf"].shape
    fits = predict_task.rows_at_once(llama, 16, t4(14.4), 640, 128)
    assert 16 <= fits <= 24
    assert predict_task.rows_at_once(llama, 16, t4(14.4), 100, 64) == predict_task.MOST_ROWS["cuda"]
    assert predict_task.rows_at_once(llama, 16, t4(8), 640, 128) < fits


def test_fixed_segments_leave_room_for_fewer():
    llama = KNOWN["meta-llama/Llama-2-7b-hf"].shape
    fixed = replace(t4(14.4), expandable=False)
    assert predict_task.rows_at_once(llama, 16, fixed, 640, 128) < predict_task.rows_at_once(
        llama, 16, t4(14.4), 640, 128
    )


def test_a_card_without_room_for_one_row_is_said():
    llama = KNOWN["meta-llama/Llama-2-7b-hf"].shape
    with pytest.raises(HardwareError, match=r"Tesla T4 has 3\.0 of 14\.6 GiB free") as caught:
        predict_task.rows_at_once(llama, 16, t4(3), 640, 128)
    assert "other processes" in caught.value.remedy


@pytest.fixture
def place(tmp_path):
    (tmp_path / "run" / "adapter").mkdir(parents=True)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "test.csv").write_text("id,instruction\n1,Why?\n")
    (tmp_path / "run" / "run.json").write_text("{}")
    return tmp_path


def demand(place, out, source=None):
    settings = Settings(source=source)
    predict_task.demand_targets(out, place / "test.csv", RunFolder(place / "run"), settings)


@pytest.mark.parametrize("name", ["predictions.csv", "test.quality.csv", "run/predictions.csv"])
def test_a_free_place_is_fine(place, name):
    demand(place, place / name)
    assert not (place / name).exists()


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("test.csv", "the test file"),
        ("./run/../test.csv", "the test file"),
        ("run/loss.csv", "the loss log"),
        ("run/adapter/p.csv", "`adapter`"),
    ],
)
def test_no_input_is_overwritten(place, name, taken):
    with pytest.raises(ConfigError) as caught:
        demand(place, place / name)
    assert taken in caught.value.what
    assert caught.value.remedy


def test_what_is_written_beside_overwrites_no_input_either(place):
    for name in ("p.csv.lineage.json", "p.csv.part.jsonl", "p.csv.part.jsonl.lock"):
        (place / name).write_text("{}")
        with pytest.raises(ConfigError, match="the settings"):
            demand(place, place / "p.csv", place / name)


@pytest.mark.parametrize("name", ["p.jsonl", "p.parquet", "p", "run/run.json"])
def test_a_name_that_is_no_csv_is_refused_before_the_work(place, name):
    with pytest.raises(ConfigError, match="written as CSV"):
        demand(place, place / name)


@pytest.mark.parametrize("name", ["no/folder/p.csv", "folder.csv"])
def test_a_place_that_takes_no_file_is_said(place, name):
    with pytest.raises(InputError):
        demand(place, place / name)


def test_an_existing_file_is_replaced_only_where_it_was_predicted(place):
    out = place / "p.csv"
    out.write_text("my own work")
    with pytest.raises(ConfigError, match="is not what `finetune predict` wrote"):
        demand(place, out)
    journal.beside(out).touch()
    demand(place, out)
    journal.beside(out).unlink()
    lineage.write_bundle(lineage.side_file(out), BUNDLE)
    demand(place, out)
    lineage.write_bundle(lineage.side_file(out), replace(BUNDLE, predictions=None))
    with pytest.raises(ConfigError, match="is not what `finetune predict` wrote"):
        demand(place, out)


def test_a_device_cannot_be_gone_on_with(place):
    with pytest.raises(InputError, match="not a file"):
        demand(place, Path("/dev/null"))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((0, 200, 0, 0.0), "0 of 200 predictions"),
        ((48, 200, 48, 24.0), "48 of 200 predictions · 2.0 a second · 76 s left"),
        ((1100, 2000, 100, 400.0), "1,100 of 2,000 predictions · 4.0 s each · 60 min left"),
        ((200, 200, 152, 76.0), "200 of 200 predictions · 2.0 a second"),
    ],
)
def test_the_rate_counts_what_this_process_made(numbers, said):
    assert predict_progress.line(*numbers) == said


def test_without_a_terminal_there_are_lines(capsys):
    with predict_progress.predicting(4, every_s=0) as show:
        for done in (1, 3, 4):
            show(done)
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" · ")[0] for line in lines] == [
        "1 of 4 predictions",
        "3 of 4 predictions",
        "4 of 4 predictions",
    ]


def test_lines_come_seldom(capsys):
    with predict_progress.predicting(1000) as show:
        for done in range(1000):
            show(done)
    assert capsys.readouterr().err == ""
