"""What the fine-tune's benchmarks read and compute with: real rows as ids, and Llamas with random weights."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
from corpora import answers, seed_tasks
from tokenizers import Tokenizer as Backend
from tokenizers import decoders, models, pre_tokenizers, trainers

from finetune.base_model.shapes import Shape
from finetune.recipe import Recipe
from finetune.rows import prompt_template, tokenizer
from finetune.rows.examples import Example, examples
from finetune.rows.tokenizer import Tokenizer
from quality.model import Row

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # nothing is downloaded
SMALL = Shape(4, 256, 704, 4, 4, 4096, 2048, tied=False)
"""Large enough that a CPU's time goes into the layers."""
LLAMA_2_7B = Shape(32, 4096, 11008, 32, 32, 32000, 4096, tied=False)


def real_rows(corpora: Path, count: int, seed: int = 1) -> list[Row]:
    """So many answers of all models, drawn at random."""
    return _rows(answers(corpora).sample(count, random_state=seed))


def peoples_tasks(corpora: Path) -> list[Row]:
    """Tasks with answers that people wrote, mostly short."""
    tasks = seed_tasks(corpora)
    return _rows(pd.DataFrame({"instruction": tasks.prompt, "output": tasks.output}))


def sets_of_rows(corpora: Path) -> dict[str, list[Row]]:
    """Tables of several sizes and lengths, as people bring them."""
    table = answers(corpora)
    return {
        "one model's answers": _rows(table[table.model == "gpt4"]),
        "answers of all models, 200": real_rows(corpora, 200),
        "answers of all models, 1,000": real_rows(corpora, 1_000),
        "answers of all models, 5,000": real_rows(corpora, 5_000),
        "people's tasks, short": peoples_tasks(corpora),
    }


def as_examples(rows: Iterable[Row], reader: Tokenizer, max_length: int) -> tuple[Example, ...]:
    """The rows as the fine-tune takes them, with the default template; longer ones are left out."""
    kept, _ = examples(list(rows), prompt_template.load(Recipe("").template), reader, max_length)
    return kept


def trained_tokenizer(rows: Iterable[Row], vocab: int, folder: Path) -> Tokenizer:
    """A byte-level tokenizer that was trained on the rows, saved in the folder."""
    backend = Backend(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab,
        special_tokens=["<s>", "</s>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    backend.train_from_iterator([f"{row.instruction}\n{row.output}" for row in rows], trainer)
    folder.mkdir(parents=True, exist_ok=True)
    backend.save(str(folder / "tokenizer.json"))
    names = {"bos_token": "<s>", "eos_token": "</s>", "add_bos_token": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(names))
    return tokenizer.load(folder)


def config(shape: Shape) -> Any:
    """The shape as transformers' configuration of a Llama."""
    from transformers import LlamaConfig

    return LlamaConfig(
        vocab_size=shape.vocab,
        hidden_size=shape.hidden,
        intermediate_size=shape.intermediate,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        num_key_value_heads=shape.kv_heads,
        max_position_embeddings=shape.context,
        tie_word_embeddings=shape.tied,
        bos_token_id=0,
        eos_token_id=1,
    )


def save_random(shape: Shape, folder: Path, spread: float = 0.02) -> None:
    """Writes a Llama with random weights, in fp32, beside the tokenizer in that folder.

    Args:
        spread: Standard deviation of the weights. With the usual 0.02 all prompts get the same answer.
    """
    import torch
    from transformers import LlamaForCausalLM
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    torch.manual_seed(7)
    settings = config(shape)
    settings.initializer_range = spread
    LlamaForCausalLM(settings).save_pretrained(folder)


def save_shards(shape: Shape, folder: Path, shard_bytes: int = 4 << 30) -> None:
    """Writes a Llama with random weights in fp16, a tensor at a time, so that memory holds one shard at most."""
    import torch
    from safetensors.torch import save_file
    from transformers import LlamaForCausalLM

    settings = config(shape)
    settings.dtype = "float16"
    settings.architectures = ["LlamaForCausalLM"]
    settings.save_pretrained(folder)
    with torch.device("meta"):
        sizes = {name: value.shape for name, value in LlamaForCausalLM(settings).state_dict().items()}
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(7)
    shards: list[list[str]] = []
    held: dict[str, Any] = {}
    for name, size in sizes.items():
        random = torch.ones(size) if "norm" in name else torch.randn(size, device=device) * 0.02
        held[name] = random.to("cpu", torch.float16)
        if sum(one.nbytes for one in held.values()) >= shard_bytes or name == list(sizes)[-1]:
            save_file(held, folder / f"model-{len(shards) + 1:05}.safetensors", metadata={"format": "pt"})
            shards.append(list(held))
            held = {}
    places = {name: f"model-{at:05}.safetensors" for at, names in enumerate(shards, 1) for name in names}
    index = {"metadata": {}, "weight_map": places}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))


def _rows(table: pd.DataFrame) -> list[Row]:
    pairs = zip(table.instruction, table.output, strict=True)
    return [Row(number, number, str(number), *pair) for number, pair in enumerate(pairs)]
