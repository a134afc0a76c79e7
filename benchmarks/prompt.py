"""How well instructions are read: kinds against a hand-judged sample, asks against IFEval's gold instructions.

Run with `python benchmarks/prompt.py --corpora DIR`; DIR holds answers_dev.parquet, seed_tasks_dev.csv and
ifeval_dev.jsonl. Each sample is every fourth prompt in the order of ids; where a prompt can be read in two ways both
are right. The sample of kinds is not blind: it was judged after earlier outputs had been seen, and the patterns were
tuned further afterwards, so expect fewer right kinds on new prompts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

import pandas as pd

from quality import prompt

JUDGED = """
4 explain; 11 explain/list; 16 question/list; 25 list; 29 explain; 36 explain; 47 explain; 52 explain; 62
explain; 73 explain; 83 explain; 91 question; 95 question/explain; 105 question; 112 question; 116 explain;
127 explain; 136 creative; 145 list/question/explain; 154 explain; 163 question/explain; 170 list; 178
question; 188 question/explain; 195 question; 202 list/explain; 206 creative; 214 list; 220 creative; 225
question; 234 rewrite; 242 question/explain; 248 list/essay; 262 yes_no; 271 data/code; 280 question; 289
explain; 295 list/question; 306 explain/question; 316 explain; 323 number/question; 339 data/creative; 348
creative/explain; 356 explain; 365 explain; 375 question; 386 list; 393 explain/question; 397 explain; 406
code; 410 code; 418 question/explain; 425 list; 429 explain; 439 creative; 450 explain; 461 number; 466 code;
477 list; 485 code; 492 data; 500 question/explain; 508 list; 516 list; 521 explain/open; 530 letter; 537
data/sentence/rewrite; 545 sentence; 551 code; 562 explain/question; 569 explain; 581 list; 595 data; 603
list; 614 explain; 621 list; 632 rewrite; 639 choice; 650 list; 657 choice; 664 data; 669 translation; 680
letter; 686 explain/list; 693 rewrite; 706 explain/list; 714 list; 718 explain/sentence; 722 list; 732 list;
743 explain; 753 explain/creative; 760 explain; 766 explain/number; 770 explain/number; 776 explain; 783
explain; 794 number/question; 800 creative/essay; seed_task_0 question/list; seed_task_8 creative;
seed_task_16 question/list/explain; seed_task_24 explain/list/data; seed_task_32 explain; seed_task_40
explain; seed_task_48 question; seed_task_56 list; seed_task_64 sentence/rewrite; seed_task_72 code;
seed_task_80 list; seed_task_88 question; seed_task_96 rewrite/open; seed_task_104 explain; seed_task_112
sentence/explain/creative; seed_task_120 question/open/data; seed_task_128 data; seed_task_136 explain/number;
seed_task_144 number; seed_task_152 choice; seed_task_160 yes_no; seed_task_168 choice; seed_task_4 sentence;
seed_task_12 explain; seed_task_20 creative; seed_task_28 code/rewrite; seed_task_36 list; seed_task_44
list/rewrite; seed_task_52 explain/list; seed_task_60 sentence/explain; seed_task_68 letter; seed_task_76
sentence; seed_task_84 creative/sentence; seed_task_92 choice/explain; seed_task_100 letter; seed_task_108
rewrite; seed_task_116 explain/list/open; seed_task_124 letter; seed_task_132 rewrite/list/data; seed_task_140
code; seed_task_148 choice/sentence; seed_task_156 choice; seed_task_164 number/choice; seed_task_172
yes_no/choice/question
"""
"""Id of an AlpacaEval prompt or a seed task → kinds that fit."""

COMPARED = {
    "length_constraints:number_words": "num_words",
    "length_constraints:number_sentences": "num_sentences",
    "length_constraints:number_paragraphs": "num_paragraphs",
    "detectable_format:number_bullet_lists": "num_bullets",
    "language:response_language": "language",
    "detectable_format:json_format": None,
    "change_case:english_lowercase": None,
    "change_case:english_capital": None,
    "combination:repeat_prompt": None,
}
"""IFEval's kind → its parameter that holds the value."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--wrong", action="store_true", help="print what was read wrongly")
    options = parser.parse_args()
    kinds(options.corpora, options.wrong)
    asks(options.corpora / "ifeval_dev.jsonl", options.wrong)


def kinds(corpora: Path, wrong: bool) -> None:
    answers = pd.read_parquet(
        corpora / "answers_dev.parquet", columns=["instr_id", "instruction"]
    ).drop_duplicates("instr_id")
    seeds = pd.read_csv(corpora / "seed_tasks_dev.csv", keep_default_na=False)
    texts = dict(zip(answers.instr_id.astype(str), answers.instruction, strict=True))
    joined = [f"{i}\n\n{t}" if t else i for i, t in zip(seeds.instruction, seeds.input, strict=True)]
    texts |= dict(zip(seeds.id, joined, strict=True))
    judged = dict(entry.split() for entry in JUDGED.replace("\n", " ").strip().split(";"))
    right = 0
    for key, fits in judged.items():
        kind = prompt.read(texts[key]).kind
        right += kind in fits.split("/")
        if wrong and kind not in fits.split("/"):
            print(f"  {key}: {kind}, not {fits} | {texts[key][:90]!r}")
    print(f"kinds: {right} of {len(judged)} right ({right / len(judged):.3f})")
    start = time.process_time()
    for text in texts.values():
        prompt._read(text)
    print(f"cost: {(time.process_time() - start) / len(texts) * 1e3:.3f} ms a prompt ({len(texts)} prompts)")


def asks(path: Path, wrong: bool) -> None:
    found, right, gold, recalled = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        wanted = list(zip(record["instruction_id_list"], record["kwargs"], strict=True))
        read = prompt.read(record["prompt"]).asks
        for kind, kwargs in wanted:
            gold[kind] += 1
            recalled[kind] += any(ask.kind == kind and _same(ask, kind, kwargs) for ask in read)
        for ask in read:
            if ask.kind not in COMPARED or ask.part:
                continue
            found[ask.kind] += 1
            hit = any(kind == ask.kind and _same(ask, kind, kwargs) for kind, kwargs in wanted) or _implied(
                ask, wanted
            )
            right[ask.kind] += hit
            if wrong and not hit:
                print(
                    f"  {ask.kind} {ask.relation} {ask.value} {record['prompt'][ask.start : ask.end]!r} |"
                    f" {record['prompt'][:100]!r}"
                )
    print("asks against IFEval's gold: kind, found, precision (value right), gold, recall (value right)")
    for kind in COMPARED:
        precision, recall = right[kind] / max(1, found[kind]), recalled[kind] / max(1, gold[kind])
        print(f"  {kind:40s}{found[kind]:4d} {precision:6.3f} {gold[kind]:5d} {recall:6.3f}")


def _implied(ask: prompt.Ask, wanted: list[tuple[str, dict[str, object]]]) -> bool:
    """IFEval's `english_lowercase` asks for English too, its `nth_paragraph_first_word` for a number of "
    "paragraphs.
    """
    if ask.kind == "language:response_language" and ask.value == "en":
        return any(kind.startswith("change_case:english") for kind, _ in wanted)
    return any(
        kind == "length_constraints:nth_paragraph_first_word" and ask.value == str(kwargs["num_paragraphs"])
        for kind, kwargs in wanted
    )


def _same(ask: prompt.Ask, kind: str, kwargs: dict[str, object]) -> bool:
    """Same value; IFEval says "at most 30" as "less than 31"."""
    key = COMPARED.get(kind)
    if key is None:
        return True
    value = kwargs.get(key)
    if key == "language":
        return ask.value == value
    return abs(int(ask.value) - int(str(value))) <= 1


if __name__ == "__main__":
    main()
