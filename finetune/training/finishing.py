"""The end of a run: the adapter sealed, the loss drawn, and the record that binds it all, which is written last."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from finetune import checkpoint
from finetune.admission import Admission
from finetune.checkpoint import Verified
from finetune.rows import overlap
from finetune.run_folder import RunFolder
from finetune.training import loss_log
from finetune.training.loss_log import StepLog
from finetune.training.material import Material
from finetune.training.settling import Decision
from quality import console, lineage
from quality.errors import InputError
from quality.lineage import RunRecord
from quality.wording import as_argument, count

LOSSES = 50
"""Steps whose loss the record holds; loss.csv has them all."""


def finish(folder: RunFolder, admitted: Admission, material: Material, decision: Decision) -> None:
    """Makes the adapter and the record of the last step's checkpoint; killed at any place, it is simply done again.

    Raises:
        ProofgateError: The checkpoint is not there or is damaged.
        OSError: The disk is full or fails.
    """
    last = checkpoint.newest(folder.checkpoints)
    if last is None or last.step != decision.steps:
        raise InputError("the last checkpoint is not there", where=str(folder.checkpoints))
    _seal_adapter(last, folder, decision.settled.base)
    _draw(folder)
    steps = loss_log.read(folder.loss_csv)
    lineage.write_run_record(folder.record, _record(folder, admitted, material, decision, steps))
    shutil.rmtree(folder.staging, ignore_errors=True)
    console.say(_summary(folder, decision, steps))


def _draw(folder: RunFolder) -> None:
    try:
        loss_log.draw(folder.loss_csv, folder.loss_png)
    except InputError as error:  # a picture is no reason to hold an adapter back
        console.say(f"note: the loss curve is not drawn: {error}")


def _seal_adapter(last: Verified, folder: RunFolder, base: str) -> None:
    """Puts the adapter of that checkpoint into its place; the same weights give the same files anywhere."""
    staged = folder.staging / "adapter"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    weights, config = checkpoint.ADAPTER
    shutil.copyfile(last.folder / weights, staged / weights)
    (staged / config).write_text(
        _portable(json.loads((last.folder / config).read_bytes()), base), encoding="utf-8"
    )
    checkpoint.seal(staged, folder.adapter, step=last.step, needed=checkpoint.ADAPTER)


def _portable(config: dict[str, Any], base: str) -> str:
    """The adapter's configuration without this machine's path of the base, its sets in order."""
    named = {**config, "base_model_name_or_path": base, "target_modules": sorted(config["target_modules"])}
    return json.dumps(named, indent=2, sort_keys=True) + "\n"


def _record(
    folder: RunFolder, admitted: Admission, material: Material, decision: Decision, steps: Sequence[StepLog]
) -> RunRecord:
    settled = decision.settled
    used = {example.row for example in material.examples}
    cap = asdict(settled.cap) if settled.cap else {}
    schedule = {
        **asdict(settled.batches),
        **cap,
        "steps": decision.steps,
        "of_steps": decision.schedule.steps,
    }
    return RunRecord(
        gate=settled.gate,
        data=settled.data,
        used=tuple(example.row for example in material.examples),
        dropped=settled.dropped,
        instructions=overlap.keys(row for row in admitted.rows if row.row in used),
        base=settled.base,
        base_sha256=settled.base_sha256,
        adapter_sha256=checkpoint.digest(folder.adapter),
        template=settled.template,
        template_sha256=settled.template_sha256,
        tokenizer_sha256=settled.tokenizer_sha256,
        recipe=settled.recipe,
        schedule={**schedule, "answer_tokens": settled.answer_tokens},
        losses=tuple((step.step, step.loss) for step in _spread(steps)),
        versions=settled.versions,
        device=f"{settled.device_name or settled.device}, {settled.dtype}",
        notes=settled.notes,
    )


def _spread(steps: Sequence[StepLog]) -> list[StepLog]:
    """At most `LOSSES` of them, evenly spread, the first and the last among them."""
    if len(steps) <= LOSSES:
        return list(steps)
    return [steps[at * (len(steps) - 1) // (LOSSES - 1)] for at in range(LOSSES)]


def _summary(folder: RunFolder, decision: Decision, steps: Sequence[StepLog]) -> str:
    seconds = sum(step.seconds for step in steps)
    rate = f" at {sum(step.tokens for step in steps) / seconds:,.0f} tokens/s" if seconds else ""
    cap = decision.settled.cap
    share = f" ({cap.share_of_rows:.0%} of them seen)" if cap and cap.share_of_rows < 1 else ""
    loss = f"; loss {steps[0].loss:.3f} at first, {steps[-1].loss:.3f} at last" if steps else ""
    run = as_argument(str(folder.path))
    return (
        f"done: {count(decision.steps, 'step')} over {count(decision.settled.rows_used, 'row')}{share}"
        f"{rate}{loss}.\nThe adapter is in {folder.adapter}, the loss curve in {folder.loss_png}.\n"
        f"Next: finetune predict --run {run} test.csv -o predictions.csv"
    )
