"""Tone and fillers on real answers: what is flagged in strong models' answers and others', recall on rude text, cost.

Run with `python benchmarks/tone.py --corpora DIR [--show CODE]`; DIR holds answers_dev.parquet. `--show` prints some
of a rule's findings to read; `--fixes` prints a sample of corrected ends.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

import pandas as pd
from corpora import others as other_answers
from corpora import strong as strong_answers
from rude import HELD_OUT, POLITE, RUDE

from quality import guide, prompt, waive
from quality.checks import fillers, length, tone
from quality.fix import apply
from quality.model import Finding, Row
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
CHECKS = (length.CHECK, fillers.CHECK, tone.CHECK)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=6_000, help="rows of the other models")
    parser.add_argument("--show", help="a rule or family whose findings are printed")
    parser.add_argument("--sample", type=int, default=60, help="how many of them at most")
    parser.add_argument("--strong", action="store_true", help="show findings in strong models' answers")
    parser.add_argument(
        "--fixes", type=int, default=0, help="how many corrections of other models' answers to print"
    )
    options = parser.parse_args()
    strong = rows_of(strong_answers(options.corpora))
    others = rows_of(other_answers(options.corpora).sample(options.rows, random_state=3))
    if options.show:
        show(strong if options.strong else others, options.show, options.sample)
        return
    if options.fixes:
        show_fixes(others, options.fixes)
        return
    report("strong answers", strong)
    report("other models", others)
    recall("tuned on", RUDE)
    recall("held out", HELD_OUT)
    polite()
    cost(strong[:1_000])


def rows_of(frame: pd.DataFrame) -> list[Row]:
    pairs = zip(frame.instruction, frame.output, strict=True)
    return [Row(n, n, str(n), i, o) for n, (i, o) in enumerate(pairs)]


def judged(row: Row) -> list[Finding]:
    read = prompt.read(row.instruction)
    found = [
        finding
        for check in CHECKS
        if check.measure
        for finding in check.judge(Context(row, read, INPUTS, {"output": check.measure(row.output)}))
        if isinstance(finding, Finding)
    ]
    return list(waive.waive(found, read, row.instruction))


def report(name: str, rows: list[Row]) -> None:
    found = [judged(row) for row in rows]
    flagged = Counter(code for row in found for code in {f.code for f in row if f.waived is None})
    waived = Counter(code for row in found for code in {f.code for f in row if f.waived is not None})
    wrong = sum(any(f.is_error for f in row) for row in found)
    print(f"{name}: {len(rows)} rows; with an error {wrong} ({wrong / len(rows):.2%})")
    print(f"  rows flagged by rule: {dict(sorted(flagged.items()))}; waived: {dict(sorted(waived.items()))}")


def show(rows: list[Row], code: str, sample: int) -> None:
    found = [(row, f) for row in rows for f in judged(row) if f.code.startswith(code)]
    draw = random.Random(code)
    for row, f in draw.sample(found, min(sample, len(found))):
        start, end = f.start or 0, f.end or 0
        around = row.output[max(0, start - 60) : start], row.output[start:end], row.output[end : end + 60]
        waived = f" (waived: {f.waived})" if f.waived else ""
        print(f.code, repr(row.instruction[:70]), "…{}[[{}]]{}…".format(*around).replace("\n", "/"), waived)
    print(f"{len(found)} findings")


def show_fixes(rows: list[Row], count: int) -> None:
    """What a reader has to look at: the new beginning, the new end, and what went."""
    fixes = [
        (row, f)
        for row in rows
        for f in judged(row)
        if f.fix and f.fix.safe and f.code in ("LEN004", "LEN005")
    ]
    for row, f in random.Random(7).sample(fixes, min(count, len(fixes))):
        assert f.fix
        fixed = apply(row.output, [f.fix])
        shown = fixed[:110] if f.code == "LEN004" else fixed[-110:]
        print(f.code, repr(row.output[f.fix.start : f.fix.end][:160]), "→", repr(shown))
    print(f"{len(fixes)} safe corrections in {len(rows)} rows")


PLAIN = "Blue light is scattered more than red light by the air. {} That is why the sky looks blue by day."


def seeded(sentence: str) -> set[str]:
    """The tone rules that a plain answer with that sentence in it breaks."""
    row = Row(2, 2, "a", "Why is the sky blue?", PLAIN.format(sentence))
    return {f.code for f in judged(row) if f.code.startswith("TON")}


def recall(name: str, rude: dict[str, tuple[str, ...]]) -> None:
    """Hand-written rude sentences, each put into a plain answer."""
    for code, sentences in rude.items():
        found = [seeded(sentence) for sentence in sentences]
        missed = [s for s, codes in zip(sentences, found, strict=True) if code not in codes]
        some = sum(map(bool, found))
        print(
            f"{name} {code}: {len(found) - len(missed)} of {len(found)} ({some} by some rule); missed: {missed}"
        )


def polite() -> None:
    """Polite sentences that come near to rude ones: the control."""
    wrong = [sentence for sentence in POLITE if seeded(sentence)]
    print(f"polite sentences flagged: {len(wrong)} of {len(POLITE)}: {wrong}")


def cost(rows: list[Row]) -> None:
    words = sum(len(row.output.split()) for row in rows) / len(rows)
    for check in (fillers.CHECK, tone.CHECK):
        assert check.measure
        start = time.process_time()
        measured = [check.measure(row.output) for row in rows]
        middle = time.process_time()
        for row, one in zip(rows, measured, strict=True):
            list(check.judge(Context(row, prompt.read(row.instruction), INPUTS, {"output": one})))
        took = (middle - start) / len(rows) * 1e3, (time.process_time() - middle) / len(rows) * 1e3
        print(
            f"cost of {check.family}: measure {took[0]:.3f} ms, judge with prompt {took[1]:.3f} ms ({words:.0f} words)"
        )


if __name__ == "__main__":
    main()
