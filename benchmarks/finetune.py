"""The fine-tune beside what notebooks usually do: padding, tokens/s in training and prediction, GPU memory.

    python benchmarks/finetune.py --corpora DIR [--part padding|train|predict|memory]

DIR holds answers_dev.parquet and seed_tasks_dev.csv. Without `--part` all run. Each ratio compares two ways in one run,
on the same machine, model and rows. `memory` needs a CUDA device; all others run on a CPU with a small random Llama, in
one thread, and count CPU seconds: so a busy machine disturbs them least.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.append(sys.path.pop(0))  # or this file would be taken for the package of its name
os.environ.setdefault("OMP_NUM_THREADS", "1")
PARTS = ("padding", "train", "predict", "memory")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument(
        "--part", choices=PARTS, action="append", help="may be given several times; all by default"
    )
    parser.add_argument("--rows", type=int, default=48, help="prompts that `predict` answers")
    parser.add_argument(
        "--rounds", type=int, default=2, help="how often `train` takes each way; the median counts"
    )
    parser.add_argument("--shape", choices=("llama-2-7b", "small"), default="llama-2-7b", help="of `memory`")
    parser.add_argument("--case", help=argparse.SUPPRESS)  # a process of `memory`
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.case:
        import finetune_memory

        finetune_memory.case(options.case, options.shape, options.folder)
        return
    for part in options.part or PARTS:
        print(f"== {part}", flush=True)
        if part == "padding":
            import finetune_padding

            finetune_padding.report(options.corpora)
        elif part == "train":
            import finetune_train

            finetune_train.report(options.corpora, options.rounds)
        elif part == "predict":
            import finetune_predict

            finetune_predict.report(options.corpora, options.rows)
        else:
            import finetune_memory

            finetune_memory.report(options.shape)
        print(flush=True)


if __name__ == "__main__":
    main()
