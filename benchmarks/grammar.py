"""What the grammar family finds with each engine, and what it costs.

    python benchmarks/grammar.py --corpora DIR [--rows 400] [--seed 7] [--engines harper languagetool both]

Reads `jfleg_dev.csv` (learners' sentences with four corrections) and `answers_dev.parquet` (models' answers to
AlpacaEval prompts) from DIR. An erroneous sentence is one that all four correctors changed. Strong answers are close
to free of language errors, so what is flagged there is mostly a false alarm; so are flagged corrections, though the
correctors left some errors in. Precision is taken as if erroneous sentences and corrections were equally many.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from corpora import strong as strong_answers

from quality import guide, prompt
from quality.checks.grammar import CHECK, CHECKS, collect, finish, judge
from quality.model import Finding, Row, Severity, Unmeasured
from quality.rule import Context, Inputs

RATE_ROWS = 60
"""Answers on which words a second are measured, not seen before by the engine."""


@dataclass(frozen=True)
class Judged:
    """What a checker said of a list of rows: codes of errors and of all findings, a row each."""

    errors: list[list[str]]
    findings: list[list[str]]
    unmeasured: int


Checker = Callable[[Sequence[Row]], Judged]


def raw(rows: Sequence[Row]) -> Judged:
    """Harper as it comes: every lint counts."""
    import harper

    linter = harper.Linter()
    lints = [[lint.lint_kind for lint in linter.lint(row.output)] for row in rows]
    return Judged(lints, lints, 0)


def by(engine: str) -> Checker:
    """The grammar family with that engine and the shipped guide."""
    measure = CHECKS[engine].measure
    assert measure is not None

    def check(rows: Sequence[Row]) -> Judged:
        inputs = Inputs(guide=guide.load())
        measures = [{"output": measure(row.output)} for row in rows]
        facts = finish(collect(rows, measures, inputs), inputs)
        errors: list[list[str]] = []
        findings: list[list[str]] = []
        unmeasured = 0
        for row, measured in zip(rows, measures, strict=True):
            context = Context(row, prompt.read(row.instruction), inputs, measured, facts)
            said = [] if "unmeasured" in measured["output"] else list(judge(context))
            found = [one for one in said if isinstance(one, Finding)]
            unmeasured += "unmeasured" in measured["output"] or any(isinstance(o, Unmeasured) for o in said)
            errors.append([one.code for one in found if one.severity == Severity.ERROR])
            findings.append([one.code for one in found])
        return Judged(errors, findings, unmeasured)

    return check


def as_rows(outputs: Sequence[str], instructions: Sequence[str] | None = None) -> list[Row]:
    asked = instructions or ["Write a sentence."] * len(outputs)
    return [Row(i + 2, i + 2, str(i), a, o) for i, (a, o) in enumerate(zip(asked, outputs, strict=True))]


def share(rows: Sequence[list[str]]) -> float:
    return sum(map(bool, rows)) / len(rows)


def f_half(precision: float, recall: float) -> float:
    return 1.25 * precision * recall / (0.25 * precision + recall) if precision + recall else 0.0


def jfleg(folder: Path) -> tuple[list[Row], list[Row]]:
    """Erroneous sentences, and all corrections."""
    table = pd.read_csv(folder / "jfleg_dev.csv", keep_default_na=False)
    references = [text for column in ("ref0", "ref1", "ref2", "ref3") for text in table[column]]
    return as_rows(table[table.label == "error"].source.tolist()), as_rows(references)


def report(name: str, checker: Checker, folder: Path, answers: list[Row]) -> None:
    sources, references = (checker(rows) for rows in jfleg(folder))
    judged = checker(answers)
    words = sum(len(row.output.split()) for row in answers)
    for level in ("errors", "findings"):
        hit, false, flagged = (getattr(one, level) for one in (sources, references, judged))
        rate = 1000 * sum(map(len, flagged)) / words
        print(f"{name:12} {level:9} {sentence_figures(hit, false)}", end="  ")
        print(f"strong answers {rate:.2f} per 1,000 words, {share(flagged):.1%} of rows")
    for half in (
        0,
        1,
    ):  # an erroneous sentence and its corrections may differ in half: only their number counts
        print(
            f"{'':12} half {half + 1}    {sentence_figures(sources.errors[half::2], references.errors[half::2])}"
        )
    unread = (sources.unmeasured, references.unmeasured, judged.unmeasured)
    print(f"{'':12} unmeasured {unread[0]} + {unread[1]} sentences, {unread[2]} answers")
    if name != "raw":
        by_rule(sources, references, judged, words)


def sentence_figures(hit: Sequence[list[str]], false: Sequence[list[str]]) -> str:
    recall, alarms = share(hit), share(false)
    precision = recall / (recall + alarms) if recall + alarms else 0.0
    return (
        f"JFLEG precision {precision:.3f}  recall {recall:.3f}  F0.5 {f_half(precision, recall):.3f}"
        f"  references {alarms:.2%}"
    )


def by_rule(sources: Judged, references: Judged, answers: Judged, words: int) -> None:
    hit, false = (Counter(code for row in j.findings for code in set(row)) for j in (sources, references))
    strong_findings = Counter(code for row in answers.findings for code in row)
    for rule in CHECK.rules:
        at, off = hit[rule.code] / len(sources.findings), false[rule.code] / len(references.findings)
        print(
            f"  {rule.code} {rule.name:15} sentences {at:.1%}  references {off:.2%}"
            f"  lift {at / off if off else float('inf'):.1f}"
            f"  strong answers {1000 * strong_findings[rule.code] / words:.2f} per 1,000 words"
        )


def spent_raw(texts: list[str]) -> tuple[float, float]:
    """Seconds of wall time and of this process's CPU that raw Harper takes."""
    import harper

    linter = harper.Linter()
    return _spent(linter.lint, texts)


def spent_by(engine: str, texts: list[str]) -> tuple[float, float]:
    """The same for the family with that engine; a server's CPU is not in it."""
    measure = CHECKS[engine].measure
    assert measure is not None
    return _spent(measure, texts)


def _spent(read: Callable[[str], object], texts: list[str]) -> tuple[float, float]:
    read("Warm up teh linter and its worrd lists.")
    wall, cpu = time.perf_counter(), time.process_time()
    for text in texts:
        read(text)
    return time.perf_counter() - wall, time.process_time() - cpu


def in_fresh_process(function: Callable[..., tuple[float, float]], *arguments: object) -> tuple[float, float]:
    """What it returns in a new process, because Harper remembers what it has read."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def costs(engines: Sequence[str], answers: list[Row]) -> None:
    texts = [row.output for row in answers[:RATE_ROWS]]
    words = sum(len(text.split()) for text in texts)
    _, theirs = in_fresh_process(spent_raw, texts)
    print(
        f"one text at a time, {words:,} words not read before: raw Harper {words / theirs:,.0f} words/s of CPU"
    )
    for engine in engines:
        wall, own = in_fresh_process(spent_by, engine, texts)
        ratio = f", {own / theirs:.2f} x raw Harper's CPU" if engine == "harper" else ""
        print(f"  {engine:12} {words / wall:,.0f} words/s{ratio}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--engines", nargs="+", default=list(CHECKS), choices=list(CHECKS))
    options = parser.parse_args()
    sample = strong_answers(options.corpora).sample(options.rows, random_state=options.seed)
    answers = as_rows(sample.output.tolist(), sample.instruction.tolist())
    report("raw", raw, options.corpora, answers)
    for engine in options.engines:
        report(engine, by(engine), options.corpora, answers)
    costs(options.engines, answers)


if __name__ == "__main__":
    main()
