"""What a fine-tune would do here, without doing it: `finetune plan`. Nothing is written, and torch is not loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from finetune import admission
from finetune.base_model import base
from finetune.base_model.base import Base
from finetune.hardware import cards, machine, memory, preflight
from finetune.hardware.cards import Card
from finetune.hardware.machine import CPU_PARAMETERS, NO_GPU, Machine
from finetune.hardware.memory import Estimate
from finetune.hardware.preflight import Need, Trouble
from finetune.planning import left_out, token_lengths
from finetune.planning.plan import Batching, Gate, Plan
from finetune.recipe import Recipe
from finetune.rows import batches, overlap, questions
from finetune.rows.prompt_template import Template, load
from quality import checking
from quality.cli_inputs import Options
from quality.errors import GateRefused
from quality.table import Columns
from quality.wording import count, listed


def plan(
    options: Options,
    recipe: Recipe,
    *,
    drop_failing: bool = False,
    record: Path | None = None,
    test: Path | None = None,
    card: str | None = None,
) -> Plan:
    """What `finetune run` would do with the same inputs.

    Args:
        record: A gate record; while it holds, nothing is checked again.
        test: The test file, which must share no instruction with the data.
        card: The card to plan for: a name, or its memory in GiB; None takes the one here, and a T4 where there is none.

    Raises:
        ProofgateError: An input cannot be read, or the base is none that can be trained.
    """
    template = load(recipe.template)
    here = machine.look(Path.cwd())
    found = base.find(recipe.base, download=False)
    chosen = _card(card, here, found)
    gate = _gate(options, drop_failing, record, test)
    lengths = token_lengths.measure(gate.rows, template, found, found.shape.limit(recipe.max_length))
    least = max(1, gate.resolved.request.guide.gate.min_rows)
    gate = _demand_rows(gate, len(lengths.rows) + len(lengths.too_long), least)
    batching = _batching(lengths.rows, recipe, found, chosen) if lengths.rows else None
    minutes = cards.minutes(found.shape, batching.padded, chosen) if batching and chosen else None
    need = Need(found, recipe, max(lengths.rows), minutes) if lengths.rows else None
    return Plan(
        file=str(options.data),
        total=len(gate.resolved.request.table.rows),
        gate=gate,
        dropped=(*gate.dropped, *lengths.dropped),
        base=found,
        template=template,
        recipe=recipe,
        lengths=lengths,
        card=chosen,
        batching=batching,
        estimate=_memory(found, recipe, batching) if batching and chosen else None,
        minutes=minutes,
        machine=here,
        need=need,
        troubles=_fatal_first(
            left_out.trouble(lengths, recipe, found.shape, least),
            *_placeholders(template),
            *_troubles(need, here, chosen),
        ),
    )


def _card(wanted: str | None, here: Machine, found: Base) -> Card | None:
    """The card, or none where the CPU would train."""
    if wanted is None and not here.gpus and found.shape.parameters <= CPU_PARAMETERS:
        return None
    return cards.choose(wanted, here)


def _gate(options: Options, drop_failing: bool, record: Path | None, test: Path | None) -> Gate:
    """What the gate says, and then whether the test file shares instructions with the data."""
    resolved = checking.inputs(options)
    try:
        admitted = admission.admit_resolved(options, resolved, drop_failing=drop_failing, record=record)
    except GateRefused as refused:
        return Gate(str(refused), resolved, resolved.request.table.rows, ())
    gate = Gate("", resolved, admitted.rows, admitted.dropped, admitted.notes)
    if test is None:
        return gate
    asked = questions.read(test, Columns(**resolved.settings.columns)).rows
    try:
        overlap.refuse(admitted.rows, asked, test)
    except GateRefused as refused:
        return replace(gate, reasons=str(refused))
    return replace(gate, notes=(*gate.notes, f"no row to be trained on asks what {test} asks"))


def _demand_rows(gate: Gate, kept: int, least: int) -> Gate:
    """The gate, shut where too few rows can be trained on at any length."""
    if kept >= least or not gate.open:
        return gate
    return replace(
        gate, reasons=f"{count(kept, 'row')} can be trained on, and the guide wants at least {least}"
    )


def _batching(lengths: Sequence[int], recipe: Recipe, found: Base, card: Card | None) -> Batching:
    """The micro-batches of the run, in numbers; without Liger's kernels, for only trying tells whether they work."""
    free = card.gpu.free_bytes if card else None
    tokens = memory.micro_batch_tokens(found.shape, recipe, lengths, free)
    made = batches.planned(lengths, recipe, tokens)
    sizes = [batches.computed(lengths, batch, recipe.packing) for batch in made.micro_batches]
    waste = batches.waste(lengths, made.micro_batches, recipe.packing)
    return Batching(tokens, max(sizes), made.accumulation, len(sizes), made.steps, sum(sizes), waste)


def _memory(found: Base, recipe: Recipe, batching: Batching) -> Estimate:
    """What the largest micro-batch takes."""
    return memory.training(found.shape, recipe, batching.largest, accumulation=batching.accumulation)


def _placeholders(template: Template) -> Iterator[Trouble]:
    """What looks like a placeholder of the template and is none."""
    if template.strange:
        what = f"{listed(template.strange)} in the prompt template is literal text"
        yield Trouble(what, "a row fills in {instruction} and {output} alone", fatal=False)


def _fatal_first(*troubles: Trouble | None) -> tuple[Trouble, ...]:
    return tuple(sorted(filter(None, troubles), key=lambda trouble: not trouble.fatal))


def _troubles(need: Need | None, here: Machine, card: Card | None) -> tuple[Trouble, ...]:
    """What stands in the way on the card that is planned for, in any order.

    What this machine lacks stops no run on another one.
    """
    if need is None:
        return ()
    if card is None or card.here:
        return preflight.troubles(need, here)
    there = preflight.troubles(need, replace(here, gpus=(card.gpu,)))
    milder = tuple(replace(trouble, fatal=trouble.fatal and not trouble.local) for trouble in there)
    if here.gpus:
        return milder
    what = f"no GPU is here{f' ({here.note})' if here.note else ''}; this is a plan for {card.gpu.name}"
    return (*milder, Trouble(what, NO_GPU, fatal=False, local=True))
