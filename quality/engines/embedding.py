"""Text → a vector of what it is about, by WordLlama's packaged model: static word vectors, averaged.

The extra `embedding`. The weights come with the package (16 MB); nothing is ever downloaded. Loaded at the first text
of a process (about half a second).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quality.errors import EngineUnavailable

LENGTH = 256
"""Numbers in a vector."""

MAX_CHARACTERS = 4_000
"""Of a longer text the beginning is read: it tells the topic."""

_STEPS = 127
_REMEDY = 'install the extra: pip install "proofgate[embedding]"'


def installed() -> bool:
    """Whether the model is here; imports nothing."""
    return find_spec("wordllama") is not None


def version() -> str:
    """Name and version.

    Raises:
        EngineUnavailable: The extra is not installed.
    """
    if not installed():
        raise EngineUnavailable("the embedding model is not installed", where="embedding", remedy=_REMEDY)
    return f"wordllama {installed_version('wordllama')}"


def embed(text: str) -> list[int]:
    """The text's vector in whole numbers -127..127, all 0 for a text without words; JSON can hold it.

    Raises:
        EngineUnavailable: The extra is not installed.
    """
    vector = np.asarray(_model().embed([text[:MAX_CHARACTERS]], norm=False)[0], dtype=np.float64)
    largest = float(np.abs(vector).max(initial=0.0))
    if not np.isfinite(largest) or largest == 0.0:
        return [0] * LENGTH
    return [int(number) for number in np.rint(vector * (_STEPS / largest))]


def unit(vectors: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """The vectors as rows of length 1; a row of zeros stays so."""
    matrix = np.asarray(vectors, dtype=np.float32).reshape(len(vectors), LENGTH)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(lengths == 0, np.float32(1), lengths).astype(np.float32)


@cache
def _model() -> Any:
    version()
    os.environ.setdefault(
        "TOKENIZERS_PARALLELISM", "false"
    )  # one text at a time; a process is the unit of work
    import wordllama  # pyright: ignore[reportMissingTypeStubs]

    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
