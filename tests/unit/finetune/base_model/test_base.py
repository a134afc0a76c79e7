import json
import shutil

import pytest

from finetune.base_model import base, hub
from finetune.base_model.shapes import KNOWN
from quality.errors import ConfigError, InputError
from tests import bases


def refused(folder, kind=InputError):
    with pytest.raises(kind) as told:
        base.find(str(folder), download=True)
    assert told.value.remedy
    return str(told.value)


def test_a_folder_is_taken_as_it_is(tiny_base):
    found = base.find(str(tiny_base), download=False)
    weights = tiny_base / "model.safetensors"
    assert found.folder == found.small_files == tiny_base.resolve()
    assert found.weights_bytes == found.largest_shard_bytes == weights.stat().st_size
    assert (found.shape.layers, found.shape.hidden, found.shape.vocab) == (2, 64, 512)
    assert found.shape.parameters * 4 == pytest.approx(weights.stat().st_size, rel=0.01)


def test_the_counted_weights_are_those_of_the_file(tiny_base):
    from finetune.base_model import weights

    tensors = weights.look(tiny_base).tensors
    shape = base.find(str(tiny_base), download=False).shape
    assert sum(_product(size) for size in tensors.values()) == shape.parameters


def _product(sizes):
    whole = 1
    for size in sizes:
        whole *= size
    return whole


def test_the_fingerprint_follows_every_deciding_file_and_no_other(tmp_path):
    folder = bases.make(tmp_path / "base")
    first = base.fingerprint(base.find(str(folder), download=False))
    assert len(first) == 64
    (folder / "README.md").write_text("changed")
    copy = shutil.copytree(folder, tmp_path / "elsewhere")
    assert base.fingerprint(base.find(str(copy), download=False)) == first
    (copy / "tokenizer_config.json").write_text("{}")
    seen = {first, base.fingerprint(base.find(str(copy), download=False))}
    assert len(seen) == 2
    for name in ("tokenizer_config.json", "config.json", "tokenizer.json"):
        (copy / name).write_text(json.dumps({**json.loads((copy / name).read_text()), "more": 1}))
        now = base.fingerprint(base.find(str(copy), download=False))
        assert now not in seen
        seen.add(now)
    with (copy / "model.safetensors").open("r+b") as stream:
        stream.seek(-1, 2)
        stream.write(b"\1")
    assert base.fingerprint(base.find(str(copy), download=False)) not in seen


def test_the_hubs_cache_is_read_through_its_links_and_its_hashes_are_trusted(tmp_path):
    import hashlib

    plain = bases.make(tmp_path / "plain")
    snapshot = tmp_path / "models--a--b" / "snapshots" / "0123"
    blobs = tmp_path / "models--a--b" / "blobs"
    snapshot.mkdir(parents=True)
    blobs.mkdir()
    for file in plain.iterdir():
        content = file.read_bytes()
        (blobs / hashlib.sha256(content).hexdigest()).write_bytes(content)
        (snapshot / file.name).symlink_to(blobs / hashlib.sha256(content).hexdigest())
    linked, copied = (base.find(str(folder), download=False) for folder in (snapshot, plain))
    assert base.fingerprint(linked) == base.fingerprint(copied)
    with (snapshot / "model.safetensors").open("r+b") as stream:
        stream.seek(-1, 2)
        stream.write(b"\1")  # which only reading it again tells
    assert base.fingerprint(linked) == base.fingerprint(copied) == base.fingerprint(copied, read=True)
    assert base.fingerprint(linked, read=True) != base.fingerprint(copied)


def test_shards_by_an_index(tmp_path):
    folder = bases.make(tmp_path / "base")
    (folder / "model.safetensors").rename(folder / "model-00001-of-00002.safetensors")
    bases.safetensors(folder / "model-00002-of-00002.safetensors", {"lm_head.weight": [512, 64]})
    names = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    index = folder / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": names}))
    found = base.find(str(folder), download=False)
    assert found.weights_bytes == sum(file.stat().st_size for file in folder.glob("*.safetensors"))
    assert found.largest_shard_bytes < found.weights_bytes
    (folder / names["b"]).unlink()
    assert "1 of 2 weight files are missing: model-00002-of-00002.safetensors" in refused(folder)
    index.write_text(json.dumps({"weight_map": {"a": "../other/model.safetensors"}}))
    assert "'../other/model.safetensors' leads out of the base's folder" in refused(folder)
    index.write_text(json.dumps({"weight_map": {"a": names["a"], "b": "model.bin"}}))
    assert "names no safetensors files" in refused(folder)
    index.write_text("[")
    assert "is no JSON" in refused(folder)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    folder = bases.make(tmp_path / "base")
    (folder / "model.safetensors").rename(tmp_path / "stolen")
    (folder / "model.safetensors").symlink_to(tmp_path / "stolen")
    assert "'model.safetensors' leads out of the base's folder" in refused(folder)
    folder = bases.make(tmp_path / "other")
    (folder / "config.json").rename(tmp_path / "config")
    (folder / "config.json").symlink_to(tmp_path / "config")
    assert "'config.json' leads out" in refused(folder)


def test_pickles_are_never_read(tmp_path):
    folder = bases.make(tmp_path / "base")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    text = refused(folder)
    assert "only as pickles (pytorch_model.bin), which can run code" in text
    (folder / "pytorch_model.bin").unlink()
    assert "holds no weights" in refused(folder)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda raw: raw[:-100], "it was cut off or damaged"),
        (lambda raw: raw + b"\0", "it was cut off or damaged"),
        (lambda raw: raw[:5], "its header is damaged"),
        (lambda raw: b"", "its header is damaged"),
        (lambda raw: b"\xff" * 8 + raw[8:], "its header is damaged"),
        (lambda raw: raw[:8] + b"[" * (len(raw) - 8), "its header is damaged"),
        (lambda raw: (2).to_bytes(8, "little") + b"{}", "it is of another"),
    ],
)
def test_a_damaged_file_of_weights(tmp_path, damage, says):
    folder = bases.make(tmp_path / "base")
    file = folder / "model.safetensors"
    file.write_bytes(damage(file.read_bytes()))
    if says == "it is of another":  # an empty file of the format: nothing to compare, which loading will tell
        assert base.find(str(folder), download=False).weights_bytes == 10
    else:
        assert says in refused(folder)


def test_weights_of_another_model(tmp_path):
    folder = bases.make(tmp_path / "base")
    bases.safetensors(folder / "model.safetensors", {"model.embed_tokens.weight": [32000, 64]})
    assert "its weights are of another model than config.json: the embedding is (32000, 64)" in refused(
        folder
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"model_type": "mine", "auto_map": {"AutoModel": "mine.Model"}},
            "brings code of its own, which is never run",
        ),
        ({"model_type": "gpt2"}, "is of the kind 'gpt2', which this fine-tune does not know"),
        ({"model_type": ["llama"], "auto_map": {"AutoModel": "mine.Model"}}, "brings code of its own"),
        ({"quantization_config": {"quant_method": "gptq"}}, "is quantised already"),
        ({"hidden_size": "64"}, "hidden_size is '64', where a count belongs"),
        ({"num_hidden_layers": 0}, "num_hidden_layers is '0'"),
        ({"num_attention_heads": 7}, "hidden_size 64 is no multiple of 7 heads"),
        ({"vocab_size": None}, "vocab_size is 'None'"),
    ],
)
def test_a_config_that_cannot_be_trained(tmp_path, change, says):
    folder = bases.make(tmp_path / "base")
    (folder / "config.json").write_text(json.dumps({**bases.SMALL, **change}))
    assert says in refused(folder, ConfigError)


def test_a_known_kind_with_code_of_its_own_is_read_by_transformers_own(tmp_path):
    folder = bases.make(tmp_path / "base", {**bases.SMALL, "auto_map": {"AutoModel": "mine.Model"}})
    assert base.find(str(folder), download=False).folder == folder


def test_an_adapter_beside_the_base_is_refused_for_it_would_be_loaded_without_a_word(tmp_path):
    folder = bases.make(tmp_path / "base")
    (folder / "adapter_config.json").write_text("{}")
    text = refused(folder, ConfigError)
    assert "adapter_config.json: an adapter lies in the base's folder" in text
    assert "merge it into the weights" in text


def test_what_is_no_base(tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "config.json: is not there" in refused(empty)
    (empty / "config.json").write_text("[]")
    assert "is no JSON object" in refused(empty)
    assert "is a file" in refused(empty / "config.json")
    assert "is no folder" in refused(tmp_path / "nothing")
    assert "is no folder" in refused("./nothing")
    assert "no base is named" in refused("")
    folder = bases.make(tmp_path / "mute")
    (folder / "tokenizer.json").unlink()
    assert "holds no tokenizer.json" in refused(folder)


def test_a_name_that_is_none():
    assert "is neither a folder nor a name on the hub" in refused("a b c!")


def test_known_sizes_are_those_of_their_configs(tmp_path):
    from finetune.base_model.shapes import of_config

    assert of_config(bases.LLAMA_7B, where="config.json") == KNOWN["meta-llama/Llama-2-7b-hf"].shape


def test_an_unforeseen_error_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        hub.told("a/b", ZeroDivisionError())
