"""Which pieces of an answer are JSON, YAML, TOML, XML, CSV or Python, as the parsers say; JSON values, to be cached.

A piece is the whole answer, a fenced block, or the stretch from the first bracket to the last. A parser runs only on a
piece that is tagged as its format or looks like it, so that prose costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from quality.compliance.answer import fences
from quality.compliance.parsers import parse
from quality.model import Measures
from quality.text.blocks import trimmed
from quality.text.language import detect
from quality.text.prose import Span

MAX_PIECES = 30
"""Fenced blocks that are parsed; the rest is named as unread."""
WHOLE, FENCE, EMBEDDED = "whole", "fence", "embedded"

_TAGS = {
    "json": "json", "json5": "json", "jsonc": "json", "yaml": "yaml", "yml": "yaml", "toml": "toml", "xml": "xml",
    "svg": "xml", "csv": "csv", "tsv": "csv", "python": "python", "py": "python", "python3": "python",
}  # fmt: skip
"""A fence's tag → the parser; a fence with any other tag is left alone."""
_YAML_LINE = re.compile(
    r"[ \t]*(?:-[ \t]+\S|-$|#|---|\.\.\.|[\w\"'][\w .\"'/()-]{0,60}:(?:[ \t]|$))|[ \t]+\S"
)
_YAML_KEY = re.compile(r"[ \t]*(?:-[ \t]+)?[\w\"'][\w .\"'/()-]{0,60}:(?:[ \t]|$)")
_TOML_LINE = re.compile(r"[ \t]*(?:#|\[[^\n\]]{1,200}\]|[\w\"'. -]{1,80}=|[\]\"\d'{])")
_PYTHON_LINE = re.compile(
    r"[ \t]*(?:def |class |import |from \w|print\(|for \w|if |while |return\b|>>> |[\w.\[\]]{1,60} = )"
)


def measure(text: str) -> Measures:
    """The language of a text, and what each parser says of its pieces."""
    return {"language": detect(text), "pieces": list(_pieces(text))}


def _pieces(text: str) -> Iterator[dict[str, Any]]:
    blocks = fences(text)
    whole = trimmed(text, 0, len(text))
    for block in blocks[:MAX_PIECES]:
        body = trimmed(text, block.body.start, block.body.end)
        known = _TAGS.get(block.tag, "")
        forms = [known] if known else [] if block.tag else _likely(body.text)
        yield from _said(FENCE, body, forms)
    if len(blocks) > MAX_PIECES:
        yield {
            "place": FENCE,
            "start": 0,
            "end": 0,
            "form": "",
            "verdict": "over",
            "reason": "too many fenced blocks",
        }
    if not blocks:
        yield from _said(WHOLE, whole, _likely(whole.text))
        inner = _bracketed(text, whole)
        if inner is not None:
            yield from _said(EMBEDDED, inner, ["json"])


def _said(place: str, piece: Span, forms: list[str]) -> Iterator[dict[str, Any]]:
    for form in forms:
        parsed = parse(form, piece.text)
        yield {
            "place": place, "start": piece.start, "end": piece.end, "form": form,
            "verdict": parsed.verdict, "reason": parsed.reason,
        }  # fmt: skip


def _bracketed(text: str, whole: Span) -> Span | None:
    """From the first bracket of JSON to the last, where prose stands around it."""
    first = re.search(r"[{\[]\s{0,40}[\"{\[\]}\d]", text)
    last = max(text.rfind("}"), text.rfind("]")) + 1
    if first is None or last <= first.start() or (first.start(), last) == (whole.start, whole.end):
        return None
    return Span(first.start(), last, text[first.start() : last])


def _likely(text: str) -> list[str]:
    """The formats that the text looks like."""
    lines = [line for line in text.splitlines()[:2_000] if line.strip()]
    return [form for form, looks in _LOOKS.items() if lines and looks(text, lines)]


def _share(lines: list[str], form: re.Pattern[str]) -> float:
    return sum(form.match(line) is not None for line in lines) / len(lines)


def _looks_like_json(text: str, lines: list[str]) -> bool:
    return re.match(r"[{\[\"]|-?\d+(?:\.\d+)?$|(?:true|false|null)$", text) is not None


def _looks_like_yaml(text: str, lines: list[str]) -> bool:
    if text.startswith(("{", "[")):
        return False
    return any(map(_YAML_KEY.match, lines)) and all(map(_YAML_LINE.match, lines))


def _looks_like_toml(text: str, lines: list[str]) -> bool:
    return "=" in text and _share(lines, _TOML_LINE) >= 0.9


def _looks_like_xml(text: str, lines: list[str]) -> bool:
    return re.match(r"<[?!A-Za-z]", text) is not None and text.endswith(">")


def _looks_like_csv(text: str, lines: list[str]) -> bool:
    return len(lines) > 1 and any(all(mark in line for line in lines) for mark in ",;\t|")


def _looks_like_python(text: str, lines: list[str]) -> bool:
    return any(_PYTHON_LINE.match(line) for line in lines) and not text.rstrip().endswith((";", "}"))


_LOOKS: dict[str, Callable[[str, list[str]], bool]] = {
    "json": _looks_like_json,
    "yaml": _looks_like_yaml,
    "toml": _looks_like_toml,
    "xml": _looks_like_xml,
    "csv": _looks_like_csv,
    "python": _looks_like_python,
}
