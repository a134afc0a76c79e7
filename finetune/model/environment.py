"""The environment variables by which launchers of distributed training speak to the libraries."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager

PREFIX = "ACCELERATE_"
RANKS = frozenset(
    {"RANK", "LOCAL_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE"}
    | {"PMI_SIZE", "OMPI_COMM_WORLD_SIZE", "MV2_COMM_WORLD_SIZE"}
)
"""Which of how many processes this is, as torch's and MPI's launchers tell."""


@contextmanager
def without_launcher() -> Generator[None]:
    """Inside, none of them is set: one could change the precision or the device, and no record would tell.

    Afterwards all are as before; what the libraries set for themselves is gone.
    """
    before = _told()
    _drop(before)
    try:
        yield
    finally:
        _drop(_told())
        os.environ.update(before)


def _told() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith(PREFIX) or name in RANKS}


def _drop(names: dict[str, str]) -> None:
    for name in names:
        del os.environ[name]
