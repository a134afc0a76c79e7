"""Verdicts on asks: agreement with IFEval's own checkers by family, and false alarms on answers of strong models.

IFEval's checkers come from lm-eval (MIT; the file itself is Apache-2.0), which is needed here alone:

    pip install --target CHECKERS --no-deps lm-eval==0.4.13 nltk langdetect immutabledict six joblib tqdm django
    PYTHONPATH=CHECKERS NLTK_DATA=DIR python benchmarks/compliance.py --corpora DIR

NLTK_DATA holds tokenizers/punkt_tab (`nltk.download("punkt_tab")`; the wheel of llama-index-core has it too). No
model's answers to IFEval prompts are at hand, so each prompt's gold asks are held against answers of many models to
other prompts, as they are and changed (attempts.py). Texts in other languages are Django's own translations of its
messages (BSD). A difference is listed by its family and by the rule of ours or theirs that makes it.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import importlib.util
import json
import logging
import random
import re
import sys
import time
import types
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attempts import Kwargs, attempts
from corpora import answers as all_answers
from corpora import strong as strong_answers

from quality import guide, prompt
from quality.checks import compliance
from quality.compliance.data import measure
from quality.compliance.verdict import Case
from quality.compliance.verify import verify
from quality.model import Ask, AskResult, Finding, Result, Row, Unmeasured
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
RELATIONS = {"at least": ">=", "less than": "<"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--answers", type=int, default=18, help="answers for each ask")
    parser.add_argument("--differences", type=int, default=3, help="examples of each cause to print")
    parser.add_argument("--strong", action="store_true", help="only the false alarms on strong answers")
    options = parser.parse_args()
    if not options.strong and not importlib.util.find_spec("lm_eval"):
        print("agreement with IFEval: its checkers are not installed, see the head of this file")
    elif not options.strong:
        texts = all_answers(options.corpora).sample(4_000, random_state=5).output.tolist()
        agreement(options.corpora / "ifeval_dev.jsonl", texts, options.answers, options.differences)
    table = strong_answers(options.corpora)
    strong(list(zip(table.instruction, table.output, strict=True)))


# --- IFEval's checkers -------------------------------------------------------------------------------------------


def checkers() -> Any:
    """IFEval's registry, without the rest of lm-eval, which wants torch."""
    base = Path(str(importlib.metadata.distribution("lm_eval").locate_file("lm_eval")))
    for name in ("lm_eval", "lm_eval.tasks", "lm_eval.tasks.ifeval"):
        module = types.ModuleType(name)
        module.__path__ = [str(base.joinpath(*name.split(".")[1:]))]
        sys.modules[name] = module
    logging.disable(logging.ERROR)
    importlib.import_module("langdetect").DetectorFactory.seed = 0
    return importlib.import_module("lm_eval.tasks.ifeval.instructions_registry").INSTRUCTION_DICT


def theirs(registry: Any, kind: str, kwargs: Kwargs, answer: str) -> bool | None:
    """Their verdict; None where their detector of languages gave up, which they count as followed."""
    checker = registry[kind](kind)
    checker.build_description(**kwargs)
    detector = importlib.import_module("langdetect")
    if kind.startswith(("language:", "change_case:english")):
        try:
            detector.detect(answer)
        except detector.LangDetectException:
            return None
    return bool(answer.strip()) and bool(checker.check_following(answer))


# --- Gold asks ---------------------------------------------------------------------------------------------------


def asks(kind: str, kwargs: Kwargs, instruction: str) -> list[Ask]:
    """IFEval's gold as asks, whatever an extractor would find."""

    def ask(relation: str = "", value: object = "", unit: str = "", part: str = "", kind: str = kind) -> Ask:
        return Ask(kind, relation, str(value), unit, 0, len(instruction), part)

    name = kind.partition(":")[2]
    if name in ("existence", "forbidden_words"):
        words = kwargs.get("keywords") or kwargs.get("forbidden_words") or []
        return [ask("not" if name == "forbidden_words" else "", word) for word in words]
    if name in _COUNTED:
        relation, number, unit = _COUNTED[name]
        return [
            ask(RELATIONS.get(kwargs.get(relation, ""), relation), kwargs[number], kwargs.get(unit, unit))
        ]
    if name == "nth_paragraph_first_word":
        count = ask("=", kwargs["num_paragraphs"], "paragraphs", kind="length_constraints:number_paragraphs")
        return [ask("", kwargs["first_word"], "", f"paragraph {kwargs['nth_paragraph']}"), count]
    return [ask("", _VALUES.get(name, lambda _: "")(kwargs))]


_COUNTED = {
    "frequency": ("relation", "frequency", "keyword"),
    "letter_frequency": ("let_relation", "let_frequency", "letter"),
    "number_words": ("relation", "num_words", "words"),
    "number_sentences": ("relation", "num_sentences", "sentences"),
    "number_paragraphs": ("=", "num_paragraphs", "paragraphs"),
    "number_placeholders": (">=", "num_placeholders", "placeholders"),
    "number_bullet_lists": ("=", "num_bullets", "bullets"),
    "number_highlighted_sections": (">=", "num_highlights", "highlights"),
    "multiple_sections": (">=", "num_sections", "section_spliter"),
    "capital_word_frequency": ("capital_relation", "capital_frequency", "capital words"),
}
_VALUES: dict[str, Callable[[Kwargs], str]] = {
    "response_language": lambda kwargs: kwargs["language"],
    "postscript": lambda kwargs: kwargs["postscript_marker"],
    "constrained_response": lambda _: "My answer is yes. | My answer is no. | My answer is maybe.",
    "two_responses": lambda _: "******",
    "repeat_prompt": lambda kwargs: kwargs["prompt_to_repeat"],
    "end_checker": lambda kwargs: kwargs["end_phrase"],
}


def ours(kind: str, kwargs: Kwargs, instruction: str, answer: str) -> bool | None:
    """Our verdict on all asks of the family together; None where one is unverifiable."""
    measured = measure(answer) if kind.startswith(("language:", "detectable_format:json")) else {}
    results = {
        verify(Case(ask, instruction, answer, measured)).result for ask in asks(kind, kwargs, instruction)
    }
    if Result.VIOLATED in results:
        return False
    return None if Result.UNVERIFIABLE in results else True


# --- The figures -------------------------------------------------------------------------------------------------


def agreement(prompts: Path, texts: list[str], number: int, shown: int) -> None:
    registry = checkers()
    random.seed(0)  # theirs draws a letter in place of a sign
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    differences: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in prompts.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        for at, (kind, gold) in enumerate(zip(record["instruction_id_list"], record["kwargs"], strict=True)):
            kwargs = {key: value for key, value in gold.items() if value is not None}
            draw = random.Random(f"{record['key']} {at}")
            for answer in attempts(kind, kwargs, texts, number, draw):
                mine = ours(kind, kwargs, record["prompt"], answer)
                other = theirs(registry, kind, kwargs, answer)
                tallies[kind][f"{mine} {other}"] += 1
                if mine is not None and other is not None and mine != other:
                    differences[kind, cause(kind, kwargs, answer, mine)].append(answer)
    printed(tallies)
    print("\ndifferences by family and cause (ours against theirs)")
    for (kind, why), found in sorted(differences.items(), key=lambda pair: (pair[0][0], -len(pair[1]))):
        print(f"{len(found):5d}  {kind}: {why}")
        for answer in found[:shown] if why == "other" else ():
            print(f"         {answer[:150]!r} … {answer[-60:]!r}")


HEADS = ("pairs", "both decide", "agree", "both yes", "both no", "ours yes", "ours no")


def printed(tallies: dict[str, Counter[str]]) -> None:
    print(f"{'family':46s}" + "".join(f"{head:>12s}" for head in HEADS))
    total: Counter[str] = Counter()
    for kind, tally in (*sorted(tallies.items()), ("all", total)):
        total += tally if kind != "all" else Counter()
        yes, no, more, less = (tally[key] for key in ("True True", "False False", "True False", "False True"))
        decided = yes + no + more + less
        share = f"{(yes + no) / max(1, decided):.3f}"
        cells = (tally.total(), decided, share, yes, no, more, less)
        print(f"{kind:46s}" + "".join(f"{cell:>12}" for cell in cells))


def cause(kind: str, kwargs: Kwargs, answer: str, mine: bool) -> str:
    return next(
        (why for pattern, test, why in CAUSES if kind.startswith(pattern) and test(kwargs, answer, mine)),
        "other",
    )


Test = Callable[[Kwargs, str, bool], bool]


def always(kwargs: Kwargs, answer: str, mine: bool) -> bool:
    return True


def generous(kwargs: Kwargs, answer: str, mine: bool) -> bool:
    return mine


def within(kwargs: Kwargs, answer: str, mine: bool) -> bool:
    """A keyword stands within another word."""
    sought = kwargs.get("keywords") or [kwargs["keyword"]]
    return any(
        re.search(rf"\w{re.escape(word)}|{re.escape(word)}\w", answer, re.IGNORECASE) for word in sought
    )


CAUSES: list[tuple[str, Test, str]] = [
    ("keywords:existence", within, "ours: a short word within another is not that word; theirs: it is"),
    ("keywords:frequency", within, "ours: within other words it may count or not; theirs: it always counts"),
    (
        "keywords:letter",
        lambda k, a, m: not k["letter"].isalpha(),
        "theirs: a sign is replaced by a letter drawn at random",
    ),
    (
        "combination:repeat",
        lambda k, a, m: m and a.lstrip()[:1] in '"*“',
        "ours: quotation marks or bold around the repeated prompt are free",
    ),
    ("combination:repeat", generous, "ours: punctuation, case and spacing of the repeated prompt are free"),
    ("combination:two", lambda k, a, m: "\\*" in a, "ours: an escaped separator is one"),
    ("combination:two", lambda k, a, m: "*******" in a, "a separator of seven stars"),
    (
        "combination:two",
        lambda k, a, m: not m,
        "ours: a part between two separators is empty but for marks, or both say the same",
    ),
    ("detectable_content:postscript", generous, "ours: “PS:” and “P. S.” are postscripts"),
    ("detectable_format:constrained", generous, "ours: case and the full stop of an option are free"),
    (
        "detectable_format:multiple",
        generous,
        "ours: the case of the section word is free, as are roman numerals and words",
    ),
    (
        "detectable_format:number_bullet",
        lambda k, a, m: m and re.search(r"^\s*[•+]", a, re.M) is not None,
        "ours: • and + are bullets",
    ),
    (
        "detectable_format:number_bullet",
        lambda k, a, m: re.search(r"^\s*(?:---|-\S|\*\S)", a, re.M) is not None,
        "theirs: dividers, -5 and *emphasis* are bullets",
    ),
    (
        "detectable_format:number_bullet",
        lambda k, a, m: re.search(r"^\s+[*-]|```", a, re.M) is not None,
        "ours: bullets within bullets may count or not, those in code do not",
    ),
    (
        "detectable_format:number_high",
        lambda k, a, m: m,
        "ours: _x_, <mark> and headings that are bold are highlights",
    ),
    (
        "detectable_format:number_high",
        lambda k, a, m: not m,
        "theirs: ***x*** counts twice, and stars of lists and sums pair up",
    ),
    ("change_case:capital", generous, "ours: “I”, “A” and initials may count or not"),
    (
        "change_case:english",
        generous,
        "ours: code and addresses are free; theirs: capitals were not taken for English",
    ),
    ("startend:end", generous, "ours: the last mark, quotes and bold around the phrase are free"),
    ("startend:quotation", generous, "ours: curly quotes, and bold around the quotes, are quotes"),
    (
        "punctuation",
        lambda k, a, m: re.search("[，、،]", a) is not None,
        "ours: commas of other scripts are commas",
    ),
    (
        "length_constraints:number_words",
        generous,
        "ours: don't, well-known, titles and list numbers may count or not",
    ),
    (
        "length_constraints:number_sentences",
        generous,
        "ours: list items and headings may be sentences or not",
    ),
    ("length_constraints:number_sentences", always, "theirs: list numbers and abbreviations end sentences"),
    ("length_constraints:number_par", generous, "ours: an empty part between dividers is none"),
    ("length_constraints:nth", generous, "ours: paragraphs may be cut in several ways"),
    ("language", always, "a short text, or one with a few English words"),
]
"""Family, test of (kwargs, answer, our verdict), and why the two differ; the first that holds."""


def strong(rows: list[tuple[str, str]]) -> None:
    results: Counter[tuple[str, str]] = Counter()
    flagged: list[tuple[str, str, list[Finding]]] = []
    unmeasured: Counter[str] = Counter()
    start = time.process_time()
    for instruction, output in rows:
        row, read = Row(2, 2, "a", instruction, output), prompt.read(instruction)
        said_here = list(compliance.judge(Context(row, read, INPUTS, {"output": measure(output)})))
        results.update((one.ask.kind, str(one.result)) for one in said_here if isinstance(one, AskResult))
        unmeasured.update(one.reason for one in said_here if isinstance(one, Unmeasured))
        found = [one for one in said_here if isinstance(one, Finding)]
        if found:
            flagged.append((instruction, output, found))
    cost = (time.process_time() - start) / len(rows) * 1e3
    errors = [row for row in flagged if any(one.severity == "error" for one in row[2])]
    print(
        f"\nstrong answers: {len(rows)} rows; with an ASK error {len(errors) / len(rows):.4f}; {cost:.2f} ms a row"
    )
    print(f"unmeasured: {dict(unmeasured)}")
    for kind in sorted({kind for kind, _ in results}):
        print(f"  {kind:48s}{ {str(r): results[kind, str(r)] for r in Result if results[kind, str(r)]} }")
    for instruction, output, found in flagged:
        for one in found:
            print(f"{one.code} {one.message} | {instruction[:200]!r} | {output[:160]!r}")


if __name__ == "__main__":
    main()
