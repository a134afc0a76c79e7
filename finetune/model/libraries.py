"""torch and its kin, loaded when they are needed, held as `Any`, and quiet.

They are typed in part only, slow to load (seconds), and may be missing or at odds with each other, as on Colab, which
brings versions of its own: that is a sentence here, not a traceback.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from quality.errors import HardwareError, in_words


def torch() -> Any:
    """The package torch, which counts the GPUs as `nvidia-smi` does: its first is the one that was looked at.

    Raises:
        HardwareError: It cannot be loaded.
    """
    os.environ.setdefault("CUDA_DEVICE_ORDER", "PCI_BUS_ID")  # CUDA's own order has the fastest first
    return _loaded("torch")


def transformers() -> Any:
    """The package transformers, with bitsandbytes ready for it.

    Raises:
        HardwareError: One of them cannot be loaded.
    """
    torch()
    # on CPUs with AVX512-BF16 it says at import that it found no kernel on the hub
    logging.getLogger("bitsandbytes.backends.cpu.ops").setLevel(logging.ERROR)
    with no_code_from_the_hub():
        _loaded("bitsandbytes")
    return _loaded("transformers")


def peft() -> Any:
    """The package peft.

    Raises:
        HardwareError: It cannot be loaded, as where an old torchao is installed.
    """
    return _loaded("peft")


def cannot_run(error: Exception) -> HardwareError:
    """A library's own trouble as a sentence."""
    remedy = 'pip install -U "proofgate[finetune]"'
    if "torchao" in str(error):  # peft stops at versions that are too old for it, though nothing here uses it
        remedy = "pip uninstall -y torchao"
    return HardwareError(
        f"a library of the fine-tune cannot run here: {in_words(error)}",
        remedy=f"{remedy}, then run the same command again",
    )


@contextmanager
def quiet() -> Generator[None]:
    """Inside, transformers and peft draw no bars and give no warning that concerns nobody."""
    bars = transformers().utils.logging
    shown = bars.is_progress_bar_enabled()
    bars.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            # peft asks for it by the name that transformers 5 has given up; it works until version 6
            warnings.filterwarnings("ignore", "`is_gradient_checkpointing` is deprecated", FutureWarning)
            yield
    finally:
        if shown:
            bars.enable_progress_bar()


def _loaded(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except (ImportError, OSError, RuntimeError, AttributeError) as error:  # what versions at odds end in
        raise cannot_run(error) from None


@contextmanager
def no_code_from_the_hub() -> Generator[None]:
    """Inside, the package that fetches compiled kernels from the hub is not there.

    bitsandbytes asks it for one at import on some CPUs; 4-bit numbers would then depend on what it found.
    """
    if "kernels" in sys.modules or "bitsandbytes" in sys.modules:
        yield
        return
    sys.modules["kernels"] = None  # type: ignore[assignment]  # how Python spells "cannot be imported"
    try:
        yield
    finally:
        del sys.modules["kernels"]
