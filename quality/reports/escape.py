r"""One escaper a sink. Whatever a cell, an id or a file name holds, it arrives as text and as nothing else.

| sink | escaper |
|---|---|
| terminal, log | `visible` on every piece of text that is not our own; `no_command` on the whole |
| HTML | jinja2's autoescape, after `visible_block` |
| JSON inside HTML | `embedded_json` |
| spreadsheet | `csv_cell` |
| XML | ElementTree's own escaping, after `visible_block` |
| CI log commands | `github_property`, `github_message` |
| Markdown | `markdown_cell`, `markdown_fence` |

What nobody can see is shown: C0 controls as control pictures (ESC is `␛`), line ends as `↵`, tabs as `⇥`; C1
controls, bidi overrides, zero-width characters, blank letters, tag characters, non-characters and lone
surrogates as `\u202e`.
"""

from __future__ import annotations

import json
import re
from typing import Any

from quality.wording import cut

ID_LENGTH = 40
"""Characters of an id that a message shows."""

INVISIBLE = (
    "\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
)
"""The inside of a character class: what a reader cannot see or what moves the text around it."""

_ALL = re.compile(f"[{INVISIBLE}]")
_BLOCK = re.compile(f"(?![\n\t])[{INVISIBLE}]")
_PICTURES = {"\n": "↵", "\t": "⇥", "\x7f": "␡"}


def visible(text: str) -> str:
    """The text on one line, with nothing in it that a terminal obeys or a reader cannot see."""
    return _ALL.sub(_picture, text)


def shown_id(row_id: str) -> str:
    """The id as a message names it: visible, and cut where it is long."""
    return visible(cut(row_id, ID_LENGTH, ""))


def visible_block(text: str) -> str:
    """As `visible`, with tabs and line ends kept; CR LF becomes LF."""
    return _BLOCK.sub(_picture, text.replace("\r\n", "\n"))


def _picture(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if character in _PICTURES:
        return _PICTURES[character]
    if code < 0x20:
        return chr(0x2400 + code)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def embedded_json(value: Any) -> str:
    """JSON that cannot end or open an element, in pure ASCII: every `<`, `>`, `&` is an escape."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


_FORMULA = re.compile(rf"(?:[\t\r]|['\s{INVISIBLE}]*[=+\-@＝＋－＠﹢﹣－])")
_NEVER_IN_CSV = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def csv_cell(text: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet could take it for a formula.

    That is: it starts with `=`, `+`, `-` or `@`, plain or full-width, be it after white space, invisible
    characters or apostrophes, or it starts with a tab or a carriage return. Taking one leading apostrophe off
    such a cell gives the text back. Controls that no spreadsheet reads, and lone surrogates, are shown as in
    `visible`.
    """
    shown = _NEVER_IN_CSV.sub(_picture, text)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def github_message(text: str) -> str:
    """The message of a GitHub workflow command; a line end becomes `%0A`, so no second command can start."""
    return visible_block(text).replace("%", "%25").replace("\n", "%0A").replace("\t", " ")


_COMMAND = re.compile(r"^([ \t]*)(::|##\[)", re.MULTILINE)


def no_command(text: str) -> str:
    """Text for a log that a CI system reads: no line in it starts as a workflow command does."""
    return _COMMAND.sub(r"\1\\\2", text)


def github_property(text: str) -> str:
    """A property of a GitHub workflow command: `:` and `,` are escaped too."""
    return visible(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def markdown_cell(text: str) -> str:
    """Our own Markdown as a table's cell: one line, and no `|` that would start another cell."""
    return visible(" ".join(text.split())).replace("|", "\\|")


def markdown_fence(text: str) -> str:
    """A fenced block that the text cannot close, whatever backticks it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{visible_block(text)}\n{fence}"
