"""Facts that can be recomputed, on real answers: recall of seeded arithmetic faults, false alarms, cost.

    python benchmarks/facts.py --corpora DIR [--gsm8k FILE.jsonl] [--strong | --others N] [--show N]

DIR holds answers_dev.parquet. Faults are put into answers with worked arithmetic, one an answer, by a generator that
knows nothing of the readers: the result of one equation is changed, or an operand, or a number inside a calculator's
mark (`<<48/2=24>>`), or the number after ####. Answers that are left as they are count false alarms. `--gsm8k` does the
same on the user's copy of GSM8K (`question`, `answer` a line). `--strong` prints every finding of the family in strong
models' answers, `--others N` those in N answers of the other models.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pandas as pd
from corpora import answers, others, strong

from quality import guide, prompt, waive
from quality.checks import factual
from quality.model import Finding, Row, Unmeasured
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
NUMBER = r"\d[\d,]*(?:\.\d+)?|\.\d+"
EQUATION = re.compile(
    rf"(?<![\w.,/*+×÷)%^-])(?<![-+*/×÷^x] )\$?(?P<a>{NUMBER}) ?(?P<sign>[-+*/x×÷]) ?\$?(?P<b>{NUMBER})"
    rf" ?= ?\$?(?:<<[^<>]*>>)?(?P<c>{NUMBER})(?![\d%,.]*\d|%|[eE^])(?! ?[-+*/x×÷^] ?[\d$(])"
)
MARK = re.compile(rf"<<(?P<a>{NUMBER})[-+*/](?P<b>{NUMBER})=(?P<c>{NUMBER})>>")
FINAL = re.compile(rf"#### (?P<c>{NUMBER})")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--gsm8k", type=Path, help="a JSONL file of GSM8K rows")
    parser.add_argument(
        "--strong", action="store_true", help="print what is flagged in strong models' answers"
    )
    parser.add_argument("--others", type=int, default=0, help="print findings in so many other answers")
    parser.add_argument("--show", type=int, default=0, help="print so many missed faults of each kind")
    parser.add_argument("--seed", type=int, default=23)
    options = parser.parse_args()
    if options.strong or options.others:
        frame = strong(options.corpora) if options.strong else others(options.corpora)
        show(frame if options.strong else frame.sample(options.others, random_state=options.seed))
        return
    if options.gsm8k:
        rows = [json.loads(line) for line in options.gsm8k.read_text("utf-8").splitlines()]
        seeded("GSM8K", [(row["question"], row["answer"]) for row in rows], options.seed, options.show)
    seeded("worked answers of all models", worked(answers(options.corpora)), options.seed, options.show)
    sound = strong(options.corpora)
    seeded("worked answers of strong models", worked(sound), options.seed, options.show)
    cost(sound.sample(1_000, random_state=options.seed))


def judged(instruction: str, output: str) -> list[Finding | Unmeasured]:
    row, read = Row(2, 2, "a", instruction, output), prompt.read(instruction)
    found = list(factual.CHECK.judge(Context(row, read, INPUTS)))
    told = waive.waive([f for f in found if isinstance(f, Finding)], read, instruction)
    return [f for f in told if f.waived is None] + [f for f in found if isinstance(f, Unmeasured)]


def number(digits: str) -> Fraction:
    return Fraction(digits.replace(",", ""))


def holds(match: re.Match[str]) -> bool:
    a, b, c = (number(match[group]) for group in "abc")
    sign = match["sign"] if "sign" in match.groupdict() else re.sub(r"[\d.,<]", "", match.group())[0]
    if sign in "/÷" and not b:
        return False
    exact = {"+": a + b, "-": a - b, "*": a * b, "x": a * b, "×": a * b}.get(sign)
    return (exact if exact is not None else a / b) == c


def worked(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Answers with an equation of two operands whose result is exact."""
    pairs = zip(frame.instruction, frame.output, strict=True)
    return [(i, o) for i, o in pairs if any(holds(match) for match in EQUATION.finditer(o))]


def moved(digits: str, draw: random.Random) -> str:
    """Another number of the same form, a little off."""
    plain = digits.replace(",", "")
    places = len(plain.partition(".")[2])
    size = abs(number(digits))
    by = draw.choice((1, 2, 3, 5, 10)) if size >= 10 else draw.choice((1, 2))
    other = number(digits) + draw.choice((-1, 1)) * Fraction(by, 10**places)
    if other <= 0:
        other = number(digits) + Fraction(by, 10**places)
    return f"{float(other):,.{places}f}" if "," in digits else f"{float(other):.{places}f}"


def changed(text: str, match: re.Match[str], group: str, draw: random.Random) -> str:
    return text[: match.start(group)] + moved(match[group], draw) + text[match.end(group) :]


def in_equation(group: str) -> Callable[[str, random.Random], str | None]:
    def seed(text: str, draw: random.Random) -> str | None:
        found = [match for match in EQUATION.finditer(text) if holds(match)]
        return changed(text, draw.choice(found), group, draw) if found else None

    return seed


def in_mark(text: str, draw: random.Random) -> str | None:
    found = list(MARK.finditer(text))
    return changed(text, draw.choice(found), draw.choice("abc"), draw) if found else None


def in_final(text: str, draw: random.Random) -> str | None:
    match = FINAL.search(text)
    return changed(text, match, "c", draw) if match else None


SEEDS = {
    "result": in_equation("c"),
    "operand": in_equation("b"),
    "inside the mark": in_mark,
    "final answer": in_final,
}


def seeded(name: str, pairs: list[tuple[str, str]], seed: int, show: int) -> None:
    """Recall by kind of fault, and false alarms on the answers as they were."""
    draw = random.Random(seed)
    clean: list[tuple[str, str]] = []
    alarms = 0
    for instruction, output in pairs:
        found = judged(instruction, output)
        alarms += bool(found)
        if not found:
            clean.append((instruction, output))
        elif name == "GSM8K":
            print("  alarm", [getattr(f, "message", f) for f in found])
    print(f"{name}: {len(pairs)} answers; flagged as they are: {alarms} ({alarms / max(1, len(pairs)):.2%})")
    hits, of, missed = Counter[str](), Counter[str](), defaultdict[str, list[str]](list)
    for instruction, output in clean:  # a fault is only looked for where nothing else was found
        for kind, put in SEEDS.items():
            faulty = put(output, draw)
            if faulty is None or faulty == output:
                continue
            of[kind] += 1
            if judged(instruction, faulty):
                hits[kind] += 1
            else:
                missed[kind].append(difference(output, faulty))
    for kind in of:
        print(f"  {kind}: {hits[kind]} of {of[kind]} found ({hits[kind] / of[kind]:.1%})")
        for text in missed[kind][:show]:
            print("    missed", repr(text))
    print(
        f"  together: {sum(hits.values())} of {sum(of.values())} ({sum(hits.values()) / max(1, sum(of.values())):.1%})"
    )


def difference(before: str, after: str) -> str:
    at = next(at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    return after[max(0, at - 60) : at + 60]


def findings(frame: pd.DataFrame) -> Iterator[tuple[str, str, Finding | Unmeasured]]:
    for instruction, output in zip(frame.instruction, frame.output, strict=True):
        for found in judged(instruction, output):
            yield instruction, output, found


def show(frame: pd.DataFrame) -> None:
    """Every finding with its place, to be read and judged."""
    count = Counter[str]()
    for instruction, output, found in findings(frame):
        if isinstance(found, Unmeasured):
            count["unmeasured"] += 1
            print("unmeasured", found.reason, repr(instruction[:60]))
            continue
        count[found.code] += 1
        start, end = found.start or 0, found.end or 0
        print(
            f"{found.code} {found.message}\n    {instruction[:60]!r} … {output[max(0, start - 80) : end + 40]!r}"
        )
    print(f"{len(frame)} answers: {dict(count)}")


def cost(frame: pd.DataFrame) -> None:
    start = time.process_time()
    for instruction, output in zip(frame.instruction, frame.output, strict=True):
        list(
            factual.CHECK.judge(
                Context(Row(2, 2, "a", instruction, output), prompt.read(instruction), INPUTS)
            )
        )
    with_prompts = time.process_time() - start
    for instruction in frame.instruction:
        prompt.read(instruction)
    took = 2 * with_prompts + start - time.process_time()
    print(f"cost: {took:.2f} s of CPU for {len(frame)} answers")


if __name__ == "__main__":
    main()
