"""Corrections whose fault is known: good answers, and a faulty original made from each.

    python benchmarks/seeded_faults.py --corpora DIR [--rows 150] [--seed 5] [--show 3] [--only SUB]

DIR holds answers_dev.parquet, clough_dev.csv and clough_sources_dev.csv. Prints how many rows of each kind there are,
and `--show` rows of each sub-kind, to be read: is the label the honest one, and is the fault visible?
"""

from __future__ import annotations

import argparse
import difflib
import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from corpora import STRONG
from faults import chattiness, compliance, factual, grammar, plagiarism, repetition, tone
from faults.chattiness import simple
from faults.draft import Answer, Draft, Fault, Pool, own_words
from faults.factual import proper
from faults.retouch import retouched

KINDS: Mapping[str, Mapping[str, Fault]] = {
    "grammar": grammar.FAULTS,
    "factual": factual.FAULTS,
    "tone": tone.FAULTS,
    "chattiness": chattiness.FAULTS,
    "compliance": compliance.FAULTS,
    "repetition": repetition.FAULTS,
    "plagiarism": plagiarism.FAULTS,
}
MODES = ("none", *KINDS)
SIBLINGS = (
    "gpt-4o-mini-2024-07-18", "gpt-4-0125-preview", "gpt4_0613", "gpt-3.5-turbo-1106", "claude-3-sonnet-20240229",
    "Meta-Llama-3.1-70B-Instruct-Turbo",
)  # fmt: skip
SOURCES = ("claude-2", "gemini-pro", "dbrx-instruct", "Meta-Llama-3-70B-Instruct", "deepseek-llm-67b-chat")
TWOFOLD = 0.12
"""Share of the rows with a text fault that have a second one of another mode."""
RETOUCHED = 0.25
"""Share of the rows with a text fault whose correction also changes what is a matter of taste."""
_A_FEW_WORDS = 60
"""Characters."""
_WHOLE_ROW = frozenset({"wrong answer", "word problem", "long answer to a simple question", "curt"})
_TEXT_KINDS = ("grammar", "factual", "tone", "chattiness", "repetition")
_INFORMATION = re.compile(
    r"(?i)^(?:what|who|whats|when|where|why|how|is|are|was|do|does|did|can|explain|tell me|describe|which|hi, i|i )\b"
)
_FICTION = re.compile(
    r"(?i)\b(?:story|poem|imagine|pretend|what if|script|fiction|song|lyrics|persona|introduce yourself|name)"
)
_OTHER_TONGUE = re.compile(
    r"(?i)\b(?:translate|korean|japanese|chinese|spanish|french|german|correct|spelling|malbolge|grammar)"
)


@dataclass(frozen=True, slots=True)
class Seeded:
    """One row of the sheet with its correction.

    Attributes:
        modes: The faults that the original truly has, the one it was made for first.
        sub: Which fault of that mode.
    """

    id: str
    instruction: str
    original: str
    output: str
    modes: tuple[str, ...]
    sub: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows, and the texts that plagiarism is looked for in."""

    rows: tuple[Seeded, ...]
    against: tuple[str, ...]


def sheet(corpora: Path, rows: int = 150, seed: int = 5) -> Sheet:
    """That many rows of each fail mode, `none` among them; the same for the same seed."""
    draw = random.Random(seed)
    table = pd.read_parquet(corpora / "answers_dev.parquet", columns=["model", "instruction", "output"])
    pool = _pool(table, corpora)
    good = _good(table)
    draw.shuffle(good)
    # copies first, so that no other row comes near a source by chance
    made = _of_kind("plagiarism", rows, good, pool, draw)
    good, pool = _apart(good, pool)
    made += [row for kind in KINDS if kind != "plagiarism" for row in _of_kind(kind, rows, good, pool, draw)]
    made += [Seeded("", a.instruction, a.output, a.output, ("none",), "untouched") for a in good[:rows]]
    draw.shuffle(made)
    sources = pd.read_csv(corpora / "clough_sources_dev.csv")
    return Sheet(
        rows=tuple(replace(row, id=f"f{n:05d}") for n, row in enumerate(made)),
        against=(*sources.text, *pool.used),
    )


def _apart(good: list[Answer], pool: Pool) -> tuple[list[Answer], Pool]:
    """The answers that have hardly a phrase in common with a source in use."""
    used: dict[str, list[str]] = {}
    for text, prompt in pool.used.items():
        used.setdefault(prompt, []).append(text)
    siblings = {p: [o for o in texts if own_words(o, used.get(p, ()))] for p, texts in pool.siblings.items()}
    kept = {p: texts for p, texts in siblings.items() if texts}
    return [a for a in good if own_words(a.output, used.get(a.instruction, ()))], replace(pool, siblings=kept)


def _good(table: pd.DataFrame) -> list[Answer]:
    """Strong models' answers in English prose, without code, tables and formulas."""
    strong = table[table.model.isin(STRONG)].drop_duplicates("output")
    pairs = zip(strong.instruction, strong.output, strict=True)
    return [Answer(i, o.strip()) for i, o in pairs if _fitting(i, o)]


_NO_ANSWER = re.compile(
    r"(?i)\s*(?:I(?: am|'m)? (?:apologi[sz]e|sorry)|I cannot|I can't|unfortunately|as an? (?:AI|artificial))"
)
"""How an answer opens that gives none: no fault-free original."""


def _fitting(instruction: str, output: str) -> bool:
    words = len(output.split())
    plain = not re.search(r"```|(?m:^\|)|\\\[|\\\(|\\frac|[\u0370-\uffff]{6}", output)
    return (
        40 <= words <= 420
        and plain
        and not _OTHER_TONGUE.search(instruction)
        and not _NO_ANSWER.match(output)
    )


def _pool(table: pd.DataFrame, corpora: Path) -> Pool:
    essays = pd.read_csv(corpora / "clough_dev.csv")
    counts = Counter(w for o in table[table.model.isin(STRONG)].output for w in re.findall(r"\b[a-z]+\b", o))
    known = frozenset(word for word, count in counts.items() if count >= 3)
    return Pool(
        siblings=_by_prompt(table, SIBLINGS),
        sources=_by_prompt(table, SOURCES),
        concise=_concise(table),
        essays=list(zip(essays.task, essays.category, essays.text, strict=True)),
        names=_names(table, known),
        known=known,
    )


def _by_prompt(table: pd.DataFrame, models: tuple[str, ...]) -> dict[str, list[str]]:
    some = table[table.model.isin(models)].sort_values("instruction", kind="stable")
    found: dict[str, list[str]] = {}
    for prompt, output in zip(some.instruction, some.output, strict=True):
        if _fitting(prompt, output):
            found.setdefault(prompt, []).append(output)
    return found


def _concise(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Simple questions with a long and a short answer by one model, of which the short one is a sentence or two."""
    pairs: list[tuple[str, str, str]] = []
    for model in ("gpt4_0613", "gpt4_1106_preview", "claude-2.1", "gpt-3.5-turbo-1106"):
        long = table[table.model == f"{model}_verbose"].set_index("instruction").output
        short = table[table.model == f"{model}_concise"].set_index("instruction").output
        for prompt in sorted(set(long.index) & set(short.index)):
            few, many = len(str(short[prompt]).split()), len(str(long[prompt]).split())
            if (
                simple(prompt)
                and 5 <= few <= 60
                and not _NO_ANSWER.match(str(short[prompt]))
                and many >= max(70, 2.5 * few)
            ):
                pairs.append((prompt, str(long[prompt]).strip(), str(short[prompt]).strip()))
    return pairs


def _names(table: pd.DataFrame, known: frozenset[str]) -> dict[int, list[str]]:
    found = Counter(
        m.group(1)
        for text in table[table.model.isin(SIBLINGS)].output
        for m in re.finditer(r"(?<=[a-z] )([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2})(?= [a-z]|[.,])", text)
    )
    return {
        n: sorted(x for x, c in found.items() if c >= 2 and len(x.split()) == n and proper(x, known))
        for n in (1, 2, 3)
    }


def _of_kind(kind: str, rows: int, good: list[Answer], pool: Pool, draw: random.Random) -> list[Seeded]:
    """Rows of one mode, its sub-kinds in turn; answers that serve are taken out of `good`."""
    made: list[Seeded] = []
    seen: set[str] = set()
    open_subs = list(KINDS[kind])
    while len(made) < rows and open_subs:
        for sub in list(open_subs):
            row = _one(kind, sub, good, pool, draw, seen)
            if row is None:
                open_subs.remove(sub)
            elif len(made) < rows:
                made.append(row)
    return made


def _one(
    kind: str, sub: str, good: list[Answer], pool: Pool, draw: random.Random, seen: set[str]
) -> Seeded | None:
    """One row with that fault; None when no answer that is left offers a place for it."""
    for at in draw.sample(range(len(good)), min(len(good), 250)):
        answer = good[at]
        if kind in ("factual", "plagiarism") and not _informs(answer.instruction):
            continue
        row = _made(kind, sub, answer, pool, draw)
        # a few words may come again; a whole answer that does would be the copy of another row
        texts = (
            set[str]() if row is None else {t for t in (row.original, row.output) if len(t) > _A_FEW_WORDS}
        )
        if row is None or seen & texts:
            continue
        seen |= texts
        if row.output == answer.output or kind == "compliance":
            del good[at]
        return row
    return None


def _informs(instruction: str) -> bool:
    return bool(_INFORMATION.match(instruction)) and not _FICTION.search(instruction)


def _made(kind: str, sub: str, answer: Answer, pool: Pool, draw: random.Random) -> Seeded | None:
    light = kind in _TEXT_KINDS and sub not in _WHOLE_ROW
    touched = light and draw.random() < RETOUCHED
    given = replace(answer, output=retouched(answer.output, draw)) if touched else answer
    draft = KINDS[kind][sub](given, pool, draw)
    if draft is None:
        return None
    if light:
        draft = replace(draft, output=answer.output)
    modes: tuple[str, ...] = (kind,)
    if light and draw.random() < TWOFOLD:
        draft, modes = _second(draft, kind, pool, draw)
    return Seeded("", draft.instruction, draft.original, draft.output, modes, sub)


def _second(draft: Draft, kind: str, pool: Pool, draw: random.Random) -> tuple[Draft, tuple[str, ...]]:
    """The draft with a fault of another mode besides, where it offers a place for one."""
    others = [k for k in _TEXT_KINDS if k != kind and (k != "factual" or _informs(draft.instruction))]
    other = draw.choice(others)
    sub = draw.choice([s for s in KINDS[other] if s not in _WHOLE_ROW])
    again = KINDS[other][sub](Answer(draft.instruction, draft.original), pool, draw)
    return (replace(draft, original=again.original), (kind, other)) if again else (draft, (kind,))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=150)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    seeded = sheet(options.corpora, options.rows, options.seed)
    subs: dict[tuple[str, str], list[Seeded]] = {}
    for row in seeded.rows:
        subs.setdefault((row.modes[0], row.sub), []).append(row)
    for (mode, sub), rows in sorted(subs.items()):
        twofold = sum(len(row.modes) > 1 for row in rows)
        print(f"{mode:12} {sub:34} {len(rows):4d} rows, {twofold} with a second fault")
        if options.only in (sub, mode, ""):
            for row in rows[: options.show]:
                show(row)
    print(f"{len(seeded.rows)} rows, {len(seeded.against)} reference texts")


def show(row: Seeded) -> None:
    """The prompt and what the correction changed: [- original -] {+ output +}."""
    print(f"  --- {row.id} {'+'.join(row.modes)} | {row.instruction[:110]!r} … {row.instruction[-60:]!r}")
    before, after = row.original.split(), row.output.split()
    shown: list[str] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            words = before[a:b]
            shown += words if len(words) <= 12 else [*words[:5], "…", *words[-5:]]
        else:
            shown.append(f"[-{' '.join(before[a:b])[:220]}-]{{+{' '.join(after[c:d])[:120]}+}}")
    print("     ", " ".join(shown)[:1500])


if __name__ == "__main__":
    main()
