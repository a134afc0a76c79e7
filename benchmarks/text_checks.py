"""Repetition and length on real answers: false alarms on strong models, hits on the others, recall on seeded faults.

Run with `python benchmarks/text_checks.py --corpora DIR`; DIR holds answers_dev.parquet and seed_tasks_dev.csv.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
from corpora import STRONG, seed_tasks

from quality import guide, prompt, waive
from quality.checks import length, repetition
from quality.model import Finding, Row
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
CHECKS = (repetition.CHECK, length.CHECK)
Pairs = Iterable[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=5_000, help="rows of the other models")
    options = parser.parse_args()
    answers = pd.read_parquet(options.corpora / "answers_dev.parquet")
    strong = pairs(answers[answers.model.isin(STRONG)])
    others = pairs(answers[~answers.model.isin(STRONG)].sample(options.rows, random_state=3))
    shown("strong answers", strong)
    shown("other models", others)
    shown("gpt4_gamed (cut after a word or two)", pairs(answers[answers.model == "gpt4_gamed"]))
    shown("seed tasks", seeds(options.corpora))
    clean = [(i, o) for i, o in strong if len(o.split()) >= 30 and not errors(i, o, "REP")]
    for name, fault in SEEDED.items():
        draw = random.Random(name)
        sample = draw.sample(clean, 300)
        found = sum(bool(errors(i, fault(o, draw), "REP")) for i, o in sample)
        print(f"seeded {name:45s}{found:4d} of {len(sample)} found")
    essays = [(i, o) for i, o in strong if prompt.read(i).kind == "essay"]
    curt = sum(bool(errors(i, " ".join(o.split()[:5]), "LEN")) for i, o in essays)
    print(f"seeded essay cut to 5 words                       {curt:4d} of {len(essays)} found")
    wordy = [(f"{i}\nAnswer yes or no.", o) for i, o in strong if len(o.split()) > 300][:300]
    print(
        f"seeded yes or no asked, over 300 words given      "
        f"{sum(bool(errors(i, o, 'LEN')) for i, o in wordy):4d} of {len(wordy)} found"
    )
    cost(strong)


def pairs(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(frame.instruction, frame.output, strict=True))


def seeds(corpora: Path) -> list[tuple[str, str]]:
    tasks = seed_tasks(corpora)
    return list(zip(tasks.prompt, tasks.output, strict=True))


def judged(instruction: str, output: str) -> list[Finding]:
    row, read = Row(2, 2, "a", instruction, output), prompt.read(instruction)
    found = [
        finding
        for check in CHECKS
        if check.measure
        for finding in check.judge(Context(row, read, INPUTS, {"output": check.measure(output)}))
        if isinstance(finding, Finding)
    ]
    return list(waive.waive(found, read, instruction))


def errors(instruction: str, output: str, family: str) -> list[Finding]:
    return [f for f in judged(instruction, output) if f.code.startswith(family) and f.is_error]


def shown(name: str, rows: list[tuple[str, str]]) -> None:
    found = [judged(i, o) for i, o in rows]
    codes = Counter(f.code for row in found for f in row if f.waived is None)
    shares = {
        family: sum(any(f.code.startswith(family) and f.is_error for f in row) for row in found) / len(rows)
        for family in ("REP", "LEN")
    }
    print(
        f"{name}: {len(rows)} rows; with an error: repetition {shares['REP']:.4f}, length "
        f"{shares['LEN']:.4f}; {dict(sorted(codes.items()))}"
    )


def doubled(text: str, draw: random.Random) -> str:
    return text + draw.choice((" ", "\n", "\n\n")) + text


def repeated_paragraph(text: str, draw: random.Random) -> str:
    parts = [p for p in text.split("\n") if len(p.split()) >= 20] or [text]
    return f"{text}\n\n{draw.choice(parts)}"


def tail_loop(text: str, draw: random.Random) -> str:
    words = text.split()
    cut = draw.randint(15, len(words))
    period = words[cut - draw.randint(3, 12) : cut]
    return " ".join(words[:cut] + period * draw.randint(4, 20))


def stuck_word(text: str, draw: random.Random) -> str:
    words = text.split()
    cut = draw.randint(10, len(words))
    return " ".join(words[:cut] + ["really"] * draw.randint(12, 60) + words[cut:])


def repeated_sentence(text: str, draw: random.Random) -> str:
    said = [s for s in text.replace("\n", " ").split(". ") if len(s.split()) >= 18] or [text]
    return f"{text} {draw.choice(said)}."


SEEDED: dict[str, Callable[[str, random.Random], str]] = {
    "answer given twice": doubled,
    "paragraph of 20 or more words repeated": repeated_paragraph,
    "sentence of 18 or more words repeated": repeated_sentence,
    "loop of 3 to 12 words at the end": tail_loop,
    "one word 12 to 60 times": stuck_word,
}


def cost(rows: list[tuple[str, str]]) -> None:
    words = sum(len(o.split()) for _, o in rows) / len(rows)
    for check in CHECKS:
        if check.measure:
            start = time.process_time()
            for _, output in rows:
                check.measure(output)
            print(
                f"cost of measure, {check.family}: {(time.process_time() - start) / len(rows) * 1e3:.3f} "
                f"ms a row ({words:.0f} words)"
            )
    start = time.process_time()
    for instruction, output in rows[:1000]:
        judged(instruction, output)
    print(f"cost of both with judge and prompt: {(time.process_time() - start):.3f} ms a row")


if __name__ == "__main__":
    main()
