"""Units, dates, years, counts and what the prompt gave: what is flagged, and how many seeded faults are found.

Run with `python benchmarks/facts_given.py --corpora DIR`; DIR holds answers_dev.parquet. The seeds are put into answers
of strong models by patterns of their own, not by the readers under test; each kind is also put in with the right value,
which must stay clean. `--show` prints every claim that does not hold, for a reader to judge.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from corpora import others, strong

from quality.checks.factual_stated_rules import READERS, RULES
from quality.facts.asserted import stood_by
from quality.facts.claim import Claim

SEEDS = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=50_000, help="answers of the other models at most")
    parser.add_argument("--show", action="store_true", help="print each claim that does not hold")
    options = parser.parse_args()
    good, rest = strong(options.corpora), others(options.corpora)
    flagged("strong answers", good, options.show)
    flagged(
        "answers of other models", rest.sample(min(options.rows, len(rest)), random_state=1), options.show
    )
    rows = list(zip(good.instruction, good.output, strict=True))
    for sort, seed in KINDS.items():
        seeded(sort, rows, seed)


def claims(instruction: str, output: str) -> list[Claim]:
    found = [c for reader in READERS for c in reader(instruction, output) if isinstance(c, Claim)]
    return stood_by(found, instruction, output)


def flagged(name: str, frame: pd.DataFrame, show: bool) -> None:
    start, right, wrong, rows = time.process_time(), Counter[str](), Counter[str](), 0
    for instruction, output in zip(frame.instruction, frame.output, strict=True):
        found = claims(instruction, output)
        right.update(RULES[c.sort].code for c in found if c.holds)
        wrong.update(RULES[c.sort].code for c in found if not c.holds)
        rows += any(not c.holds for c in found)
        for claim in found if show else ():
            if not claim.holds:
                around = output[max(0, claim.start - 60) : claim.end + 40].replace("\n", " ")
                print(f"  {claim.sort:8s}{claim.message} | {around}")
    cost = (time.process_time() - start) / len(frame) * 1e3
    print(f"{name}: {len(frame)} rows, {rows} flagged; {cost:.2f} ms a row")
    for rule in dict.fromkeys(RULES.values()):
        print(f"  {rule.code} {rule.name:18s}{right[rule.code]:6d} hold {wrong[rule.code]:5d} do not")


Seed = Callable[[random.Random, str, str], tuple[str, str] | None]
"""(draw, instruction, answer) → the answer with a statement that is right, and with the same one made wrong."""


def seeded(sort: str, rows: list[tuple[str, str]], seed: Seed) -> None:
    draw = random.Random(5)
    tried = found = cried = 0
    for instruction, output in draw.sample(rows, len(rows)):
        made = seed(draw, instruction, output)
        if made is None:
            continue
        right, wrong = made
        tried += 1
        cried += raised(sort, instruction, right)
        found += raised(sort, instruction, wrong) and not raised(sort, instruction, output)
        if tried == SEEDS:
            break
    rule = RULES[sort]
    print(f"seeded {rule.code} {rule.name:18s}{found:4d} of {tried} found; the right ones flagged: {cried}")


def raised(sort: str, instruction: str, output: str) -> bool:
    return any(RULES[c.sort] is RULES[sort] and not c.holds for c in claims(instruction, output))


_METRIC = r"°C|km|kilomet(?:er|re)s?|met(?:er|re)s?|m|cm|kg|g|grams|ml|lit(?:er|re)s?|minutes|Mbps"
_OTHER = r"°F|miles?|feet|foot|ft|inch(?:es)?|lbs?|pounds?|ounces|oz|hours?|acres|kbps"
_TWICE = re.compile(rf"\d ?-?(?:{_METRIC}|{_OTHER}) \((?P<number>\d[\d,.]*) ?(?P<unit>{_METRIC}|{_OTHER})\)")


def conversion(draw: random.Random, instruction: str, output: str) -> tuple[str, str] | None:
    """A real conversion in brackets, with a value that is a quarter off at least."""
    places = list(_TWICE.finditer(output))
    if not places:
        return None
    match = draw.choice(places)
    written = match["number"]
    value = float(written.replace(",", ""))
    factor = draw.choice((0.5, 0.7, 1.3, 1.5, 2, 10))
    decimals = len(written.partition(".")[2])
    changed = f"{value * factor:{',' if ',' in written else ''}.{decimals}f}"
    return output, output[: match.start("number")] + changed + output[match.end("number") :]


def into(draw: random.Random, output: str, sentence: str) -> str:
    """The sentence between two others, or at the end."""
    places = [m.end() for m in re.finditer(r"(?<=[a-z])\.(?= [A-Z])", output)]
    at = draw.choice(places) if places else len(output)
    return f"{output[:at]} {sentence}{output[at:]}"


_WRITTEN = (
    "{w}, {d} {m} {y}", "{w}, {m} {d}, {y}", "{w} {d} {m} {y}", "{w}, {m} {o}, {y}", "{m} {d}, {y} ({w})",
    "{w} the {o} of {m} {y}", "{d} {m} {y}, which was a {w}", "a {w} ({m} {d}, {y})", "{w} ({y}-{n:02d}-{d:02d})",
)  # fmt: skip


def weekday(draw: random.Random, instruction: str, output: str) -> tuple[str, str]:
    day = date(1900, 1, 1) + timedelta(days=draw.randrange(50_000))
    form = draw.choice(_WRITTEN)
    other = day + timedelta(days=draw.randint(1, 6))
    texts = (
        form.format(
            w=w.strftime("%A"), d=day.day, m=day.strftime("%B"), y=day.year, n=day.month, o=nth(day.day)
        )
        for w in (day, other)
    )
    right, wrong = (into(draw, output, f"The visit was on {text}.") for text in texts)
    return right, wrong


def impossible(draw: random.Random, instruction: str, output: str) -> tuple[str, str]:
    month = draw.choice(("April", "June", "September", "November", "February"))
    bad = draw.choice((30, 31)) if month == "February" else 31
    good = draw.randint(1, 28)
    year = draw.choice(("", f" {draw.randint(1800, 2030)}"))
    form = draw.choice(("{m} {d}{c}", "{d} {m}{y}", "{o} of {m}{y}", "{m} {o}"))
    texts = (form.format(m=month, d=d, o=nth(d), y=year, c=year and f",{year}") for d in (good, bad))
    right, wrong = (into(draw, output, f"It must be sent by {text}.") for text in texts)
    return right, wrong


_SPANS = (
    "The war went on from {a} to {b}, a total of {n} years.", "She led the firm for {n} years ({a}-{b}).",
    "He was born in {a} and died in {b} at the age of {n}.", "It began in {a}. {n} years later, in {b}, it was over.",
    "The bridge was in use for {n} years, from {a} to {b}.", "From {a} until {b}, for {n} years, nothing happened.",
    "He reigned {n} years ({a} to {b}).", "Born in {a}, the painter died in {b}, aged {n}.",
)  # fmt: skip


def span(draw: random.Random, instruction: str, output: str) -> tuple[str, str]:
    first, years = draw.randint(1500, 1950), draw.randint(5, 70)
    if draw.random() < 0.2:
        form = draw.choice(
            ("It was built in {a}, in the {c} century.", "In the {c} century ({a}) it was built.")
        )
        century = (first - 1) // 100 + 1
        texts = (form.format(a=first, c=nth(c)) for c in (century, century + draw.choice((-1, 1))))
    else:
        form, off = draw.choice(_SPANS), draw.choice((-1, 1)) * draw.randint(3, 4)
        texts = (form.format(a=first, b=first + years, n=n) for n in (years, years + off))
    right, wrong = (into(draw, output, text) for text in texts)
    return right, wrong


_ANNOUNCED = (
    "Here are {n} things to know:", "Sure! Here are {n} points:", "The following {n} ideas may help:",
    "There are {n} main aspects:", "It can be divided into {n} parts:", "Below are {n} suggestions for you:",
)  # fmt: skip
_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def count(draw: random.Random, instruction: str, output: str) -> tuple[str, str] | None:
    """A real list, with an announcement of our own before it; or a word with a count of its letters."""
    if draw.random() < 0.3:
        return letters(draw, output)
    match = re.search(r"(?m)^[^\n]{5,300}:\n{1,2}(?=1\. )", output)
    if match is None:
        return None
    items = len(re.findall(r"(?m)^\d{1,2}\. ", output[match.end() :]))
    if not 2 <= items <= 11 or len(re.findall(r"(?m)^1\. ", output)) > 1:
        return None
    form = draw.choice(_ANNOUNCED)
    number = draw.choice((str, _NUMBERS.__getitem__))
    before, after = output[: match.start()], f"\n\n{output[match.end() :]}"
    off = draw.choice((-1, 1)) if items > 2 else 1
    right, wrong = (before + form.format(n=number(n)) + after for n in (items, items + off))
    return right, wrong


def letters(draw: random.Random, output: str) -> tuple[str, str] | None:
    words = re.findall(r"\b[a-z]{5,12}\b", output)
    if not words:
        return None
    word = draw.choice(words)
    letter = draw.choice(word)
    there = word.count(letter)
    form = draw.choice(
        (
            'The word "{w}" has {n} {x}\'s.',
            'There are {n} {x}\'s in the word "{w}".',
            'The word "{w}" contains {n} "{x}"s.',
        )
    )
    right, wrong = (into(draw, output, form.format(w=word, n=n, x=letter)) for n in (there, there + 1))
    return right, wrong


_TOLD = re.compile(r"(?P<before>[a-z]+,? )(?P<fact>\d{1,4}|[A-Z][a-z]{4,12})(?P<after>,? [a-z]+)")


def changed(draw: random.Random, instruction: str, output: str) -> tuple[str, str] | None:
    """A number or a name that the answer takes from the prompt with the words beside it, changed in the answer."""
    told = [match for match in _TOLD.finditer(instruction) if match.group() in output]
    if not told:
        return None
    match = draw.choice(told)
    fact = match["fact"]
    other = (
        str(int(fact) + draw.choice((3, 7, 11)))
        if fact.isdigit()
        else fact[:3] + fact[4] + fact[3] + fact[5:]
    )
    return output, output.replace(match.group(), match["before"] + other + match["after"], 1)


def nth(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


KINDS: dict[str, Seed] = {
    "unit": conversion,
    "weekday": weekday,
    "date": impossible,
    "years": span,
    "count": count,
    "given": changed,
}


if __name__ == "__main__":
    main()
