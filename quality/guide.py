"""A style guide as data: TOML → `StyleGuide`.

The shipped guide defines what can be said: a guide of one's own may leave out keys (the shipped value holds) but
an unknown key, code or fail mode is an error that names the nearest known one.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from rapidfuzz import process

from quality.errors import GuideError

SHIPPED = ("chat",)
SEVERITIES = ("error", "warning", "off")
OPEN_TABLES = frozenset({"fail_modes", "gate.ignorable"})
"""Tables whose keys the user names."""


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
        required: Criteria that must have been measured by every rule of theirs that is not off.
        clean: Criteria in which not one error may be left.
        ignorable: Codes that a user may leave out by `--select` or `--ignore`, each with the reason why.
    """

    min_rows: int
    min_passing_share: float
    max_unmeasured_share: float
    required: tuple[str, ...]
    clean: tuple[str, ...]
    ignorable: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StyleGuide:
    """What the checks judge by. `sha256` covers every resolved value."""

    name: str
    title: str
    criteria: Mapping[str, Criterion]
    fail_modes: Mapping[str, FailMode]
    rules: Mapping[str, str]
    thresholds: Mapping[str, Threshold]
    error_factor: float
    warning_factor: float
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
        GuideError: No such guide, not TOML, an unknown key or a value out of range.
    """
    base = tomllib.loads(shipped_text())
    if name_or_path in SHIPPED:
        return _build(base, where=f"guide {name_or_path}")
    return _build(_overlay(base, _read(Path(name_or_path)), str(name_or_path)), where=str(name_or_path))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise GuideError(
            "no such style guide",
            where=str(path),
            remedy=f"name a TOML file or one of the shipped guides: {', '.join(SHIPPED)}",
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GuideError(f"cannot be read as TOML: {error}", where=str(path)) from None


def _overlay(base: dict[str, Any], own: dict[str, Any], where: str, path: str = "") -> dict[str, Any]:
    """The shipped values with the user's over them; an unknown key is an error."""
    merged = dict(base)
    for key, value in own.items():
        full = f"{path}{key}"
        if key not in base:
            raise _unknown(full, key, base, where)
        known = base[key]
        if isinstance(known, dict) and full not in OPEN_TABLES:
            merged[key] = _overlay_table(cast(dict[str, Any], known), value, where, full)
        else:
            merged[key] = value
    return merged


def _overlay_table(known: dict[str, Any], value: Any, where: str, full: str) -> Any:
    if isinstance(value, dict):
        return _overlay(known, cast(dict[str, Any], value), where, f"{full}.")
    if "value" in known:  # a threshold may be given as its bare number
        return {**known, "value": value, "source": f"{where}"}
    raise GuideError(f"`{full}` must be a table", where=where)


def _unknown(full: str, key: str, base: Mapping[str, Any], where: str) -> GuideError:
    near = process.extractOne(key, list(base), score_cutoff=50)
    remedy = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(sorted(base))}"
    return GuideError(f"unknown key `{full}`", where=where, remedy=remedy)


def _build(data: dict[str, Any], where: str) -> StyleGuide:
    try:
        return _resolve(data, where)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise GuideError(f"a value has the wrong shape: {error}", where=where) from None


def _resolve(data: dict[str, Any], where: str) -> StyleGuide:
    criteria = {
        key: Criterion(
            key,
            str(c["title"]),
            str(c["section"]),
            str(c["text"]),
            _number(c["weight"], f"criteria.{key}.weight", where),
        )
        for key, c in data["criteria"].items()
    }
    fail_modes = {
        _fold(name): _fail_mode(_fold(name), m, criteria, where) for name, m in data["fail_modes"].items()
    }
    rules = {code: _severity(code, severity, where) for code, severity in data["rules"].items()}
    thresholds = {
        f"{family}.{name}": Threshold(
            _number(t["value"], f"thresholds.{family}.{name}", where), str(t["unit"]), str(t["source"])
        )
        for family, table in data["thresholds"].items()
        for name, t in table.items()
    }
    score = data["score"]
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=True)
    return StyleGuide(
        name=str(data["name"]),
        title=str(data["title"]),
        criteria=criteria,
        fail_modes=fail_modes,
        rules=rules,
        thresholds=thresholds,
        error_factor=_share(score["error_factor"], "score.error_factor", where),
        warning_factor=_share(score["warning_factor"], "score.warning_factor", where),
        gate=_policy(data["gate"], criteria, rules, where),
        sha256=hashlib.sha256(canonical.encode()).hexdigest(),
    )


def _fold(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _fail_mode(name: str, mode: Mapping[str, Any], criteria: Mapping[str, Criterion], where: str) -> FailMode:
    criterion = str(mode.get("criterion", ""))
    if criterion and criterion not in criteria:
        raise _unknown(f"fail_modes.{name}.criterion = {criterion}", criterion, criteria, where)
    for key in mode:
        if key not in ("criterion", "aliases"):
            raise _unknown(f"fail_modes.{name}.{key}", key, {"criterion": "", "aliases": ""}, where)
    return FailMode(name, criterion, tuple(_fold(str(alias)) for alias in mode.get("aliases", ())))


def _severity(code: str, severity: Any, where: str) -> str:
    if severity not in SEVERITIES:
        raise GuideError(
            f"`rules.{code}` is {severity!r}", where=where, remedy=f"use one of {', '.join(SEVERITIES)}"
        )
    return str(severity)


def _number(value: Any, key: str, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        raise GuideError(f"`{key}` must be a number of at least 0, not {value!r}", where=where)
    return float(value)


def _share(value: Any, key: str, where: str) -> float:
    number = _number(value, key, where)
    if number > 1:
        raise GuideError(f"`{key}` is a share from 0 to 1, not {value!r}", where=where)
    return number


def _policy(
    gate: Mapping[str, Any], criteria: Mapping[str, Criterion], rules: Mapping[str, str], where: str
) -> GatePolicy:
    for key in ("required", "clean"):
        for name in gate[key]:
            if name not in criteria:
                raise _unknown(f"gate.{key}: {name}", str(name), criteria, where)
    for code, reason in gate["ignorable"].items():
        if code not in rules:
            raise _unknown(f"gate.ignorable.{code}", code, rules, where)
        if not str(reason).strip():
            raise GuideError(f"`gate.ignorable.{code}` needs a reason", where=where)
    return GatePolicy(
        min_rows=int(_number(gate["min_rows"], "gate.min_rows", where)),
        min_passing_share=_share(gate["min_passing_share"], "gate.min_passing_share", where),
        max_unmeasured_share=_share(gate["max_unmeasured_share"], "gate.max_unmeasured_share", where),
        required=tuple(gate["required"]),
        clean=tuple(gate["clean"]),
        ignorable={code: str(reason) for code, reason in gate["ignorable"].items()},
    )
