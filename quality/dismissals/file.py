"""Decisions as a file: JSON in ASCII, sorted, one a line, so that a diff shows what was decided."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from quality.baseline import listed
from quality.baseline.file import CODE, HASH, MAX_BYTES, beginning, reason_fault
from quality.baseline.listed import Shape
from quality.dismissals.decisions import Decision, Decisions, Key, Scope, in_order, of_words
from quality.errors import InputError

FORMAT = 1
MAX_NAME = 200
REMEDY = "mend it, or export it anew from the dashboard"
_TEXTS = ("column", "words", "row_id")
_PLACES = ("start", "end")
_DECISION = frozenset({"scope", "content", "code", *_TEXTS, *_PLACES, "who", "why", "at"})


def read(path: Path) -> Decisions:
    """The decisions in that file.

    Raises:
        InputError: It is not there, cannot be read, is too large, or holds no decisions of this format.
    """
    try:
        data = beginning(path)
    except FileNotFoundError:
        raise _refuse(
            path, "no such file of decisions", "look at the name, or export it from the dashboard"
        ) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a name that a file can have"
        raise _refuse(path, f"cannot be read: {why}", "look at the name after --decisions") from None
    if len(data) > MAX_BYTES:
        raise _refuse(path, f"is over {MAX_BYTES // 1024**2} MB", "take decisions out that hold no more")
    return Decisions(path, tuple(listed.read(data, _shape(path))))


def render(decisions: Sequence[Decision]) -> str:
    """The file's text, with a line end at its end; of several decisions with one key the first counts."""
    known: dict[Key, Decision] = {}
    for one in in_order(decisions):
        known.setdefault(one.key, one)
    lines = [json.dumps(asdict(one), ensure_ascii=True) for one in known.values()]
    listed = "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"
    return f'{{\n"format": {FORMAT},\n"kind": "decisions",\n"decisions": {listed}\n}}\n'


def name_fault(name: str) -> str:
    """What is wrong with the name of a person who decides; "" for one that may stand."""
    if not name.strip():
        return "is empty"
    if len(name) > MAX_NAME:
        return f"is longer than {MAX_NAME} characters"
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in name):
        return "has a line end or another control character in it"
    return ""


def _shape(path: Path) -> Shape[Decision]:
    return Shape(
        kind="decisions",
        format=FORMAT,
        name="decisions",
        item="decisions",
        keys=_DECISION,
        made=lambda given: _decision(given, path),
        key=lambda one: one.key,
        told=lambda one: f"a decision about {one.code} in {one.row_id[:40]!r}",
        refused=lambda what: _refuse(path, f"holds no decisions: {what}"),
    )


def _decision(given: dict[str, Any], path: Path) -> Decision:
    fault = _fault(given)
    if fault:
        raise _refuse(path, f"a decision about {_shown(given)}: {fault}")
    given["scope"] = Scope(given["scope"])
    return Decision(**given)


def _shown(given: dict[str, Any]) -> str:
    return f"{str(given['code'])[:20]!r} in {str(given['row_id'])[:40]!r}"


def _fault(given: dict[str, Any]) -> str:
    """What is wrong with a decision; "" for nothing."""
    if given["scope"] not in tuple(Scope):
        return f"`scope` must be one of {', '.join(Scope)}"
    for name, pattern, what in (
        ("code", CODE, "a rule's, such as GRM001"),
        ("content", HASH, "a SHA-256 in hex"),
    ):
        if not (isinstance(given[name], str) and pattern.fullmatch(given[name])):
            return f"`{name}` must be {what}"
    wrong = next((name for name in (*_TEXTS, "who", "why", "at") if not isinstance(given[name], str)), None)
    if wrong:
        return f"`{wrong}` must be text"
    if fault := name_fault(given["who"]):
        return f"`who` {fault}"
    if fault := reason_fault(given["why"]):
        return f"`why` {fault}"
    return _place_fault(given) or _moment_fault(given["at"])


def _place_fault(given: dict[str, Any]) -> str:
    start, end = (given[name] for name in _PLACES)
    if start is None and end is None:
        spanless = not given["words"]
        return "" if spanless and given["scope"] != Scope.WORD else "words need a `start` and an `end`"
    if type(start) is not int or type(end) is not int or not 0 <= start <= end:
        return "`start` and `end` must be whole numbers in their order, or both null"
    if end - start != len(given["words"]):
        return "`words` must be as long as the stretch from `start` to `end`"
    if given["scope"] != Scope.WORD:
        return ""
    if not given["words"].strip() or of_words(given["words"]) != given["content"]:
        return "`content` must be the hash of the words"
    return ""


def _moment_fault(at: str) -> str:
    try:
        zone = datetime.fromisoformat(at).tzinfo if re.fullmatch(r"[-+:.TZ0-9]{20,40}", at) else None
    except ValueError:
        zone = None
    return (
        "" if zone is not None else "`at` must be a moment with its zone, such as 2026-11-23T18:09:07+00:00"
    )


def _refuse(path: Path, what: str, remedy: str = REMEDY) -> InputError:
    return InputError(what, where=str(path), remedy=remedy)
