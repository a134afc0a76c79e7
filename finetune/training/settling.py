"""Deciding what a run does, and holding it to that: batches from memory, what a mishap and a resume may change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from finetune.admission import Admission
from finetune.hardware import memory
from finetune.model import liger
from finetune.recipe import Recipe
from finetune.rows import batches
from finetune.rows.batches import Schedule
from finetune.training import settled
from finetune.training.material import Material
from finetune.training.settled import Settled
from quality import lineage
from quality.errors import ConfigError, HardwareError
from quality.lineage import Version


@dataclass(frozen=True, slots=True)
class Decision:
    """What a run does.

    Attributes:
        schedule: All epochs; `settled.cap` says how much of it is trained.
    """

    settled: Settled
    schedule: Schedule

    @property
    def steps(self) -> int:
        """Optimizer steps that are taken."""
        return self.settled.cap.steps if self.settled.cap else self.schedule.steps


def decide(admitted: Admission, material: Material, recipe: Recipe) -> Decision:
    """What a new run does: the largest micro-batches that fit, so many of them a step that the rows come out right."""
    used, why = liger.usable(recipe.liger, material.device)
    schedule = batches.planned(material.lengths, recipe, _fitting(material, recipe, liger=used))
    return _decision(admitted, material, recipe, schedule, liger=used, why=why)


def as_before(admitted: Admission, material: Material, recipe: Recipe, before: Settled) -> Decision:
    """What a run that goes on would do, with the sizes and the kernels that were decided when it began.

    Where those kernels cannot be used any more, its note says why.
    """
    used, why = liger.usable(recipe.liger, material.device) if before.liger else (False, "")
    was = before.batches
    schedule = batches.planned(material.lengths, recipe, was.tokens, was.accumulation)
    return _decision(admitted, material, recipe, schedule, liger=used, why=why)


def halved(material: Material, recipe: Recipe, decision: Decision, *, step: int) -> Decision:
    """The same run with micro-batches of half the tokens, and about twice as many of them a step, for the same rows.

    Args:
        step: In which memory ran out.

    Raises:
        HardwareError: That would need as much memory: the longest row fills a micro-batch already.
    """
    was, lengths = decision.settled.batches.tokens, material.lengths
    schedule = batches.planned(lengths, recipe, was // 2)
    if _most(lengths, schedule, recipe) >= _most(lengths, decision.schedule, recipe):
        raise HardwareError(
            f"the memory does not hold the longest row, of {max(lengths):,} tokens",
            remedy="lower --max-length, name a smaller base, or end the other processes that use the GPU",
        )
    note = (
        f"out of memory at step {step} with micro-batches of {was:,} tokens: trained with {schedule.tokens:,}"
    )
    now = replace(decision.settled, halved=True)
    return _begun_again(now, material, recipe, schedule, note)


def without_liger(material: Material, recipe: Recipe, decision: Decision, *, why: str) -> Decision:
    """The same run without Liger's kernels; they need less memory, so its micro-batches may be smaller."""
    tokens = min(decision.settled.batches.tokens, _fitting(material, recipe, liger=False))
    schedule = batches.planned(material.lengths, recipe, tokens)
    now = replace(decision.settled, liger=False)
    return _begun_again(now, material, recipe, schedule, f"trained without Liger's kernels: {why}")


def _begun_again(
    settled: Settled, material: Material, recipe: Recipe, schedule: Schedule, note: str
) -> Decision:
    """What the run does with other batches, from step 1; its budget is timed anew."""
    in_numbers = _in_numbers(material.lengths, schedule, recipe)
    return Decision(replace(settled, batches=in_numbers, cap=None, notes=(*settled.notes, note)), schedule)


def held(before: Settled, now: Settled, step: int, *, accept_versions: bool, out: Path) -> Settled:
    """What the run goes on with: what it decided when it began.

    Args:
        step: Steps done, by the newest checkpoint; 0 starts anew with the same decisions.
        accept_versions: Go on although a library is another one.

    Raises:
        ConfigError: Something differs; the message shows what.
    """
    fixed = settled.differences(before, now)
    versions = settled.version_differences(before, now)
    if fixed:
        raise begun_otherwise(out, (*fixed, *now.notes))
    if versions and step and not accept_versions:
        raise ConfigError(
            "the run in this folder was begun with other versions:" + _lines(versions),
            where=str(out),
            remedy="add --accept-versions: it goes on, and its record says that it is not bit-identical",
        )
    notes = before.notes
    if step and (versions or now.device == "cuda"):
        why = ", ".join(versions) or "a GPU's kernels add in no fixed order"
        notes = (*notes, f"not bit-identical after step {step}: {why}")
    return replace(
        before,
        base=now.base,  # the same one may lie elsewhere now, and so may the template
        template=now.template,
        recipe=now.recipe,
        versions=now.versions,
        device_name=now.device_name,
        gate_inputs=now.gate_inputs,
        notes=tuple(dict.fromkeys(notes)),
    )


def begun_otherwise(out: Path, differences: Sequence[str]) -> ConfigError:
    """The refusal to go on with something else in a run's folder."""
    return ConfigError(
        "the run in this folder was begun with other data or settings:" + _lines(differences),
        where=str(out),
        remedy="go on with those it was begun with, or name a new folder with --out",
    )


def _decision(
    admitted: Admission, material: Material, recipe: Recipe, schedule: Schedule, *, liger: bool, why: str
) -> Decision:
    prints = admitted.record.fingerprint
    now = Settled(
        data=Version.of(admitted.resolved.request.table),
        gate=lineage.gate_record_sha256(admitted.record),
        gate_inputs={"guide": prints.guide, "checks": prints.checks, "config": prints.config},
        rows_used=len(material.examples),
        dropped={str(row.row): row.reason for row in material.dropped},
        rows_sha256=settled.rows_sha256(material.examples),
        answer_tokens=settled.answer_tokens(material.examples),
        base=material.base_name,
        base_sha256=material.base_sha256,
        template=material.template.name,
        template_sha256=material.template.sha256,
        tokenizer_sha256=material.tokenizer.sha256,
        recipe=asdict(replace(recipe, base=material.base_name)),
        batches=_in_numbers(material.lengths, schedule, recipe),
        device=material.device.kind,
        dtype=material.device.dtype,
        device_name=material.machine.gpus[0].name if material.machine.gpus else "",
        versions=dict(material.machine.versions),
        liger=liger,
        notes=(why,) if why else (),
    )
    return Decision(now, schedule)


def _fitting(material: Material, recipe: Recipe, *, liger: bool) -> int:
    """Tokens of the largest micro-batch that fits."""
    free = material.machine.gpus[0].free_bytes if material.device.kind == "cuda" else None
    return memory.micro_batch_tokens(material.base.shape, recipe, material.lengths, free, liger=liger)


def _in_numbers(lengths: Sequence[int], schedule: Schedule, recipe: Recipe) -> settled.Batches:
    padding = batches.waste(lengths, schedule.micro_batches, recipe.packing)
    return settled.batches(schedule, padding, len(lengths))


def _most(lengths: Sequence[int], schedule: Schedule, recipe: Recipe) -> int:
    """Tokens that the largest micro-batch computes."""
    return max(batches.computed(lengths, batch, recipe.packing) for batch in schedule.micro_batches)


def _lines(differences: Sequence[str]) -> str:
    return "".join(f"\n  {line}" for line in differences)
