"""What a run on a T4 might have decided before its first step."""

from dataclasses import asdict

from finetune.recipe import Recipe
from finetune.rows import batches
from finetune.rows.examples import Example
from finetune.training import settled
from finetune.training.budget import Cap
from finetune.training.settled import Settled
from quality.lineage import Version

EXAMPLES = tuple(Example(row, f"r{row}", tuple(range(3)), tuple(range(row))) for row in range(2, 102))
LENGTHS = [example.length for example in EXAMPLES]
SCHEDULE = batches.schedule(LENGTHS, tokens=256, accumulation=2, epochs=2, seed=1)
SETTLED = Settled(
    data=Version("data.csv", "d" * 64, "f" * 64),
    gate="a" * 64,
    gate_inputs={"guide": "b" * 64, "checks": "c" * 64, "config": "e" * 64},
    rows_used=100,
    dropped={"7": "has 2,000 tokens; the limit is 1,024"},
    rows_sha256=settled.rows_sha256(EXAMPLES),
    answer_tokens=settled.answer_tokens(EXAMPLES),
    base="base",
    base_sha256="1" * 64,
    template="alpaca",
    template_sha256="2" * 64,
    tokenizer_sha256="3" * 64,
    recipe=asdict(Recipe(base="base")),
    batches=settled.batches(SCHEDULE, 0.0312345, 100),
    device="cuda",
    dtype="float16",
    device_name="Tesla T4",
    versions={"torch": "2.11.0", "peft": "0.21.2", "torchao": None},
    cap=Cap(30, 50, 1.5, 0.8, 46.0),
    notes=("a note",),
)
