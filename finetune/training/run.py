"""`finetune run`, top to bottom: gate → base and rows → what was settled → training → adapter and record.

Nothing is loaded, downloaded or written before the gate is open. The same command on the same folder goes on from the
newest checkpoint that verifies, and ends with the adapter that an undisturbed run would have made.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

from finetune import admission, checkpoint, run_folder
from finetune.admission import Admission
from finetune.base_model import base
from finetune.checkpoint import Verified
from finetune.recipe import Recipe
from finetune.rows import overlap, prompt_template, questions
from finetune.run_folder import RunFolder
from finetune.training import finishing, material, settled, settling
from finetune.training.job import SAVE_EVERY_S
from finetune.training.material import Material
from finetune.training.settled import Settled
from finetune.training.settling import Decision
from finetune.training.training import Training, train
from quality import console, files, lineage
from quality.cli_inputs import Options
from quality.errors import HardwareError, InputError, ProofgateError
from quality.lineage import RunRecord
from quality.table import Columns

_AGAIN = (
    "delete {}, then run the same command again: it makes the adapter and its record from the last checkpoint"
)


def run(
    options: Options,
    recipe: Recipe,
    out: Path,
    *,
    drop_failing: bool = False,
    record: Path | None = None,
    test: Path | None = None,
    accept_versions: bool = False,
    save_every_s: float = SAVE_EVERY_S,
) -> None:
    """Trains an adapter on the rows that pass the gate, or goes on with it where the folder holds the run already.

    Args:
        record: A gate record that may stand for the checks.
        test: A test file that may share no instruction with the data.
        accept_versions: Go on although a library is another one than when the run began.
        save_every_s: Seconds between two checkpoints; 0 writes one after every step.

    Raises:
        GateRefused: The data does not pass.
        ProofgateError: The adapter cannot be trained.
    """
    folder = RunFolder(out)
    run_folder.claim(folder)
    admitted = admission.admit(options, drop_failing=drop_failing, record=record)
    _refuse_overlap(admitted, test)
    if folder.record.exists():
        _complete(folder, admitted, recipe)
        return
    gathered = material.gather(admitted, recipe, out)
    with run_folder.lock(folder):
        try:
            decision, newest = _decided(folder, admitted, gathered, recipe, accept_versions)
            if newest is None or newest.step < decision.steps:
                decision = train(Training(folder, gathered, recipe, newest, save_every_s), decision)
            finishing.finish(folder, admitted, gathered, decision)
        except OSError as error:
            raise _unwritable(folder, error) from None
        except KeyboardInterrupt:
            _stopped(folder)


def _refuse_overlap(admitted: Admission, test: Path | None) -> None:
    if test is not None:
        columns = Columns(**admitted.resolved.settings.columns)
        overlap.refuse(admitted.rows, questions.read(test, columns).rows, test)


def _complete(folder: RunFolder, admitted: Admission, recipe: Recipe) -> None:
    """Says that there is nothing to do.

    Raises:
        ConfigError: The run is complete, but another one.
        InputError: The run is complete, but its gate record or its adapter is damaged.
    """
    before = settled.read(folder.settled)
    data = admitted.resolved.request.table.data_sha256
    template = prompt_template.load(recipe.template).sha256
    changed = settled.request_differences(before, data, _base_now(recipe.base, before), template, recipe)
    if changed:
        raise settling.begun_otherwise(folder.path, changed)
    _demand_gate_record(folder, admitted, before)
    faults = checkpoint.faults(folder.adapter)
    if not faults:
        stated = _record(folder).adapter_sha256
        faults = () if checkpoint.digest(folder.adapter) == stated else ("it is of another run",)
    if faults:
        raise InputError(
            f"the run is complete, but its adapter is damaged: {faults[0]}",
            where=str(folder.adapter),
            remedy=_AGAIN.format(folder.record),
        )
    console.say(f"this run is complete, and its adapter is whole: {folder.adapter}")


def _record(folder: RunFolder) -> RunRecord:
    try:
        return lineage.read_run_record(folder.record)
    except InputError as error:
        raise InputError(error.what, where=error.where, remedy=_AGAIN.format(folder.record)) from None


def _base_now(name: str, before: Settled) -> str:
    """Fingerprint of the base of that name; where its files are not here, the name tells whether it is the same."""
    try:
        found = base.find(name, download=False)
        if found.folder is not None:
            return base.fingerprint(found)
    except ProofgateError:  # it was moved, or the hub cannot be reached: a complete run needs it no more
        pass
    if material.lasting_name(name) != before.base:
        return name
    console.say("note: the base's files are not here, so they were not compared")
    return before.base_sha256


def _decided(
    folder: RunFolder, admitted: Admission, gathered: Material, recipe: Recipe, accept_versions: bool
) -> tuple[Decision, Verified | None]:
    """What the run does, as it was settled, and from which checkpoint; settled now where nothing was trained yet.

    Raises:
        ConfigError: The run was begun with something else.
    """
    if not folder.settled.exists():
        return _settle(folder, admitted, gathered, settling.decide(admitted, gathered, recipe)), None
    before = settled.read(folder.settled)
    newest = checkpoint.newest(folder.checkpoints, run=settled.run_sha256(before))
    same = settling.as_before(admitted, gathered, recipe, before)
    if newest is None and not checkpoint.exist(folder.checkpoints):
        if settled.differences(before, same.settled) or settled.version_differences(before, same.settled):
            console.say(
                "note: nothing was trained in this folder yet; the run begins anew with what it is given now"
            )
            return _settle(folder, admitted, gathered, settling.decide(admitted, gathered, recipe)), None
        return Decision(before, same.schedule), None
    step = newest.step if newest else 0
    held = settling.held(before, same.settled, step, accept_versions=accept_versions, out=folder.path)
    _demand_gate_record(folder, admitted, before)
    if held != before:
        settled.write(folder.settled, held)
    decision = Decision(held, same.schedule)
    console.say(f"going on from step {step:,} of {decision.steps:,}")
    return decision, newest


def _demand_gate_record(folder: RunFolder, admitted: Admission, before: Settled) -> None:
    """Makes sure that the gate's record, to which the run's is bound, is that of the beginning.

    A missing one is written again where the gate has just made the same.
    """
    if not folder.gate.exists() and lineage.gate_record_sha256(admitted.record) == before.gate:
        lineage.write_gate_record(folder.gate, admitted.record)
    try:
        found = lineage.gate_record_sha256(lineage.read_gate_record(folder.gate))
    except InputError:
        found = ""
    if found != before.gate:
        raise InputError(
            "is not the gate record that the run began with",
            where=str(folder.gate),
            remedy="put the old one back, or name a new folder with --out",
        )


def _settle(folder: RunFolder, admitted: Admission, gathered: Material, decision: Decision) -> Decision:
    lineage.write_gate_record(folder.gate, admitted.record)
    files.replace(folder.template, gathered.template.text, "--out")
    settled.write(folder.settled, decision.settled)
    return decision


def _stopped(folder: RunFolder) -> NoReturn:
    """Ctrl-C: says what is kept, and ends the process as shells have it."""
    newest = checkpoint.newest(folder.checkpoints)
    where = f"from step {newest.step:,}" if newest else "from the start: there was no checkpoint yet"
    console.say(f"stopped; the same command goes on {where}")
    sys.exit(console.INTERRUPTED)


def _unwritable(folder: RunFolder, error: OSError) -> HardwareError:
    full = "the disk is full" if error.errno in console.NO_ROOM else "a file cannot be written or read"
    return HardwareError(
        f"{full}: {error.strerror or error}",
        where=str(error.filename or folder.path),
        remedy="make room there, then run the same command again: it goes on from the last checkpoint",
    )
