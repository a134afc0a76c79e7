"""Small tokenizers of the kinds that base models have, trained on the spot and saved as a base's folder."""

import json
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

TEXT = [
    "hello world, this is a test of things. ### Instruction: Response: user assistant [INST] below write",
    "another line of text, 12 345 numbers; Zürich naïve. The end.\n\nAnd a new line, a < b / c > d",
] * 20
BYTES = [f"<0x{number:02X}>" for number in range(256)]
CHATML = ["<|im_start|>", "<|im_end|>"]
KINDS = ("metaspace", "prepend", "byte-level", "unigram", "no-bos")


def save(kind: str, folder: Path, **settings: object) -> Path:
    """Writes tokenizer.json and tokenizer_config.json of that kind, the settings over its own, and gives the folder."""
    tokenizer, own = _MADE[kind]()
    plain = json.loads(tokenizer.to_str())
    # bytes are plain entries of the vocabulary, as in Llama's own tokenizer, and no special tokens
    plain["added_tokens"] = [one for one in plain["added_tokens"] if one["content"] not in BYTES]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps(plain), encoding="utf-8")
    given = {key: value for key, value in {**own, **settings}.items() if value is not None}
    (folder / "tokenizer_config.json").write_text(json.dumps(given), encoding="utf-8")
    return folder


def _metaspace():
    """Byte fallback with blanks as ▁, as in newer files of Mistral's tokenizer; tokens may hold several words."""
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    return _sentencepiece(tokenizer)


def _prepend():
    """The same by a normalizer, as in Llama 2's file; a token is within a word."""
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()  # so that no merge is learned across words
    made = _sentencepiece(tokenizer)
    tokenizer.pre_tokenizer = None
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    return made


def _sentencepiece(tokenizer: Tokenizer):
    tokenizer.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(" ", 1, 0),
        ]
    )
    _train(tokenizer, trainers.BpeTrainer, ["<unk>", "<s>", "</s>", *BYTES], vocab_size=420)
    return tokenizer, {
        "bos_token": "<s>",
        "eos_token": {"content": "</s>"},
        "unk_token": "<unk>",
        "add_bos_token": True,
    }


def _byte_level(names=("<s>", "</s>", *CHATML)):
    """As in GPT-2's, Llama 3's and Qwen's tokenizers: each byte is a letter, so nothing is unknown."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    _train(tokenizer, trainers.BpeTrainer, list(names), vocab_size=360, initial_alphabet=alphabet)
    return tokenizer, {"bos_token": names[0], "eos_token": names[1], "add_bos_token": True}


def _no_bos():
    """As Qwen's: one special token ends texts and none begins them."""
    tokenizer, _ = _byte_level(("<|endoftext|>", *CHATML))
    return tokenizer, {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>"}


def _unigram():
    """Without byte fallback, so that an odd letter is unknown; it knows `</s>` as a word like any other."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = ["<unk>", "<s>", "</s>"]
    _train(tokenizer, trainers.UnigramTrainer, special, vocab_size=150, unk_token="<unk>")
    return tokenizer, {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "add_bos_token": True}


def _train(tokenizer, trainer, special, **settings):
    tokenizer.train_from_iterator(TEXT, trainer(special_tokens=special, show_progress=False, **settings))


_MADE = {
    "metaspace": _metaspace,
    "prepend": _prepend,
    "byte-level": _byte_level,
    "unigram": _unigram,
    "no-bos": _no_bos,
}
