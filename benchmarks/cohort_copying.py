"""Copying between groups: are honest pairs' p values uniform, how many planted copies are found, at what cost.

    python benchmarks/cohort_copying.py --corpora DIR [--trials 200] [--seed 7]

DIR holds jfleg_dev.csv and answers_dev.parquet. Three kinds of course:
- the four correctors of JFLEG on blocks of 100 rows: independent people, six pairs;
- courses of 20 and 50 groups that draw, for each row by itself, one of the four corrections or the sheet's own text:
  independent by construction, and harder than life, because four groups in five have one of four texts;
- the same beside groups who correct nothing or work in another way, and rings of most of the course;
- models as groups who wrote each row of another model's answers anew: independent, one model a family.
Drawn with PCG64: one stream of the Mersenne Twister for all groups makes pairs that are not independent.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import kstest

from grading.copying.compare import Copying, Pair, compare

Texts = Mapping[str, str]
Course = tuple[Texts, Mapping[str, Texts]]
SHARES = (0.1, 0.2, 0.3)
Q = 0.05
SHEET = "alpaca-7b"
"""The model whose answers the others write anew."""
FAMILIES = (
    "Meta-Llama-3-8B-Instruct",
    "airoboros-33b",
    "baichuan-13b-chat",
    "chatglm2-6b",
    "claude-2",
    "cohere",
    "dbrx-instruct",
    "deepseek-llm-67b-chat",
    "falcon-40b-instruct",
    "gemini-pro",
    "gemma-7b-it",
    "gpt4",
    "guanaco-33b",
    "internlm2-chat-20b-ppo",
    "jina-chat",
    "llama-2-13b-chat-hf",
)


@dataclass(frozen=True, slots=True)
class Corrections:
    """JFLEG's sources and their four corrections, by row."""

    ids: Sequence[str]
    sources: Sequence[str]
    references: Sequence[Sequence[str]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    report(options.corpora, options.trials, options.seed)


def report(corpora: Path, trials: int, seed: int) -> None:
    """Prints every figure."""
    corrections = jfleg(corpora)
    correctors(corrections, trials, seed)
    courses(corrections, max(trials // 10, 2), seed)
    rings(corrections, max(trials // 20, 2), seed)
    ways(corrections, max(trials // 20, 2), seed)
    paraphrased(corrections, max(trials // 10, 2), seed)
    rewritten(corpora, seed)
    speed(seed)


def jfleg(folder: Path) -> Corrections:
    table = pd.read_csv(folder / "jfleg_dev.csv", keep_default_na=False)
    return Corrections(list(table.id), list(table.source), [list(table[f"ref{n}"]) for n in range(4)])


# --- The four correctors ---------------------------------------------------------------------------------------------


def correctors(corrections: Corrections, trials: int, seed: int) -> None:
    blocks = [range(at, at + 100) for at in range(0, len(corrections.ids) - 99, 100)]
    honest = [pair for block in blocks for pair in compare(*block_of(corrections, block), q=Q).pairs]
    print(f"JFLEG dev, four correctors, {len(blocks)} blocks of 100 rows: {uniform(honest)}")
    drawn = np.random.default_rng(seed)
    some = [drawn.choice(len(corrections.ids), 100, replace=False) for _ in range(trials)]
    honest = [pair for rows in some for pair in compare(*block_of(corrections, rows), q=Q).pairs]
    print(f"  {trials} draws of 100 rows: {uniform(honest)}")
    at_one = float(np.quantile([pair.p for pair in honest if pair.p is not None], 0.01))
    score = float(np.quantile([pair.score for pair in honest], 0.99))
    for name, change in {"copied": same, "copied, one word of each row exchanged": exchanged}.items():
        for share in SHARES:
            found, by_p, by_score, false = 0, 0, 0, []
            for rows in some:
                sheet, outputs = block_of(corrections, rows)
                ring = sorted(drawn.choice(sorted(outputs), 2, replace=False).tolist())
                done = compare(sheet, copied(outputs, ring, share, drawn, change), q=Q)
                pair = next(pair for pair in done.pairs if [pair.a, pair.b] == ring)
                found += pair.p is not None and pair.p <= at_one
                by_p += pair.p is not None and pair.p <= 0.01
                by_score += pair.score >= score
                false.append(false_share(done, ring))
            print(
                f"  {name}, {share:.0%} of rows: found {found / trials:.2f} at 1% false positives "
                f"(by score {by_score / trials:.2f}), {by_p / trials:.2f} at p ≤ .01; "
                f"false discoveries {np.mean(false):.3f} at q ≤ {Q}"
            )


def block_of(corrections: Corrections, rows: Sequence[int]) -> Course:
    sheet = {corrections.ids[row]: corrections.sources[row] for row in rows}
    return sheet, {
        f"g{n}": {corrections.ids[row]: reference[row] for row in rows}
        for n, reference in enumerate(corrections.references)
    }


def uniform(pairs: Sequence[Pair]) -> str:
    """The calibration of honest pairs in words."""
    p = np.array([pair.p for pair in pairs if pair.p is not None])
    below = ", ".join(f"p ≤ {level:g}: {np.mean(p <= level):.4f}" for level in (0.001, 0.01, 0.05, 0.1, 0.5))
    quantiles = " ".join(f"{value:.2f}" for value in np.quantile(p, (0.1, 0.25, 0.5, 0.75, 0.9)))
    ks = kstest(p, "uniform")
    return (
        f"{len(p):,} honest pairs, {below}; quantiles 10-25-50-75-90% {quantiles}; "
        f"KS {ks.statistic:.3f} (p {ks.pvalue:.2f}); smallest {p.min():.2g}"
    )


# --- Larger courses --------------------------------------------------------------------------------------------------


def courses(corrections: Corrections, trials: int, seed: int) -> None:
    for groups in (20, 50):
        for uneven in (False, True):
            drawn = np.random.default_rng(seed)
            pairs, suspected = [], 0
            for _ in range(trials):
                done = compare(*drawn_course(corrections, groups, 100, drawn, uneven), q=Q)
                pairs += done.pairs
                suspected += done.calibration.candidates > 0
            kind = "uneven in diligence" if uneven else "alike in diligence"
            print(f"courses of {groups} groups × 100 rows, {kind}: {uniform(pairs)}")
            print(f"  courses with a candidate: {suspected} of {trials}")


def drawn_course(
    corrections: Corrections, groups: int, rows: int, drawn: np.random.Generator, uneven: bool
) -> Course:
    """Each group draws, for each row by itself, whether it corrects it and which of the four corrections it makes."""
    picked = drawn.choice(len(corrections.ids), rows, replace=False)
    sheet = {corrections.ids[row]: corrections.sources[row] for row in picked}
    outputs: dict[str, Texts] = {}
    for group in range(groups):
        diligence = drawn.uniform(0.3, 1) if uneven else 0.8
        corrects, which = drawn.random(rows) < diligence, drawn.integers(0, 4, rows)
        outputs[f"g{group:03}"] = {
            corrections.ids[row]: corrections.references[n][row] if made else corrections.sources[row]
            for row, n, made in zip(picked, which, corrects, strict=True)
        }
    return sheet, outputs


def rings(corrections: Corrections, trials: int, seed: int) -> None:
    print("rings in courses of 20 groups × 200 rows: pairs found at q ≤ .05, whole rings, false discoveries")
    for name, change in {"copied": same, "disguised by U+200B and Cyrillic о": disguised}.items():
        for size in (2, 3, 5, 8):
            for share in (0.3, 0.5):
                drawn = np.random.default_rng(seed)
                found, whole, false = [], 0, []
                for _ in range(trials):
                    sheet, outputs = drawn_course(corrections, 20, 200, drawn, False)
                    ring = sorted(drawn.choice(sorted(outputs), size, replace=False).tolist())
                    done = compare(sheet, copied(outputs, ring, share, drawn, change), q=Q)
                    inside = [pair for pair in done.pairs if pair.a in ring and pair.b in ring]
                    found.append(np.mean([pair.q <= Q for pair in inside]))
                    whole += tuple(ring) in done.clusters
                    false.append(false_share(done, ring))
                print(
                    f"  ring of {size}, {share:.0%} of rows {name}: {np.mean(found):.2f}, {whole} of {trials}, "
                    f"{np.mean(false):.3f}"
                )


def ways(corrections: Corrections, trials: int, seed: int) -> None:
    """Honest groups beside one that corrects nothing, two ways of working, and rings of most of the course."""
    kinds: dict[str, Way] = {
        "blank": blank,
        "“I do not know.”": unknowing,
        "written anew": anew,
        "swaps": swapped,
    }
    print("honest groups and independent ones who work in another way, 100 rows: honest pairs at q ≤ .05")
    for honest, others in ((3, 1), (4, 1), (8, 1), (4, 4), (5, 15), (10, 10)):
        for name, way in kinds.items():
            if others > 1 and way in (blank, unknowing):
                continue
            drawn = np.random.default_rng(seed)
            listed = 0
            for _ in range(trials):
                sheet, outputs = drawn_course(corrections, honest + others, 100, drawn, False)
                for group in sorted(outputs)[honest:]:
                    outputs[group] = {id_: way(text, drawn) for id_, text in outputs[group].items()}
                listed += sum(
                    pair.q is not None and pair.q <= Q for pair in compare(sheet, outputs, q=Q).pairs
                )
            pairs = trials * (honest + others) * (honest + others - 1) // 2
            print(f"  {honest} + {others} {name}: {listed} of {pairs}")
    for groups, size in ((10, 6), (12, 8), (20, 12)):
        drawn = np.random.default_rng(seed)
        whole, false = 0, []
        for _ in range(trials):
            sheet, outputs = drawn_course(corrections, groups, 100, drawn, False)
            ring = sorted(outputs)[:size]
            done = compare(sheet, copied(outputs, ring, 1.0, drawn, same), q=Q)
            whole += tuple(ring) in done.clusters
            false.append(false_share(done, ring))
        print(
            f"  ring of {size} of {groups}, all rows: whole {whole} of {trials}, false {np.mean(false):.3f}"
        )


def paraphrased(corrections: Corrections, trials: int, seed: int) -> None:
    """A word exchanged in every copied row, in a course whose honest groups have a quarter of their rows alike."""
    for share in (0.3, 0.6, 0.9):
        drawn = np.random.default_rng(seed)
        found = 0
        for _ in range(trials):
            sheet, outputs = drawn_course(corrections, 24, 100, drawn, False)
            ring = ["g005", "g017"]
            done = compare(sheet, copied(outputs, ring, share, drawn, exchanged), q=Q)
            found += next(pair.p for pair in done.pairs if [pair.a, pair.b] == ring) <= 0.01
        print(
            f"24 groups, {share:.0%} of rows copied, one word of each exchanged: {found} of {trials} at p ≤ .01"
        )


Way = Callable[[str, np.random.Generator], str]


def blank(text: str, drawn: np.random.Generator) -> str:
    return ""


def unknowing(text: str, drawn: np.random.Generator) -> str:
    return "I do not know."


def anew(text: str, drawn: np.random.Generator) -> str:
    return " ".join(
        word if drawn.random() < 0.4 else f"{word[:2]}{drawn.integers(10**6)}" for word in text.split()
    )


def swapped(text: str, drawn: np.random.Generator) -> str:
    """Three words inserted or exchanged, as one who writes freely does."""
    for _ in range(3):
        words = text.split()
        at = int(drawn.integers(len(words) + 1))
        words[at : at + int(drawn.integers(2))] = [str(drawn.choice(["really", "also", "indeed", "quite"]))]
        text = " ".join(words)
    return text


def copied(
    outputs: Mapping[str, Texts],
    ring: Sequence[str],
    share: float,
    drawn: np.random.Generator,
    change: Callable[[str, np.random.Generator], str],
) -> dict[str, Texts]:
    """The outputs with a share of the first group's rows in those of the others in the ring."""
    ids = sorted(outputs[ring[0]])
    picked = drawn.choice(ids, int(share * len(ids)), replace=False).tolist()
    source = outputs[ring[0]]
    taken = {group: {id_: change(source[id_], drawn) for id_ in picked} for group in ring[1:]}
    return {group: {**own, **taken.get(group, {})} for group, own in outputs.items()}


def same(text: str, drawn: np.random.Generator) -> str:
    return text


def exchanged(text: str, drawn: np.random.Generator) -> str:
    words = text.split()
    if words:
        words[int(drawn.integers(len(words)))] = "such"
    return " ".join(words)


def disguised(text: str, drawn: np.random.Generator) -> str:
    at = int(drawn.integers(len(text) + 1))
    return (text[:at] + "\u200b" + text[at:]).replace("o", "о").replace("c", "с")


def false_share(done: Copying, ring: Sequence[str]) -> float:
    """Share of the candidates that are not in the ring; 0 without candidates."""
    listed = [pair for pair in done.pairs if pair.q is not None and pair.q <= Q]
    return sum(not {pair.a, pair.b} <= set(ring) for pair in listed) / max(len(listed), 1)


# --- Texts written anew ----------------------------------------------------------------------------------------------


def rewritten(corpora: Path, seed: int) -> None:
    table = pd.read_parquet(corpora / "answers_dev.parquet", columns=["model", "instr_id", "output"])
    answers = {
        str(model): dict(zip(rows.instr_id.astype(str), rows.output, strict=True))
        for model, rows in table.groupby("model")
    }
    sheet = answers[SHEET]
    outputs = {model: answers[model] for model in FAMILIES}
    honest = compare(sheet, outputs, q=Q)
    print(f"{len(outputs)} models who answer the prompts of {len(sheet)} rows anew: {uniform(honest.pairs)}")
    print(f"  candidates: {[(pair.a, pair.b, pair.shared_edits) for pair in honest.pairs if pair.q <= Q]}")
    drawn = np.random.default_rng(seed)
    for name, change in {"copied": same, "one word in six exchanged": sixth}.items():
        for share in (0.02, 0.05, 0.1):
            ring = ["dbrx-instruct", "llama-2-13b-chat-hf"]
            done = compare(sheet, copied(outputs, ring, share, drawn, change), q=Q)
            pair = next(pair for pair in done.pairs if [pair.a, pair.b] == ring)
            print(f"  {share:.0%} of rows {name}: p {pair.p:.2g}, q {pair.q:.2g}")


def sixth(text: str, drawn: np.random.Generator) -> str:
    return " ".join("such" if drawn.random() < 1 / 6 else word for word in text.split(" "))


# --- Cost ------------------------------------------------------------------------------------------------------------


def speed(seed: int, groups: int = 200, rows: int = 800, words: int = 40) -> None:
    sheet, outputs = large_course(seed, groups, rows, words)
    ring = sorted(outputs)[20:28]
    outputs = copied(outputs, ring, 0.1, np.random.default_rng(seed), same)
    before, start = peak(), time.process_time()
    done = compare(sheet, outputs, q=Q)
    spent = time.process_time() - start
    print(
        f"{groups} groups × {rows} rows of {words} words: {len(done.pairs):,} pairs in {spent:.1f} s of CPU, "
        f"peak {peak():,} MB ({before:,} MB before); ring of 8 with 10% of rows: {tuple(ring) in done.clusters}; "
        f"false discoveries {false_share(done, ring):.3f}"
    )
    print(f"  calibration of the others: KS {done.calibration.ks}, {dict(done.calibration.quantiles)}")


def large_course(seed: int, groups: int, rows: int, words: int) -> Course:
    """Groups that change each word with the chance that all groups have for it, to one of four others."""
    drawn = np.random.default_rng(seed)
    lexicon = np.array(["".join(drawn.choice(list("abcdefghiklmnoprstu"), 6)) for _ in range(5000)])
    sheet: dict[str, str] = {}
    outputs: dict[str, dict[str, str]] = {f"g{n:03}": {} for n in range(groups)}
    for row in range(rows):
        text, others = drawn.choice(lexicon, words), drawn.choice(lexicon, (4, words))
        share = drawn.random(words) ** 6
        sheet[str(row)] = " ".join(text)
        changed = drawn.random((groups, words)) < share
        which = np.minimum(drawn.exponential(0.7, (groups, words)).astype(int), 3)
        made = np.where(changed, others[which, np.arange(words)], text)
        for own, line in zip(outputs.values(), made, strict=True):
            own[str(row)] = " ".join(line)
    return sheet, outputs


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
