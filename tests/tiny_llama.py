"""A tiny Llama on disk, made on the spot: random weights, then trained a little so that it answers prompts apart.

Nothing is downloaded, and nothing stands in for the real thing: it is quantised, adapted and asked by the same code
as a model of 7 B parameters. Untrained, it would answer every prompt alike, and no test of batches could fail.
"""

import json
import random
import re
from pathlib import Path

WORDS = re.findall(
    r"\w+",
    "the cat dog river stone bread light green old small house tree runs sleeps sings likes finds under over near "
    "with and a one two three red blue slow quick bird fish water morning evening garden table book door",
)
STEPS = 250
VOCABULARY = 512


def sentences(count: int, seed: int) -> list[str]:
    """Sentences of those words."""
    draw = random.Random(seed)
    return [" ".join(draw.choices(WORDS, k=draw.randint(3, 12))).capitalize() + "." for _ in range(count)]


def make(folder: Path) -> Path:
    """Writes the model with its tokenizer into that folder, and returns the folder."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = _tokenizer()
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save_pretrained(folder)
    torch.manual_seed(7)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=VOCABULARY,
            hidden_size=64,
            intermediate_size=128,
            num_hidden_layers=2,
            num_attention_heads=4,
            max_position_embeddings=1024,
            bos_token_id=1,
            eos_token_id=2,
        )
    )
    _pretrain(model, tokenizer)
    model.save_pretrained(folder)
    return folder


def _tokenizer():
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    special = ["<unk>", "<s>", "</s>"]
    bytes_ = [f"<0x{number:02X}>" for number in range(256)]
    raw = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>"))
    raw.pre_tokenizer = pre_tokenizers.Metaspace()
    raw.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=[*special, *bytes_], show_progress=False
    )
    raw.train_from_iterator(sentences(2000, 1), trainer)
    plain = json.loads(raw.to_str())
    # bytes are plain entries of the vocabulary, as in Llama's own tokenizer, and no special tokens
    plain["added_tokens"] = [token for token in plain["added_tokens"] if token["content"] in special]
    return PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(plain)),
        bos_token="<s>",
        eos_token="</s>",
        unk_token="<unk>",
    )


def _pretrain(model, tokenizer) -> None:
    """Teaches it to answer a sentence with the same words, in a few seconds."""
    import torch

    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    model.train()
    lines = sentences(STEPS * 8, 2)
    for step in range(STEPS):
        texts = [f"{line} {line}" for line in lines[step * 8 : step * 8 + 8]]
        rows = [[1, *tokenizer(text, add_special_tokens=False)["input_ids"], 2] for text in texts]
        longest = max(map(len, rows))
        ids = torch.tensor([row + [2] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        loss = model(input_ids=ids, attention_mask=mask, labels=ids.masked_fill(mask == 0, -100)).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    model.eval()
