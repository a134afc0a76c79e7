import json
import shutil

import pytest

from finetune import checkpoint
from quality.errors import InputError, ProofgateError

CONTENTS = {name: f"{name}\n".encode() * 50 for name in (*checkpoint.RESUMABLE, "adapter_config.json")}


def staged(folder, contents=CONTENTS):
    folder.mkdir(parents=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def checkpoints(tmp_path):
    """Two sealed ones, of steps 9 and 10."""
    folder = tmp_path / "checkpoints"
    for step in (9, 10):
        written = staged(tmp_path / f"staging/checkpoint-{step}")
        checkpoint.seal(written, folder / f"step-{step:06d}", step=step)
    return folder


def newest(folder):
    said = []
    return checkpoint.newest(folder, said.append), said


def test_a_sealed_folder_is_in_its_place_and_verifies(checkpoints, tmp_path):
    found, said = newest(checkpoints)
    assert (found.step, found.folder.name, said) == (10, "step-000010", [])
    assert {path.name for path in found.folder.iterdir()} == {*CONTENTS, "manifest.json"}
    assert checkpoint.faults(found.folder) == ()
    assert list((tmp_path / "staging").iterdir()) == []


def test_none_where_there_is_none(tmp_path):
    assert newest(tmp_path / "checkpoints") == (None, [])


def shortened(file):
    file.write_bytes(file.read_bytes()[:-1])


def one_bit(file):
    content = bytearray(file.read_bytes())
    content[7] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("name", checkpoint.RESUMABLE)
@pytest.mark.parametrize(
    ("damage", "words"),
    [(shortened, "instead of"), (one_bit, "was changed"), (lambda file: file.unlink(), "is missing")],
)
def test_a_damaged_newest_is_named_and_the_one_before_it_serves(checkpoints, name, damage, words):
    damage(checkpoints / "step-000010" / name)
    found, (said,) = newest(checkpoints)
    assert found.step == 9
    assert "step-000010" in said
    assert name in said
    assert words in said


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"files": {}}'])
def test_a_folder_with_a_damaged_manifest_is_skipped(checkpoints, content):
    (checkpoints / "step-000010/manifest.json").write_bytes(content)
    found, (said,) = newest(checkpoints)
    assert found.step == 9
    assert "manifest.json" in said


def test_an_edited_manifest_is_told_apart(checkpoints):
    path = checkpoints / "step-000010/manifest.json"
    body = json.loads(path.read_bytes())
    del body["files"]["optimizer.pt"]
    path.write_text(json.dumps(body))
    assert newest(checkpoints)[0].step == 9


def test_a_folder_without_a_manifest_is_skipped(checkpoints, tmp_path):
    staged(checkpoints / "step-000011")
    found, (said,) = newest(checkpoints)
    assert found.step == 10
    assert "step-000011" in said


def test_none_is_left_when_all_are_damaged(checkpoints):
    for step in (9, 10):
        (checkpoints / f"step-{step:06d}/scheduler.pt").unlink()
    found, said = newest(checkpoints)
    assert found is None
    assert len(said) == 2


@pytest.mark.parametrize("name", checkpoint.RESUMABLE)
def test_what_cannot_be_gone_on_with_is_not_sealed(tmp_path, name):
    written = staged(tmp_path / "staging", {n: c for n, c in CONTENTS.items() if n != name})
    with pytest.raises(ProofgateError, match=name):
        checkpoint.seal(written, tmp_path / "checkpoints/step-000001", step=1)
    assert not (tmp_path / "checkpoints").exists()


def test_sealing_replaces_what_stands_there(checkpoints, tmp_path):
    (checkpoints / "step-000010/optimizer.pt").unlink()
    again = staged(tmp_path / "staging/checkpoint-10", {**CONTENTS, "optimizer.pt": b"new"})
    checkpoint.seal(again, checkpoints / "step-000010", step=10)
    found, said = newest(checkpoints)
    assert (found.folder / "optimizer.pt").read_bytes() == b"new"
    assert (found.step, said) == (10, [])
    assert list((tmp_path / "staging").iterdir()) == []


@pytest.mark.parametrize(
    ("steps", "sealed", "left"),
    [
        ((9, 10), 11, [10, 11]),
        ((9, 10), 10, [9, 10]),
        ((5, 20, 30), 25, [20, 25]),  # 30 was damaged, so the run went on from 20
        ((20, 30), 1, [1]),
        ((999_998, 999_999), 1_000_000, [999_999, 1_000_000]),
    ],
)
def test_the_sealed_one_and_the_one_before_it_stay(tmp_path, steps, sealed, left):
    for step in (*steps, sealed):
        (tmp_path / f"step-{step:06}").mkdir(exist_ok=True)
    (tmp_path / "step-by-step").mkdir()
    checkpoint.prune(tmp_path / f"step-{sealed:06}")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["step-by-step", *(f"step-{step:06}" for step in left)]
    )


def test_the_digest_speaks_of_contents_not_of_steps_or_places(checkpoints, tmp_path):
    assert checkpoint.digest(checkpoints / "step-000009") == checkpoint.digest(checkpoints / "step-000010")
    other = staged(tmp_path / "other", {**CONTENTS, "adapter_model.safetensors": b"other"})
    checkpoint.seal(other, tmp_path / "adapter", step=10)
    assert checkpoint.digest(tmp_path / "adapter") != checkpoint.digest(checkpoints / "step-000010")
    shutil.copytree(tmp_path / "adapter", tmp_path / "copied")
    assert checkpoint.digest(tmp_path / "adapter") == checkpoint.digest(tmp_path / "copied")


def test_a_folder_that_was_never_sealed_has_no_digest(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        checkpoint.digest(staged(tmp_path / "adapter"))


def test_a_checkpoint_of_another_run_is_skipped(tmp_path):
    folder = tmp_path / "checkpoints"
    for step, run in ((9, "mine"), (10, "another")):
        checkpoint.seal(staged(tmp_path / f"staging/{step}"), folder / f"step-{step:06d}", step=step, run=run)
    said = []
    assert checkpoint.newest(folder, said.append, run="mine").step == 9
    assert said == ["note: the checkpoint step-000010 is damaged and is skipped: it is of another run"]
    assert checkpoint.newest(folder, said.append).step == 10


def test_a_checkpoint_under_another_step_s_name_is_skipped(checkpoints):
    (checkpoints / "step-000009").rename(checkpoints / "step-000999")
    found, said = newest(checkpoints)
    assert (found.step, len(said)) == (10, 1)
    assert "step-000999 is damaged and is skipped: it is of step 9" in said[0]


def test_half_precision_is_not_gone_on_with_without_its_loss_scale(tmp_path):
    needed = checkpoint.resumable("float16")
    assert checkpoint.resumable("bfloat16") == checkpoint.resumable("float32") == checkpoint.RESUMABLE
    with pytest.raises(ProofgateError, match=r"no scaler\.pt"):
        checkpoint.seal(staged(tmp_path / "a"), tmp_path / "b", step=1, needed=needed)
    whole = staged(tmp_path / "c", {**CONTENTS, checkpoint.SCALER: b"65536"})
    checkpoint.seal(whole, tmp_path / "d", step=1, needed=needed)
    (tmp_path / "d" / checkpoint.SCALER).unlink()
    assert checkpoint.faults(tmp_path / "d") == ("scaler.pt is missing",)
