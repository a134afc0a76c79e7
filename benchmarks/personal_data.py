"""Personal data: what is flagged in answers of models, how many seeded values are found and masked, and the cost.

Run with `python benchmarks/personal_data.py --corpora DIR`; DIR holds answers_dev.parquet. What is printed of a
finding is its masked form.
"""

from __future__ import annotations

import argparse
import random
import string
import time
from collections import Counter
from pathlib import Path

import pandas as pd
from corpora import STRONG

from quality import guide, prompt
from quality.checks.personal_data import CHECK
from quality.model import Finding, Row
from quality.reports.mask import masked_text
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
LETTERS = string.ascii_letters + string.digits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=50_000, help="answers of all models at most")
    options = parser.parse_args()
    answers = pd.read_parquet(options.corpora / "answers_dev.parquet")
    strong = answers[answers.model.isin(STRONG)]
    shown("strong answers", strong)
    shown("answers of all models", answers.sample(min(options.rows, len(answers)), random_state=1))
    seeded(list(strong.output))


def shown(name: str, frame: pd.DataFrame) -> None:
    start, codes, waived, rows = time.process_time(), Counter[str](), 0, 0
    for instruction, output in zip(frame.instruction, frame.output, strict=True):
        found = judged(instruction, output)
        codes.update(finding.code for finding in found if finding.waived is None)
        waived += sum(finding.waived is not None for finding in found)
        rows += any(finding.waived is None for finding in found)
    cost = (time.process_time() - start) / len(frame) * 1e3
    print(
        f"{name}: {len(frame)} rows, {rows} flagged {dict(sorted(codes.items()))}, {waived} waived; {cost:.3f} ms a row"
    )


def judged(instruction: str, output: str) -> list[Finding]:
    context = Context(Row(2, 2, "a", instruction, output), prompt.read(instruction), INPUTS)
    return [finding for finding in CHECK.judge(context) if isinstance(finding, Finding)]


def seeded(outputs: list[str]) -> None:
    """Values put between two words of an answer: how many are found, and how many are still there when it is masked."""
    draw = random.Random(11)
    for name, value_of in SEEDS.items():
        found = left = 0
        for output in draw.sample(outputs, 300):
            words, value = output.split(" "), value_of(draw)
            words.insert(draw.randint(0, len(words)), value)
            text = " ".join(words)
            found += bool(judged("Explain it.", text))
            left += value in masked_text(text)
        print(f"seeded {name:30s}{found:4d} of 300 found, {left:3d} shown after masking")


def drawn(draw: random.Random, length: int, letters: str = LETTERS) -> str:
    return "".join(draw.choice(letters) for _ in range(length))


def address(draw: random.Random) -> str:
    first, last = (drawn(draw, draw.randint(3, 9), string.ascii_lowercase) for _ in range(2))
    return f"{first}.{last}@{draw.choice(('gmail.com', 'posteo.net', 'uni-ulm.de', 'corp.co.uk'))}"


def american(draw: random.Random) -> str:
    area = draw.choice(("212", "415", "312", "206", "617"))
    return draw.choice(("({}) {}-{}", "{}-{}-{}", "+1 {} {} {}")).format(
        area, draw.randint(230, 549), drawn(draw, 4, string.digits)
    )


SEEDS = {
    "e-mail address": address,
    "American phone number": american,
    "German mobile number": lambda draw: f"+49 17{draw.randint(0, 9)} {drawn(draw, 7, '2345678')}",
    "Hugging Face token": lambda draw: "hf_" + drawn(draw, 34),
    "OpenAI key": lambda draw: "sk-proj-" + drawn(draw, 48),
    "GitHub token": lambda draw: "ghp_" + drawn(draw, 36),
    "AWS access key": lambda draw: "AKIA" + drawn(draw, 16, string.ascii_uppercase + "234567"),
    "Slack token": lambda draw: f"xoxb-{drawn(draw, 12, string.digits)}-{drawn(draw, 24)}",
    "password in a setting": lambda draw: f"db_password = '{drawn(draw, 24)}'",
}


if __name__ == "__main__":
    main()
