"""Texts and JSON values as bytes in the index. UTF-8 that takes half a surrogate, which SQLite's own text does not."""

from __future__ import annotations

import json
import zlib
from typing import Any

SEPARATOR = b"\xff"
"""Between the texts of a row that are searched: no byte of UTF-8, so that nothing is found across two of them."""


def packed(text: str) -> bytes:
    """The text as bytes."""
    return text.encode("utf-8", "surrogatepass")


def unpacked(content: bytes) -> str:
    """The text again."""
    return content.decode("utf-8", "surrogatepass")


def folded(text: str) -> bytes:
    """The text as it is searched: without upper and lower case."""
    return packed(text.casefold())


def as_bytes(values: Any) -> bytes:
    """JSON values as bytes."""
    return packed(json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def from_bytes(content: bytes) -> Any:
    """The values again."""
    return json.loads(unpacked(content))


def squeezed(values: Any) -> bytes:
    """JSON values as few bytes: a row with its findings takes less than half."""
    return zlib.compress(as_bytes(values), level=1)


def unsqueezed(content: bytes) -> Any:
    """The values again."""
    return from_bytes(zlib.decompress(content))
