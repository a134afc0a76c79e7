"""Where an answer shows code: what stands there says nothing for the answer itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^[ \t]{0,8}(?:```|~~~)")
_INLINE = re.compile(r"`[^`\n]{1,300}`|https?://\S{1,500}")
_MASKED = re.compile(rf"{_INLINE.pattern}|<<[^<>\n]{{1,300}}>>|<[a-zA-Z/][^<>\n]{{0,300}}>")


def prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines outside fences with their places; inline code, addresses, tags and calculator marks blanked."""
    for at, line, fenced in _lines(text):
        if not fenced:
            yield at, _MASKED.sub(lambda m: " " * len(m.group()), line)


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where fences, inline code and addresses stand, in their order."""
    found: list[tuple[int, int]] = []
    for at, line, fenced in _lines(text):
        if not fenced:
            found += ((at + match.start(), at + match.end()) for match in _INLINE.finditer(line))
        elif found and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at + len(line))
        else:
            found.append((at, at + len(line)))
    return found


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each line with its place, and whether it is a fence or within one."""
    at, fenced = 0, False
    for line in text.split("\n"):
        mark = _FENCE.match(line) is not None
        fenced ^= mark
        yield at, line, fenced or mark
        at += len(line) + 1
