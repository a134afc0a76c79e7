"""What the run and its worker processes say to one another: JSON, one line each."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from grading.model import HandIn, Role, Trouble


def from_hand_in(hand_in: HandIn) -> dict[str, Any]:
    """The hand-in as JSON values."""
    return {
        "group": hand_in.group,
        "version": hand_in.version,
        "received": hand_in.received.isoformat() if hand_in.received else None,
        "files": {role.value: str(path) for role, path in hand_in.files.items()},
        "troubles": [one.as_json() for one in hand_in.troubles],
    }


def to_hand_in(body: dict[str, Any]) -> HandIn:
    """The hand-in again."""
    return HandIn(
        group=body["group"],
        version=body["version"],
        received=datetime.fromisoformat(body["received"]) if body["received"] else None,
        files={Role(role): Path(path) for role, path in body["files"].items()},
        troubles=tuple(map(Trouble.from_json, body["troubles"])),
    )
