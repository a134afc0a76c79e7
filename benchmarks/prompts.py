"""Rules on the table's prompts: what they say of real sets of prompts, and of sets that were made poor on purpose.

Run with `python benchmarks/prompts.py --corpora DIR`; DIR holds answers_dev.parquet, seed_tasks_dev.csv and
ifeval_dev.jsonl. The poor sets are drawn from the real ones, each lacking one thing.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import pandas as pd

from quality import guide
from quality.checks.prompts import CHECK, measure
from quality.model import Finding, Row
from quality.rule import Inputs
from quality.text.request import request

INPUTS = Inputs(guide=guide.load())
POOR_SIZE = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    corpora: Path = parser.parse_args().corpora
    real = real_sets(corpora)
    for name, prompts in real.items():
        shown(name, prompts, statistics=True)
    everything = [prompt for name in ("AlpacaEval", "seed tasks", "IFEval") for prompt in real[name]]
    for name, prompts in poor_sets(everything).items():
        shown(f"poor: {name}", prompts)
    start = time.process_time()
    for prompt in everything:
        measure(prompt)
    print(f"cost of measure: {(time.process_time() - start) / len(everything) * 1e3:.3f} ms a prompt")


def real_sets(corpora: Path) -> dict[str, list[str]]:
    answers = pd.read_parquet(corpora / "answers_dev.parquet")
    seeds = pd.read_csv(corpora / "seed_tasks_dev.csv", keep_default_na=False)
    ifeval = (corpora / "ifeval_dev.jsonl").read_text(encoding="utf-8").splitlines()
    sources = {str(name): part for name, part in answers.groupby("dataset")}
    return {
        "AlpacaEval": list(dict.fromkeys(answers.instruction)),
        **{f"AlpacaEval, {name}": list(dict.fromkeys(part.instruction)) for name, part in sources.items()},
        "seed tasks": list((seeds.instruction + "\n" + seeds.input).str.strip()),
        "IFEval": [json.loads(line)["prompt"] for line in ifeval],
    }


def poor_sets(prompts: list[str]) -> dict[str, list[str]]:
    """Sets that lack one thing each; where the real ones do not have enough, all that they have."""
    draw = random.Random(5)
    read = {prompt: (measure(prompt), request(prompt)) for prompt in prompts}
    long = [prompt for prompt in prompts if 12 <= len(prompt.split()) <= 40]
    lengths = sorted(prompts, key=lambda prompt: len(prompt.split()))
    some = draw.sample(long, POOR_SIZE - 5)
    return {
        "one prompt, up to two words in ten left out, 60 times": [thinned(long[0], draw) for _ in range(60)],
        "55 prompts and 5 of them with a word left out": some + [without_one(p, draw) for p in some[:5]],
        "only “write a”": [p for p in prompts if read[p][1].opening == "write a"][:POOR_SIZE],
        "no slip and nothing informal": [
            p for p in prompts if not (read[p][0]["slips"] or read[p][1].informal)
        ][:POOR_SIZE],
        "of neighbouring lengths": lengths[200 : 200 + POOR_SIZE],
        "only questions": [p for p in prompts if read[p][1].tone == "question"][:POOR_SIZE],
        "no controls": [p for p in prompts if not read[p][0]["controls"]][:POOR_SIZE],
        "no rare words": [p for p in prompts if not read[p][1].rare][:POOR_SIZE],
        "one topic": [p for p in prompts if {"code", "python", "program", "html"} & set(read[p][1].topics)][
            :POOR_SIZE
        ],
    }


def thinned(prompt: str, draw: random.Random) -> str:
    words = prompt.split()
    for _ in range(draw.randint(1, max(1, len(words) // 5))):
        del words[draw.randrange(len(words))]
    return " ".join(words)


def without_one(prompt: str, draw: random.Random) -> str:
    words = prompt.split()
    del words[draw.randrange(len(words))]
    return " ".join(words)


def shown(name: str, prompts: list[str], *, statistics: bool = False) -> None:
    rows = [Row(n, n, f"p{n}", prompt, "") for n, prompt in enumerate(prompts, 2)]
    assert CHECK.collect and CHECK.finish and CHECK.about and CHECK.statistics
    measures = [{"instruction": measure(row.instruction)} for row in rows]
    facts = CHECK.finish(CHECK.collect(rows, measures, INPUTS), INPUTS)
    found: list[Finding] = list(CHECK.about(facts, INPUTS))
    codes = Counter(finding.code for finding in found)
    print(f"{name} ({len(prompts)} prompts): {dict(sorted(codes.items())) or 'nothing'}")
    for finding in found:
        if finding.code != "PRM001":
            print(f"    {finding.code} {finding.message}")
    if statistics:
        print(f"    {json.dumps(CHECK.statistics(facts), ensure_ascii=False)}")


if __name__ == "__main__":
    main()
