"""`finetune`: plans, runs and verifies the gated fine-tune. Not part of this version; the command says so and fails."""

from __future__ import annotations

from quality import __version__, console
from quality.errors import ProofgateError


def _app() -> None:
    raise ProofgateError(
        f"`finetune` is not part of proofgate {__version__}",
        remedy="use `quality check` and `quality gate`; CHANGELOG.md says when `finetune` arrives",
    )


def main() -> None:
    """The `finetune` command."""
    console.run(_app)
