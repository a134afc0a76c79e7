"""What stands in a run's way on this machine, told before anything is loaded. Pure: values in, troubles out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from finetune.base_model.base import Base
from finetune.hardware import memory
from finetune.hardware.machine import CPU_PARAMETERS, NO_GPU, Gpu, Machine
from finetune.hardware.memory import GIB, Estimate
from finetune.recipe import Recipe
from quality.errors import HardwareError
from quality.wording import listed

EXTRA = 'pip install "proofgate[finetune]"'
LEAST: Mapping[str, str] = MappingProxyType(
    {"torch": "2.6", "transformers": "5.2", "peft": "0.18", "bitsandbytes": "0.49", "accelerate": "1.10"}
)
"""Package → its least version, as the extra `finetune` has it."""
TORCHAO = "0.16.0"
"""peft ends with an ImportError where an older one is installed (peft 0.21, import_utils.py)."""
CAPABILITY = (6, 0)
"""The least compute capability for NF4 (bitsandbytes' documentation, 'CUDA compute capability')."""
CHECKPOINTS = 2
"""Checkpoints that a run keeps; while it writes, there is one more."""
RAM_SHARE = 0.75
"""Share of the free memory above which reading one file of weights leaves little for the rest."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a run wants of a machine.

    Attributes:
        longest: Tokens of the longest row.
        minutes: What all epochs take, from and to, by estimate; None without one.
    """

    base: Base
    recipe: Recipe
    longest: int
    minutes: tuple[float, float] | None = None

    @property
    def smallest(self) -> Estimate:
        """Memory of the smallest micro-batch: the longest row alone."""
        tokens = memory.rounded_up(max(1, self.longest))
        return memory.training(self.base.shape, self.recipe, tokens, accumulation=memory.ADDED_UP)

    @property
    def run_bytes(self) -> int:
        """What the run folder holds at its fullest; a checkpoint is the adapter and Adam's two moments, in fp32."""
        adapter = memory.lora_parameters(self.base.shape, self.recipe.lora_r) * memory.SINGLE
        return (CHECKPOINTS + 1) * 3 * adapter + adapter

    @property
    def download_bytes(self) -> int:
        """What is still to be fetched of the base."""
        return 0 if self.base.folder else self.base.weights_bytes


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, and what to do.

    Attributes:
        fatal: The run cannot start with it.
        local: It lies in this machine, not in its graphics card, the base or the data.
        data: It lies in the data, so that a run ends as when the gate refuses.
    """

    what: str
    remedy: str
    fatal: bool
    local: bool = False
    data: bool = False


def troubles(need: Need, machine: Machine) -> tuple[Trouble, ...]:
    """All that stands in the way, what cannot be lived with first."""
    found = [
        *_packages(machine),
        *_gpu(need, machine),
        *_liger(need, machine),
        *_disk(need, machine),
        *_ram(need, machine),
        *_budget(need),
    ]
    return tuple(sorted(found, key=lambda trouble: not trouble.fatal))


def demand(need: Need, machine: Machine) -> tuple[Trouble, ...]:
    """What a run can live with, to be said.

    Raises:
        HardwareError: There is something it cannot; all of that in one message.
    """
    found = troubles(need, machine)
    fatal = [trouble for trouble in found if trouble.fatal]
    if len(fatal) == 1:
        raise HardwareError(fatal[0].what, remedy=fatal[0].remedy)
    if fatal:
        lines = "".join(f"\n  {n}. {one.what}\n     → {one.remedy}" for n, one in enumerate(fatal, start=1))
        raise HardwareError(f"{len(fatal)} things stand in the way of training here:{lines}")
    return found


def _packages(machine: Machine) -> Iterator[Trouble]:
    missing = [name for name in LEAST if machine.versions.get(name) is None]
    if missing:
        be = "is" if len(missing) == 1 else "are"
        yield Trouble(f"{listed(missing)} {be} not installed", EXTRA, fatal=True, local=True)
        return  # which brings the others in new enough versions
    for name, least in LEAST.items():
        here = machine.versions[name]
        if here and _older(here, least):
            remedy = f'pip install --upgrade "{name}>={least}"'
            yield Trouble(f"{name} {here} is too old: {least} is the least", remedy, fatal=True, local=True)
    torchao = machine.versions.get("torchao")
    if torchao is not None and _older(torchao, TORCHAO):
        what = f"torchao {torchao} is installed, and peft stops where it is older than {TORCHAO}"
        yield Trouble(what, "pip uninstall -y torchao", fatal=True, local=True)


def _older(here: str, least: str) -> bool:
    from packaging.version import Version  # of the extra, as everything that is compared

    return Version(here) < Version(least)


def _gpu(need: Need, machine: Machine) -> Iterator[Trouble]:
    if not machine.gpus:
        weights = need.base.shape.parameters
        if weights > CPU_PARAMETERS:
            why = f" ({machine.note})" if machine.note else ""
            what = f"no GPU is here{why}, and the base has {weights / 1e9:.1f} billion weights"
            yield Trouble(what, NO_GPU, fatal=True)
        return
    gpu = machine.gpus[0]
    if (0, 0) < gpu.capability < CAPABILITY:
        shown = ".".join(map(str, gpu.capability))
        what = f"{gpu.name} has compute capability {shown}, and 4-bit weights need 6.0"
        yield Trouble(what, "choose a newer GPU, such as a T4", fatal=True)
    too_small = list(_room(need, gpu))
    yield from too_small
    if not too_small:
        yield from _named_size(need, gpu)
        yield from _held(need, gpu)


def _room(need: Need, gpu: Gpu) -> Iterator[Trouble]:
    """Whether the longest row fits when the card is all ours."""
    wanted = need.smallest.device_bytes
    if wanted <= gpu.total_bytes * (1 - memory.SPARE):
        return
    what = (
        f"{gpu.name} has {gib(gpu.total_bytes)}, and a row of {need.longest:,} tokens takes {gib(wanted)} "
        f"with {memory.SPARE:.0%} to be left over"
    )
    most = memory.largest_micro_batch(need.base.shape, need.recipe, gpu.total_bytes, at_most=need.longest)
    remedy = f"--max-length {most}" if most else "name a smaller base with --base, or choose a larger GPU"
    yield Trouble(what, remedy, fatal=True)


def _named_size(need: Need, gpu: Gpu) -> Iterator[Trouble]:
    """Whether the micro-batch that the user names fits."""
    named = need.recipe.micro_batch_tokens
    if named is None or named <= need.longest:
        return
    wanted = memory.training(need.base.shape, need.recipe, named, accumulation=memory.ADDED_UP).device_bytes
    if wanted <= gpu.free_bytes:
        return
    most = memory.largest_micro_batch(need.base.shape, need.recipe, gpu.free_bytes, at_most=named)
    what = (
        f"micro-batches of {named:,} tokens take {gib(wanted)}, and {gpu.name} has {gib(gpu.free_bytes)} free"
    )
    yield Trouble(
        what, f"--micro-batch-tokens {most}, or leave it out" if most else "leave it out", fatal=True
    )


def _held(need: Need, gpu: Gpu) -> Iterator[Trouble]:
    """Whether other processes hold more of the card than its own driver does."""
    held = gpu.total_bytes - gpu.free_bytes
    wanted = need.smallest.device_bytes
    if held <= gpu.total_bytes * memory.SPARE:
        return
    by = listed([f"PID {one.pid} {one.name}: {gib(one.bytes)}" for one in gpu.processes], 5)
    who = f" ({by})" if by else ""
    what = f"other processes hold {gib(held)} of the {gib(gpu.total_bytes)} of {gpu.name}{who}"
    remedy = "end them; in Colab: Runtime ▸ Manage sessions, or Runtime ▸ Restart session"
    yield Trouble(what, remedy, fatal=wanted > gpu.free_bytes * (1 - memory.SPARE))


def _liger(need: Need, machine: Machine) -> Iterator[Trouble]:
    """Whether Liger's kernels have what they need, where they are asked for; whether they work, only trying tells."""
    if need.recipe.liger != "on":
        return
    if not machine.gpus:
        yield Trouble("--liger on: Liger's kernels need a CUDA device", "leave the option out", fatal=True)
    elif not machine.versions.get("liger-kernel"):
        what = "--liger on: the package liger-kernel is not installed"
        yield Trouble(what, "pip install liger-kernel, or leave the option out", fatal=True, local=True)


def _disk(need: Need, machine: Machine) -> Iterator[Trouble]:
    here, there = need.run_bytes, need.download_bytes
    if machine.one_disk:
        here, there = here + there, 0
    if here > machine.disk_free_bytes:
        place = f"the disk of the run folder, at {machine.folder},"
        yield _full(place, here, machine.disk_free_bytes, "name another disk with --out")
    if there > machine.download_free_bytes:
        free = machine.download_free_bytes
        yield _full("the disk for downloads", there, free, "name another disk with the variable HF_HOME")


def _full(place: str, wanted: int, free: int, other: str) -> Trouble:
    what = f"{place} has {gib(free)} free, and {gib(wanted)} are needed"
    return Trouble(what, f"free some, or {other}", fatal=True, local=True)


def _ram(need: Need, machine: Machine) -> Iterator[Trouble]:
    if machine.ram_bytes and need.base.largest_shard_bytes > machine.ram_free_bytes * RAM_SHARE:
        what = (
            f"{gib(machine.ram_free_bytes)} of main memory are free, and the largest file of weights has "
            f"{gib(need.base.largest_shard_bytes)}"
        )
        remedy = "close other notebooks; if the session dies while loading, name a base in smaller files"
        yield Trouble(what, remedy, fatal=False, local=True)


def _budget(need: Need) -> Iterator[Trouble]:
    budget = need.recipe.budget_min
    if need.minutes is not None and budget is not None and need.minutes[1] > budget:
        low, high = need.minutes
        what = f"all epochs take {low:.0f} to {high:.0f} min by estimate, and the budget is {budget:g} min"
        yield Trouble(
            what, "the run is cut to the budget; raise --budget-min for more of the rows", fatal=False
        )


def gib(size: int, decimals: int = 1) -> str:
    """`3.1 GiB`; a small size in MiB."""
    return f"{size / GIB:.{decimals}f} GiB" if size >= GIB / 10 else f"{size / (1 << 20):.1f} MiB"
