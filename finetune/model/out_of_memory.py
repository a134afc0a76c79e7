"""Memory that ran out, on the GPU or in RAM, told from every other error."""

from __future__ import annotations

import gc
from typing import Any

from quality.errors import HardwareError

SAYINGS = (
    "out of memory",  # CUDA's driver and torch's allocator on the GPU
    "CUBLAS_STATUS_ALLOC_FAILED",
    "not enough memory",  # torch's allocator in RAM on Windows, and on Linux before 2.1
    "can't allocate memory",  # the same on Linux
)
"""What torch's errors say when memory ran out: most have no class of their own."""


class OutOfMemory(HardwareError):
    """Memory that does not hold a micro-batch.

    Attributes:
        step: The optimizer step in which it ran out, from 1.
    """

    def __init__(self, step: int) -> None:
        super().__init__(
            f"the memory ran out in step {step}",
            remedy="close what else uses the GPU, or lower --max-length or --micro-batch-tokens",
        )
        self.step = step


def is_out_of_memory(error: BaseException) -> bool:
    """Whether it says that memory ran out."""
    if isinstance(error, MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(saying in str(error) for saying in SAYINGS)


def release(model: Any) -> None:
    """Gives back what a broken-off pass of the model still holds: gradients, and what the allocator keeps."""
    import torch

    model.zero_grad(set_to_none=True)
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
