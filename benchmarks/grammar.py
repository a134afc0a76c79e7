"""What the grammar family finds, and what it costs, against raw Harper.

    python benchmarks/grammar.py --corpora DIR [--rows 400] [--seed 7]

Reads `jfleg_dev.csv` (learners' sentences with four corrections) and `answers_dev.parquet` (models' answers to
AlpacaEval prompts) from DIR. An erroneous sentence is one that all four correctors changed. Strong answers are those
of the six models named below: close to free of language errors, so what is flagged there is mostly a false alarm.
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

from quality import guide, prompt
from quality.checks.grammar import CHECK, collect, finish, judge, measure
from quality.model import Finding, Row, Severity, Unmeasured
from quality.rule import Context, Inputs

STRONG = (
    "gpt4",
    "gpt-4-turbo-2024-04-09",
    "gpt-4o-2024-05-13",
    "gpt4_1106_preview",
    "claude-3-opus-20240229",
    "claude-3-5-sonnet-20240620",
)


@dataclass(frozen=True)
class Judged:
    """What a checker said of a list of rows: codes of errors and of all findings, a row each."""

    errors: list[list[str]]
    findings: list[list[str]]
    unmeasured: int


def raw(rows: Sequence[Row]) -> Judged:
    """Harper as it comes: every lint counts."""
    import harper

    linter = harper.Linter()
    lints = [[lint.lint_kind for lint in linter.lint(row.output)] for row in rows]
    return Judged(lints, lints, 0)


def ours(rows: Sequence[Row]) -> Judged:
    """The grammar family with the shipped guide."""
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
        unmeasured += "unmeasured" in measured["output"] or any(isinstance(one, Unmeasured) for one in said)
        errors.append([one.code for one in found if one.severity == Severity.ERROR])
        findings.append([one.code for one in found])
    return Judged(errors, findings, unmeasured)


def as_rows(outputs: Sequence[str], instructions: Sequence[str] | None = None) -> list[Row]:
    asked = instructions or ["Write a sentence."] * len(outputs)
    return [Row(i + 2, i + 2, str(i), a, o) for i, (a, o) in enumerate(zip(asked, outputs, strict=True))]


def share(rows: list[list[str]]) -> float:
    return sum(map(bool, rows)) / len(rows)


def f_half(precision: float, recall: float) -> float:
    return 1.25 * precision * recall / (0.25 * precision + recall) if precision + recall else 0.0


def jfleg(folder: Path, checker: Callable[[Sequence[Row]], Judged]) -> tuple[Judged, Judged]:
    table = pd.read_csv(folder / "jfleg_dev.csv", keep_default_na=False)
    erroneous = table[table.label == "error"].source.tolist()
    references = [text for column in ("ref0", "ref1", "ref2", "ref3") for text in table[column]]
    return checker(as_rows(erroneous)), checker(as_rows(references))


def strong(folder: Path, rows: int, seed: int) -> list[Row]:
    table = pd.read_parquet(folder / "answers_dev.parquet", columns=["model", "instruction", "output"])
    sample = table[table.model.isin(STRONG)].sample(rows, random_state=seed)
    return as_rows(sample.output.tolist(), sample.instruction.tolist())


def cpu_raw(texts: list[str]) -> float:
    import harper

    linter = harper.Linter()
    linter.lint("Warm up.")
    start = time.process_time()
    for text in texts:
        linter.lint(text)
    return time.process_time() - start


def cpu_ours(texts: list[str]) -> float:
    measure("Warm up teh linter and its worrd lists.")
    start = time.process_time()
    for text in texts:
        measure(text)
    return time.process_time() - start


def in_fresh_process(function: Callable[[list[str]], float], texts: list[str]) -> float:
    """Seconds of CPU in a new process, because Harper remembers what it has read."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, (texts,))


def report(name: str, checker: Callable[[Sequence[Row]], Judged], folder: Path, answers: list[Row]) -> None:
    sources, references = jfleg(folder, checker)
    words = sum(len(row.output.split()) for row in answers)
    judged = checker(answers)
    for level in ("errors", "findings"):
        hit, false = getattr(sources, level), getattr(references, level)
        recall, alarms = share(hit), share(false)
        # precision as if corrections and erroneous sentences were equally many
        precision = recall / (recall + alarms) if recall + alarms else 0.0
        flagged = getattr(judged, level)
        rate = 1000 * sum(map(len, flagged)) / words
        print(
            f"{name:8} {level:9} JFLEG recall {recall:.3f}  references {alarms:.2%}"
            f"  F0.5 {f_half(precision, recall):.3f}"
            f"  strong answers {rate:.2f} per 1,000 words, {share(flagged):.1%} of rows"
        )
    print(
        f"{name:8} unmeasured {sources.unmeasured} + {references.unmeasured} sentences, {judged.unmeasured} answers"
    )
    if name == "ours":
        by_rule(sources, references, judged, words)


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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    answers = strong(options.corpora, options.rows, options.seed)
    report("harper", raw, options.corpora, answers)
    report("ours", ours, options.corpora, answers)
    texts = [row.output for row in answers[: options.rows // 4]]
    words = sum(len(text.split()) for text in texts)
    theirs, own = in_fresh_process(cpu_raw, texts), in_fresh_process(cpu_ours, texts)
    print(
        f"CPU of {words:,} fresh words: harper {words / theirs:,.0f} words/s, ours {words / own:,.0f};"
        f" ratio {own / theirs:.2f}"
    )


if __name__ == "__main__":
    main()
