"""Which fail modes an original response showed, inferred from its correction."""

from __future__ import annotations

from quality.correction.case import Case
from quality.model import Inferred


def infer(case: Case) -> tuple[Inferred, ...]:
    """The fail modes that the original showed, the strongest first."""
    return ()
