"""Numbers that are infinite or none."""

from __future__ import annotations

from quality.errors import ProofgateError


class NotFinite(ProofgateError):
    """A loss or a gradient that is infinite or not a number; the message names the rows."""
