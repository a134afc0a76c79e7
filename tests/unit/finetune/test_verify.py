import hashlib
import json
import shutil
from dataclasses import replace

import pytest

from finetune import checkpoint
from finetune.base_model import base
from finetune.prediction import answers
from finetune.rows import prompt_template, tokenizer
from finetune.run_folder import RunFolder
from finetune.training import loss_log
from finetune.training.loss_log import StepLog
from finetune.verify import as_json, as_text, verify
from quality import lineage, table
from quality.errors import InputError
from quality.lineage import Bundle, State, Version
from quality.model import Fingerprint

DATA = "id,instruction,output,fail_mode\nr1,Say hello.,Hello.,none\nr2,Say bye.,Goodbye.,none\n"
TEST = "id,instruction\nt1,Name a fruit.\nt2,Name a bird.\n"
PREDICTIONS = b"id,instruction,prediction\r\nt1,Name a fruit.,An apple.\r\nt2,Name a bird.,An owl.\r\n"
TEMPLATE = "{instruction} {output}"
LIBRARIES = {"torch": "2.15.0"}


@pytest.fixture
def chain(tmp_path):
    """The files of a whole chain, its records made as the commands make them."""
    data, test, out = tmp_path / "data.csv", tmp_path / "test.csv", tmp_path / "predictions.csv"
    data.write_text(DATA)
    test.write_text(TEST)
    run = RunFolder(tmp_path / "run")
    staged = tmp_path / "staged"
    staged.mkdir()
    for name in checkpoint.ADAPTER:
        (staged / name).write_text(f"the bytes of {name}")
    checkpoint.seal(staged, run.adapter, step=3, needed=checkpoint.ADAPTER)
    gate, ran = _gate(data), _run(data, checkpoint.digest(run.adapter))
    ran = replace(ran, gate=lineage.gate_record_sha256(gate))
    lineage.write_run_record(run.record, ran)
    lineage.write_gate_record(run.gate, gate)
    run.template.write_text(TEMPLATE)
    loss_log.append(run.loss_csv, StepLog(1, 2.5, 2e-4, 100, 1.0))
    asked = table.read(test, table.Columns(output=None), labels_required=False)
    out.write_bytes(PREDICTIONS)
    bundle = Bundle(gate, ran, _predicted(ran, asked, out))
    lineage.write_bundle(lineage.side_file(out), bundle)
    return tmp_path, bundle


def _gate(data):
    read = table.read(data)
    now = Fingerprint(read.data_sha256, read.sha256, "g", "c", "x")
    return lineage.GateRecord(now, True, (), 2, (), {"GRM001": "error"}, {"data": "data.csv"})


def _run(data, adapter):
    return lineage.RunRecord(
        gate="",
        data=Version.of(table.read(data)),
        used=(2, 3),
        dropped={},
        instructions=(),
        base="tiny",
        base_sha256="b" * 64,
        adapter_sha256=adapter,
        template="alpaca",
        template_sha256=prompt_template.of("mine", TEMPLATE).sha256,
        tokenizer_sha256="k" * 64,
        recipe={},
        schedule={},
        losses=((1, 2.5),),
        versions=LIBRARIES,
        device="cpu float32",
    )


def _predicted(run, asked, out):
    return lineage.PredictionRecord(
        run=lineage.run_record_sha256(run),
        base=run.base,
        base_sha256=run.base_sha256,
        adapter_sha256=run.adapter_sha256,
        test=Version.of(asked),
        predictions=Version.of(answers.parsed(out.read_bytes(), out)),
        rows=2,
        decoding={"do_sample": False},
        cut=(),
        unanswered=(),
        trained_on=(),
        with_base=False,
        versions=LIBRARIES,
        device="cpu float32",
    )


def _given(folder, **named):
    return {"run": folder / "run", "data": folder / "data.csv", "test": folder / "test.csv", **named}


def _notebook(path, body):
    outputs = [{"output_type": "display_data", "data": {"application/json": body}, "metadata": {}}]
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "outputs": outputs}], "nbformat": 4}))
    return path


def test_a_whole_chain_is_consistent_and_only_the_base_is_not_at_hand(chain):
    folder, _ = chain
    found = verify(folder / "predictions.csv", **_given(folder))
    assert found.exit_code == 0
    assert [link.name for link in found.links if link.state is State.NOT_CHECKED] == [
        "base model ↔ run record",
        "tokenizer ↔ run record",
    ]
    text = as_text(found)
    assert text.startswith("predictions.csv: consistent (2 links not checked)\n")
    assert "name it with --base" in text
    assert "not who made them" in text


def test_the_predictions_alone_say_what_could_not_be_checked_and_how_to(chain):
    folder, _ = chain
    found = verify(folder / "predictions.csv")
    assert found.exit_code == 0
    for option in ("--data", "--test", "--run", "--base"):
        assert f"name it with {option}" in as_text(found)


def _edit(name, before, after):
    def spoil(folder):
        path = folder / name
        changed = path.read_text().replace(before, after)
        assert changed != path.read_text()
        path.write_text(changed)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "broken"),
    [
        (_edit("data.csv", "Goodbye", "Farewell"), ["data ↔ gate record"]),
        (_edit("test.csv", "bird", "fish"), ["test file ↔ prediction record"]),
        (_edit("predictions.csv", "owl", "eagle"), ["predictions ↔ prediction record"]),
        (
            _edit("run/adapter/adapter_model.safetensors", "bytes", "BYTES"),
            ["adapter ↔ run record"],
        ),
        (
            _edit("run/adapter/manifest.json", '"step": 3', '"step": 4'),
            ["adapter ↔ run record"],
        ),
        (_edit("run/template.txt", "} {", "}: {"), ["template ↔ run record"]),
        (_edit("run/template.txt", "{output}", ""), ["template ↔ run record"]),
        (_edit("run/loss.csv", "2.5", "0.5"), ["loss.csv ↔ run record"]),
        (_edit("run/loss.csv", "loss", "gain"), ["loss.csv ↔ run record"]),
        (_edit("run/run.json", "alpaca", "chatml"), ["run folder ↔ run record"]),
        (_edit("run/gate.json", "GRM001", "GRM002"), ["gate record in the run folder ↔ run record"]),
        (
            _edit("predictions.csv.lineage.json", '"used": [\n   2,', '"used": [\n   4,'),
            ["the run record"],
        ),
    ],
)
def test_each_broken_link_is_named_and_ends_with_1(chain, spoil, broken):
    folder, _ = chain
    spoil(folder)
    found = verify(folder / "predictions.csv", **_given(folder))
    names = [link.name for link in found.broken]
    if (
        broken[0] == "the run record"
    ):  # a record that is not believed cannot be held against the folder either
        broken = broken[:1]
    assert names == broken
    assert found.exit_code == 1
    assert as_text(found).startswith(f"predictions.csv: broken: {'; '.join(names)}")


def test_the_records_of_a_run_behind_another_gate_are_found_out(chain):
    folder, bundle = chain
    other = replace(bundle.gate, rows=1)
    lineage.write_bundle(lineage.side_file(folder / "predictions.csv"), replace(bundle, gate=other))
    broken = [link.name for link in verify(folder / "predictions.csv").broken]
    assert "gate record ↔ run record" in broken


def test_rows_saved_again_by_a_spreadsheet_are_the_same(chain):
    folder, _ = chain
    path = folder / "predictions.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r\n", b"\n"))
    found = verify(path, **_given(folder))
    assert found.exit_code == 0
    assert "saved again in other bytes" in as_text(found)


def test_a_damaged_adapter_says_what_is_damaged(chain):
    folder, _ = chain
    (folder / "run/adapter/adapter_model.safetensors").unlink()
    (found,) = verify(folder / "predictions.csv", **_given(folder)).broken
    assert found.detail == "adapter_model.safetensors is missing"


def test_files_beside_the_adapters_own_are_named(chain):
    folder, _ = chain
    (folder / "run/adapter/tokenizer.json").touch()
    found = verify(folder / "predictions.csv", **_given(folder))
    assert found.exit_code == 0
    assert "beside them, and never read: tokenizer.json" in as_text(found)


def test_the_gate_record_of_another_run_in_the_folder_is_found_out(chain):
    folder, bundle = chain
    lineage.write_gate_record(RunFolder(folder / "run").gate, replace(bundle.gate, rows=7))
    (found,) = verify(folder / "predictions.csv", **_given(folder)).broken
    assert found.name == "gate record in the run folder ↔ run record"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rows": 3}, "it speaks of 3 rows, and there are 2"),
        ({"cut": ("t9",)}, "rows that are not there: t9"),
    ],
)
def test_a_record_that_names_other_rows_is_found_out(chain, changed, said):
    folder, bundle = chain
    made = replace(bundle.predictions, **changed)
    lineage.write_bundle(lineage.side_file(folder / "predictions.csv"), replace(bundle, predictions=made))
    (found,) = verify(folder / "predictions.csv").broken
    assert found.name == "rows that the prediction record names"
    assert said in found.detail


def test_a_record_that_is_missing_is_said_in_the_first_line(chain):
    folder, bundle = chain
    lineage.write_bundle(lineage.side_file(folder / "predictions.csv"), replace(bundle, gate=None, run=None))
    text = as_text(verify(folder / "predictions.csv"))
    assert text.startswith(
        "predictions.csv: consistent, but the gate record and the run record are missing ("
    )


BASE_ANSWERS = "base's predictions ↔ prediction record"
BOTH = PREDICTIONS.replace(b"prediction\r", b"prediction,base_prediction\r").replace(b".\r", b".,So it is.\r")


@pytest.fixture
def compared(chain):
    """The chain whose predictions have the base's own answers beside."""
    folder, bundle = chain
    path = folder / "predictions.csv"
    path.write_bytes(BOTH)
    made = replace(
        bundle.predictions,
        predictions=Version.of(answers.parsed(BOTH, path)),
        with_base=True,
        base_predictions=Version.of(answers.parsed(BOTH, path, answers.BASE)),
    )
    lineage.write_bundle(lineage.side_file(path), replace(bundle, predictions=made))
    return path, replace(bundle, predictions=made)


def _states(path):
    return {link.name: link.state for link in verify(path).links}


def test_the_answers_of_the_base_are_bound_too(compared):
    path, _ = compared
    assert _states(path)[BASE_ANSWERS] is State.CONSISTENT
    path.write_bytes(BOTH.replace(b"\r\n", b"\n"))  # the same, saved again
    assert _states(path)[BASE_ANSWERS] is State.CONSISTENT


@pytest.mark.parametrize("content", [BOTH.replace(b"So it is", b"So it was", 1), PREDICTIONS])
def test_answers_of_the_base_that_are_others_or_gone_are_broken(compared, content):
    path, _ = compared
    path.write_bytes(content)
    assert [link.name for link in verify(path).broken] == [BASE_ANSWERS]


def test_answers_of_the_base_that_no_record_knows_of_are_broken(compared):
    path, bundle = compared
    made = replace(bundle.predictions, with_base=False, base_predictions=None)
    lineage.write_bundle(lineage.side_file(path), replace(bundle, predictions=made))
    assert [link.name for link in verify(path).broken] == [BASE_ANSWERS]


def test_an_old_record_binds_the_answers_of_the_base_to_the_bytes(compared):
    path, bundle = compared
    made = replace(bundle.predictions, base_predictions=None)
    lineage.write_bundle(lineage.side_file(path), replace(bundle, predictions=made))
    assert _states(path)[BASE_ANSWERS] is State.CONSISTENT
    path.write_bytes(BOTH.replace(b"\r\n", b"\n"))
    assert _states(path)[BASE_ANSWERS] is State.NOT_CHECKED


@pytest.mark.parametrize("content", ["", "{", '{"kind": "lineage", "kind": "lineage"}'])
def test_records_that_cannot_be_read_say_where_others_are(chain, content):
    folder, _ = chain
    lineage.side_file(folder / "predictions.csv").write_text(content)
    with pytest.raises(InputError, match="is not sound JSON") as error:
        verify(folder / "predictions.csv")
    assert "finetune predict" in error.value.remedy
    assert "--notebook" in error.value.remedy


def test_the_notebook_alone_holds_the_records(chain):
    folder, bundle = chain
    lineage.side_file(folder / "predictions.csv").unlink()
    notebook = _notebook(folder / "hw.ipynb", lineage.as_json(bundle))
    found = verify(folder / "predictions.csv", **_given(folder, notebook=notebook))
    assert found.exit_code == 0
    assert found.records == bundle


def test_a_notebook_of_another_chain_is_broken(chain):
    folder, bundle = chain
    other = replace(bundle, run=replace(bundle.run, device="cuda float16"))
    notebook = _notebook(folder / "hw.ipynb", lineage.as_json(other))
    found = verify(folder / "predictions.csv", **_given(folder, notebook=notebook))
    assert [link.name for link in found.broken] == ["notebook ↔ records beside the predictions"]


def test_a_notebook_without_records_is_said_and_breaks_nothing(chain):
    folder, _ = chain
    notebook = _notebook(folder / "hw.ipynb", {"kind": "something else"})
    found = verify(folder / "predictions.csv", **_given(folder, notebook=notebook))
    assert found.exit_code == 0
    assert "no output of the notebook holds records" in as_text(found)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("predictions.csv.lineage.json", "no records speak of these predictions"),
        ("predictions.csv", "cannot be read"),
        ("test.csv", "no such file"),
        ("run/run.json", "not the folder of a finished run"),
    ],
)
def test_what_is_missing_is_said_with_a_remedy(chain, name, says):
    folder, _ = chain
    (folder / name).unlink()
    with pytest.raises(InputError, match=says) as error:
        verify(folder / "predictions.csv", **_given(folder))
    assert error.value.exit_code == 2
    assert error.value.remedy


def test_records_that_say_nothing_of_predictions_are_none(chain):
    folder, bundle = chain
    lineage.write_bundle(lineage.side_file(folder / "predictions.csv"), replace(bundle, predictions=None))
    with pytest.raises(InputError, match="no records speak of these predictions"):
        verify(folder / "predictions.csv")


def test_the_json_holds_every_link_and_the_complete_records(chain):
    folder, bundle = chain
    body = json.loads(as_json(verify(folder / "predictions.csv", **_given(folder))))
    assert body["consistent"] is True
    assert {link["state"] for link in body["links"]} == {"consistent", "not checked"}
    assert lineage.from_json(body["records"], where="") == bundle


def test_a_file_name_cannot_forge_a_line(chain):
    folder, _ = chain
    hostile = folder / "x\n  consistent    all\x1b[32m.csv"
    (folder / "predictions.csv").rename(hostile)
    (folder / "predictions.csv.lineage.json").rename(lineage.side_file(hostile))
    text = as_text(verify(hostile))
    assert "\x1b" not in text
    assert text.startswith("x↵  consistent    all␛[32m.csv: consistent")


@pytest.fixture
def hub_base(tiny_base, tmp_path):
    """The tiny base as the hub's cache keeps one: links to files that bear their SHA-256 as names."""
    snapshot, blobs = tmp_path / "hub/snapshots/1", tmp_path / "hub/blobs"
    shutil.copytree(tiny_base, snapshot)
    blobs.mkdir()
    weights = snapshot / "model.safetensors"
    blob = weights.rename(blobs / hashlib.sha256(weights.read_bytes()).hexdigest())
    weights.symlink_to(blob)
    return snapshot


def test_the_base_is_held_against_its_own_files(chain, hub_base):
    folder, bundle = chain
    named = {"base": str(hub_base)}
    both = ["base model ↔ run record", "tokenizer ↔ run record"]
    assert [link.name for link in verify(folder / "predictions.csv", **named).broken] == both
    ran = replace(
        bundle.run,
        base_sha256=base.fingerprint(base.find(str(hub_base), download=False)),
        tokenizer_sha256=tokenizer.load(hub_base).sha256,
    )
    lineage.write_bundle(lineage.side_file(folder / "predictions.csv"), replace(bundle, run=ran))
    states = {link.name: link.state for link in verify(folder / "predictions.csv", **named).links}
    assert {states[name] for name in both} == {State.CONSISTENT}
    with (hub_base / "model.safetensors").open("r+b") as weights:  # the cache's own file, under its old name
        weights.seek(-1, 2)
        last = weights.read()
        weights.seek(-1, 2)
        weights.write(bytes([last[0] ^ 1]))
    broken = [link.name for link in verify(folder / "predictions.csv", **named).broken]
    assert "base model ↔ run record" in broken
    assert "tokenizer ↔ run record" not in broken
