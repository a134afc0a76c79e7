"""A finished run's folder without its hour of training: a real adapter on the real 4-bit base, sealed and recorded.

Its weights are drawn instead of learned, so that it answers otherwise than the base does, which is all that prediction
asks of an adapter.
"""

import csv
from pathlib import Path

from finetune import checkpoint
from finetune.base_model import base as bases
from finetune.hardware import machine
from finetune.hardware.machine import Device
from finetune.model import libraries, quantized
from finetune.recipe import Recipe
from finetune.rows import overlap, prompt_template, tokenizer
from finetune.run_folder import RunFolder
from quality import lineage
from quality.lineage import GateRecord, RunRecord, Version
from quality.model import Fingerprint, Row

CPU = Device("cpu", "float32")
TEMPLATE = "<s>{instruction} {output}\n"
"""As the tiny base was taught: a sentence, and an answer in the same words."""


def make(folder: Path, base: Path, *, learned: tuple[str, ...] = (), p99: int = 24) -> Path:
    """Writes the run and returns its folder.

    Args:
        learned: Instructions that it counts as trained on.
        p99: Tokens that 99% of its answers did not exceed.
    """
    run = RunFolder(folder)
    run.staging.mkdir(parents=True)
    run.template.write_text(TEMPLATE)
    recipe = Recipe(base=str(base), template="mine.txt", lora_r=4, lora_alpha=16)
    adapter_model(base, recipe).save_pretrained(run.staging / "adapter")
    (run.staging / "adapter" / "README.md").unlink()
    checkpoint.seal(run.staging / "adapter", run.adapter, step=1, needed=checkpoint.ADAPTER)
    run.staging.rmdir()
    gate = GateRecord(Fingerprint(*"abcde"), True, (), 1, (), {}, {"data": "data.csv"})
    lineage.write_gate_record(run.gate, gate)
    lineage.write_run_record(run.record, _record(run, base, recipe, gate, learned, p99))
    return folder


def adapter_model(base: Path, recipe: Recipe):
    """The 4-bit base with an adapter of drawn weights."""
    torch = libraries.torch()
    model = quantized.with_lora(quantized.load(base, CPU), recipe)
    for name, weights in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weights, std=0.05)
    return model


def _record(run, base, recipe, gate, learned, p99) -> RunRecord:
    template = prompt_template.of(recipe.template, TEMPLATE)
    return RunRecord(
        gate=lineage.gate_record_sha256(gate),
        data=Version("data.csv", "a", "b"),
        used=(2,),
        dropped={},
        instructions=overlap.keys(Row(1, 1, "1", text, "") for text in learned),
        base=str(base),
        base_sha256=bases.fingerprint(bases.find(str(base), download=False)),
        adapter_sha256=checkpoint.digest(run.adapter),
        template=recipe.template,
        template_sha256=template.sha256,
        tokenizer_sha256=tokenizer.load(base).sha256,
        recipe={"lora_r": recipe.lora_r},
        schedule={"answer_tokens": {"p50": 9, "p99": p99, "max": p99}},
        losses=((1, 1.0),),
        versions=dict(machine.versions()),
        device="cpu, float32",
    )


def write_questions(path: Path, instructions, *, first: int = 1) -> Path:
    """`id, instruction` as a spreadsheet writes it; ids `t001`, `t002` …"""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(["id", "instruction"])
        writer.writerows([f"t{number:03}", text] for number, text in enumerate(instructions, start=first))
    return path
