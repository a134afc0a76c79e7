"""The blocks of an answer, read as Markdown: lines, blocks, headings, list items, and the answer without its frame.

Every step is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.text.prose import WORD, Span

RULE = re.compile(r"[ \t]*(?:\*[ \t]*){3,}$|[ \t]*(?:-[ \t]*){3,}$|[ \t]*(?:_[ \t]*){3,}$|[ \t]*={3,}[ \t]*$")
_STARS = re.compile(r"(?<!\*)\*{3}(?!\*)")
_HEADING = re.compile(r"[ \t>]{0,8}#{1,6}[ \t]+\S")
_BOLD_LINE = re.compile(r"[ \t>]{0,8}(?:\*\*|__|<<|\[)[^\n]{1,120}?(?:\*\*|__|>>|\])[ \t]{0,8}:?[ \t]{0,8}$")
FENCE = re.compile(r"[ \t>]{0,8}(?:`{3,}|~{3,})")
ITEM = re.compile(r"[ \t>]*(?:(?P<bullet>[-*+•‣◦▪●·–—])|\(?(?P<number>\d{1,3}|[a-zA-Z])[.)])[ \t]+(?=\S)")
"""The start of a list item's line."""
_OPENER = re.compile(
    r"(?:sure|certainly|of course|absolutely|okay|ok|great|yes|here(?:'s|’s| is| are| you go)|below (?:is|are)"
    r"|alright)\b",
    re.IGNORECASE,
)
_CLOSER = re.compile(
    r"[\s(*_\[]*(?:(?:total )?(?:word|character) count|i hope|let me know|feel free|please let|note:|note that"
    r"|is there anything|if you)\b",
    re.IGNORECASE,
)
_INNER_END = re.compile(r"[.!?]\s")
_FRAME_WORDS = 30
"""Words of an opening line that can only announce the answer, at most …"""
_FRAME_LEAST = 3
"""… and at least, for one that is known by its colon."""


def all_lines(text: str) -> Iterator[Span]:
    """Every line with its span, the line break left out."""
    start = 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        yield Span(start, start + len(bare), bare)
        start += len(line)


def filled_lines(text: str) -> Iterator[Span]:
    """The lines that hold a letter or a digit, or whatever else is no divider or fence."""
    return (
        line
        for line in all_lines(text)
        if line.text.strip() and not RULE.match(line.text) and not FENCE.match(line.text)
    )


def untitled(text: str) -> Iterator[Span]:
    """The lines without headings, and without the title that may stand first."""
    found = [line for line in filled_lines(text) if not is_heading(line.text)]
    titled = len(found) > 1 and is_label(found[0].text) and "\n\n" in text[: found[1].start]
    yield from found[titled:]


def is_heading(text: str) -> bool:
    """Whether a line is a title by its mark-up, or a divider."""
    return any(form.match(text) for form in (_HEADING, _BOLD_LINE, RULE, FENCE))


def is_label(text: str) -> bool:
    """Whether a line or block is a title, a heading, a label or a divider rather than a piece of text."""
    if "\n" in text.strip():
        return False
    if is_heading(text):
        return True
    bare = text.strip(' \t*_#>"“”')
    few = len(WORD.findall(bare[:200])) <= 8 and len(bare) <= 100
    return few and (not bare or bare[-1] not in '.!?…。！？।,;；，"”)') and not ITEM.match(text)


def blocks(text: str) -> list[Span]:
    """What stands between blank lines and dividers."""
    found: list[Span] = []
    start: int | None = None
    end = 0
    for line in all_lines(text):
        if line.text.strip() and not RULE.match(line.text):
            start, end = line.start if start is None else start, line.end
        elif start is not None:
            found.append(trimmed(text, start, end))
            start = None
    if start is not None:
        found.append(trimmed(text, start, end))
    return found


def parted(text: str) -> list[Span]:
    """The parts between dividers: `***`, as a line or within one."""
    places = [0, *(edge for mark in _STARS.finditer(text) for edge in mark.span()), len(text)]
    pairs = zip(places[::2], places[1::2], strict=True)
    return [span for start, end in pairs if (span := trimmed(text, start, end)).text]


def core(text: str) -> Span:
    """The answer without the line that announces it ("Sure! Here is …:") and the one that takes leave."""
    parts = blocks(text)
    first, last = 0, len(parts)
    if last > 1 and _announces(parts[0].text):
        first = 1
    while last - first > 1 and _CLOSER.match(parts[last - 1].text):
        last -= 1
    if not parts:
        return Span(0, len(text), text)
    start, end = parts[first].start, parts[last - 1].end
    line_end = text.find("\n", start, end)  # the announcement may be the block's first line
    if first == 0 and line_end > 0 and _announces(text[start:line_end].strip()):
        return trimmed(text, line_end, end)
    return Span(start, end, text[start:end])


def _announces(block: str) -> bool:
    """Whether a line only leads into the answer; a label such as `Verse 1:` belongs to it, as do whole sentences."""
    words = len(WORD.findall(block[:400]))
    if "\n" in block or words > _FRAME_WORDS or is_heading(block):
        return False
    if block.rstrip("*_ ").endswith((":", "：")):
        return words >= _FRAME_LEAST and (
            _INNER_END.search(block) is None or _OPENER.match(block) is not None
        )
    return len(block) < 200 and _OPENER.match(block) is not None


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its edges."""
    piece = text[start:end]
    bare = piece.strip()
    at = start + len(piece) - len(piece.lstrip())
    return Span(at, at + len(bare), bare)
