"""Deciding what a run does, and holding it to that: batches from memory, what out of memory and a resume may change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from finetune.admission import Admission
from finetune.hardware import memory
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
    lengths = material.lengths
    free = material.machine.gpus[0].free_bytes if material.device.kind == "cuda" else None
    tokens = memory.micro_batch_tokens(material.base.shape, recipe, lengths, free)
    added = batches.accumulation(lengths, tokens, recipe.rows_per_step, packing=recipe.packing)
    return _decision(admitted, material, recipe, tokens, added)


def as_before(admitted: Admission, material: Material, recipe: Recipe, before: Settled) -> Decision:
    """What a run that goes on would do, with the sizes that were decided when it began."""
    return _decision(admitted, material, recipe, before.batches.tokens, before.batches.accumulation)


def halved(material: Material, recipe: Recipe, decision: Decision) -> Decision:
    """The same run with micro-batches of half the tokens, and about twice as many of them a step, for the same rows.

    Raises:
        HardwareError: That would need as much memory: the longest row fills a micro-batch already.
    """
    was = decision.settled.batches
    lengths = material.lengths
    tokens = was.tokens // 2
    added = batches.accumulation(lengths, tokens, recipe.rows_per_step, packing=recipe.packing)
    schedule = _schedule(lengths, recipe, tokens, added)
    if _most(lengths, schedule, recipe) >= _most(lengths, decision.schedule, recipe):
        raise HardwareError(
            f"the memory does not hold the longest row, of {max(lengths):,} tokens",
            remedy="lower --max-length, name a smaller base, or end the other processes that use the GPU",
        )
    note = f"out of memory at step 1 with micro-batches of {was.tokens:,} tokens: trained with {schedule.tokens:,}"
    now = replace(
        decision.settled,
        batches=_in_numbers(lengths, schedule, recipe),
        cap=None,
        notes=(*decision.settled.notes, note),
    )
    return Decision(now, schedule)


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
        raise begun_otherwise(out, fixed)
    if not versions:
        return before
    if step and not accept_versions:
        raise ConfigError(
            "the run in this folder was begun with other versions:" + _lines(versions),
            where=str(out),
            remedy="add --accept-versions: it goes on, and its record says that it is not bit-identical",
        )
    note = f"not bit-identical after step {step}: {', '.join(versions)}"
    return replace(
        before,
        versions=now.versions,
        device_name=now.device_name,
        gate_inputs=now.gate_inputs,
        notes=(*before.notes, note) if step else before.notes,
    )


def begun_otherwise(out: Path, differences: Sequence[str]) -> ConfigError:
    """The refusal to go on with something else in a run's folder."""
    return ConfigError(
        "the run in this folder was begun with other data or settings:" + _lines(differences),
        where=str(out),
        remedy="go on with those it was begun with, or name a new folder with --out",
    )


def _decision(
    admitted: Admission, material: Material, recipe: Recipe, tokens: int, accumulation: int
) -> Decision:
    schedule = _schedule(material.lengths, recipe, tokens, accumulation)
    prints = admitted.record.fingerprint
    now = Settled(
        data=Version.of(admitted.resolved.request.table),
        gate=lineage.gate_record_sha256(admitted.record),
        gate_inputs={"guide": prints.guide, "checks": prints.checks, "config": prints.config},
        rows_used=len(material.examples),
        dropped={str(row.row): row.reason for row in material.dropped},
        rows_sha256=settled.rows_sha256(material.examples),
        answer_tokens=settled.answer_tokens(material.examples),
        base=material.base.name,
        base_sha256=material.base_sha256,
        template=material.template.name,
        template_sha256=material.template.sha256,
        tokenizer_sha256=material.tokenizer.sha256,
        recipe=asdict(recipe),
        batches=_in_numbers(material.lengths, schedule, recipe),
        device=material.device.kind,
        dtype=material.device.dtype,
        device_name=material.machine.gpus[0].name if material.machine.gpus else "",
        versions=dict(material.machine.versions),
    )
    return Decision(now, schedule)


def _schedule(lengths: Sequence[int], recipe: Recipe, tokens: int, accumulation: int) -> Schedule:
    return batches.schedule(
        lengths,
        tokens=tokens,
        accumulation=accumulation,
        epochs=recipe.epochs,
        seed=recipe.seed,
        packing=recipe.packing,
    )


def _in_numbers(lengths: Sequence[int], schedule: Schedule, recipe: Recipe) -> settled.Batches:
    padding = 0.0 if recipe.packing else batches.waste(lengths, schedule.micro_batches)
    return settled.batches(schedule, padding, len(lengths))


def _most(lengths: Sequence[int], schedule: Schedule, recipe: Recipe) -> int:
    """Tokens that the largest micro-batch computes."""
    rows = [[lengths[row] for row in batch] for batch in schedule.micro_batches]
    return max(sum(batch) if recipe.packing else len(batch) * max(batch) for batch in rows)


def _lines(differences: Sequence[str]) -> str:
    return "".join(f"\n  {line}" for line in differences)
