"""Data and code in an answer, read by real parsers under limits that are checked before the parser runs.

Nothing is executed, constructed or fetched: JSON and TOML become plain values that are dropped at once, YAML is read as
events (no aliases, no anchors, no tags), XML by expat without a document type, Python as a syntax tree that nobody
compiles. What lies beyond a limit is `over`: it cannot be verified, whatever it holds.
"""

from __future__ import annotations

import ast
import csv
import json
import re
import tomllib
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast
from xml.parsers import expat

import yaml

MAX_BYTES = 65_536
MAX_DEPTH = 60
"""Brackets within brackets, or elements within elements; ordinary data has fewer than ten."""
MAX_DIGITS = 1_000
"""Digits in a row: turning digits into a number takes time that grows with their square."""
MAX_KEY_PARTS = 16
"""Parts of a dotted TOML key: a parser walks all of them for each line."""
MAX_INDENT = 400
"""White space before a line: each deeper line of YAML or Python may open a block."""
_DIGITS = re.compile(rf"\d{{{MAX_DIGITS}}}")
_DOTTED = re.compile(rf"(?:[\w\"'-]{{1,60}}[ \t]{{0,4}}\.[ \t]{{0,4}}){{{MAX_KEY_PARTS}}}")
_OPERATORS = re.compile(r"(?:[-+~!*(\[{]|\bnot\b|\blambda\b|\bif\b|\belse\b|\bawait\b)[ \t]{0,4}")
_MAX_OPERATORS = 200
"""Operators in a row in Python: each is a level of its syntax tree."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser says: `ok`, `fails` with the reason, or `over` a limit, with which one."""

    verdict: str
    reason: str = ""


OK = Parsed("ok")


def parse(form: str, text: str) -> Parsed:
    """What the parser of that format says of the text.

    Args:
        form: A key of `PARSERS`.
        text: Without fence marks around it.
    """
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        return Parsed("fails", f"half a character at place {error.start}")
    if size > MAX_BYTES:
        return Parsed("over", f"{size:,} bytes of {form.upper()}, more than {MAX_BYTES:,}")
    over = _beyond(form, text)
    if over:
        return Parsed("over", over)
    try:
        return PARSERS[form](text)
    except (RecursionError, MemoryError):
        return Parsed("over", f"{form.upper()} nested too deeply")


def _beyond(form: str, text: str) -> str:
    """Which limit the text breaks, in words; "" for none."""
    if _DIGITS.search(text):
        return f"a number of more than {MAX_DIGITS:,} digits"
    if _depth(text) > MAX_DEPTH:
        return f"nested more than {MAX_DEPTH} deep"
    if form in ("yaml", "python") and re.search(rf"^[ \t]{{{MAX_INDENT}}}", text, re.MULTILINE):
        return f"indented by more than {MAX_INDENT} columns"
    if form == "yaml" and re.search(r"^[ \t]*(?:[-?:][ \t]+){20}", text, re.MULTILINE):
        return "nested more than 20 deep in one line"
    if form == "toml" and _DOTTED.search(text):
        return f"a key of more than {MAX_KEY_PARTS} parts"
    if form == "python" and _operators_in_a_row(text) > _MAX_OPERATORS:
        return f"more than {_MAX_OPERATORS} operators in a row"
    return ""


def _depth(text: str) -> int:
    """The deepest nesting of brackets; those in strings count too, which only makes the limit stricter."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[({\])}]", text):
        depth = depth + 1 if bracket in "[({" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _operators_in_a_row(text: str) -> int:
    longest = run = 0
    end = -1
    for match in _OPERATORS.finditer(text):
        run = run + 1 if match.start() <= end + 40 else 1
        end = match.end()
        longest = max(longest, run if "\n" not in text[match.start() : end] else 1)
    return longest


def _json(text: str) -> Parsed:
    try:
        json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        return Parsed("fails", f"{error.msg} in line {error.lineno}, column {error.colno}")
    except ValueError as error:
        return Parsed("fails", str(error)[:200])
    return OK


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _toml(text: str) -> Parsed:
    try:
        tomllib.loads(text)
    except ValueError as error:  # a date such as 2024-02-31 is a plain ValueError
        return Parsed("fails", str(error)[:200])
    return OK


def _yaml(text: str) -> Parsed:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events = cast("Iterator[object]", yaml.parse(text, Loader=loader))  # pyright: ignore[reportUnknownMemberType]
    try:
        for event in events:
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                return Parsed("over", "YAML with anchors or aliases")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        return Parsed("fails", f"{error.problem or 'not YAML'}{where}"[:200])
    except yaml.YAMLError as error:
        return Parsed("fails", str(error).split("\n")[0][:200])
    return OK


class _Refused(Exception):
    """Something in a document that is not read."""


def _xml(text: str) -> Parsed:
    parser = expat.ParserCreate(encoding="utf-8")
    depth = 0

    def refuse(*_: object) -> None:
        raise _Refused("a document type")

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise _Refused(f"elements nested more than {MAX_DEPTH} deep")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(text.strip().encode(), True)
    except _Refused as refused:
        return Parsed("over", f"XML with {refused}")
    except expat.ExpatError as error:
        message = expat.errors.messages.get(error.code, "not XML")
        return Parsed("fails", f"{message} in line {error.lineno}, column {error.offset + 1}")
    return OK


def _csv(text: str) -> Parsed:
    """Rows of one width, two columns or more, by any of four delimiters."""
    rows = [line for line in text.splitlines() if line.strip()]
    if not rows:
        return Parsed("fails", "no rows")
    fault = "rows of one column"
    for delimiter in "|\t;,":
        try:
            read = list(csv.reader(rows, delimiter=delimiter, strict=True, skipinitialspace=True))
        except csv.Error as error:
            fault = str(error)[:200]
            continue
        widths = {len(row) for row in read}
        if len(widths) == 1 and widths != {1}:
            return OK
        if len(widths) > 1:
            fault = f"rows of {min(widths)} to {max(widths)} columns"
    return Parsed("fails", fault)


def _python(text: str) -> Parsed:
    """A module, with the prompts of an interactive session and notebook commands taken out."""
    source = _PROMPT.sub("", text) if ">>>" in text else text
    source = "\n".join(line for line in source.splitlines() if not line.lstrip().startswith(("%", "!", "$ ")))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(_dedented(source))
    except SyntaxError as error:
        return Parsed("fails", f"{error.msg} in line {error.lineno}")
    except ValueError as error:  # a null byte
        return Parsed("fails", str(error)[:200])
    return OK


_PROMPT = re.compile(r"^[ \t]*(?:>>>|\.\.\.)[ ]?", re.MULTILINE)


def _dedented(source: str) -> str:
    """Without the white space that all lines begin with."""
    lines = [line for line in source.splitlines() if line.strip()]
    least = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return "\n".join(line[least:] if line.strip() else "" for line in source.splitlines())


PARSERS: dict[str, Callable[[str], Parsed]] = {
    "json": _json,
    "yaml": _yaml,
    "toml": _toml,
    "xml": _xml,
    "csv": _csv,
    "python": _python,
}
