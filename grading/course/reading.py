"""course.toml → `Course`. It extends proofgate.toml: the same words for columns, guide, engine and ignored codes.

Only this one file counts: a grade must not hang on which proofgate.toml lies above the folder that somebody is in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from grading.course import grades, moment, names
from grading.course.model import Course, Files, Late, LatePolicy
from quality import course as allowed
from quality import toml_values
from quality.errors import ConfigError
from quality.guide import ENGINES, SHIPPED
from quality.table import Columns
from quality.toml_values import Place

COURSE_FILE = "course.toml"
ZONE = "Europe/Istanbul"
"""Of the reference course."""
T = TypeVar("T")
Read = Callable[[object, Place], object]


def load(folder: Path) -> Course:
    """The course that the folder's course.toml says.

    Raises:
        ConfigError: There is none, an unknown key (the nearest is named), or a value that cannot be followed.
    """
    folder = folder.absolute()
    source = folder / COURSE_FILE
    whole = toml_values.read(
        source,
        ConfigError,
        "there is no such file, so this is no course folder",
        "name the folder with --course DIR; `grading init` makes one",
    )
    place = Place(str(source), ConfigError)
    for key in whole:
        if key not in TABLES:
            raise place.unknown(key, TABLES)
    values: dict[str, Any] = {"folder": folder, "sheet": folder / "original.csv", "test": folder / "test.csv"}
    notes: list[str] = []
    for key, read in TABLES.items():
        if key in whole:
            found = read(toml_values.table(whole[key], place.at(key)), place.at(key))
            notes += found.pop("notes", ())
            values |= found
    allowed.permissions(folder)
    names.demand_distinct(values.get("data_columns", Columns()), values.get("prediction_column"), place)
    return Course(**values, notes=tuple(notes))


def _values(
    table: Mapping[str, object], place: Place, keys: Mapping[str, tuple[str, Read]]
) -> dict[str, Any]:
    """The table's values under the names that they have in a course; an unknown key is an error."""
    for key in table:
        if key not in keys:
            raise place.unknown(key, keys)
    return {keys[key][0]: keys[key][1](value, place.at(key)) for key, value in table.items()}


def _course(table: Mapping[str, object], place: Place) -> dict[str, Any]:
    return _values(table, place, {"name": ("name", names.plain), "title": ("title", names.plain)})


def _files(table: Mapping[str, object], place: Place) -> dict[str, Any]:
    handed_in = ("data", "predictions", "notebook")
    found = _values(
        table,
        place,
        {
            **{key: (key, _path) for key in ("sheet", "test", "base_predictions", "decisions")},
            **{key: (key, names.file_name) for key in handed_in},
            "archive": ("archive", names.archive),
        },
    )
    own = {key: found.pop(key) for key in (*handed_in, "archive") if key in found}
    files = Files(**own)
    names.demand_three({key: getattr(files, key) for key in handed_in}, place)
    return {**found, "files": files}


def _columns(table: Mapping[str, object], place: Place) -> dict[str, Any]:
    keys = ("id", "instruction", "output", "fail_mode", "prediction")
    found = _values(table, place, {key: (key, toml_values.text) for key in keys})
    prediction = {"prediction_column": found.pop("prediction")} if "prediction" in found else {}
    return {"data_columns": Columns(**found), **prediction}


def _guide(table: Mapping[str, object], place: Place) -> dict[str, Any]:
    return _values(
        table,
        place,
        {
            "name": ("guide", _guide_name),
            "sha256": ("guide_sha256", names.sha256),
            "engine": ("engine", _one_of(ENGINES)),
            "ignore": ("ignore", toml_values.texts),
        },
    )


def _deadline(table: Mapping[str, object], place: Place) -> dict[str, Any]:
    for key in table:
        if key not in ("at", "zone"):
            raise place.unknown(key, ("at", "zone"))
    named = moment.zone(table["zone"], place.at("zone")) if "zone" in table else None
    if "at" not in table:
        return {"zone": named} if named else {}
    zone, said = (named, "") if named else moment.zone_of(table["at"], ZONE, place)
    at, note = moment.moment(table["at"], zone, place.at("at"))
    notes = tuple(f"`{place.key}.at`: {text}" for text in (said, note) if text)
    return {"zone": zone, "deadline": at, "notes": notes}


def _late(table: Mapping[str, object], place: Place) -> dict[str, Any]:
    policies = tuple(policy.value for policy in LatePolicy)
    found = _values(
        table,
        place,
        {
            "policy": ("policy", lambda value, at: LatePolicy(_one_of(policies)(value, at))),
            "points_per_day": ("points_per_day", toml_values.number),
            **{key: (key, _count) for key in ("days", "most", "grace_minutes", "refuse_after")},
        },
    )
    return {"late": Late(**found)}


def _grade(table: Mapping[str, object], place: Place) -> dict[str, Any]:
    return _values(
        table, place, {"pass_mark": ("pass_mark", grades.percent), "zero_at": ("zero_at", grades.zero_at)}
    )


def _lms(table: Mapping[str, object], place: Place) -> dict[str, Any]:
    return _values(
        table,
        place,
        {
            "kind": ("lms", _one_of(("moodle", "canvas", "folder"))),
            "language": ("language", _one_of(("en", "tr"))),
            "feedback_ids": ("feedback_ids", _one_of(("user", "group"))),
        },
    )


def _path(value: object, place: Place) -> Path:
    """The path, from the course folder on; `~` is the user's home."""
    text = toml_values.text(value, place)
    if "\0" in text:
        raise place.wrong("a path", value, "take the NUL character out")
    try:
        return Path(place.file).parent / Path(text).expanduser()
    except RuntimeError:
        raise place.refuse(
            f"`{place.key}` names a home folder that is not known", "write the whole path"
        ) from None


def _guide_name(value: object, place: Place) -> str:
    return value if isinstance(value, str) and value in SHIPPED else str(_path(value, place))


def _count(value: object, place: Place) -> int:
    return toml_values.count(value, place, least=0)


def _one_of(known: tuple[str, ...]) -> Callable[[object, Place], str]:
    def choice(value: object, place: Place) -> str:
        if value not in known:
            raise place.wrong("a known name", value, f"use one of {', '.join(known)}")
        return str(value)

    return choice


TABLES: Mapping[str, Callable[[Mapping[str, object], Place], dict[str, Any]]] = {
    "course": _course,
    "files": _files,
    "columns": _columns,
    "guide": _guide,
    "deadline": _deadline,
    "late": _late,
    "rubric": lambda table, place: {"rubric": grades.rubric(table, place)},
    "letters": lambda table, place: {"letters": grades.letters(table, place)},
    "grade": _grade,
    "lms": _lms,
    "consensus": lambda table, place: _values(table, place, {"gold": ("gold", _path)}),
    "copying": lambda table, place: _values(table, place, {"q": ("copying_q", grades.chance)}),
    "allowed": lambda table, place: {},
}
"""Table of course.toml → what reads it into fields of a course; `[allowed]` is read by `quality.course`."""
