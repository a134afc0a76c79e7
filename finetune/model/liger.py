"""Whether Liger's fused kernels are used: less memory and time where they are proven to work."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

from finetune.hardware.machine import Device
from finetune.recipe import Liger
from quality.errors import ConfigError

PROVEN_FROM = 8
"""Compute capability from which `auto` uses them; on a T4 (7.5) nobody has shown that they work."""
PROBE_S = 180
"""Seconds that the probe may take, the kernels' compilation included."""


def usable(wanted: Liger, device: Device) -> tuple[bool, str]:
    """Whether to use them, and a sentence where that may surprise.

    A process of its own tries them on this GPU with a tiny model and compares the loss: a kernel that fails to compile
    costs a note, not the run.

    Raises:
        ConfigError: They are asked for and cannot run here.
    """
    if wanted == "off":
        return False, ""
    here = importlib.util.find_spec("liger_kernel") is not None
    if wanted == "on" and not (here and device.kind == "cuda"):
        raise ConfigError(
            "--liger on: Liger's kernels need a CUDA device and the package liger-kernel",
            remedy="pip install liger-kernel, or leave the option out",
        )
    if not here or device.kind != "cuda" or (wanted == "auto" and _capability() < PROVEN_FROM):
        return False, ""
    reason = probe(device.dtype)
    return (False, f"Liger's kernels are not used: {reason}") if reason else (True, "")


def _capability() -> int:
    import torch

    return torch.cuda.get_device_capability()[0]


def probe(dtype: str) -> str:
    """Why the kernels are of no use here; empty where they work."""
    command = [sys.executable, "-m", "finetune.model.liger_probe", dtype]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PROBE_S, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return f"they did not compile in {PROBE_S} s"
    if done.returncode == 0:
        return ""
    said = done.stderr.strip().splitlines()
    return said[-1][:200] if said else f"the probe ended with {done.returncode}"
