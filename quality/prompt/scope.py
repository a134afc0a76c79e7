"""Which words of an instruction speak to the answerer: not its quotations, its code, its examples, its text to work on.

The scoped text has exactly the instruction's length, so that spans found in it are spans in the instruction.
"""

from __future__ import annotations

import re
from itertools import pairwise

MASK = "\ufffc"
"""Stands for a code point out of scope: neither a word nor white space, so that no pattern reads across
it.
"""

MAX_CHARACTERS = 20_000
"""Of a longer instruction the first and the last so many code points are read: asks stand at its ends."""

_MAX_QUOTED = 4_000
_FENCE = re.compile(r"(```|~~~).*?(?:\1|\Z)", re.DOTALL)
_TICKS = re.compile(r"`[^`\n]{1,300}`")
_QUOTED = re.compile(
    r"(?:(?<=[\s(\[:,;>/])|^)"
    rf"(?:[\"“”„＂](?=\S)[^\"“”＂]{{1,{_MAX_QUOTED}}}[\"“”＂]|«[^»]{{1,{_MAX_QUOTED}}}»"
    r"|[‘'](?=\w)[^‘’'\n]{1,80}[’'](?!\w))"
)
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
_REFERS = re.compile(
    r"\b(?:following|below|given|provided|underlined|attached|next)\b"
    r"|\b(?:the|this|these|each)(?: \w+){0,3}? (?:text|sentence|sentences|paragraph|passage|article|"
    r"email|e-mail|review|"
    r"description|conversation|dialogue|chat|code|story|title|topic|question|questions|word|words|list|"
    r"abstract|document|input|post|poem|statement|tweet|facts|information|contract|query|paper)\b"
    r"|:\s*$"
)
_ASKS = re.compile(
    r"(?:please|first,? repeat|your (?:entire |whole )?(?:response|answer|reply|output)|the (?:entire "
    r")?(?:response|"
    r"answer|reply|output)|make sure|do not|don't|use\b|write\b|answer\b|respond\b|reply\b|include\b|"
    r"give\b|provide\b|"
    r"wrap\b|highlight\b|keep\b|let's repeat|before you answer|separate|you (?:should|must|need)|add\b|"
    r"explain\b|"
    r"additionally|also\b|mention\b|list\b|generate\b|create\b|translate\b|summari[sz]e\b|rewrite\b|"
    r"end\b|start\b|"
    r"at the end|there should|finally|remember|format\b|output\b|return\b|i want|i need|can you|could "
    r"you|what\b|how\b|"
    r"why\b)"
)
_LABEL = re.compile(
    r"^[ \t]*(?:text|input|sentence(?: \d)?|paragraph|passage|article|abstract|email|e-mail|review|"
    r"example|for example|"
    r"document|context|facts?|conversation|code|statement|post|tweet|query|subject|content|title)[ \t]*:",
    re.MULTILINE,
)
_LAST_ASK = re.compile(
    r"(?<=[.?!>] )(?:please )?(?:answer|respond|reply|output|explain|keep it|use|in one "
    r"word)\b[^.?!\n\ufffc]{0,80}[.?!]?\s*$"
    r"|(?<=[.?!>] )(?:(?:just|only) )?yes or no(?:,? (?:only|please))? ?[.?]?\s*$"
)
_COLON = re.compile(
    r"\b(?:following|below|given|this|these)\b[^.:?!\n]{0,80}:[ \t]*(?=\S)"
    r"|\b(?:for example|e\.g\.|such as|like this|like below|format below)[:,]?[ \t]*\n"
)


def scoped(instruction: str) -> str:
    """The instruction in lower case with everything out of scope masked; the same length, code point by
    code point.
    """
    text = _lower(instruction)
    body = text.strip()
    if len(body) > 2 and body[0] in '"“' and body[-1] in '"”' and not re.search(r"[\"“”]", body[1:-1]):
        at = text.index(body)  # a prompt pasted in quotation marks is a prompt, not a quotation
        text = text[:at] + " " + body[1:-1] + " " + text[at + len(body) :]
    for pattern in (_FENCE, _TICKS, _QUOTED):
        text = pattern.sub(_masked, text)
    work = _mask_work(text)
    last = _LAST_ASK.search(text, max(0, len(text) - 160))
    return work[: last.start()] + text[last.start() :] if last else work


def pieces(instruction: str) -> tuple[tuple[int, str], ...]:
    """The parts of the instruction that are read, as (offset, text): all of it, or both ends of a very
    long one.
    """
    if len(instruction) <= 2 * MAX_CHARACTERS:
        return ((0, instruction),)
    tail = len(instruction) - MAX_CHARACTERS
    return ((0, instruction[:MAX_CHARACTERS]), (tail, instruction[tail:]))


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _masked(match: re.Match[str]) -> str:
    return MASK * (match.end() - match.start())


def _mask_work(text: str) -> str:
    """Masks the text to work on: what stands after a label, after "the following …:", in a paragraph of
    its own.
    """
    cuts = [0, *(m.end() for m in _PARAGRAPH.finditer(text)), len(text)]
    parts: list[str] = []
    refers = False
    for number, (start, end) in enumerate(pairwise(cuts)):
        part = text[start:end]
        if number and refers and not _ASKS.match(part):
            parts.append(MASK * len(part))
            continue
        parts.append(_mask_inside(part))
        refers = refers or bool(_REFERS.search(part))
    return "".join(parts)


def _mask_inside(part: str) -> str:
    # A quotation after the colon is the whole text to work on: what follows it speaks to the answerer again.
    found = [
        m.end()
        for m in (_LABEL.search(part), _COLON.search(part))
        if m and part[m.end() : m.end() + 1] != MASK
    ]
    if not found:
        return part
    cut = min(found)
    # What follows may end in asks on lines of their own: "… following text: … \nAnswer in one word."
    keep = cut
    rest: list[str] = []
    for line in part[cut:].splitlines(keepends=True):
        own_line = keep > cut
        rest.append(line if own_line and _ASKS.match(line) else MASK * len(line))
        keep += len(line)
    return part[:cut] + "".join(rest)


def sentence_around(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The sentence around a span, as the arguments that `Pattern.search` takes; at most 300 code points
    each way.
    """
    low, high = max(0, start - 300), min(len(text), end + 300)
    left = max(text.rfind(mark, low, start) for mark in (". ", "? ", "! ", "\n"))
    rights = [at for at in (text.find(mark, end, high) for mark in (". ", "? ", "! ", "\n")) if at >= 0]
    return text, (left + 1 if left >= 0 else low), (min(rights) if rights else high)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without outer white space and end marks, so that the words read well in a report."""
    while start < end and text[start] in " \t\r\n.,;:!?/":
        start += 1
    while end > start and text[end - 1] in " \t\r\n,;:":
        end -= 1
    return start, end
