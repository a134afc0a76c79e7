"""Whether Liger's fused kernels are used: less memory and time where they are proven to work."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from finetune.hardware.machine import Device
from finetune.model import libraries
from finetune.recipe import Liger
from quality.errors import ConfigError, HardwareError, in_words

UNPROVEN = "float16"
"""What cards below compute capability 8 compute in; on those, as a T4, nobody has shown that the kernels work."""
MODULES = ("liger_kernel", "triton", "transformers.integrations.liger")
"""Where a failure is the kernels': their package, their compiler, what brings them into the model."""
PROBE_S = 180
"""Seconds that the probe may take, the kernels' compilation included."""


class Failed(HardwareError):
    """Liger's kernels failed before the first step was done, although the probe found nothing."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"the first step failed with Liger's kernels: {in_words(error)}",
            remedy="run the same command with --liger off",
        )


def usable(wanted: Liger, device: Device) -> tuple[bool, str]:
    """Whether to use them, and a sentence where that may surprise. A run decides it once, and keeps to it.

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
    if not here or device.kind != "cuda" or (wanted == "auto" and device.dtype == UNPROVEN):
        return False, ""
    reason = probe(device.dtype)
    if reason and wanted == "on":
        raise ConfigError(f"--liger on: the kernels fail here: {reason}", remedy="leave the option out")
    return (False, f"Liger's kernels are not used: {reason}") if reason else (True, "")


@contextmanager
def on(model: Any, wanted: bool) -> Generator[None]:
    """Inside, the adapted model computes with them, if wanted.

    It keeps what they replaced in it. What they replaced in the module of its class is put back, so that a model that
    is loaded afterwards computes without them.
    """
    if not wanted:
        yield
        return
    module = vars(sys.modules[type(model.get_base_model()).__module__])
    before = dict(module)
    try:
        libraries.transformers().integrations.liger.apply_liger_kernel(model, None)
        yield
    finally:
        module.update(before)


def at_fault(error: Exception) -> bool:
    """Whether the error came up in the kernels, or below them."""
    place = error.__traceback__
    while place is not None:
        name = str(place.tb_frame.f_globals.get("__name__"))
        if any(name == module or name.startswith(f"{module}.") for module in MODULES):
            return True
        place = place.tb_next
    return False


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
