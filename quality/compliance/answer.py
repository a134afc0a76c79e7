"""The parts of an answer that asks speak of, read as Markdown, each with its span: lists, headings, highlights, fences.

Every pattern is linear: repetitions are bounded or cannot overlap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quality.text import number_words
from quality.text.blocks import ITEM, all_lines, blocks, core, is_heading, is_label
from quality.text.prose import Span

_FENCE = re.compile(r"[ \t>]{0,12}(?P<marks>`{3,}|~{3,})[ \t]*(?P<tag>[^\s`{]{0,40})[^\n]*$")
_HIGHLIGHT = re.compile(
    r"(?<!\*)(?P<star>\*{1,3})(?![\s*])[^*\n]{1,2000}?(?<!\s)(?P=star)(?!\*)"
    r"|(?<![\w_])(?P<score>_{1,3})(?![\s_])[^_\n]{1,2000}?(?<!\s)(?P=score)(?![\w_])"
    r"|==(?=\S)[^=\n]{1,2000}==|<(?P<tag>mark|b|strong|em|i)>[^<\n]{1,2000}</(?P=tag)>",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[[^\[\]\n]{1,200}\]")
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{0,200}\]|\{\{?[^{}\n]{1,100}\}\}?|<[A-Za-z][^<>\n]{0,60}>|_{4,200}")
_DOUBLE_ANGLES = re.compile(r"<<[^<>\n]{1,300}>>")
_TABLE_RULE = re.compile(
    r"[ \t]{0,8}\|?[ \t]{0,8}:?-{1,300}:?[ \t]{0,8}(?:\|[ \t]{0,8}:?-{0,300}:?[ \t]{0,8}){1,60}$"
)
_BARS = (("|", 1), ("\t", 2), ("│", 1))
_FRAME = re.compile(r"[ \t]{0,20}[+┌├╔][-=+─═┬┼╦ ]{2,2000}[+┐┤╗]")
_COLUMNS = re.compile(r"\S {3,200}\S")
_EMOJI = re.compile(
    r"[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a-\u23ff\u2b05-\u2b1c\u203c\u2049]"
)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its tag in lower case, and the span of what it holds."""

    tag: str
    body: Span
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A list item's first line: its marker, its depth in columns."""

    span: Span
    marker: str
    depth: int
    numbered: bool


def fences(text: str) -> list[Fence]:
    """The fenced blocks; one that is never closed ends with the text."""
    found: list[Fence] = []
    opened: re.Match[str] | None = None
    start = body = 0
    for line in all_lines(text):
        match = _FENCE.match(line.text)
        if match is None:
            continue
        if opened is None:
            opened, start, body = match, line.start, min(len(text), line.end + 1)
        elif match["marks"].startswith(opened["marks"]) and not match["tag"]:
            found.append(_fence(text, opened, start, (body, line.start), line.end))
            opened = None
    if opened is not None:
        found.append(_fence(text, opened, start, (body, len(text)), len(text)))
    return found


def _fence(text: str, opened: re.Match[str], start: int, body: tuple[int, int], end: int) -> Fence:
    first, last = body[0], max(body)
    return Fence(opened["tag"].lower(), Span(first, last, text[first:last]), start, end)


def items(text: str) -> list[Item]:
    """The list items outside of code."""
    code = [(fence.start, fence.end) for fence in fences(text)]
    found: list[Item] = []
    at = 0
    for line in all_lines(text):
        while at < len(code) and code[at][1] < line.start:
            at += 1
        if at < len(code) and code[at][0] <= line.start:
            continue
        match = ITEM.match(line.text)
        if match and not is_heading(line.text):
            depth = len(match.group()) - len(match.group().lstrip(" \t>"))
            marker = match["bullet"] or match["number"]
            found.append(Item(line, marker, depth, match["bullet"] is None))
    return found


def bullets(text: str) -> list[Item]:
    """The items with a bullet."""
    return [item for item in items(text) if not item.numbered]


def numbered(text: str) -> list[Item]:
    """The items with a number or a letter, headings such as `## 1. Name` among them."""
    found = [item for item in items(text) if item.numbered]
    return found or [
        Item(line, "", 0, True) for line in all_lines(text) if _NUMBERED_HEADING.match(line.text)
    ]


_NUMBERED_HEADING = re.compile(
    r"[ \t>]{0,8}(?:#{1,6}[ \t]+)?(?:\*\*|__)?(?:(?:step|part|tip|day|week|question|number|item|option|idea)[ \t]+|#)?"
    r"\(?(?:\d{1,3}|[ivx]{1,5})[.):\-–—]",
    re.IGNORECASE,
)


def outermost(found: list[Item]) -> list[Item]:
    """Those of the least depth."""
    least = min((item.depth for item in found), default=0)
    return [item for item in found if item.depth <= least + 1]


def headings(text: str) -> list[Span]:
    """Markdown headings, and lines that are bold from end to end."""
    return [
        line
        for line in all_lines(text)
        if is_heading(line.text) and any(character.isalnum() for character in line.text)
    ]


def highlights(text: str) -> list[Span]:
    """Pieces set off by emphasis: `*…*`, `**…**`, `_…_`, `==…==`, `<mark>`."""
    return [Span(*match.span(), match.group()) for match in _HIGHLIGHT.finditer(text)]


def bracketed(text: str) -> list[Span]:
    """What stands in square brackets, links and ticked boxes left out."""
    return [
        Span(*match.span(), match.group())
        for match in _BRACKETED.finditer(text)
        if not text.startswith("(", match.end()) and match.group() not in ("[ ]", "[x]", "[X]")
    ]


def placeholders(text: str) -> list[Span]:
    """Whatever may be meant to be filled in: `[name]`, `{name}`, `<name>`, `____`."""
    return [Span(*match.span(), match.group()) for match in _PLACEHOLDER.finditer(text)]


def double_angled(text: str) -> list[Span]:
    """Titles in `<<…>>`."""
    return [
        Span(*match.span(), match.group())
        for match in _DOUBLE_ANGLES.finditer(text)
        if match.group().strip("<> \t")
    ]


def title(text: str) -> Span | None:
    """A title: in `<<…>>`, marked up, called a title, or a first line that is no sentence."""
    found = double_angled(text)
    if found:
        return found[0]
    parts = blocks(core(text).text) or blocks(text)
    first = blocks(text)[:1] + parts[:1]
    for block in first:
        line = Span(block.start, block.start, block.text.split("\n", 1)[0])
        bare = line.text.strip('*_#"“” \t')
        if is_heading(line.text) or bare.lower().startswith(("title:", "title -", "subject:")):
            return Span(block.start, block.start + len(line.text), line.text)
        if len(parts) > 1 and (is_label(line.text) or line.text.strip().startswith(("*", "#", '"', "“"))):
            return Span(block.start, block.start + len(line.text), line.text)
    return next(iter(headings(text)), None)


def table(text: str) -> Span | None:
    """A line of a Markdown table, or of one drawn with bars, tabs, frames or columns."""
    before = ""
    for line in all_lines(text):
        bare = line.text[:2_000]
        if _TABLE_RULE.match(bare) and ("|" in before or "|" in bare):
            return line
        if any(bare.count(mark) >= least and bare.count(mark) == before.count(mark) for mark, least in _BARS):
            return line
        if (
            _FRAME.match(bare)
            or "<table" in bare.lower()
            or (_COLUMNS.search(bare) and _COLUMNS.search(before))
        ):
            return line
        before = bare
    return None


def emoji(text: str) -> Span | None:
    """The first pictograph."""
    match = _EMOJI.search(text)
    return Span(*match.span(), match.group()) if match else None


def marked(text: str, word: str) -> set[int]:
    """How often the word stands with a number after it: all of them, and those that are told apart."""
    body = r"[\s_-]{1,3}".join(re.escape(piece) for piece in word.split()) or re.escape(word)
    number = rf"\d{{1,3}}|[ivxIVX]{{1,5}}|[A-Za-z]|(?:{number_words.pattern(1, 12)})"
    form = rf"(?<![^\W_]){body}[\s_*:#.-]{{0,4}}(?P<n>{number})(?![^\W_])"
    found = [match["n"].lower() for match in re.finditer(form, text, re.IGNORECASE)]
    return {len(found), len(set(found))}
