"""The envelope of an answer: the message in it, and how long a busy server wants to be left alone."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast

from quality.llm_judge.verdicts import Unusable
from quality.model import NOTHING


def content(answer: bytes) -> str:
    """The text of the first choice.

    Raises:
        Unusable: There is none, or it was cut off.
    """
    try:
        value: Any = json.loads(answer)
    except (ValueError, RecursionError):
        raise Unusable("its answer is no JSON") from None
    choices = _table(value).get("choices")
    first = _table(cast(list[Any], choices)[0] if isinstance(choices, list) and choices else None)
    text = _table(first.get("message")).get("content")
    if first.get("finish_reason") == "length":
        raise Unusable("its answer is cut off")
    if not isinstance(text, str) or not text.strip():
        raise Unusable("its answer is empty")
    return text


def seconds_to_wait(retry_after: str) -> float | None:
    """The seconds of a `Retry-After`, a number or a date; None where it says nothing."""
    with suppress(ValueError):
        seconds = float(retry_after)
        return max(0.0, seconds) if math.isfinite(seconds) else None
    with suppress(ValueError):
        date = parsedate_to_datetime(retry_after)
        aware = date if date.tzinfo else date.replace(tzinfo=UTC)
        return max(0.0, (aware - datetime.now(UTC)).total_seconds())
    return None


def _table(value: object) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], value) if isinstance(value, dict) else NOTHING
