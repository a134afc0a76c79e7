"""Answers that are none, and answers to something else: false alarms, hits on weaker models, recall on seeded faults.

Run with `python benchmarks/non_answers.py --corpora DIR [--show CODE]`; DIR holds answers_dev.parquet.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
from corpora import STRONG, answers, others, seed_tasks, strong

from quality import checks, guide, prompt
from quality.engines import embedding
from quality.judge import Bench, Tally, gather, judge_row
from quality.measure import Measured
from quality.model import Finding, Row
from quality.rule import Check, Inputs
from quality.text import leftovers, subject

GUIDE = guide.load()
INPUTS = Inputs(guide=GUIDE)
Pairs = Sequence[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=5_000, help="rows of the other models")
    parser.add_argument(
        "--show", metavar="CODE", help="print rows that this rule flags, instead of the figures"
    )
    parser.add_argument("--most", type=int, default=60, help="rows to print")
    options = parser.parse_args()
    files = {name: pairs(table) for name, table in answers(options.corpora).groupby("model")}
    weak = pairs(others(options.corpora).sample(options.rows, random_state=3))
    if options.show:
        for name, rows in (("strong", pairs(strong(options.corpora))), ("other", weak)):
            show(name, rows, options.show, options.most)
        return
    shown("strong answers", [judged(files[name]) for name in STRONG])
    shown("other models", [judged(weak)])
    files_of_strong = [files[name] for name in STRONG]
    off_topic(files_of_strong, "off_topic")
    off_topic([file[:50] for file in files_of_strong], "off_topic")
    if embedding.installed():
        off_topic(files_of_strong, "off_topic_semantic")
        off_topic(files_of_strong, "off_topic", "off_topic_semantic")
    refused(answers(options.corpora))
    seeded(pairs(strong(options.corpora)))
    inputs_missing(options.corpora)
    cost(pairs(strong(options.corpora)))


def pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table.instruction, table.output, strict=True))


def families() -> list[Check]:
    return [checks.load(name) for name in ("non_answers", "leftovers", "undelivered", "off_topic")]


def judged(rows: Pairs, used: Sequence[Check] = ()) -> list[tuple[Finding, ...]]:
    """What the families say of each pair of the file."""
    table = [Row(n, n, str(n), instruction, output) for n, (instruction, output) in enumerate(rows, 2)]
    used, measured = used or families(), Measured()
    for check in used:
        known = measured.measures[check.family]
        for text in {str(getattr(row, column)) for row in table for column in check.columns}:
            if check.measure:
                known[text] = check.measure(text)
    facts = {check.family: gather(check, table, measured, INPUTS) for check in used}
    bench = Bench(used, measured, facts, INPUTS, frozenset(GUIDE.rules), defaultdict(Tally))
    found = [judge_row(row, prompt.read(row.instruction), bench).findings for row in table]
    failed = {family: tally.failed for family, tally in bench.tallies.items() if tally.failed}
    assert not failed, failed
    return found


def errors(found: Sequence[Finding], *codes: str) -> list[Finding]:
    return [f for f in found if f.is_error and (not codes or f.code in codes)]


def shown(name: str, files: Sequence[Sequence[tuple[Finding, ...]]]) -> None:
    rows = [found for file in files for found in file]
    codes = Counter(code for row in rows for code in {f.code for f in row if f.waived is None})
    wrong = sum(bool(errors(row)) for row in rows)
    print(
        f"{name}: {len(rows)} rows, {wrong} ({wrong / len(rows):.2%}) with an error; {dict(sorted(codes.items()))}"
    )


def show(name: str, rows: Pairs, code: str, most: int) -> None:
    hits = [
        (pair, f) for pair, found in zip(rows, judged(rows), strict=True) for f in found if f.code == code
    ]
    print(f"# {name}: {len(hits)} of {len(rows)}")
    for (instruction, output), finding in random.Random(1).sample(hits, min(most, len(hits))):
        text = instruction if finding.column == "instruction" else output
        start, end = finding.start or 0, finding.end or 60
        print(f"- {instruction[:160]!r}\n    {text[max(0, start - 60) : end + 100]!r}\n    {finding.message}")


def off_topic(files: Sequence[Pairs], *names: str) -> None:
    """Each file as it is, with its answers one row down, and with one answer in ten exchanged among these."""
    used, title = [checks.load(name) for name in names], " and ".join(names)
    rows = [bool(found) for file in files for found in judged(file, used)]
    print(f"{title}: {sum(rows)} of {len(rows)} strong answers flagged")
    moved = [[(p, a) for (p, _), (_, a) in zip(f, [*f[1:], f[0]], strict=True)] for f in files]
    rows = [bool(found) for file in moved for found in judged(file, used)]
    print(f"seeded: answers one row down: {sum(rows)} of {len(rows)} found")
    found_at = wrong = total = clean = 0
    for file in files:
        chosen = random.Random(5).sample(range(len(file)), len(file) // 10)
        placed = dict(zip(chosen, [*chosen[1:], chosen[0]], strict=True))
        mixed = [(p, file[placed.get(n, n)][1]) for n, (p, _) in enumerate(file)]
        flags = [bool(found) for found in judged(mixed, used)]
        hit = sum(flags[n] for n in chosen)
        found_at, wrong = found_at + hit, wrong + sum(flags) - hit
        total, clean = total + len(chosen), clean + len(file) - len(chosen)
    print(
        f"seeded: one answer in ten exchanged: {found_at} of {total} found, {wrong} of {clean} others flagged"
    )


def refused(table: pd.DataFrame) -> None:
    """Real answers to a request for help with tax fraud, nearly all of them refusals, put under other prompts."""
    about_fraud = table.instruction.str.contains("trained to decline inappropriate requests", regex=False)
    given = [text for text in table[about_fraud].output if len(text.split()) <= 80]
    asked = sorted(set(table[~about_fraud].instruction))
    rows = [(asked[n * 3 % len(asked)], text) for n, text in enumerate(given)]
    told("refusal of another prompt", rows, [checks.load("non_answers")], "ASK020")
    told(
        "same, prompts that leave no excuse", [(PLAIN, text) for text in given], [checks.load("non_answers")]
    )


PLAIN = "What should I cook with leftover rice?"


def seeded(rows: Pairs) -> None:
    """Faults put into strong answers that were clean."""
    draw = random.Random(11)
    used = [checks.load(name) for name in ("non_answers", "leftovers", "undelivered")]
    clean = [pair for pair, found in zip(rows, judged(rows, used), strict=True) if not errors(found)]
    sample = draw.sample(clean, 500)
    for name, fault in SEEDED.items():
        faulty = [
            (instruction, fault(instruction, output, draw.choice(clean))) for instruction, output in sample
        ]
        told(name, faulty, used)
    code = [(i, o) for i, o in clean if "```" in o and prompt.read(i).kind == "code"]
    told("code cut out of the answer", [(i, re.sub(r"(?s)```.*?(?:```|$)|`", "", o)) for i, o in code], used)
    held = [
        (i.split("\n\n")[0], o)
        for i, o in clean
        if "\n\n" in i and _SPEAKS_OF_INPUT.search(i.split("\n\n")[0])
    ]
    told("text to work on cut from the prompt", held, used, "ASK028")


def inputs_missing(corpora: Path) -> None:
    """Prompts taken to lack the text that they speak of: as they are, and with that text cut off."""
    seeds = seed_tasks(corpora)
    alpaca = sorted(set(answers(corpora).instruction))
    ifeval = pd.read_json(corpora / "ifeval_dev.jsonl", lines=True).prompt
    cut = [i.split("\n\n")[0] for i in alpaca if "\n\n" in i]
    for name, prompts in (
        ("AlpacaEval", alpaca),
        ("IFEval", ifeval),
        ("self-instruct", seeds.prompt),
        ("AlpacaEval, text cut off", [i for i in cut if _SPEAKS_OF_INPUT.search(i)]),
        (
            "self-instruct, text cut off",
            [i for i, t in zip(seeds.instruction, seeds.input, strict=True) if t],
        ),
    ):
        found = sum(bool(subject.missing_input(leftovers.lowered(text))) for text in prompts)
        print(f"prompts of {name}: {found} of {len(prompts)} lack their text")


def told(name: str, rows: Pairs, used: Sequence[Check], *codes: str) -> None:
    """Prints how many of the faulty rows have a finding, and which rules they are of."""
    results = [[f for f in found if f.waived is None and f.code != "ASK022"] for found in judged(rows, used)]
    hit = [found for found in results if any(not codes or f.code in codes for f in found)]
    by_code = Counter(code for found in hit for code in {f.code for f in found})
    print(f"seeded {name:42s}{len(hit):4d} of {len(rows)} found; {dict(sorted(by_code.items()))}")


_SPEAKS_OF_INPUT = re.compile(r"\b(?:given|following|provided|below)\b", re.IGNORECASE)
Fault = Callable[[str, str, tuple[str, str]], str]
"""(instruction, output, another pair) → the faulty output."""


def chosen(forms: list[str]) -> Fault:
    """A fault that takes the forms in turn; `{q}`, `{a}` are another pair, `{i}`, `{o}` the row's own."""
    turn = iter(forms * 1_000)

    def fault(instruction: str, output: str, other: tuple[str, str]) -> str:
        form = next(turn)
        for name, text in (("{q}", other[0]), ("{a}", other[1]), ("{i}", instruction), ("{o}", output)):
            form = form.replace(name, text)
        return form

    return fault


SEEDED: dict[str, Fault] = {
    "chat format left in": chosen(
        [
            "{o}<|im_end|>", "{o}</s>", "{o}<|endoftext|>", "### Response:\n{o}", "[INST] {i} [/INST] {o}",
            "{o}\n<|im_start|>user", "<s>{o}", "{o}<end_of_turn>", "<|assistant|>\n{o}", "{o}<|eot_id|>",
            "{o}\n### Instruction:", "Assistant: {o}", "Output: {o}", "### Assistant: {o}",
        ]
    ),
    "placeholder left in": chosen(
        [
            "{o}\n\nBest wishes from {{company_name}}.", "[Your answer here]", "{o} {{ closing }}",
            "[Insert response here]",
        ]
    ),
    "another pair appended, hash labels": chosen(
        ["{o}\n\n### Human: {q}\n### Assistant: {a}", "{o}\n\n### Instruction:\n{q}\n\n### Response:\n{a}"]
    ),
    "another pair appended, plain labels": chosen(
        [
            "{o}\n\nInstruction: {q}\nOutput: {a}", "{o}\nUSER: {q} ASSISTANT: {a}",
            "{o}\n\nQuestion: {q}\nAnswer: {a}",
            "{o}\n\nHuman: {q}\n\nAssistant: {a}", "{o}\n\nInput: {q}\nOutput: {a}", "{o}\n\nQ: {q}\nA: {a}",
        ]
    ),
    "word for nothing": chosen(
        str.split("N/A|n/a|<nooutput>|No output|nan|NaN|-|...|None|null|See above.|TBD|?|No answer", "|")
    ),
    "prompt echoed": chosen(["{i}", "{i}\n", "\"{i}\""]),
}  # fmt: skip


def cost(rows: Pairs) -> None:
    words = sum(len(output.split()) for _, output in rows) / len(rows)
    for check in families():
        start = time.process_time()
        judged(rows, [check])
        took = (time.process_time() - start) / len(rows) * 1e3
        print(f"cost of {check.family}, prompt included: {took:.3f} ms a row ({words:.0f} words)")


if __name__ == "__main__":
    main()
