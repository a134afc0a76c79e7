"""`finetune predict` from a finished run to predictions, records and review, as a user meets it.

The adapter, the 4-bit base and the rules are the real ones; a killed process is a real one too.
"""

import csv
import hashlib
import json
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from finetune.model import quantized
from finetune.prediction import generate, journal, review
from finetune.rows import prompt_template, tokenizer
from finetune.run_folder import RunFolder
from quality import lineage, table
from quality.errors import EngineUnavailable
from quality.lineage import AtHand, State, Version
from quality.table import Columns
from tests import finished_run, tiny_llama
from tests.command import finetune

ROWS = 12
BATCH = 4

KILLED = """
import os, signal, sys

from finetune.prediction import journal

batches = int(sys.argv[1])
real = journal.Journal.add


def add(self, answers):
    global batches
    real(self, answers)
    batches -= 1
    if not batches:
        os.kill(os.getpid(), signal.SIGKILL)


journal.Journal.add = add
sys.argv = ["finetune", *sys.argv[2:]]
from finetune.cli import main

main()
"""
"""`finetune`, killed right after so many batches are in the journal."""


@pytest.fixture(scope="module")
def questions():
    return tiny_llama.sentences(ROWS, 99)


@pytest.fixture(scope="module")
def place(tiny_base, tmp_path_factory, questions):
    """A finished run, a test file that shares one question with it, and settings with two quick rules."""
    folder = tmp_path_factory.mktemp("predict")
    finished_run.make(folder / "run", tiny_base, learned=(f"  {questions[3].upper()}",), p99=8)
    finished_run.write_questions(folder / "test.csv", questions)
    (folder / "quick.toml").write_text('select = ["CSV"]\n')
    return folder


def predict(place, out, *options, test="test.csv", run="run"):
    quick = ("--config", place / "quick.toml")
    return finetune("predict", place / test, "--run", place / run, "-o", out, *quick, *options)


@pytest.fixture(scope="module")
def done(place):
    """The whole test file, answered by the adapter and by the base alone."""
    ended = predict(place, place / "predictions.csv", "--compare-base", "--batch", BATCH)
    assert ended.returncode == 0, ended.stderr
    return ended


def cells(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_row_is_answered_in_the_files_order(done, place, questions):
    rows = cells(place / "predictions.csv")
    assert list(rows[0]) == ["id", "instruction", "prediction", "base_prediction"]
    assert [row["id"] for row in rows] == [f"t{number:03}" for number in range(1, ROWS + 1)]
    assert [row["instruction"] for row in rows] == questions
    assert len({row["prediction"] for row in rows}) > ROWS // 3
    assert not journal.beside(place / "predictions.csv").exists()
    assert done.stdout == ""
    assert f"{2 * ROWS} of {2 * ROWS} predictions" in done.stderr


@pytest.mark.usefixtures("done")
def test_the_bases_column_is_what_the_base_says_without_any_adapter(place, tiny_base, questions):
    words = tokenizer.load(tiny_base)
    template = prompt_template.of("tiny", finished_run.TEMPLATE)
    prompts = [prompt_template.prompt_ids(template, text, words) for text in questions]
    base = quantized.load(tiny_base, finished_run.CPU)
    found = generate.generate(base, prompts, pad=words.pad, eos=words.eos, max_new_tokens=16, batch_size=ROWS)
    alone = {one.index: words.decode(list(one.ids)).strip() for batch in found for one in batch}
    rows = cells(place / "predictions.csv")
    assert [row["base_prediction"] for row in rows] == [alone[at] for at in range(ROWS)]
    assert [row["prediction"] for row in rows] != [row["base_prediction"] for row in rows]


@pytest.mark.usefixtures("done")
def test_the_records_bind_the_predictions_to_the_run(place):
    bundle = lineage.read_bundle(lineage.side_file(place / "predictions.csv"))
    made = bundle.predictions
    read = table.read(place / "test.csv", Columns(output=None), labels_required=False)
    predictions = table.read(place / "predictions.csv", Columns(output="prediction"), labels_required=False)
    base = table.read(place / "predictions.csv", Columns(output="base_prediction"), labels_required=False)
    at_hand = AtHand(
        test=Version.of(read), predictions=Version.of(predictions), base_predictions=Version.of(base)
    )
    links = {link.name: link.state for link in lineage.links(bundle, at_hand)}
    for name in (
        "run record ↔ prediction record",
        "adapter and base ↔ prediction record",
        "test file ↔ prediction record",
        "predictions ↔ prediction record",
        "base's predictions ↔ prediction record",
    ):
        assert links[name] is State.CONSISTENT
    assert (made.rows, made.with_base, made.unanswered) == (ROWS, True, ())
    assert made.decoding["max_new_tokens"] == 16
    assert made.device == "cpu, float32"


def test_what_was_trained_on_is_said_and_recorded(done, place):
    made = lineage.read_bundle(lineage.side_file(place / "predictions.csv")).predictions
    assert made.trained_on == ("t004",)
    assert "1 row asks what the adapter was trained on" in done.stderr


def test_the_review_compares_tuned_and_base(done, place):
    body = json.loads((place / "predictions.quality.json").read_text())
    content = (place / "predictions.csv").read_bytes()
    for side in ("tuned", "base"):
        assert body[side]["data"]["sha256"] == hashlib.sha256(content).hexdigest()
        assert len(body[side]["rows"]) == ROWS
    assert body["comparison"]["rows"] == ROWS
    assert "predictions.quality.json" in done.stderr


@pytest.mark.usefixtures("done")
def test_the_same_command_again_makes_nothing_anew(place):
    before = (place / "predictions.csv").stat()
    (place / "predictions.quality.json").unlink()
    again = predict(place, place / "predictions.csv", "--compare-base", "--batch", 1)
    assert again.returncode == 0
    assert "holds these predictions already" in again.stderr
    assert (place / "predictions.csv").stat() == before
    assert (place / "predictions.quality.json").exists()


def other_questions(folder):
    finished_run.write_questions(folder / "test.csv", tiny_llama.sentences(ROWS, 98))


def edited_predictions(folder):
    path = folder / "p.csv"
    path.write_bytes(path.read_bytes().replace(b"t001", b"t999"))


def nothing(folder):
    pass


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize(
    ("change", "options"),
    [
        (other_questions, ["--compare-base"]),
        (edited_predictions, ["--compare-base"]),
        (nothing, []),
        (nothing, ["--compare-base", "--max-new-tokens", 2]),
    ],
)
def test_predictions_of_anything_else_are_made_anew(place, tmp_path, change, options):
    for name in ("test.csv", "quick.toml"):
        shutil.copy(place / name, tmp_path / name)
    for suffix in ("", ".lineage.json"):
        shutil.copy(place / f"predictions.csv{suffix}", tmp_path / f"p.csv{suffix}")
    change(tmp_path)
    before = (tmp_path / "p.csv").read_bytes()
    ended = predict(tmp_path, tmp_path / "p.csv", *options, run=place / "run")
    assert ended.returncode == 0
    assert "already" not in ended.stderr
    assert (tmp_path / "p.csv").read_bytes() != before


@pytest.mark.usefixtures("done")
def test_a_killed_process_goes_on_to_the_same_bytes(place):
    out = place / "killed.csv"
    options = ("--compare-base", "--batch", BATCH, "--config", place / "quick.toml")
    words = ["4", "predict", place / "test.csv", "--run", place / "run", "-o", out, *options]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *map(str, words)], capture_output=True, timeout=300, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert not out.exists()
    kept = journal.beside(out)
    assert len(kept.read_bytes().splitlines()) == 1 + 4 * BATCH
    kept.write_bytes(kept.read_bytes()[:-9])  # as if it had been killed while it wrote
    ended = predict(place, out, "--compare-base", "--batch", BATCH)
    assert ended.returncode == 0
    assert f"going on after {4 * BATCH - 1} of {2 * ROWS} predictions" in ended.stderr
    assert f"{2 * ROWS} of {2 * ROWS} predictions" in ended.stderr  # and not one of them twice
    assert out.read_bytes() == (place / "predictions.csv").read_bytes()
    assert not kept.exists()


def test_ctrl_c_keeps_what_is_finished(place, monkeypatch):
    real = journal.Journal.add

    def add(self, found):
        real(self, found)
        signal.raise_signal(signal.SIGINT)

    out = place / "stopped.csv"
    with monkeypatch.context() as patched:
        patched.setattr(journal.Journal, "add", add)
        stopped = predict(place, out, "--batch", 5)
    assert stopped.returncode == 130
    assert "run the same command again to go on" in stopped.stderr
    assert not out.exists()
    ended = predict(place, out, "--batch", 5)
    assert ended.returncode == 0
    assert f"going on after 5 of {ROWS} predictions" in ended.stderr
    tuned = [row["prediction"] for row in cells(place / "predictions.csv")]
    assert [row["prediction"] for row in cells(out)] == tuned
    assert list(cells(out)[0]) == ["id", "instruction", "prediction"]


def test_what_cannot_be_answered_ends_with_1_and_what_was_cut_is_named(place, questions):
    long = " ".join(["river"] * 1100)
    finished_run.write_questions(place / "long.csv", [questions[0], long, questions[2]])
    out = place / "long_predictions.csv"
    ended = predict(place, out, "--max-new-tokens", 1, test="long.csv")
    assert ended.returncode == 1
    assert "fills the base's context of 1,024 tokens and cannot be answered: t002" in ended.stderr
    assert cells(out)[1]["prediction"] == ""
    made = lineage.read_bundle(lineage.side_file(out)).predictions
    assert made.unanswered == ("t002",)
    assert "t002" not in made.cut
    assert set(made.cut) <= {"t001", "t003"}
    assert made.cut
    assert f"cut off at 1 tokens (--max-new-tokens): {', '.join(made.cut)}" in ended.stderr


def test_a_review_that_fails_costs_no_prediction(place, monkeypatch):
    out = place / "unreviewed.csv"

    def fails(*given, **named):
        raise EngineUnavailable("no worker process can start")

    with monkeypatch.context() as patched:
        patched.setattr(review, "review", fails)
        ended = predict(place, out)
    assert ended.returncode == 2
    assert "is written; the quality rules could not look at it" in ended.stderr
    assert len(cells(out)) == ROWS
    assert lineage.read_bundle(lineage.side_file(out)).predictions
    assert predict(place, out).returncode == 0
    assert review.beside(out).exists()


@pytest.fixture
def copied(place, tmp_path):
    """The run's folder, to be spoilt."""
    shutil.copytree(place / "run", tmp_path / "run")
    for name in ("test.csv", "quick.toml"):
        shutil.copy(place / name, tmp_path / name)
    return tmp_path


def refused(ended, *sentences):
    assert ended.returncode == 2
    for sentence in sentences:
        assert sentence in ended.stderr
    assert "→" in ended.stderr


def test_a_run_that_is_not_there_or_not_complete(copied):
    refused(predict(copied, copied / "p.csv", run="other"), "holds no run", "finetune run DATA --out")
    run = RunFolder(copied / "run")
    run.record.rename(run.settled)
    refused(predict(copied, copied / "p.csv"), "not complete", "the same `finetune run` command goes on")


def test_an_adapter_that_was_changed(copied):
    weights = copied / "run" / "adapter" / "adapter_model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    refused(
        predict(copied, copied / "p.csv"), "the adapter is damaged: adapter_model.safetensors was changed"
    )


def test_an_adapter_of_another_run(copied):
    manifest = copied / "run" / "adapter" / "manifest.json"
    record = lineage.read_run_record(copied / "run" / "run.json")
    (copied / "run" / "adapter" / "adapter_config.json").write_text("{}")
    from finetune import checkpoint

    manifest.unlink()
    staged = (copied / "run" / "adapter").rename(copied / "staged")
    checkpoint.seal(staged, copied / "run" / "adapter", step=1, needed=checkpoint.ADAPTER)
    assert checkpoint.digest(copied / "run" / "adapter") != record.adapter_sha256
    refused(predict(copied, copied / "p.csv"), "of another run")


def test_another_base_of_the_same_shape(copied, tiny_base):
    from safetensors.numpy import load_file, save_file

    base = shutil.copytree(tiny_base, copied / "base")
    weights = load_file(base / "model.safetensors")
    weights["lm_head.weight"][0, 0] += 1
    save_file(weights, base / "model.safetensors", metadata={"format": "pt"})
    ended = predict(copied, copied / "p.csv", "--base", base)
    refused(ended, "not the one that the adapter was trained on", str(tiny_base), str(base))


def test_a_base_that_has_moved_is_named(copied, tiny_base):
    base = shutil.copytree(tiny_base, copied / "elsewhere")
    assert predict(copied, copied / "p.csv", "--base", base).returncode == 0


def test_a_real_base_without_a_gpu_is_refused_before_its_files_are_read(copied, tiny_base, monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    base = shutil.copytree(tiny_base, copied / "large")
    sizes = {"hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 32, "vocab_size": 32000}
    config = json.loads((base / "config.json").read_text())
    (base / "config.json").write_text(json.dumps({**config, **sizes}))
    size = 32000 * 4096 * 2
    head = {"model.embed_tokens.weight": {"dtype": "F16", "shape": [32000, 4096], "data_offsets": [0, size]}}
    text = json.dumps(head).encode()
    with (base / "model.safetensors").open("wb") as stream:
        stream.write(len(text).to_bytes(8, "little") + text)
        stream.truncate(8 + len(text) + size)  # a hole: it takes no room on the disk
    ended = predict(copied, copied / "p.csv", "--base", base)
    refused(ended, "no GPU is here", "Change runtime type")


def test_the_settings_names_of_the_columns_hold(copied, questions):
    (copied / "quick.toml").write_text('select = ["CSV"]\n[columns]\nid = "nr"\ninstruction = "prompt"\n')
    (copied / "test.csv").write_text(f"nr,prompt,remark\n7,{questions[0]},easy\n")
    ended = predict(copied, copied / "p.csv")
    assert ended.returncode == 0, ended.stderr
    assert [(row["id"], row["instruction"]) for row in cells(copied / "p.csv")] == [("7", questions[0])]


def test_a_template_that_was_changed(copied):
    RunFolder(copied / "run").template.write_text("Now {instruction} and {output}")
    refused(predict(copied, copied / "p.csv"), "template was changed since the training")


def test_a_gate_record_of_another_run_is_refused_and_none_is_said(copied):
    gate = RunFolder(copied / "run").gate
    lineage.write_gate_record(gate, replace(lineage.read_gate_record(gate), rows=7))
    refused(predict(copied, copied / "p.csv"), "is not the gate record that the run began with")
    gate.unlink()
    ended = predict(copied, copied / "p.csv")
    assert ended.returncode == 0
    assert "gate.json is gone" in ended.stderr
    verified = finetune("verify", copied / "p.csv")
    assert verified.stdout.startswith("p.csv: consistent, but the gate record is missing (")


def test_a_relative_base_is_asked_for_from_elsewhere(copied, tiny_base):
    run = RunFolder(copied / "run")
    lineage.write_run_record(run.record, replace(lineage.read_run_record(run.record), base="../tiny-is-gone"))
    ended = predict(copied, copied / "p.csv")
    refused(ended, "../tiny-is-gone: the run's base is not here", "name where it is now with --base")
    assert predict(copied, copied / "p.csv", "--base", tiny_base).returncode == 0


def test_a_file_that_is_no_prediction_is_never_written_over(copied):
    (copied / "data.csv").write_text("id,instruction,output\n1,Why?,Because.\n")
    refused(predict(copied, copied / "data.csv"), "is not what `finetune predict` wrote", "-o")
    assert (copied / "data.csv").read_text().endswith("Because.\n")


def test_a_test_file_with_a_doubled_id(copied):
    (copied / "test.csv").write_text("id,instruction\n1,Why?\n1,How?\n")
    refused(predict(copied, copied / "p.csv"), "rows 2 and 3 have the same id `1`")


def test_settings_that_cannot_be_read_are_said_before_the_work(copied):
    ended = predict(copied, copied / "p.csv", "--guide", copied / "none.toml")
    refused(ended, "none.toml")
    assert not Path(copied / "p.csv").exists()
