"""What this machine has: GPUs, memory, disk and the versions of the libraries. Asked of the system, without torch."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from finetune import disk
from finetune.base_model import hub
from finetune.base_model.shapes import Shape
from quality import __version__
from quality.errors import HardwareError

CPU_PARAMETERS = 50_000_000
"""The largest base, in weights, that is trained without a GPU: some seconds a step."""
BFLOAT16 = (8, 0)
"""The compute capability from which a GPU computes in bfloat16 itself (NVIDIA, CUDA C++ Programming Guide, 'Compute
Capabilities'). torch's `is_bf16_supported` counts emulation too."""
PACKAGES = (
    "torch",
    "transformers",
    "peft",
    "bitsandbytes",
    "accelerate",
    "tokenizers",
    "safetensors",
    "torchao",
    "liger-kernel",
)
NO_GPU = "Colab: Runtime ▸ Change runtime type ▸ T4; elsewhere, run on a machine with an NVIDIA GPU"
_MIB = 1 << 20
_SECONDS = 20
"""How long nvidia-smi may take; some seconds on a machine that just woke."""
_FIELDS = "index,uuid,name,memory.total,memory.free,compute_cap"


@dataclass(frozen=True, slots=True)
class Process:
    """What holds memory of a GPU."""

    pid: int
    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics card as nvidia-smi shows it.

    Attributes:
        capability: CUDA's compute capability; (0, 0) where an old driver does not tell it.
        processes: Those that hold its memory, as far as the system shows them.
    """

    name: str
    total_bytes: int
    free_bytes: int
    capability: tuple[int, int]
    processes: tuple[Process, ...] = ()


@dataclass(frozen=True, slots=True)
class Machine:
    """What a run can use.

    Attributes:
        gpus: Those that CUDA_VISIBLE_DEVICES leaves, the one that is used first.
        disk_free_bytes: On the disk of the folder that was asked about.
        download_free_bytes: On the disk where a base from the hub is put.
        one_disk: These two are the same disk.
        versions: Package → its version, None where it is not installed.
        note: Why nvidia-smi shows no GPU, where it says so.
        folder: The one that was asked about.
    """

    gpus: tuple[Gpu, ...]
    ram_bytes: int
    ram_free_bytes: int
    disk_free_bytes: int
    download_free_bytes: int
    one_disk: bool
    versions: Mapping[str, str | None]
    note: str = ""
    folder: Path = Path()


@dataclass(frozen=True, slots=True)
class Device:
    """Where and in which numbers the base computes."""

    kind: Literal["cuda", "cpu"]
    dtype: Literal["float16", "bfloat16", "float32"]


def look(folder: Path) -> Machine:
    """The machine as it is now.

    Args:
        folder: Where the run will write; it need not exist yet.
    """
    gpus, note = _gpus()
    total, free = _memory()
    downloads = hub.cache_folder()
    return Machine(
        gpus,
        total,
        free,
        disk_free_bytes=disk.free(folder),
        download_free_bytes=disk.free(downloads),
        one_disk=disk.same(folder, downloads),
        versions=versions(),
        note=note,
        folder=folder,
    )


def device(machine: Machine, shape: Shape) -> Device:
    """The first GPU in the numbers that it computes fast, or the CPU for a tiny base.

    Raises:
        HardwareError: There is no GPU, and the base is too large for a CPU.
    """
    if machine.gpus:
        return Device("cuda", "bfloat16" if machine.gpus[0].capability >= BFLOAT16 else "float16")
    if shape.parameters <= CPU_PARAMETERS:
        return Device("cpu", "float32")
    raise HardwareError(
        f"no GPU is here{f' ({machine.note})' if machine.note else ''}, and the base has "
        f"{shape.parameters / 1e9:.1f} billion weights",
        remedy=NO_GPU,
    )


def versions() -> Mapping[str, str | None]:
    """Package → the version that is installed, None where there is none; nothing is imported."""
    found: dict[str, str | None] = {"proofgate": __version__}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    return MappingProxyType(found)


def _gpus() -> tuple[tuple[Gpu, ...], str]:
    """The cards that a process started here may use; where there are none, why."""
    said, why = _nvidia_smi(f"--query-gpu={_FIELDS}")
    if said is None:
        return (), why
    held = _processes()
    cards = [card for line in said if (card := _card(line, held)) is not None]
    return tuple(_permitted(cards, os.environ.get("CUDA_VISIBLE_DEVICES"))), ""


def _nvidia_smi(query: str) -> tuple[list[list[str]] | None, str]:
    """The cells of each line that it prints; None and the reason where it does not."""
    command = shutil.which("nvidia-smi")
    if command is None:
        return None, ""
    try:
        done = subprocess.run(  # noqa: S603 - the driver's own tool, from PATH as every tool calls it
            [command, query, "--format=csv,noheader,nounits"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, f"nvidia-smi does not answer: {type(error).__name__}"
    if done.returncode:
        first = (done.stdout or done.stderr).strip().splitlines()[:1]
        return None, f"nvidia-smi: {first[0][:200]}" if first else f"nvidia-smi ends with {done.returncode}"
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split(",")] for line in lines], ""


def _card(cells: Sequence[str], held: Mapping[str, list[Process]]) -> tuple[str, str, Gpu] | None:
    """(index, UUID, card); None where its memory is not told, as of one that shares the machine's."""
    if len(cells) != len(_FIELDS.split(",")):
        return None
    index, uuid, name, total, free, capability = cells
    if not (total.isdecimal() and free.isdecimal()):
        return None
    version = re.fullmatch(r"(\d+)\.(\d+)", capability)
    known = (int(version[1]), int(version[2])) if version else (0, 0)
    return index, uuid, Gpu(name, int(total) * _MIB, int(free) * _MIB, known, tuple(held.get(uuid, ())))


def _processes() -> Mapping[str, list[Process]]:
    """UUID of a card → what holds its memory; empty inside a container that hides other processes."""
    found: dict[str, list[Process]] = {}
    for cells in _nvidia_smi("--query-compute-apps=gpu_uuid,pid,used_memory,process_name")[0] or ():
        if len(cells) >= 4 and cells[1].isdecimal() and cells[2].isdecimal():
            name = Path(",".join(cells[3:])).name
            found.setdefault(cells[0], []).append(Process(int(cells[1]), name, int(cells[2]) * _MIB))
    return found


def _permitted(cards: Sequence[tuple[str, str, Gpu]], visible: str | None) -> list[Gpu]:
    """The cards that CUDA_VISIBLE_DEVICES names, in its order; as CUDA does, up to the first that is not there."""
    if visible is None:
        return [card for _, _, card in cards]
    chosen: list[Gpu] = []
    for name in (part.strip() for part in visible.split(",")):
        match = [card for index, uuid, card in cards if name and (name == index or uuid.startswith(name))]
        if not match:
            break
        chosen.append(match[0])
    return chosen


def _memory() -> tuple[int, int]:
    """Bytes of main memory, and those that are free; a container's limit counts where it is lower."""
    total, free = _meminfo() or _sysconf()
    limit = _cgroup()
    return (min(total, limit[0]), min(free, limit[1])) if limit else (total, free)


def _meminfo(path: Path = Path("/proc/meminfo")) -> tuple[int, int] | None:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        told = {
            name: int(value.split()[0]) * 1024 for name, _, value in (line.partition(":") for line in lines)
        }
        return told["MemTotal"], told["MemAvailable"]
    except (OSError, ValueError, KeyError, IndexError):
        return None


def _sysconf() -> tuple[int, int]:
    """Where there is no /proc, as on macOS: all memory, taken for free as nobody tells."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        return total, total
    return 0, 0


def _cgroup(folder: Path = Path("/sys/fs/cgroup")) -> tuple[int, int] | None:
    """A container's limit and what is left of it; cached files count as left. None without a limit."""
    try:
        limit = int((folder / "memory.max").read_text(encoding="ascii"))
        used = int((folder / "memory.current").read_text(encoding="ascii"))
        stat = (folder / "memory.stat").read_text(encoding="ascii")
    except (OSError, ValueError):  # no limit reads "max"
        return None
    cached = re.search(r"^inactive_file (\d+)$", stat, re.MULTILINE)
    return limit, max(0, limit - used + (int(cached[1]) if cached else 0))
