"""The records of a fine-tune without the fine-tune: a run's folder, and a notebook that holds the same records."""

import json

from finetune.run_folder import RunFolder
from finetune.training import loss_log
from finetune.training.loss_log import StepLog
from quality import lineage
from quality.lineage import Bundle, GateRecord, RunRecord, Version
from quality.model import Fingerprint

HOSTILE = "<img src=x onerror=alert(1)> ![p](http://evil.example/p.png) \u202e"
LOSSES = tuple((step, 3.0 - step / 10) for step in range(1, 13))


def gate(**more):
    told = {
        "fingerprint": Fingerprint(*"abcde"),
        "passed": True,
        "reasons": (),
        "rows": 5,
        "dropped_rows": (4,),
        "rules": {"GRM001": "error", "TON001": "warning"},
        "inputs": {"data": f"data {HOSTILE}.csv"},
        "faults": {"4": "GRM001 an error"},
    }
    return GateRecord(**{**told, **more})


def run(of=None, **more):
    of = of or gate()
    told = {
        "gate": lineage.gate_record_sha256(of),
        "data": Version("data.csv", "a", "b"),
        "used": (2, 3, 5),
        "dropped": {"6": f"too long {HOSTILE}"},
        "instructions": (),
        "base": f"base {HOSTILE}",
        "base_sha256": "c",
        "adapter_sha256": "d",
        "template": "chatml",
        "template_sha256": "e",
        "tokenizer_sha256": "f",
        "recipe": {"lora_r": 16, "budget_min": None},
        "schedule": {"steps": 12, "answer_tokens": {"p50": 9}},
        "losses": LOSSES,
        "versions": {"torch": "2.9.0"},
        "device": "Tesla T4, float16",
        "notes": (f"resumed {HOSTILE}",),
    }
    return RunRecord(**{**told, **more})


def folder(path, *, record=True, losses=LOSSES):
    """The folder as `finetune run` leaves it, without the adapter."""
    path.mkdir()
    where, of = RunFolder(path), gate()
    lineage.write_gate_record(where.gate, of)
    for step, loss in losses:
        loss_log.append(where.loss_csv, StepLog(step, loss, 2e-4, 100, 0.5))
    if record:
        lineage.write_run_record(where.record, run(of))
    return path


def notebook(path, **more):
    """A notebook whose one output holds the records of a run with these values."""
    of = gate()
    body = lineage.as_json(Bundle(of, run(of, **more)))
    return with_output(path, body)


def with_output(path, body):
    cell = {"cell_type": "code", "outputs": [{"data": {lineage.MIME: body}}]}
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    return path
