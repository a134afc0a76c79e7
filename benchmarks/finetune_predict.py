"""Time of prediction: ours in batches, and a usual notebook's loop, one prompt after another, by the same model."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from finetune_rows import SMALL, peoples_tasks, save_random, trained_tokenizer

from finetune.hardware.machine import Device
from finetune.model import quantized
from finetune.prediction import generate
from finetune.recipe import Recipe
from finetune.rows import prompt_template
from finetune.rows.tokenizer import Tokenizer

MIN_RATIO = 2.0
BATCH = 16
NEW_TOKENS = 48
MAX_PROMPT = 256
RECIPE = Recipe("")
CPU = Device("cpu", "float32")


def report(corpora: Path, count: int) -> None:
    """Prints both times, in CPU seconds, their ratio, and whether the texts are the same."""
    rows = peoples_tasks(corpora)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reader = trained_tokenizer(rows, SMALL.vocab, folder)
        save_random(SMALL, folder, spread=0.1)
        model = quantized.with_lora(quantized.load(folder, CPU), RECIPE)
    template = prompt_template.load(RECIPE.template)
    prompts = [prompt_template.prompt_ids(template, row.instruction, reader) for row in rows]
    prompts = [prompt for prompt in prompts if len(prompt) <= MAX_PROMPT][:count]
    lengths = [len(prompt) for prompt in prompts]
    print(
        f"{len(prompts)} prompts of {min(lengths)} to {max(lengths)} tokens, at most {NEW_TOKENS} new ones, greedy"
    )
    _ours(model, prompts[:2], reader)  # what is loaded at the first use counts for neither
    begin = time.process_time()
    ours = _ours(model, prompts, reader)
    between = time.process_time()
    theirs = _one_by_one(model, prompts, reader)
    end = time.process_time()
    same = sum(one == other for one, other in zip(ours, theirs, strict=True))
    ratio = (end - between) / (between - begin)
    print(f"one prompt after another {end - between:6.1f} CPU seconds")
    print(f"ours, {BATCH} at once        {between - begin:6.1f} CPU seconds")
    print(f"same text {same} of {len(prompts)}; {len(set(ours))} of the answers differ from each other")
    verdict = "reached" if ratio >= MIN_RATIO and same == len(prompts) else "MISSED"
    print(f"ours {ratio:.2f} x as fast; at least {MIN_RATIO} x and the same text wanted: {verdict}")


def _ours(model: Any, prompts: Sequence[Sequence[int]], reader: Tokenizer) -> list[str]:
    texts = [""] * len(prompts)
    for batch in generate.generate(
        model, prompts, pad=reader.pad, eos=reader.eos, max_new_tokens=NEW_TOKENS, batch_size=BATCH
    ):
        assert isinstance(batch, tuple)
        for one in batch:
            texts[one.index] = reader.decode(list(one.ids))
    return texts


def _one_by_one(model: Any, prompts: Sequence[Sequence[int]], reader: Tokenizer) -> list[str]:
    import torch

    texts: list[str] = []
    model.eval()
    for prompt in prompts:
        ids = torch.tensor([prompt])
        with torch.no_grad():
            out = model.generate(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                max_new_tokens=NEW_TOKENS,
                do_sample=False,
                use_cache=True,
                pad_token_id=reader.pad,
                eos_token_id=reader.eos,
            )
        texts.append(reader.decode(out[0, len(prompt) :].tolist()))
    return texts
