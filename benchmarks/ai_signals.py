"""Signs of generated text: false alarms on what people wrote, hits on what models wrote, and on one amid the other.

Run with `python benchmarks/ai_signals.py --corpora DIR`; DIR holds jfleg_dev.csv, clough_dev.csv, seed_tasks_dev.csv
and answers_dev.parquet. JFLEG and Clough are judged with a prompt that asks for no format.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import pandas as pd
from corpora import STRONG

from quality import guide, prompt
from quality.checks.ai_signals import CHECK, PROFILE_WORDS, measure
from quality.model import Finding, Row
from quality.rule import Context, Inputs
from quality.text.lexicon import letter_words

WEAKER = ("alpaca-7b", "claude-instant-1.2", "Meta-Llama-3.1-70B-Instruct-Turbo", "claude-2")
INPUTS = Inputs(guide=guide.load())
NEUTRAL = "Explain it."
SLIPPED = 6
Pairs = list[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    corpora: Path = parser.parse_args().corpora
    learners = pd.read_csv(corpora / "jfleg_dev.csv", keep_default_na=False)
    clough = [(NEUTRAL, t) for t in pd.read_csv(corpora / "clough_dev.csv").text]
    seeds = pd.read_csv(corpora / "seed_tasks_dev.csv", keep_default_na=False)
    answers = pd.read_parquet(corpora / "answers_dev.parquet")
    shown("people: JFLEG sources", [(NEUTRAL, t) for t in learners.source])
    shown("people: JFLEG references", [(NEUTRAL, t) for t in (*learners.ref0, *learners.ref1)])
    shown("people: Clough", clough)
    shown("people: seed tasks", list(zip(seeds.instruction + "\n" + seeds.input, seeds.output, strict=True)))
    files = {model: pairs(answers[answers.model == model]) for model in (*STRONG, *WEAKER)}
    for model, file in files.items():
        shown(f"model: {model}", file)
    for model, file in files.items():
        slipped(model, clough, file)
    cost([output for model in STRONG for _, output in files[model]])


def pairs(frame: pd.DataFrame) -> Pairs:
    return list(zip(frame.instruction, frame.output, strict=True))


def judged(rows: Pairs) -> list[tuple[int, Finding]]:
    """The findings with the index of their row."""
    table = [Row(n, n, str(n), instruction, output) for n, (instruction, output) in enumerate(rows, 2)]
    measures = [{"output": measure(row.output)} for row in table]
    assert CHECK.collect and CHECK.finish
    facts = CHECK.finish(CHECK.collect(table, measures, INPUTS), INPUTS)
    return [
        (row.row - 2, finding)
        for row, measured in zip(table, measures, strict=True)
        for finding in CHECK.judge(Context(row, prompt.read(row.instruction), INPUTS, measured, facts))
        if isinstance(finding, Finding)
    ]


def shown(name: str, rows: Pairs) -> None:
    found = judged(rows)
    codes = Counter(code for _, code in {(at, finding.code) for at, finding in found})
    shares = ", ".join(f"{code} {codes[code] / len(rows):.3f}" for code in ("AIS001", "AIS002", "AIS003"))
    print(f"{name:45s}{len(rows):5d} answers: {shares}, any {len({at for at, _ in found}) / len(rows):.3f}")


def slipped(model: str, human: Pairs, generated: Pairs) -> None:
    """AIS002 on a few answers of a model among a file of people's, and the other way round; all long enough."""
    people = [pair for pair in human if len(letter_words(pair[1])) >= PROFILE_WORDS]
    models = [pair for pair in generated if len(letter_words(pair[1])) >= PROFILE_WORDS]
    models = [pair for pair in models if prompt.read(pair[0]).kind in ("explain", "question", "essay")]
    if len(models) < 60:
        return
    into_human = apart(people + models[:: len(models) // SLIPPED][:SLIPPED])
    into_models = apart(models + people[:: len(people) // SLIPPED][:SLIPPED])
    print(
        f"AIS002, {SLIPPED} of {model} among {len(people)} of people: "
        f"{sum(at >= len(people) for at in into_human)} found, {sum(at < len(people) for at in into_human)} others; "
        f"{SLIPPED} of people among {len(models)}: {sum(at >= len(models) for at in into_models)} found, "
        f"{sum(at < len(models) for at in into_models)} others"
    )


def apart(rows: Pairs) -> list[int]:
    return [at for at, finding in judged(rows) if finding.code == "AIS002"]


def cost(texts: list[str]) -> None:
    start = time.process_time()
    for text in texts:
        measure(text)
    print(f"cost of measure: {(time.process_time() - start) / len(texts) * 1e3:.3f} ms an answer")


if __name__ == "__main__":
    main()
