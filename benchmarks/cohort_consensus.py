"""Consensus of labels, facts on which one group stands alone, and intervals of grades: how right, and how fast.

    python benchmarks/cohort_consensus.py --corpora DIR [--seed 7] [--trials 10]

DIR holds jfleg_dev.csv and answers_dev.parquet. Labels are simulated: 60 rows, 8 modes, honest groups right in 65% of
the rows, one copied sheet in 35%.
"""

from __future__ import annotations

import argparse
import random
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from corpora import strong

from grading.consensus.agreement import alpha
from grading.consensus.facts import standing_alone
from grading.consensus.labels import against_others, consensus
from grading.course.model import Course
from grading.scoring.stability import RowMarks, stability
from quality.guide import load

GUIDE = load()
MODES = tuple(GUIDE.fail_modes)
ROWS = 60
COURSE = Course(Path("/course"), Path("/course/sheet.csv"), Path("/course/test.csv"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--trials", type=int, default=10)
    options = parser.parse_args()
    report(options.corpora, options.trials, options.seed)


def report(corpora: Path, trials: int, seed: int) -> None:
    """Prints every figure."""
    warnings.filterwarnings("ignore", message="The inplace keyword in")
    aggregators(seed, trials)
    standings(seed)
    agreement(seed)
    large(seed)
    facts(corpora, seed)
    intervals(seed)


def simulated(
    rng: np.random.Generator, groups: int, clique: int, skewed: bool, confused: bool, rows: int = ROWS
) -> tuple[np.ndarray, np.ndarray]:
    """[rows] the truth, [groups, rows] the labels; the first `clique` groups handed in one sheet.

    Args:
        skewed: Four rows in five have the first mode.
        confused: Six wrong labels in ten are the same wrong one.
    """
    rest = len(MODES) - 1
    truth = rng.choice(len(MODES), rows, p=[0.8, *[0.2 / rest] * rest] if skewed else None)

    def sheet(right: float) -> np.ndarray:
        wrong = rng.integers(0, rest, rows)
        wrong += wrong >= truth
        if confused:
            wrong = np.where(rng.random(rows) < 0.6, (truth + 1) % len(MODES), wrong)
        return np.where(rng.random(rows) < right, truth, wrong)

    copied = sheet(0.35)
    return truth, np.array([copied] * clique + [sheet(0.65) for _ in range(groups - clique)])


def labels(votes: np.ndarray) -> dict[str, dict[str, str]]:
    return {
        f"g{at:03}": {str(row): MODES[vote] for row, vote in enumerate(of)}
        for at, of in enumerate(votes.tolist())
    }


def ours(votes: np.ndarray, clique: int) -> np.ndarray:
    """The consensus with the clique as one voice; -1 for a tie."""
    copied = [tuple(f"g{at:03}" for at in range(clique))]
    found = consensus(labels(votes), clusters=copied, gold={}, changed=frozenset(), guide=GUIDE)
    return np.array([-1 if one.label is None else MODES.index(one.label) for one in found.items.values()])


def by_crowdkit(make: Callable[[], object]) -> Callable[[np.ndarray, int], np.ndarray]:
    def fitted(votes: np.ndarray, clique: int) -> np.ndarray:
        left = votes[max(0, clique - 1) :]
        groups, rows = np.indices(left.shape).reshape(2, -1)
        frame = pd.DataFrame({"task": rows, "worker": groups, "label": left.ravel()})
        return make().fit_predict(frame).reindex(range(left.shape[1])).to_numpy()

    return fitted


def aggregators(seed: int, trials: int) -> None:
    from crowdkit.aggregation import MACE, DawidSkene, OneCoinDawidSkene

    ways: Mapping[str, Callable[[np.ndarray, int], np.ndarray]] = {
        "ours": ours,
        "Dawid-Skene": by_crowdkit(lambda: DawidSkene(n_iter=50)),
        "one coin": by_crowdkit(lambda: OneCoinDawidSkene(n_iter=50)),
        "MACE": by_crowdkit(lambda: MACE(n_restarts=2, n_iter=20, random_state=0)),
    }
    print("accuracy of the consensus; a tie counts as wrong, and in brackets is left out")
    print("  groups, of these copied, rows mostly none, confusions")
    for groups, clique in ((3, 0), (5, 0), (20, 0), (20, 8), (200, 80)):
        for skewed, confused in ((False, False), (True, False), (False, True)):
            for collapsed in (True, False) if clique else (True,):
                said = [f"{groups:3} {clique:2} {skewed!s:5} {confused!s:5}"]
                seen = clique if collapsed else 0
                many = max(1, trials * 20 // max(groups, 20))
                worlds = [
                    simulated(np.random.default_rng([seed, trial]), groups, clique, skewed, confused)
                    for trial in range(many)
                ]
                open_rows = [ours(votes, seen) < 0 for _, votes in worlds]
                said.append(f"ties {np.mean(open_rows):.3f}")
                for name, way in ways.items():
                    if name == "MACE" and groups > 20:
                        continue
                    right = [way(votes, seen) == truth for truth, votes in worlds]
                    untied = [of[~tied].mean() for of, tied in zip(right, open_rows, strict=True)]
                    said.append(f"{name} {np.mean(right):.3f} (untied {np.mean(untied):.3f})")
                print("  " + "  ".join((*said, "collapsed" if collapsed else "RING NOT SEEN")))


def standings(seed: int) -> None:
    """A group's share against the others, beside how often it is right."""
    truth, votes = simulated(np.random.default_rng(seed), 20, 8, False, False)
    found = against_others(labels(votes), [tuple(f"g{at:03}" for at in range(8))], {}, guide=GUIDE)
    right = (votes == truth).mean(axis=1)
    off = [abs(one.share - right[at]) for at, one in enumerate(found.values()) if one.share is not None]
    print(
        f"standing against the others: off the true share by {np.mean(off):.3f} on average, {max(off):.3f} at most"
    )


def agreement(seed: int) -> None:
    from crowdkit.metrics.data import alpha_krippendorff

    _, votes = simulated(np.random.default_rng(seed), 60, 0, False, True, rows=200)
    groups, rows = np.indices(votes.shape).reshape(2, -1)
    frame = pd.DataFrame({"task": rows, "worker": groups, "label": votes.ravel()})
    counts = np.stack([(votes == at).sum(axis=0) for at in range(len(MODES))], axis=1)
    ours, our_time = timed(lambda: alpha(counts))
    theirs, their_time = timed(lambda: alpha_krippendorff(frame))
    print(
        f"alpha, 60 groups × 200 rows: {ours:.6f} in {our_time:.4f} s; crowd-kit's {theirs:.6f} in {their_time:.2f} s"
    )


def large(seed: int) -> None:
    _, votes = simulated(np.random.default_rng(seed), 200, 20, True, True, rows=800)
    cells = labels(votes)
    copied = [tuple(f"g{at:03}" for at in range(20))]
    changed = frozenset(map(str, range(400)))
    _, whole = timed(lambda: consensus(cells, clusters=copied, gold={}, changed=changed, guide=GUIDE))
    _, each = timed(lambda: against_others(cells, copied, {}, guide=GUIDE))
    print(f"200 groups × 800 rows: consensus {whole:.2f} s, each against the others {each:.2f} s")


def facts(corpora: Path, seed: int) -> None:
    rng = random.Random(seed)
    table = pd.read_csv(corpora / "jfleg_dev.csv", keep_default_na=False)
    sheet = dict(zip(table.id, table.source, strict=True))
    versions = {row.id: (row.source, row.ref0, row.ref1, row.ref2, row.ref3) for row in table.itertuples()}
    honest = {f"g{at:02}": {id: rng.choice(of) for id, of in versions.items()} for at in range(20)}
    found, seconds = timed(lambda: standing_alone(honest, sheet))
    print(
        f"facts, honest: {total(found)} alarms in {20 * len(sheet):,} rows of JFLEG, 20 groups, {seconds:.1f} s"
    )
    planted(honest, sheet, rng, "JFLEG")
    chosen = strong(corpora).drop_duplicates("instruction")
    answers = {str(row.Index): row.output for row in chosen.itertuples() if len(row.output) < 3_000}
    edited = {f"g{at:02}": {id: trimmed(text, rng) for id, text in answers.items()} for at in range(20)}
    found, seconds = timed(lambda: standing_alone(edited, answers))
    alarms = f"{total(found)} alarms in {20 * len(answers):,} rows of answers"
    print(f"facts, honest, one sentence in ten left out, formats changed: {alarms}, {seconds:.1f} s")
    planted(edited, answers, rng, "answers")


def trimmed(text: str, rng: random.Random) -> str:
    """The text without some of its sentences, and with numbers written in another way."""
    kept = [one for one in text.split(". ") if rng.random() > 0.1]
    joined = ". ".join(kept) or text
    return joined.replace(",000", "000") if rng.random() < 0.5 else joined


def planted(
    outputs: Mapping[str, Mapping[str, str]], sheet: Mapping[str, str], rng: random.Random, name: str
) -> None:
    """One number changed in one group, in every row that has one; whether that and nothing else is found."""
    changed = {group: dict(rows) for group, rows in outputs.items()}
    faults: dict[tuple[str, str], str] = {}
    for id in sheet:
        group = rng.choice([*outputs])
        words = outputs[group][id].split(" ")
        places = [at for at, word in enumerate(words) if word.strip(".,").isdigit()]
        if places:
            at = rng.choice(places)
            digits = words[at].strip(".,")
            other = str(int(digits) + rng.choice((1, 2, 10, 100)))
            words[at] = words[at].replace(digits, other)
            changed[group][id] = " ".join(words)
            faults[group, id] = other
    found = standing_alone(changed, sheet)
    alarms = [(group, one) for group, of in found.items() for one in of]
    # the number may be a part of what is named: `9 billion`, `June 9, 2023`
    hit = sum(faults.get((group, one.id), "-") in one.value for group, one in alarms)
    print(f"  planted in {name}: {hit} of {len(faults)} found, precision {hit / max(1, len(alarms)):.3f}")


def intervals(seed: int) -> None:
    """How often the 95% interval holds the mean of the population that the rows were drawn from."""
    rng = np.random.default_rng(seed)
    shapes: Mapping[str, tuple[Callable[[int], np.ndarray], float]] = {
        "60% full, the rest 40-100": (
            lambda n: np.where(rng.random(n) < 0.6, 100, rng.uniform(40, 100, n)),
            88.0,
        ),
        "95% full, the rest 0-100": (
            lambda n: np.where(rng.random(n) < 0.95, 100, rng.uniform(0, 100, n)),
            97.5,
        ),
        "0 or 100": (lambda n: np.where(rng.random(n) < 0.7, 100.0, 0.0), 70.0),
    }
    for name, (draw, mean) in shapes.items():
        said: list[str] = []
        for rows in (20, 60, 200, 800):
            found = [interval(draw(rows)) for _ in range(300)]
            held = np.mean([low <= mean <= high for low, high in found])
            said.append(f"{rows} rows {held:.3f} (±{np.mean([high - low for low, high in found]) / 2:.1f})")
        print(f"coverage of the 95% interval, {name}: {', '.join(said)}")
    _, seconds = timed(lambda: interval(rng.uniform(0, 100, 800)))
    print(f"interval of one group of 800 rows: {seconds:.3f} s")


def interval(scores: np.ndarray) -> tuple[float, float]:
    rows = [RowMarks(str(at), {"quality": score}) for at, score in enumerate(scores.tolist())]
    found = stability([rows], lambda means: means["quality"], COURSE)
    assert found.low is not None and found.high is not None
    return found.low, found.high


def total(found: Mapping[str, tuple[object, ...]]) -> int:
    return sum(map(len, found.values()))


def timed(do: Callable[[], object]) -> tuple:
    start = time.perf_counter()
    return do(), time.perf_counter() - start


if __name__ == "__main__":
    main()
