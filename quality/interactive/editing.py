"""A cell's text in the user's editor, or a piece of it in the line.

Why no library: click's `edit` starts vi where no editor is set, makes every CR LF of the text LF and adds a line end.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from quality.errors import ConfigError

ENCODING = ("utf-8", "surrogatepass")


def editor() -> str:
    """The user's editor, with its options; "" when none is set."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    return chosen.strip() or ("notepad" if sys.platform == "win32" else "")


def in_editor(text: str, command: str) -> str:
    """The text as the user leaves it, with the line ends that it had.

    Raises:
        ConfigError: The editor cannot be started or failed, or left what is no text.
    """
    with tempfile.TemporaryDirectory(prefix="proofgate-") as folder:
        path = Path(folder) / "response.txt"
        path.write_bytes(_unix(text).encode(*ENCODING))
        try:
            words = shlex.split(command, posix=sys.platform != "win32")
            done = subprocess.run([*words, str(path)], check=False)  # noqa: S603 - the user's own editor
        except OSError as error:
            raise _failed(command, f"cannot be started: {error.strerror}") from None
        except ValueError:
            raise _failed(command, "has a quote that is not closed") from None
        if done.returncode:
            raise _failed(command, f"ended with {done.returncode}, so nothing is changed")
        try:
            left = path.read_bytes().decode(*ENCODING)
        except (OSError, UnicodeDecodeError):
            raise _failed(command, "left no UTF-8 text, so nothing is changed") from None
    return as_before(left, text)


def as_before(left: str, text: str) -> str:
    """What the editor left, without the byte order mark, the last line end and the line ends that it chose itself."""
    if left in (_unix(text), f"{_unix(text)}\n"):
        return text
    if not text.startswith("\ufeff"):
        left = left.removeprefix("\ufeff")
    left = _unix(left)
    if left.endswith("\n") and not text.endswith("\n"):
        left = left[:-1]
    return left.replace("\n", "\r\n") if "\r\n" in text else left


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")


def _failed(command: str, what: str) -> ConfigError:
    return ConfigError(
        what, where=command, remedy="set EDITOR to the editor that you use, such as EDITOR=nano"
    )
