"""`grading`: grades hand-ins. Not part of this version; the command says so and fails."""

from __future__ import annotations

from quality import __version__, console
from quality.errors import ProofgateError


def _app() -> None:
    raise ProofgateError(
        f"`grading` is not part of proofgate {__version__}",
        remedy="use `quality check` and `quality gate`; CHANGELOG.md says when `grading` arrives",
    )


def main() -> None:
    """The `grading` command."""
    console.run(_app)
