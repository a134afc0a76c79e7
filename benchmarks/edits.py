"""Edits: how often each kind on real corrections and on answers to one prompt, known changes found, time and memory.

    python benchmarks/edits.py --corpora DIR [--rows 300] [--seed 7] [--show 100 [--kind wording]]

DIR holds jfleg_dev.csv and answers_dev.parquet. `--show N` prints N random edits of JFLEG, to be read and judged.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import statistics
import string
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
from corpora import strong

from quality.correction.diff import edits
from quality.model import Edit, EditKind

CELL = 200_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--kind", default="")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    worst_cases(rng)  # first, so that the peak is theirs
    learners(options.corpora, rng, options.show, options.kind)
    answers = strong(options.corpora)
    other_answers(answers, rng, options.rows)
    known_changes(list(answers.output.sample(options.rows, random_state=options.seed)), rng)


def learners(corpora: Path, rng: random.Random, most: int, kind: str) -> None:
    table = pd.read_csv(corpora / "jfleg_dev.csv")
    pairs = list(zip(table.source, table.ref0, strict=True))
    found, times = timed(pairs)
    print(f"JFLEG dev, source → ref0, {len(pairs)} pairs: {shares([e for made in found for e in made])}")
    print(f"  {in_time(times)}")
    listed = [
        (pair[0], edit)
        for pair, made in zip(pairs, found, strict=True)
        for edit in made
        if kind in ("", edit.kind)
    ]
    for source, edit in rng.sample(listed, min(most, len(listed))):
        at = f"{source[max(0, edit.start - 30) : edit.start]}[…]{source[edit.end : edit.end + 30]}"
        print(f"  {edit.kind:12} {edit.before!r} → {edit.after!r}    {at!r}")


def other_answers(answers: pd.DataFrame, rng: random.Random, rows: int) -> None:
    groups = [list(group.output) for _, group in answers.groupby("instruction") if len(group) > 1]
    pairs = [tuple(rng.sample(group, 2)) for group in rng.sample(groups, min(rows, len(groups)))]
    pairs = [(a, b) for a, b in pairs if a != b]
    found, times = timed(pairs)
    words = Counter[str]()
    for edit in (edit for made in found for edit in made):
        words[edit.kind] += len(edit.before.split()) + len(edit.after.split())
    print(f"two strong answers to one prompt, {len(pairs)} pairs: {in_time(times)}")
    print(f"  one edit: {sum(len(made) == 1 for made in found)}; words by kind: {as_shares(words)}")


def timed(pairs: Sequence[tuple[str, str]]) -> tuple[list[tuple[Edit, ...]], list[float]]:
    edits("I hav it.", "I have it.")  # loads the frequency list
    found: list[tuple[Edit, ...]] = []
    times: list[float] = []
    for before, after in pairs:
        start = time.process_time()
        found.append(edits(before, after))
        times.append(time.process_time() - start)
        assert applied(before, found[-1]) == after
    return found, times


def applied(before: str, made: Sequence[Edit]) -> str:
    out: list[str] = []
    at = 0
    for edit in made:
        out += [before[at : edit.start], edit.after]
        at = edit.end
    return "".join([*out, before[at:]])


def in_time(times: list[float]) -> str:
    ordered = sorted(times)
    return f"CPU median {statistics.median(ordered) * 1e3:.2f} ms, 99% {ordered[int(len(ordered) * 0.99)] * 1e3:.1f} ms"


def shares(made: Sequence[Edit]) -> str:
    return f"{len(made)} edits: {as_shares(Counter(str(edit.kind) for edit in made))}"


def as_shares(counts: Counter[str]) -> str:
    return ", ".join(f"{key} {n / counts.total():.1%}" for key, n in counts.most_common())


# --- Known changes: one is made to a real answer, and the edits should be it alone, of that kind ----------------------


def known_changes(texts: Sequence[str], rng: random.Random) -> None:
    changes: dict[str, tuple[Callable[[str, random.Random], str | None], tuple[EditKind, ...]]] = {
        "letters swapped": (swap_letters, (EditKind.SPELLING,)),
        "plural or third person s": (toggle_s, (EditKind.GRAMMAR,)),
        "article dropped": (drop_article, (EditKind.GRAMMAR,)),
        "comma dropped": (drop_comma, (EditKind.PUNCTUATION,)),
        "number changed": (change_number, (EditKind.NUMBER,)),
        "sentence added": (add_sentence, (EditKind.ADDITION,)),
        "sentence dropped": (drop_sentence, (EditKind.CUT,)),
        "paragraph moved": (move_paragraph, (EditKind.RESTRUCTURE,)),
        "line breaks doubled": (double_breaks, (EditKind.FORMAT,)),
        "bullets exchanged": (exchange_bullets, (EditKind.FORMAT,)),
    }
    print("known changes to strong answers: found as one edit (or, moved, as two) of the kind")
    for name, (change, kinds) in changes.items():
        pairs = [(text, new) for text in texts if (new := change(text, rng)) and new != text]
        if not pairs:
            continue
        found = [edits(before, after) for before, after in pairs]
        right = sum(all(edit.kind in kinds for edit in made) for made in found)
        few = sum(len(made) <= 2 for made in found)
        wrong = Counter(str(edit.kind) for made in found for edit in made if edit.kind not in kinds)
        print(
            f"  {name:26} {len(pairs):4} texts, kind right {right / len(pairs):6.1%}, "
            f"one or two edits {few / len(pairs):6.1%}, else {dict(wrong.most_common(4))}"
        )


def somewhere(
    pattern: str, text: str, rng: random.Random, change: Callable[[re.Match[str]], str]
) -> str | None:
    places = list(re.finditer(pattern, text))
    if not places:
        return None
    place = rng.choice(places)
    return text[: place.start()] + change(place) + text[place.end() :]


def swap_letters(text: str, rng: random.Random) -> str | None:
    return somewhere(r"\b[a-z]{6,12}\b", text, rng, lambda m: m[0][:2] + m[0][3] + m[0][2] + m[0][4:])


def toggle_s(text: str, rng: random.Random) -> str | None:
    return somewhere(r"(?<=[a-z] )[a-z]{4,9}(?<!s)s\b(?=[ .,])", text, rng, lambda m: m[0][:-1])


def drop_article(text: str, rng: random.Random) -> str | None:
    return somewhere(r"(?<=[a-z] )(?:the|an?) (?=[a-z])", text, rng, lambda m: "")


def drop_comma(text: str, rng: random.Random) -> str | None:
    return somewhere(r"(?<=[a-z]),(?= [a-z])", text, rng, lambda m: "")


def change_number(text: str, rng: random.Random) -> str | None:
    return somewhere(
        r"(?<=[a-z] )\d{2,5}(?= [a-z])", text, rng, lambda m: str(int(m[0]) + rng.randint(1, 60))
    )


def add_sentence(text: str, rng: random.Random) -> str | None:
    return somewhere(
        r"(?<=[a-z][.!]) (?=[A-Z])", text, rng, lambda m: " Ask a local shop whether it has some in stock. "
    )


def drop_sentence(text: str, rng: random.Random) -> str | None:
    return somewhere(r"(?<=[a-z]\. )[A-Z][^.!?\n*]{30,200}\. (?=[A-Z])", text, rng, lambda m: "")


def move_paragraph(text: str, rng: random.Random) -> str | None:
    parts = text.split("\n\n")
    if len(parts) < 4 or len(parts[1].split()) < 8:
        return None
    to = rng.randrange(3, len(parts) + 1)
    return "\n\n".join([parts[0], *parts[2:to], parts[1], *parts[to:]])


def double_breaks(text: str, rng: random.Random) -> str | None:
    return somewhere(r"(?<!\n)\n(?!\n)", text, rng, lambda m: "\n\n")


def exchange_bullets(text: str, rng: random.Random) -> str | None:
    return somewhere(r"(?m)^- (?=[A-Z])", text, rng, lambda m: "* ")


# --- The worst that a cell may hold -------------------------------------------------------------------------------


def worst_cases(rng: random.Random) -> None:
    def drawn(alphabet: Sequence[str], joint: str = "") -> str:
        size = sum(map(len, alphabet)) / len(alphabet) + len(joint)
        return joint.join(rng.choices(alphabet, k=int(CELL / size) + 1))[:CELL]

    lexicon = ["".join(rng.choices(string.ascii_lowercase, k=rng.randint(2, 9))) for _ in range(3000)]
    marks, ideographs = "!?#%&()=+*/;:<>@^~$", [chr(0x4E00 + n) for n in range(9000)]
    sentences = [" ".join(rng.choices(lexicon, k=12)) + "." for _ in range(3000)]
    cases = {
        "unrelated words": (drawn(lexicon, " "), drawn(lexicon, " ")),
        "unrelated marks": (drawn(marks), drawn(marks)),
        "unrelated ideographs": (drawn(ideographs), drawn(ideographs)),
        "unrelated sentences": (drawn(sentences, " "), " ".join(s[::-1] for s in sentences)[:CELL]),
        "sentences shuffled": (
            " ".join(sentences)[:CELL],
            " ".join(rng.sample(sentences, len(sentences)))[:CELL],
        ),
        "every seventh word cut": ((text := drawn(lexicon, " ")), re.sub(r"((?:\w+ ){6})\w+ ", r"\1", text)),
    }
    print(f"two cells of {CELL:,} code points; the process has used {peak()} MB so far")
    for name, (before, after) in cases.items():
        start = time.process_time()
        made = edits(before, after)
        spent = time.process_time() - start
        assert applied(before, made) == after
        print(f"  {name:24} {spent:5.2f} s, {len(made)} edits, peak of the process so far {peak()} MB")


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
