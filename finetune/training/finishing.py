"""The end of a run: the adapter sealed, the loss drawn, and the record that binds it all, which is written last."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from finetune import checkpoint
from finetune.admission import Admission
from finetune.checkpoint import Verified
from finetune.rows import overlap
from finetune.run_folder import RunFolder
from finetune.training import loss_log, settled
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
    last = checkpoint.newest(folder.checkpoints, run=settled.run_sha256(decision.settled))
    if last is None or last.step != decision.steps:
        raise InputError("the last checkpoint is not there", where=str(folder.checkpoints))
    _seal_adapter(last, folder, decision.settled.base)
    drawn = _drawn(folder)
    record = _record(folder, admitted, material, decision, _losses(last))
    lineage.write_run_record(folder.record, record)
    shutil.rmtree(folder.staging, ignore_errors=True)
    for part in folder.path.glob(".*.part"):  # what a killed process left of a file that it was writing
        part.unlink(missing_ok=True)
    console.say(_summary(folder, decision, record.losses, drawn=drawn))


def _losses(last: Verified) -> list[tuple[int, float]]:
    """(step, loss) of every step, as the checkpoint has them: loss.csv is the user's to delete."""
    state = json.loads((last.folder / "trainer_state.json").read_bytes())
    return [(log["step"], log["loss"]) for log in state["log_history"] if "loss" in log]


def _drawn(folder: RunFolder) -> bool:
    try:
        loss_log.draw(folder.loss_csv, folder.loss_png)
    except InputError as error:  # a picture is no reason to hold an adapter back
        console.say(f"note: the loss curve is not drawn: {error}")
        return False
    return True


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
    folder: RunFolder,
    admitted: Admission,
    material: Material,
    decision: Decision,
    losses: Sequence[tuple[int, float]],
) -> RunRecord:
    held = decision.settled
    used = {example.row for example in material.examples}
    cap = asdict(held.cap) if held.cap else {}
    schedule = {
        **asdict(held.batches),
        **cap,
        "steps": decision.steps,
        "of_steps": decision.schedule.steps,
    }
    return RunRecord(
        gate=held.gate,
        data=held.data,
        used=tuple(example.row for example in material.examples),
        dropped=held.dropped,
        instructions=overlap.keys(row for row in admitted.rows if row.row in used),
        base=held.base,
        base_sha256=held.base_sha256,
        adapter_sha256=checkpoint.digest(folder.adapter),
        template=held.template,
        template_sha256=held.template_sha256,
        tokenizer_sha256=held.tokenizer_sha256,
        recipe=held.recipe,
        schedule={**schedule, "answer_tokens": held.answer_tokens, "liger": held.liger},
        losses=_spread(losses),
        versions=held.versions,
        device=f"{held.device_name or held.device}, {held.dtype}",
        notes=held.notes,
    )


def _spread(losses: Sequence[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    """At most `LOSSES` of them, evenly spread, the first and the last among them."""
    if len(losses) <= LOSSES:
        return tuple(losses)
    return tuple(losses[at * (len(losses) - 1) // (LOSSES - 1)] for at in range(LOSSES))


def _summary(
    folder: RunFolder, decision: Decision, losses: Sequence[tuple[int, float]], *, drawn: bool
) -> str:
    steps = loss_log.read(folder.loss_csv) if drawn else ()
    seconds = sum(step.seconds for step in steps)
    rate = f" at {sum(step.tokens for step in steps) / seconds:,.0f} tokens/s" if seconds else ""
    cap = decision.settled.cap
    share = f" ({cap.share_of_rows:.0%} of them seen)" if cap and cap.share_of_rows < 1 else ""
    loss = f"; loss {losses[0][1]:.3f} at first, {losses[-1][1]:.3f} at last"
    curve = f", the loss curve in {folder.loss_png}" if drawn else ""
    run = shlex.quote(as_argument(str(folder.path)))
    return (
        f"done: {count(decision.steps, 'step')} over {count(decision.settled.rows_used, 'row')}{share}"
        f"{rate}{loss}.\nThe adapter is in {folder.adapter}{curve}.\n"
        f"Next: finetune predict --run {run} test.csv -o predictions.csv"
    )
