"""How often the contract's rules flag real answers, and how much mojibake they find and repair.

    python benchmarks/contract.py --corpora DIR

DIR holds `answers_dev.parquet` (columns `instruction`, `output`). Prints texts flagged by rule with every distinct
fault, so that each can be judged by eye, then how many answers are restored that were read in the wrong encoding.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path
from time import process_time

import ftfy.bad_codecs
import pyarrow.parquet as pq

from quality.checks.contract import measure
from quality.text.damage import mojibake

assert ftfy.bad_codecs  # registers the `sloppy-` codecs
CODECS = ("sloppy-windows-1252", "latin-1", "sloppy-windows-1254", "sloppy-windows-1251", "macroman")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--sample", type=int, default=3_000, help="answers that are misread on purpose")
    arguments = parser.parse_args()
    columns = pq.read_table(arguments.corpora / "answers_dev.parquet", columns=["instruction", "output"])
    texts = sorted({text for column in columns.to_pydict().values() for text in column if text})
    flagged(texts)
    repaired([text for text in texts if not text.isascii() and "\ufffd" not in text], arguments.sample)


def flagged(texts: list[str]) -> None:
    start = process_time()
    found = [(text, measure(text)) for text in texts]
    seconds = process_time() - start
    counts = Counter(kind for _, measures in found for kind in measures)
    print(f"{len(texts):,} texts in {seconds:.1f} s of CPU; flagged: {dict(counts)}")
    faults = Counter(
        (kind, ascii(text[place[0] : place[1]])[:30], place[2])
        for text, measures in found
        for kind in ("hidden", "mojibake")
        for place in measures.get(kind, ())
    )
    for (kind, piece, what), count in faults.most_common():
        print(f"  {count:4} × {kind}: {piece} {what}")


def repaired(texts: list[str], sample: int) -> None:
    chosen = random.Random(0).sample(texts, min(sample, len(texts)))
    for codec in CODECS:
        counts: Counter[str] = Counter()
        for right in chosen:
            try:
                wrong = right.encode().decode(codec)
            except UnicodeDecodeError:
                continue
            places = list(mojibake(wrong))
            mended = wrong
            for place in reversed(places):
                mended = mended[: place.start] + (place.text or "") + mended[place.end :]
            counts.update(misread=1, found=bool(places), restored=mended == right)
            counts["safe"] += sum(place.safe for place in places)
            counts["unsafe"] += sum(not place.safe for place in places)
        print(f"read as {codec}: {dict(counts)}")


if __name__ == "__main__":
    main()
