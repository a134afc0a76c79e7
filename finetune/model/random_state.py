"""The random numbers of Python, numpy and torch."""

from __future__ import annotations

import random
from collections.abc import Generator
from contextlib import contextmanager

from finetune.model import libraries


@contextmanager
def kept() -> Generator[None]:
    """Whatever is drawn or seeded inside, the numbers after it are those that would have come without it."""
    import numpy as np

    torch = libraries.torch()
    python, numpy = random.getstate(), np.random.get_state()
    devices = [torch.cuda.current_device()] if torch.cuda.is_available() else []
    with torch.random.fork_rng(devices):
        try:
            yield
        finally:
            random.setstate(python)
            np.random.set_state(numpy)
