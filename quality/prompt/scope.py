"""Which words of an instruction speak to the answerer: not its quotations, its code, its examples, its text to work on.

The scoped text has exactly the instruction's length, so that spans found in it are spans in the instruction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quality.prompt.masks import MASK, worked
from quality.prompt.work import mask_work
from quality.text.folding import lower

MAX_CHARACTERS = 20_000
"""Of a longer instruction the first and the last so many code points are read: asks stand at its ends."""

_MAX_QUOTED = 4_000
_FENCE = re.compile(r"(```|~~~).*?(?:\1|\Z)", re.DOTALL)
_TICKS = re.compile(r"`[^`\n]{1,300}`")
_QUOTED = re.compile(
    r"(?:(?<=[\s(\[{:,;>/*=—–-])|^)"
    rf"(?:[\"“”„＂](?=\S)[^\"“”＂]{{1,{_MAX_QUOTED}}}[\"“”＂]|«[^»]{{1,{_MAX_QUOTED}}}»"
    r"|''(?=\w)[^'\n]{1,80}''|[‘'](?=[\w*#!@\\<(])[^‘’'\n]{1,80}(?:[’'](?!\w))|[‘'][,.;!?][’'])"
)
_LAST_ASK = re.compile(
    r"(?<=[.?!>] )(?:please )?(?:answer|respond|reply|output|explain|keep it|use|in one "
    r"word)\b[^.?!\n\ufffc]{0,80}[.?!]?\s*$"
    r"|(?<=[.?!>] )(?:(?:just|only) )?yes or no(?:,? (?:only|please))? ?[.?]?\s*$"
)
_SPOKEN = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-", "\u2010": "-"})
_ABBREVIATED = re.compile(r"\b(?:i\.e|e\.g|etc|approx|vs|min|max)\.(?! [A-Z])")


@dataclass(frozen=True, slots=True)
class Scoped:
    """A piece of an instruction with what asks told from what does not.

    Attributes:
        raw: As written.
        low: In lower case, of the same length, quotations masked with `MASK`, text to work on with `WORK`; line ends
            are kept.
    """

    raw: str
    low: str

    def has(self, hints: tuple[str, ...]) -> bool:
        """Whether one of the hints is in the scoped text; () is in every one."""
        return not hints or any(hint in self.low for hint in hints)

    def quoted(self, start: int, end: int) -> str:
        """The words of a value as written, without its quotation marks."""
        return self.raw[start:end].strip().strip(_MARKS).strip()


_MARKS = "\"'“”„＂‘’«»`"


def scope(instruction: str) -> Scoped:
    """The instruction with everything out of scope masked, code point by code point."""
    text = lower(instruction)
    body = text.strip()
    if len(body) > 2 and body[0] in '"“' and body[-1] in '"”' and not re.search(r"[\"“”]", body[1:-1]):
        at = text.index(body)  # a prompt pasted in quotation marks is a prompt, not a quotation
        text = text[:at] + " " + body[1:-1] + " " + text[at + len(body) :]
    text = _FENCE.sub(lambda fence: worked(fence.group()), text)
    for pattern in (_TICKS, _QUOTED):
        text = pattern.sub(_masked, text)
    text = text.translate(_SPOKEN)
    work = mask_work(text)
    last = _LAST_ASK.search(text, max(0, len(text) - 160))
    work = work[: last.start()] + text[last.start() :] if last else work
    return Scoped(instruction, _ABBREVIATED.sub(lambda m: m.group().replace(".", "\u2024"), work))


def pieces(instruction: str) -> tuple[tuple[int, str], ...]:
    """The parts of the instruction that are read, as (offset, text): all of it, or both ends of a very
    long one.
    """
    if len(instruction) <= 2 * MAX_CHARACTERS:
        return ((0, instruction),)
    tail = len(instruction) - MAX_CHARACTERS
    return ((0, instruction[:MAX_CHARACTERS]), (tail, instruction[tail:]))


_TERM = re.compile(
    r"[\"“”'‘’](?:(?:the )?(?:double )?(?:quotation|quote) marks?|double quotes|all caps|capital letters|"
    r"upper ?case|lower ?case"
    r"|(?:all|only) (?:capital|lowercase|uppercase)(?: letters)?|json|markdown)[\"“”'‘’]"
)
_IN = re.compile(r"\b(?:in|inside|within|between|with|using|use)\s$")
"""A way of writing named in quotation marks: `put it in "double quotation marks"`."""


def _masked(match: re.Match[str]) -> str:
    quoted = match.group()
    if _TERM.fullmatch(quoted) and _IN.search(match.string, max(0, match.start() - 9), match.start()):
        return f" {quoted[1:-1]} "
    return MASK * (match.end() - match.start())


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
