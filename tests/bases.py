"""Folders with a base in them: config, weights as a header and zeros (a sparse file, whatever its size), tokenizer."""

import json
import math
import shutil
from pathlib import Path

LLAMA_7B = {
    "model_type": "llama",
    "num_hidden_layers": 32,
    "hidden_size": 4096,
    "intermediate_size": 11008,
    "num_attention_heads": 32,
    "num_key_value_heads": 32,
    "vocab_size": 32000,
    "max_position_embeddings": 4096,
    "tie_word_embeddings": False,
}
SMALL = {**LLAMA_7B, "num_hidden_layers": 2, "hidden_size": 64, "intermediate_size": 128, "vocab_size": 512}


def safetensors(path: Path, tensors: dict[str, list[int]]) -> Path:
    """A file with these tensors in 16 bit, all zeros."""
    header, end = {}, 0
    for name, shape in tensors.items():
        begin, end = end, end + 2 * math.prod(shape)
        header[name] = {"dtype": "F16", "shape": shape, "data_offsets": [begin, end]}
    raw = json.dumps(header).encode()
    with path.open("wb") as stream:
        stream.write(len(raw).to_bytes(8, "little") + raw)
        stream.truncate(8 + len(raw) + end)
    return path


def make(folder: Path, config: dict[str, object] = SMALL, tokenizer: Path | None = None) -> Path:
    """A base whose weights are one file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config))
    embedding = [config["vocab_size"], config["hidden_size"]]
    safetensors(folder / "model.safetensors", {"model.embed_tokens.weight": embedding})
    if tokenizer is None:
        (folder / "tokenizer.json").write_text("{}")
    else:
        for file in tokenizer.glob("*token*.json"):
            shutil.copy(file, folder)
    return folder
