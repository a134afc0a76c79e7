"""What a course allows its annotators: `[allowed]` in the `course.toml` of the course folder.

    [allowed]
    judge = false
    unsafe_fixes = false

Both are allowed where nothing is said. The file's other tables are the grade book's and are not read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from quality import toml_values
from quality.errors import ConfigError
from quality.toml_values import Place

OPTIONS = MappingProxyType({"--judge": "judge", "--unsafe": "unsafe_fixes"})
"""Option of a command → the key of `[allowed]` that can forbid it."""


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a course allows.

    Attributes:
        source: The course file that says so; None without a course.
    """

    source: Path | None = None
    judge: bool = True
    unsafe_fixes: bool = True


def permissions(course: Path | None) -> Permissions:
    """What the course in that folder allows; everything without a course.

    Raises:
        ConfigError: The folder has no course.toml, so that nobody can know, or the file is broken.
    """
    if course is None:
        return Permissions()
    source = course / "course.toml"
    whole = toml_values.read(
        source,
        ConfigError,
        "there is no such file, so what the course allows is not known",
        "let `course` in the settings name the folder of course.toml, or leave it out",
    )
    place = Place(str(source), ConfigError)
    allowed = toml_values.table(whole.get("allowed", {}), place.at("allowed"))
    known = tuple(OPTIONS.values())
    for key in allowed:
        if key not in known:
            raise place.at("allowed").unknown(key, known)
    flags = {key: toml_values.flag(value, place.at(f"allowed.{key}")) for key, value in allowed.items()}
    return Permissions(source, **flags)


def demand(option: str, course: Path | None) -> None:
    """Returns when the course allows that option, one of `OPTIONS`.

    Raises:
        ConfigError: The course forbids it, or what it allows is not known.
    """
    granted = permissions(course)
    key = OPTIONS[option]
    if not getattr(granted, key):
        raise ConfigError(
            f"the course forbids {option} (`allowed.{key} = false`)",
            where=str(granted.source),
            remedy=f"leave {option} out, or ask who runs the course",
        )
