"""Near-duplicates and copying: time, memory and recall beside datasketch, agreement with brute force, F1, false alarms.

    python benchmarks/near_duplicate.py --corpora DIR [--rows N] [--references N]

Both finders read the same outputs, fold and number their words the same way and verify by the same similarity;
datasketch hashes word 3-grams (MinHash, 128 permutations, 32 bands of 4 rows). Times include reading the words.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from datasketch import MinHash, MinHashLSH
from rapidfuzz import process
from rapidfuzz.distance import Indel

from quality import guide as guides
from quality.checks.near_duplicate import CHECK
from quality.guide import StyleGuide
from quality.model import Finding, Prompt, Row, Unmeasured
from quality.rule import Context, Inputs
from quality.similarity.join import Limits, similar_pairs
from quality.similarity.texts import Texts, Vocabulary, encode, identical
from quality.text.folding import folded_words

LIMITS = Limits(pairs=20, comparisons=1000)
STRONG = ("gpt4", "gpt-4-turbo-2024-04-09", "claude-3-opus-20240229")
PairSet = set[tuple[int, int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--references", type=int, default=100_000)
    parser.add_argument("--brute", type=int, default=2000)
    parser.add_argument("--skip-datasketch", action="store_true")
    options = parser.parse_args()
    guide = guides.load()
    answers = pd.read_parquet(options.corpora / "answers_dev.parquet").head(options.rows)
    beside_datasketch(list(answers.output), guide, not options.skip_datasketch)
    brute_force(list(answers.sort_values("instr_id", kind="stable").output.head(options.brute)))
    whole_check(answers, guide)
    templated(guide)
    clough(options.corpora, guide)
    false_alarms(answers, guide)
    if options.references:
        many_references(answers, guide, options.references)


@contextmanager
def timed(name: str) -> Iterator[dict[str, float]]:
    """Prints wall and CPU seconds of its block and the process's peak memory so far."""
    spent: dict[str, float] = {}
    wall, cpu = time.perf_counter(), time.process_time()
    yield spent
    spent["wall"], spent["cpu"] = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"{name:58} wall {spent['wall']:7.1f} s  CPU {spent['cpu']:7.1f} s  peak so far {peak:.2f} GiB",
        flush=True,
    )


def exact_pairs(outputs: Sequence[str], threshold: float) -> PairSet:
    texts = encode(outputs, Vocabulary())
    distinct = distinct_texts(texts)
    pairs = similar_pairs(texts.take(distinct), threshold, LIMITS)
    print(f"    {len(distinct)} distinct outputs, {pairs.incomplete.sum()} of them at a limit")
    return {(int(distinct[a]), int(distinct[b])) for a, b in zip(pairs.left, pairs.right, strict=True)}


def lsh_pairs(outputs: Sequence[str], threshold: float) -> PairSet:
    words = [folded_words(text) for text in outputs]
    distinct = distinct_texts(encode(outputs, Vocabulary()))
    lsh = MinHashLSH(num_perm=128, params=(32, 4))
    hashes = MinHash.generator(
        (
            {" ".join(words[i][at : at + 3]).encode() for at in range(max(1, len(words[i]) - 2))}
            for i in distinct
        ),
        num_perm=128,
    )
    found: PairSet = set()
    for i, hashed in zip(distinct.tolist(), hashes, strict=True):
        for other in lsh.query(hashed):
            if (
                words[i]
                and Indel.normalized_similarity(words[other], words[i], score_cutoff=threshold) >= threshold
            ):
                found.add((other, i))
        lsh.insert(i, hashed)
    return found


def distinct_texts(texts: Texts) -> Any:
    groups = identical(texts)
    return np.flatnonzero(groups == np.arange(len(groups)))


def beside_datasketch(outputs: Sequence[str], guide: StyleGuide, datasketch: bool) -> None:
    threshold = guide.threshold("near_duplicate.min_similarity")
    print(f"{len(outputs)} outputs, pairs at {threshold:g} and above")
    with timed("exact join") as ours:
        exact = exact_pairs(outputs, threshold)
    if not datasketch:
        print(f"    {len(exact)} pairs")
        return
    with timed("datasketch, 128 permutations, 32 x 4, verified") as theirs:
        lsh = lsh_pairs(outputs, threshold)
    known = exact | lsh
    print(f"    exact join: {len(exact)} pairs, recall {len(exact) / len(known):.4f}")
    print(f"    datasketch: {len(lsh)} pairs, recall {len(lsh) / len(known):.4f}")
    print(
        f"    ours / datasketch: wall {ours['wall'] / theirs['wall']:.2f}, CPU {ours['cpu'] / theirs['cpu']:.2f}"
    )


def brute_force(outputs: Sequence[str]) -> None:
    texts = encode(outputs, Vocabulary())
    distinct = distinct_texts(texts)
    words = ["".join(map(chr, texts.text(i) + 0x10000)) for i in distinct]
    table = process.cdist(words, words, scorer=Indel.normalized_similarity, dtype=np.float64, workers=-1)
    for threshold in (0.95, 0.9, 0.8, 0.7, 0.6, 0.5):
        left, right = np.nonzero(np.triu(table >= threshold, 1))
        brute = {(int(distinct[a]), int(distinct[b])) for a, b in zip(left, right, strict=True) if words[a]}
        limits = Limits(pairs=len(outputs), comparisons=len(outputs))
        pairs = similar_pairs(texts.take(distinct), threshold, limits)
        ours = {(int(distinct[a]), int(distinct[b])) for a, b in zip(pairs.left, pairs.right, strict=True)}
        print(
            f"brute force on {len(outputs)} rows at {threshold}: {len(brute)} pairs, differing {len(brute ^ ours)}"
        )


def judged(
    rows: Sequence[Row], guide: StyleGuide, against: Sequence[tuple[str, str]] | None
) -> list[list[Any]]:
    """What the check says of each row; rows are collected in batches, as a run does."""
    inputs = Inputs(guide=guide, against=None if against is None else tuple(against))
    assert CHECK.collect and CHECK.merge and CHECK.finish
    part = CHECK.collect(rows[:0], [], inputs)
    for begin in range(0, len(rows), 500):
        part = CHECK.merge(part, CHECK.collect(rows[begin : begin + 500], [], inputs))
    facts = CHECK.finish(part, inputs)
    said = [list(CHECK.judge(Context(row, Prompt("open"), inputs, facts=facts))) for row in rows]
    print(f"    {dict(facts.statistics)}")
    return said


def share(said: Sequence[Sequence[Any]], kind: Callable[[Any], bool]) -> float:
    return sum(any(map(kind, one)) for one in said) / max(1, len(said))


def copied(one: Any) -> bool:
    return isinstance(one, Finding) and one.code == "DUP002"


def rows_of(answers: pd.DataFrame) -> list[Row]:
    return [Row(at + 2, at + 2, r.id, r.instruction, r.output) for at, r in enumerate(answers.itertuples())]


def whole_check(answers: pd.DataFrame, guide: StyleGuide) -> None:
    rows = rows_of(answers)
    with timed(f"whole check, collect to judge, {len(rows)} rows"):
        said = judged(rows, guide, None)
    unmeasured = share(said, lambda one: isinstance(one, Unmeasured))
    print(
        f"    rows flagged {share(said, lambda one: isinstance(one, Finding)):.4f}, unmeasured {unmeasured:.4f}"
    )


def templated(guide: StyleGuide) -> None:
    line = "the quick brown fox jumps over a lazy dog while seven wizards watch from behind old garden walls"
    words = line.split()
    outputs = [" ".join([*words, *words[::-1], f"number{n}", *words[::2]]) for n in range(20_000)]
    rows = [Row(n + 2, n + 2, f"t{n}", f"Tell {n}.", output) for n, output in enumerate(outputs)]
    with timed("20,000 templated rows, all alike"):
        said = judged(rows, guide, None)
    print(
        f"    rows flagged {share(said, lambda one: isinstance(one, Finding)):.4f}, findings {sum(map(len, said))}"
    )
    random.seed(1)
    outputs = [" ".join(random.sample(words * 3, 54)) for _ in range(20_000)]
    rows = [Row(n + 2, n + 2, f"s{n}", f"Tell {n}.", output) for n, output in enumerate(outputs)]
    with timed("20,000 rows of the same words, shuffled"):
        said = judged(rows, guide, None)
    print(f"    rows unmeasured {share(said, lambda one: isinstance(one, Unmeasured)):.4f}")


def clough(corpora: Path, guide: StyleGuide) -> None:
    answers = pd.read_csv(corpora / "clough_dev.csv")
    sources = [(r.id, r.text) for r in pd.read_csv(corpora / "clough_sources_dev.csv").itertuples()]
    rows = [Row(at + 2, at + 2, r.id, "Explain.", r.text) for at, r in enumerate(answers.itertuples())]
    flagged = [any(map(copied, one)) for one in judged(rows, guide, sources)]
    taken = list(answers.category != "non")
    right = sum(f and t for f, t in zip(flagged, taken, strict=True))
    print(
        f"Clough-Stevenson dev: precision {right / sum(flagged):.3f}, recall {right / sum(taken):.3f}, "
        f"F1 {2 * right / (sum(flagged) + sum(taken)):.3f}"
    )


def false_alarms(answers: pd.DataFrame, guide: StyleGuide) -> None:
    """Strong answers to some prompts against other models' answers to other prompts."""
    strong = answers[answers.model.isin(STRONG) & (answers.instr_id % 2 == 0)].head(500)
    others = answers[~answers.model.isin(STRONG) & (answers.instr_id % 2 == 1)]
    for count in (300, 3000, 20000):
        some = others.sample(min(count, len(others)), random_state=1)
        said = judged(rows_of(strong), guide, list(zip(some.id, some.output, strict=True)))
        print(
            f"{len(strong)} strong answers against {len(some)} to other prompts: flagged {share(said, copied):.4f}"
        )


def many_references(answers: pd.DataFrame, guide: StyleGuide, count: int) -> None:
    random.seed(2)
    pool = list(answers.output)
    references: list[tuple[str, str]] = []
    for n in range(count):
        lines = pool[n % len(pool)].split(". ")
        references.append(
            (f"ref{n}", ". ".join(random.sample(lines, len(lines)) if n >= len(pool) else lines))
        )
    for rows in (rows_of(answers.head(120)), rows_of(answers)):
        with timed(f"{len(rows)} rows against {count} references"):
            said = judged(rows, guide, references)
        print(
            f"    flagged {share(said, copied):.4f}, unmeasured {share(said, lambda o: isinstance(o, Unmeasured)):.4f}"
        )


if __name__ == "__main__":
    main()
