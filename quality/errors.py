"""The errors that a user can meet, in one tree.

    ProofgateError
    ├── InputError          a file that cannot be read as rows            exit 2
    ├── GuideError          a style guide that does not hold together     exit 2
    ├── ConfigError         proofgate.toml or an option that is wrong     exit 2
    ├── EngineUnavailable   a grammar engine that is asked for, not here  exit 2
    │   └── EngineGone      one that was there and answers no more        exit 2
    ├── HardwareError       a GPU, memory or disk that does not suffice   exit 2
    └── GateRefused         the data does not pass                        exit 1

Each says what happened, where, and how to mend it. Only the command lines catch them.
"""

from __future__ import annotations


class ProofgateError(Exception):
    """What went wrong, where, and how to mend it.

    Args:
        what: One sentence, without the place.
        where: File, line or key; shown before the sentence.
        remedy: What the user can do now.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        mend = f"\n  → {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{mend}"


class InputError(ProofgateError):
    """A file that cannot be read as rows without guessing or losing some."""


class GuideError(ProofgateError):
    """A style guide with an unknown key, an unknown code or a value out of range."""


class ConfigError(ProofgateError):
    """A setting or an option that cannot be followed."""


class EngineUnavailable(ProofgateError):
    """A grammar engine that was asked for and cannot run on this machine."""


class EngineGone(EngineUnavailable):
    """A grammar engine that ran and answers no more, or is not the one that was started."""


class HardwareError(ProofgateError):
    """A machine that cannot do the job: no GPU, too little memory, a full disk."""


class GateRefused(ProofgateError):
    """Data that does not pass; the message lists the verdict's reasons."""

    exit_code = 1


def in_words(error: Exception) -> str:
    """Any error as a reason of one line."""
    return f"{type(error).__name__}: {str(error)[:200]}"
