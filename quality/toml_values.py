"""A TOML file and its values, each of the kind that is meant; what is not is refused in words, with a remedy.

Serves the style guide and proofgate.toml, which differ in the error that they raise.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeGuard, cast

from rapidfuzz import process

from quality.errors import ProofgateError

_MOST = 1e12
"""Above every threshold that makes sense, and exact as a float."""
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands.

    Attributes:
        file: As the user named it.
        error: What a wrong value raises.
        key: The value's dotted path; empty for the whole file.
    """

    file: str
    error: type[ProofgateError]
    key: str = ""

    def at(self, key: str) -> Place:
        """The place of that key in the table here."""
        return replace(self, key=f"{self.key}.{key}" if self.key else key)

    def refuse(self, what: str, remedy: str) -> ProofgateError:
        """The error that says so, to raise."""
        return self.error(what, where=self.file, remedy=remedy)

    def wrong(self, kind: str, value: object, remedy: str) -> ProofgateError:
        """The error that the value here must be of that kind, to raise."""
        return self.refuse(f"`{self.key}` must be {kind}, not {shown(value)}", remedy)

    def unknown(self, name: str, known: Iterable[str], what: str = "key") -> ProofgateError:
        """The error that no such name is known here, with the nearest one that is, to raise."""
        names = sorted(known)
        near = process.extractOne(name, names, score_cutoff=50)
        remedy = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(names) or 'none'}"
        full = f"`{self.at(name).key}`" if what == "key" else f"`{name}` in `{self.key}`"
        return self.refuse(f"unknown {what} {full}", remedy)


def shown(value: object) -> str:
    """The value as TOML writes it, shortened; lists and tables by their kind."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"text {value[:_SHOWN] + '…' if len(value) > _SHOWN else value!r}"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) or abs(value) >= _MOST else str(value)
    return "a table" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a date or time"


def read(path: Path, error: type[ProofgateError], missing: str, remedy: str) -> dict[str, object]:
    """The file's table.

    Args:
        missing: What to say of a file that is not there.
        remedy: How to mend a file that is missing or no file.

    Raises:
        ProofgateError: Of the type given: no such file, not readable, not UTF-8 or not TOML.
    """
    place = Place(str(path), error)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise place.refuse(missing, remedy) from None
    except IsADirectoryError:
        raise place.refuse("is a folder, not a file", remedy) from None
    except PermissionError:
        what = "is a folder, not a file" if path.is_dir() else "may not be read"
        raise place.refuse(what, "check the file's permissions, or name another file") from None
    except UnicodeDecodeError:
        raise place.refuse("is not TOML: it is not UTF-8 text", "save it as UTF-8") from None
    except OSError as problem:
        why = f": {problem.strerror}" if problem.strerror else ""
        raise place.refuse(f"cannot be read{why}", remedy) from None
    except ValueError:  # a path with a NUL in it
        raise place.refuse(missing, remedy) from None
    return _parsed(text, place)


def _parsed(text: str, place: Place) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise place.refuse(f"is not TOML: {problem}", "mend the file there; text stands in quotes") from None
    except (ValueError, RecursionError):
        raise place.refuse(
            "is not TOML that can be read: a number is too long, or lists are nested too deeply",
            "shorten the number or flatten the list",
        ) from None


def table(value: object, place: Place) -> dict[str, object]:
    """The table that the value is."""
    if not isinstance(value, dict):
        raise place.wrong("a table", value, f"write it as [{place.key}] with its keys on the lines below")
    return cast(dict[str, object], value)


def text(value: object, place: Place) -> str:
    """The text that the value is, with something besides white space in it."""
    if not isinstance(value, str):
        raise place.wrong("text", value, "put it in quotes")
    if not value.strip():
        raise place.refuse(f"`{place.key}` must not be empty", "fill it in, or leave the key out")
    return value


def texts(value: object, place: Place) -> tuple[str, ...]:
    """The texts of the list that the value is; none of them is empty."""
    if not isinstance(value, list):
        raise place.wrong("a list", value, 'write it in brackets, such as ["a", "b"]')
    return tuple(
        text(one, place.at(f"{number}")) for number, one in enumerate(cast(list[object], value), start=1)
    )


def number(value: object, place: Place) -> float:
    """The number that the value is: finite, at least 0."""
    if not _is_number(value) or not 0 <= value < _MOST:
        raise place.wrong("a number of at least 0", value, "write a number such as 3 or 0.5, without quotes")
    return float(value)


def above_zero(value: object, place: Place) -> float:
    """The number that the value is: finite, above 0."""
    if not _is_number(value) or not 0 < value < _MOST:
        raise place.wrong("a number above 0", value, "write a number such as 3 or 0.5, without quotes")
    return float(value)


def share(value: object, place: Place) -> float:
    """The share that the value is, 0..1."""
    if not _is_number(value) or not 0 <= value <= 1:
        raise place.wrong("a share from 0 to 1", value, "90 in 100 is written 0.9")
    return float(value)


def count(value: object, place: Place, least: int = 1) -> int:
    """The whole number that the value is, at least `least`."""
    if not _is_number(value) or not least <= value < _MOST or math.floor(value) != value:
        wanted = f"a whole number of at least {least}"
        raise place.wrong(wanted, value, "write a number such as 20, without quotes")
    return int(value)


def flag(value: object, place: Place) -> bool:
    """The yes or no that the value is."""
    if not isinstance(value, bool):
        raise place.wrong("true or false", value, "write true or false, without quotes")
    return value


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
