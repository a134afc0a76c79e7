"""The base's tokenizer: which tokens begin and end a text, and that no cell can write one."""

import json
import subprocess
import sys

import pytest
from tokenizers import Tokenizer, processors

from finetune.rows import tokenizer
from quality.errors import HardwareError, InputError
from tests.tokenizer_kinds import KINDS, save


@pytest.fixture(params=KINDS)
def kind(request, tmp_path):
    return tokenizer.load(save(request.param, tmp_path))


@pytest.mark.parametrize(
    "text", ["the end </s> not yet", "</s>", "<s>a", "a<|im_end|>b", "</s></s>", "<unk> </s"]
)
def test_a_special_token_in_a_text_is_text(kind, text):
    ids = kind.encode(text)
    assert not set(ids) & (set(kind.specials.values()) - {kind.specials.get("<unk>")})
    assert kind.encode(text, continued=True)


@pytest.mark.parametrize("name", ["metaspace", "prepend", "byte-level", "no-bos"])
@pytest.mark.parametrize("text", ["the end </s> not yet", "Zürich 🏔 <|im_end|>\n\ttab", "two  blanks  "])
def test_the_ids_are_the_whole_text(name, text, tmp_path):
    base = tokenizer.load(save(name, tmp_path))
    assert base.decode(base.encode(text)) == text
    assert base.decode(base.encode("a") + base.encode(text, continued=True)) == "a" + text


def test_special_tokens_are_named_by_the_base(tmp_path):
    base = tokenizer.load(save("metaspace", tmp_path))
    assert (base.bos, base.eos, base.pad) == (1, 2, 0)
    assert base.specials == {"<unk>": 0, "<s>": 1, "</s>": 2}
    assert base.decode([1, *base.encode("hello"), 2]) == "hello"


def test_bos_only_where_the_base_was_trained_with_it(tmp_path):
    assert tokenizer.load(save("no-bos", tmp_path / "1")).bos is None
    assert tokenizer.load(save("metaspace", tmp_path / "2", add_bos_token=False)).bos is None
    # named, but the tokenizer does not say whether it is added: then the post-processor knows
    assert tokenizer.load(save("metaspace", tmp_path / "3", add_bos_token=None)).bos is None
    folder = save("metaspace", tmp_path / "4", add_bos_token=None)
    backend = Tokenizer.from_file(str(folder / "tokenizer.json"))
    backend.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    backend.save(str(folder / "tokenizer.json"))
    assert tokenizer.load(folder).bos == 1
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    (folder / "tokenizer_config.json").write_text(json.dumps({**settings, "add_bos_token": False}))
    assert tokenizer.load(folder).bos is None


def test_an_id_in_the_model_s_configuration_names_the_end_too(tmp_path):
    folder = save("byte-level", tmp_path, eos_token=None)
    (folder / "config.json").write_text('{"eos_token_id": [3, 1]}')
    assert tokenizer.load(folder).eos == 3


def test_the_end_is_reserved_even_where_the_file_calls_it_no_special_token(tmp_path):
    folder = save("byte-level", tmp_path)
    plain = json.loads((folder / "tokenizer.json").read_text())
    for token in plain["added_tokens"]:
        token["special"] = False
    (folder / "tokenizer.json").write_text(json.dumps(plain))
    base = tokenizer.load(folder)
    ids = base.encode("stop </s> here")
    assert base.eos not in ids
    assert base.decode(ids) == "stop </s> here"


def test_limits_saved_with_the_file_do_not_cut(tmp_path):
    folder = save("byte-level", tmp_path)
    backend = Tokenizer.from_file(str(folder / "tokenizer.json"))
    whole = len(backend.encode("word " * 50).ids)
    backend.enable_truncation(8)
    backend.enable_padding(length=512, pad_id=40, pad_token="x")
    backend.save(str(folder / "tokenizer.json"))
    assert len(tokenizer.load(folder).encode("word " * 50)) == whole > 8


def test_an_unknown_letter_is_the_unknown_token(tmp_path):
    base = tokenizer.load(save("unigram", tmp_path))
    assert base.encode("a test 漢").count(base.specials["<unk>"]) == 1


def test_a_base_whose_end_is_a_letter_never_writes_it(tmp_path):
    base = tokenizer.load(save("unigram", tmp_path, eos_token="e"))
    ids = base.encode("a test, eee e")
    assert ids
    assert base.eos not in ids


def test_a_special_token_s_name_is_spelled_without_blanks(tmp_path):
    base = tokenizer.load(save("unigram", tmp_path))
    assert base.decode(base.encode("the end </s> here</s>")) == "the end </s> here</s>"


def test_a_lone_surrogate_is_no_crash(kind):
    assert kind.encode("a\ud800b")


def test_the_hash_follows_what_decides(tmp_path):
    hashes = {
        tokenizer.load(save("metaspace", tmp_path / "1")).sha256,
        tokenizer.load(save("metaspace", tmp_path / "2", add_bos_token=False)).sha256,
        tokenizer.load(save("prepend", tmp_path / "3")).sha256,
        tokenizer.load(save("metaspace", tmp_path / "4", eos_token="<s>")).sha256,
    }
    assert len(hashes) == 4
    assert tokenizer.load(save("metaspace", tmp_path / "5", model_max_length=7)).sha256 in hashes


def test_a_base_that_names_no_end_is_refused(tmp_path):
    with pytest.raises(InputError, match="names no end-of-text token"):
        tokenizer.load(save("metaspace", tmp_path, eos_token=None))
    with pytest.raises(InputError, match="names no end-of-text token"):
        tokenizer.load(save("metaspace", tmp_path, eos_token="<not in the vocabulary>"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tokenizer.json", b'{"version": "1.0", "trunc', "cannot be read as a tokenizer"),
        ("tokenizer.json", b"\xff\xfe", "cannot be read as a tokenizer"),
        ("tokenizer_config.json", b"{", "cannot be read as JSON"),
        ("tokenizer_config.json", b"[]", "cannot be read as JSON"),
    ],
)
def test_a_damaged_file_is_named(name, content, said, tmp_path):
    folder = save("metaspace", tmp_path)
    (folder / name).write_bytes(content)
    with pytest.raises(InputError, match=said) as caught:
        tokenizer.load(folder)
    assert name in caught.value.where


def test_a_base_without_tokenizer(tmp_path):
    with pytest.raises(InputError, match=r"has no tokenizer\.json"):
        tokenizer.load(tmp_path)


@pytest.mark.filterwarnings(
    "ignore:Deprecated in 0.9.0:DeprecationWarning"
)  # older versions' own way to convert
def test_an_older_base_is_converted(tmp_path):
    new = tokenizer.load(save("byte-level", tmp_path / "new"))
    model = json.loads((tmp_path / "new" / "tokenizer.json").read_text())["model"]
    older = tmp_path / "older"
    older.mkdir()
    (older / "vocab.json").write_text(json.dumps(model["vocab"]))
    merges = [one if isinstance(one, str) else " ".join(one) for one in model["merges"]]
    (older / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]))
    settings = {"tokenizer_class": "GPT2Tokenizer", "eos_token": "</s>", "unk_token": "</s>"}
    (older / "tokenizer_config.json").write_text(json.dumps(settings))
    converted = tokenizer.load(older)
    assert converted.encode("hello world </s>") == new.encode("hello world </s>")
    assert converted.eos == new.eos


def test_one_that_cannot_be_converted_says_what_may_help(tmp_path):
    (tmp_path / "tokenizer.model").write_bytes(b"\x00\x01 not a model")
    (tmp_path / "tokenizer_config.json").write_text('{"tokenizer_class": "LlamaTokenizer"}')
    with pytest.raises(InputError, match=r"tokenizer\.model cannot be converted") as caught:
        tokenizer.load(tmp_path)
    assert "sentencepiece" in caught.value.remedy


def test_without_the_extra_it_is_named(tmp_path, monkeypatch):
    folder = save("metaspace", tmp_path)
    monkeypatch.setitem(sys.modules, "tokenizers", None)  # how Python spells "not installed"
    with pytest.raises(HardwareError) as caught:
        tokenizer.load(folder)
    assert "proofgate[finetune]" in caught.value.remedy


def test_torch_is_not_loaded(tmp_path):
    folder = save("metaspace", tmp_path)
    program = (
        "import sys; from pathlib import Path; from finetune.rows import batches, examples, prompt_template, tokenizer;"
        "tokenizer.load(Path(sys.argv[1])).encode('a');"
        "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(folder)], check=False).returncode == 0
