"""Names in course.toml that become file names, headings and columns."""

from __future__ import annotations

import re
from collections.abc import Mapping

from quality import toml_values
from quality.table import Columns
from quality.toml_values import Place

GROUP = "{group}"
_MOST = 120
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|{}]')
"""What one of the systems that unpack a hand-in takes for something else."""


def plain(value: object, place: Place) -> str:
    """The text that the value is: one line, nothing in it that cannot be seen."""
    text = toml_values.text(value, place)
    if not text.isprintable() or text != text.strip() or len(text) > _MOST:
        raise place.wrong(f"plain text of {_MOST} characters at most", value, "write it on one line")
    return text


def file_name(value: object, place: Place) -> str:
    """The file name that the value is, without a folder."""
    text = plain(value, place)
    if _NOT_IN_NAMES.search(text) or text.startswith((".", "~", "-")) or text.endswith("."):
        raise place.wrong("a file name", value, "write it without a folder, as it shall stand in the zip")
    return text


def archive(value: object, place: Place) -> str:
    """The archive's name that the value is, with `{group}` in it once."""
    text = plain(value, place)
    if text.count(GROUP) != 1 or not text.casefold().endswith(".zip"):
        raise place.wrong("a name with {group} in it", value, 'such as "CS412-HW4-{group}.zip"')
    file_name(text.replace(GROUP, "group"), place)
    return text


def sha256(value: object, place: Place) -> str:
    """The SHA-256 that the value is, in small hex digits."""
    text = toml_values.text(value, place).strip().casefold()
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise place.wrong("a SHA-256", value, "write its 64 hex digits, or leave the key out to pin nothing")
    return text


def demand_three(files: Mapping[str, str], place: Place) -> None:
    """Returns where the hand-in's files have names of their own, whatever their case.

    Raises:
        ProofgateError: Two have the same.
    """
    seen: dict[str, str] = {}
    for key, name in files.items():
        twin = seen.setdefault(name.casefold(), key)
        if twin != key:
            raise place.refuse(
                f"`{place.at(twin).key}` and `{place.at(key).key}` are both {name!r}",
                "give each file its own name",
            )


def demand_distinct(columns: Columns, prediction: str | None, place: Place) -> None:
    """Returns where no two columns of one file have the same name.

    Raises:
        ProofgateError: Two have.
    """
    of_data = columns.named()
    of_answers = {
        "id": columns.id,
        "instruction": columns.instruction,
        "prediction": prediction or "prediction",
    }
    for named in (of_data, of_answers):
        seen: dict[str, str] = {}
        for key, name in named.items():
            twin = seen.setdefault(name, key)
            if twin != key:
                raise place.refuse(
                    f"`columns.{twin}` and `columns.{key}` are both {name!r}", "give each its own"
                )
