"""The names in a run's folder, whose folder it is, and that one process at a time works in it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from quality.errors import ConfigError, HardwareError
from quality.lock import held


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Where each file of a run lies.

    Attributes:
        path: The folder that `--out` names.
    """

    path: Path

    @property
    def gate(self) -> Path:
        """The gate's record, as it was when the run began."""
        return self.path / "gate.json"

    @property
    def settled(self) -> Path:
        """What was decided before step 1."""
        return self.path / "settled.json"

    @property
    def template(self) -> Path:
        """The text of the prompt template, as it was when the run began."""
        return self.path / "template.txt"

    @property
    def checkpoints(self) -> Path:
        """Holds the sealed checkpoints."""
        return self.path / "checkpoints"

    @property
    def staging(self) -> Path:
        """Holds what is being written; nothing in it is ever read again."""
        return self.path / "staging"

    @property
    def adapter(self) -> Path:
        """The trained adapter, with its manifest."""
        return self.path / "adapter"

    @property
    def loss_csv(self) -> Path:
        """The loss of every step."""
        return self.path / "loss.csv"

    @property
    def loss_png(self) -> Path:
        """The same, drawn."""
        return self.path / "loss.png"

    @property
    def record(self) -> Path:
        """The sealed run record; its presence means that the run is complete."""
        return self.path / "run.json"

    @property
    def lock(self) -> Path:
        """Names the process that works here."""
        return self.path / "lock"

    def checkpoint(self, step: int) -> Path:
        """The sealed checkpoint after that optimizer step."""
        return self.checkpoints / f"step-{step:06d}"


_BEFORE_SETTLED = frozenset({"gate.json", "lock", "staging", "template.txt"})
"""What a run that was killed before it settled may leave."""


def claim(folder: RunFolder) -> None:
    """Makes sure that the folder is a run's, or nobody's; a missing one is made only by `lock`.

    Raises:
        ConfigError: It is a file, cannot be read, or holds something else.
    """
    try:
        names = sorted(entry.name for entry in folder.path.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigError(
            f"is no folder to write into: {error.strerror}",
            where=str(folder.path),
            remedy="name another with --out",
        ) from None
    if folder.settled.name in names:
        return
    strange = [name for name in names if name not in _BEFORE_SETTLED and not _is_part(name)]
    if strange:
        raise ConfigError(
            f"is neither empty nor a run's folder: it holds {strange[0]!r} and no settled.json",
            where=str(folder.path),
            remedy="name a new folder with --out",
        )


def _is_part(name: str) -> bool:
    """Whether it is what a killed process left of a file that it was writing."""
    return name.startswith(".") and name.endswith(".part")


@contextmanager
def lock(folder: RunFolder) -> Generator[None]:
    """Makes the folder and keeps other runs out of it while the work inside lasts.

    Raises:
        ProofgateError: Another process works there; the message names it.
        HardwareError: The folder cannot be written.
    """
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HardwareError(
            f"cannot be written: {error.strerror}",
            where=str(folder.path),
            remedy="name another folder with --out",
        ) from None
    with held(folder.lock, where=folder.path, taken="another run works in this folder", option="--out"):
        yield
