"""What a crash of the program is called where it is kept and shown."""

from __future__ import annotations

import traceback
from pathlib import Path

from quality.errors import EngineUnavailable, HardwareError


def fault(error: Exception) -> str:
    """Its kind and place: the message may quote a hand-in, and is nobody's business in a log."""
    if isinstance(error, (EngineUnavailable, HardwareError)):
        return error.what  # about this machine
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
