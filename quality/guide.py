"""A style guide as data: TOML → `StyleGuide`.

The shipped guide defines what can be said: a guide of one's own may leave out keys (the shipped value holds) but
an unknown key, code or fail mode is an error that names the nearest known one.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from rapidfuzz import process

from quality import toml_values
from quality.errors import GuideError
from quality.toml_values import Place

SHIPPED = ("chat",)
SEVERITIES = ("error", "warning", "off")
ENGINES = ("harper", "languagetool", "both")
"""What proof-reads; the first is part of the installation."""
OPEN_TABLES = frozenset({"fail_modes", "gate.ignorable"})
"""Tables whose keys the user names."""
OWN_SOURCE = "set by the guide itself"
"""Source of a threshold given as its bare number; no path, so that a guide's hash does not hang on where it lies."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One demand of the guide.

    Attributes:
        section: Where the guide states it.
        weight: Its share in a row's score, relative to the others; 0 keeps it off the score.
    """

    key: str
    title: str
    section: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class FailMode:
    """A label that an annotator may give: the criterion that the original response broke ("" for none)."""

    name: str
    criterion: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that decides, with its unit and where it comes from."""

    value: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class GatePolicy:
    """When data may train a model.

    Attributes:
        min_rows: Fewer rows refuse.
        min_passing_share: Share of rows that must pass, 0..1.
        max_unmeasured_share: Share of rows that may go unmeasured in one criterion, 0..1.
        max_accepted_share: Share of rows that may count as passing although errors are left that a baseline accepts,
            0..1.
        required: Criteria that must have been measured by every rule of theirs that is not off.
        clean: Criteria in which not one error may be left.
        ignorable: Codes that a user may leave out by `--select` or `--ignore`, each with the reason why.
    """

    min_rows: int
    min_passing_share: float
    max_unmeasured_share: float
    max_accepted_share: float
    required: tuple[str, ...]
    clean: tuple[str, ...]
    ignorable: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PassingPolicy:
    """When a row passes in spite of an error.

    Attributes:
        doubtful_errors: Errors marked doubtful that a long answer may have and still pass.
        doubtful_words: Words from which an answer is long in this sense: the checkers' false alarms grow with the words
            they read, so that in a long answer one doubtful error is likelier a false alarm than in a short one.
    """

    doubtful_errors: int
    doubtful_words: int


@dataclass(frozen=True, slots=True)
class StyleGuide:
    """What the checks judge by. `sha256` covers every resolved value.

    Attributes:
        engine: What proof-reads, one of `ENGINES`, unless the user names another.
        lowering: Criteria that can lower a row's score and never lift it.
    """

    name: str
    title: str
    engine: str
    criteria: Mapping[str, Criterion]
    fail_modes: Mapping[str, FailMode]
    rules: Mapping[str, str]
    thresholds: Mapping[str, Threshold]
    error_factor: float
    warning_factor: float
    lowering: tuple[str, ...]
    passing: PassingPolicy
    gate: GatePolicy
    sha256: str

    def threshold(self, key: str) -> float:
        """The value of `family.name`; the unit is the guide's.

        Raises:
            KeyError: No such threshold; a check asked for a key that the shipped guide lacks.
        """
        return self.thresholds[key].value

    def severity(self, code: str) -> str:
        """`error`, `warning` or `off`."""
        return self.rules[code]

    def section_of(self, criterion: str, *, titled: bool = False) -> str:
        """Where the guide states the criterion, such as `Chat Style Guide 1.1.2-2`, or how it calls it.

        Args:
            titled: With the criterion's title behind its number, too.
        """
        known = self.criteria.get(criterion)
        if known is None:
            return f"{self.title}: {criterion}"
        if not known.section[:1].isdigit():
            return f"{self.title}: {known.title}"
        return f"{self.title} {known.section}" + (f": {known.title}" if titled else "")

    def fail_mode(self, label: str) -> FailMode | None:
        """The fail mode that a cell's text names, by name or alias, whatever its case and outer white space."""
        wanted = " ".join(label.casefold().replace("_", " ").replace("-", " ").split())
        for mode in self.fail_modes.values():
            if wanted in (mode.name, *mode.aliases):
                return mode
        return None

    def nearest_fail_mode(self, label: str) -> str | None:
        """The known name or alias most like the label; None when nothing is."""
        known = [name for mode in self.fail_modes.values() for name in (mode.name, *mode.aliases)]
        best = process.extractOne(label.casefold().strip(), known, score_cutoff=60)
        return best[0] if best else None


def shipped_text(name: str = "chat") -> str:
    """The TOML of a shipped guide, to copy and edit."""
    return files("quality").joinpath("guides", f"{name}.toml").read_text(encoding="utf-8")


def load(name_or_path: str = "chat") -> StyleGuide:
    """The guide of that name, or of that file.

    Raises:
        GuideError: No such guide, not TOML, an unknown key or a value of the wrong kind or out of range.
    """
    base = tomllib.loads(shipped_text())
    place = Place(name_or_path, GuideError)
    if name_or_path in SHIPPED:
        return _resolve(base, place)
    remedy = f"name a TOML file or one of the shipped guides: {', '.join(SHIPPED)}"
    if not name_or_path.strip():
        raise GuideError("the style guide has no name", remedy=remedy)
    own = toml_values.read(Path(name_or_path), GuideError, "no such style guide", remedy)
    return _resolve(_overlay(base, own, place), place)


def _overlay(base: dict[str, Any], own: dict[str, object], place: Place) -> dict[str, Any]:
    """The shipped values with the user's over them; an unknown key is an error."""
    merged = dict(base)
    for key, value in own.items():
        if key not in base:
            raise place.unknown(key, base)
        here = place.at(key)
        if isinstance(base[key], dict) and here.key not in OPEN_TABLES:
            merged[key] = _overlay_table(cast(dict[str, Any], base[key]), value, here)
        else:
            merged[key] = value
    return merged


def _overlay_table(known: dict[str, Any], value: object, place: Place) -> dict[str, Any]:
    if "value" in known and not isinstance(value, dict):  # a threshold may be given as its bare number
        return {**known, "value": value, "source": OWN_SOURCE}
    return _overlay(known, toml_values.table(cast(object, value), place), place)


def _resolve(data: dict[str, Any], place: Place) -> StyleGuide:
    """The guide of a table that has every key of the shipped one; its values may be of any kind."""
    criteria = {key: _criterion(key, c, place.at(f"criteria.{key}")) for key, c in data["criteria"].items()}
    rules = {code: _severity(severity, place.at(f"rules.{code}")) for code, severity in data["rules"].items()}
    score = place.at("score")
    return StyleGuide(
        name=toml_values.text(data["name"], place.at("name")),
        title=toml_values.text(data["title"], place.at("title")),
        engine=_engine(data["engine"], place.at("engine")),
        criteria=criteria,
        fail_modes=_fail_modes(data["fail_modes"], criteria, place.at("fail_modes")),
        rules=rules,
        thresholds=_thresholds(data["thresholds"], place.at("thresholds")),
        error_factor=toml_values.share(data["score"]["error_factor"], score.at("error_factor")),
        warning_factor=toml_values.share(data["score"]["warning_factor"], score.at("warning_factor")),
        lowering=_criteria(data["score"]["lowering"], criteria, score.at("lowering")),
        passing=_passing(data["passing"], place.at("passing")),
        gate=_policy(data["gate"], criteria, rules, place.at("gate")),
        sha256=hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=True).encode()).hexdigest(),
    )


def _criterion(key: str, table: Mapping[str, object], place: Place) -> Criterion:
    title, section, text = (
        toml_values.text(table[name], place.at(name)) for name in ("title", "section", "text")
    )
    return Criterion(key, title, section, text, toml_values.number(table["weight"], place.at("weight")))


def _thresholds(families: Mapping[str, Mapping[str, Any]], place: Place) -> dict[str, Threshold]:
    return {
        f"{family}.{name}": _threshold(table, place.at(f"{family}.{name}"), family)
        for family, thresholds in families.items()
        for name, table in thresholds.items()
    }


def _threshold(table: Mapping[str, object], place: Place, family: str) -> Threshold:
    # a limit of 0 would let nothing be measured
    number = toml_values.above_zero if family == "limits" else toml_values.number
    return Threshold(
        number(table["value"], place),
        toml_values.text(table["unit"], place.at("unit")),
        toml_values.text(table["source"], place.at("source")),
    )


def _fold(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _fail_modes(given: object, criteria: Mapping[str, Criterion], place: Place) -> dict[str, FailMode]:
    modes = [
        _fail_mode(name, toml_values.table(mode, place.at(name)), criteria, place.at(name))
        for name, mode in toml_values.table(given, place).items()
    ]
    times = Counter(label for mode in modes for label in {mode.name, *mode.aliases})
    for label, count in times.items():
        if count > 1:
            raise place.refuse(
                f"{label!r} names {count} fail modes", "give each label and alias to one of them"
            )
    return {mode.name: mode for mode in modes}


def _fail_mode(
    name: str, table: Mapping[str, object], criteria: Mapping[str, Criterion], place: Place
) -> FailMode:
    for key in table:
        if key not in ("criterion", "aliases"):
            raise place.unknown(key, ("criterion", "aliases"))
    given = table.get("criterion", "")
    criterion = "" if given == "" else toml_values.text(given, place.at("criterion"))
    if criterion and criterion not in criteria:
        raise place.at("criterion").unknown(criterion, criteria, "criterion")
    aliases = toml_values.texts(table.get("aliases", []), place.at("aliases"))
    for label in (name, *aliases):
        if not _fold(label):
            raise place.refuse(f"the label {label!r} in `{place.key}` has no letters", "name it in words")
    return FailMode(_fold(name), criterion, tuple(map(_fold, aliases)))


def _engine(engine: object, place: Place) -> str:
    if engine not in ENGINES:
        raise place.wrong("an engine", engine, f"use one of {', '.join(ENGINES)}")
    return str(engine)


def _severity(severity: object, place: Place) -> str:
    if severity not in SEVERITIES:
        raise place.wrong("a severity", severity, f"use one of {', '.join(SEVERITIES)}")
    return str(severity)


def _passing(table: Mapping[str, object], place: Place) -> PassingPolicy:
    keys = ("doubtful_errors", "doubtful_words")
    return PassingPolicy(*(toml_values.count(table[key], place.at(key), least=0) for key in keys))


def _policy(
    table: Mapping[str, object], criteria: Mapping[str, Criterion], rules: Mapping[str, str], place: Place
) -> GatePolicy:
    def share(key: str) -> float:
        return toml_values.share(table[key], place.at(key))

    return GatePolicy(
        min_rows=toml_values.count(table["min_rows"], place.at("min_rows")),
        min_passing_share=share("min_passing_share"),
        max_unmeasured_share=share("max_unmeasured_share"),
        max_accepted_share=share("max_accepted_share"),
        required=_criteria(table["required"], criteria, place.at("required")),
        clean=_criteria(table["clean"], criteria, place.at("clean")),
        ignorable=_ignorable(table["ignorable"], rules, place.at("ignorable")),
    )


def _criteria(given: object, criteria: Mapping[str, Criterion], place: Place) -> tuple[str, ...]:
    keys = toml_values.texts(given, place)
    for key in keys:
        if key not in criteria:
            raise place.unknown(key, criteria, "criterion")
    return keys


def _ignorable(given: object, rules: Mapping[str, str], place: Place) -> dict[str, str]:
    reasons: dict[str, str] = {}
    for code, reason in toml_values.table(given, place).items():
        if code not in rules:
            raise place.unknown(code, rules)
        if not isinstance(reason, str) or not reason.strip():
            raise place.refuse(
                f"`{place.at(code).key}` needs a reason", "write in words why it may be left out"
            )
        reasons[code] = reason
    return reasons
