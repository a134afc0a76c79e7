"""Which part of an instruction is the text to work on: what stands after a label, after "the following …:", or in
paragraphs of its own behind a reference to them. Lines in it that clearly speak of the answer are read again.
"""

from __future__ import annotations

import re
from itertools import pairwise

from quality.prompt.masks import MASK, worked

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
_TEXTS = (
    r"(?:text|sentences?|paragraph|passage|article|email|e-mail|review|description|conversation|dialogue|"
    r"chat|code|"
    r"story|title|topic|questions?|words?|list|abstract|document|input|post|poem|statement|tweet|facts|"
    r"information|contract|query|paper)"
)
_REFERS = re.compile(
    r"\b(?:following|below|given|provided|underlined|attached|next)\b"
    rf"|\b(?:the|this|these|each)(?: \w+){{0,3}}? {_TEXTS}\b|:\s*$"
)
"""Words behind which paragraphs of text to work on may follow."""
_COMPLETE = re.compile(rf":\s*(?:{MASK}|https?://\S+\s*$)")
"""The text to work on stands in this paragraph already, as a quotation or an address."""
_LABEL = re.compile(
    r"^[ \t]*(?:text|input|sentence(?: \d)?|paragraph|passage|article|abstract|e-?mail|review|example|"
    r"for example|"
    r"document|context|facts?|conversation|code|statement|post|tweet|query|subject|content|title)[ \t]*:",
    re.MULTILINE,
)
_COLON = re.compile(
    r"\b(?:following|below|given|this|these)\b[^.:?!\n]{0,80}:[ \t]*(?=\S)"
    r"|\b(?:for example|e\.g\.|such as|like this|like below|format below)[:,]?[ \t]*\n"
)
_NAMES_VALUES = re.compile(
    r"\b(?:key ?words?|words|labels?|categories|terms|phrases?|options?|choices|answers|rules?|requirements?|"
    r"constraints?|"
    r"instructions|guidelines?|criteria|conditions|letters?|marker|separator|ending|items|elements|"
    r"hashtags)\b[^.:?!\n]{0,40}:\s*$"
)
"""What follows such a colon is asked for, not worked on."""
_QUOTATION = re.compile(rf"[(\[{{]?{MASK}")

_ANSWER = r"(?:response|answer|reply|output|summary|rewrite|translation)"
_WORK_ASKED_FOR = r"(?:poem|essay|story|letter|e-?mail|article|blog|post|title|text|list|ad|song|word)"
_MUST = r"(?:should|must|has to|have to|needs?|cannot|can|may)\b"
_VERBS = (
    r"(?:ensure|limit|choose|mark|respond|avoid|refrain|start|begin|finish|use|write|answer|reply|include|"
    r"italici[sz]e|"
    r"bold|emphasi[sz]e|give|provide|wrap|highlight|keep|add|explain|mention|list|generate|create|translate|"
    r"summari[sz]e|rewrite|end|format|output|return|label|put|repeat|try|separate|remember)"
)
_ASKS = re.compile(
    rf"(?:please|first,? repeat|make (?:it|the|sure)\b|be sure|in your\b|your (?:entire |whole )?{_ANSWER}|"
    rf"the (?:entire )?(?:response|answer|reply|output)|the {_WORK_ASKED_FOR} {_MUST}|(?:it|"
    r"there) (?:should|must)\b|"
    rf"{_VERBS}\b|do not|don't|let's repeat|before you answer|you (?:should|must|need)|additionally|also\b|"
    r"at the end|finally|i want|i need|can you|could you|what\b|how\b|why\b|in addition|at least \w+ \w+s\b|"
    r"no (?:commas|capital|other)|no \w+ (?:should|are|is)\b|all letters)"
)
"""How a paragraph or line begins that speaks to the answerer."""
_RESUMES = re.compile(
    r"(?:(?<=[.?!\ufffc)] )|^)(?:also,? |and |finally,? |lastly,? |additionally,? )?(?:please )?(?:"
    r"make sure|ensure|be sure|"
    rf"(?:your|the) (?:entire |whole |full )?(?:{_ANSWER}|poem|essay|story|letter) (?:should|must|has|"
    r"needs|cannot|can)|"
    r"(?:answer|respond|reply|write it|rewrite it|explain) (?:in|with|using|only)\b|wrap (?:your|the)|"
    r"(?:do not|don't|avoid|refrain from) (?:us|includ|mention|contain|say)\w*|"
    r"include (?:the )?(?:key ?)?words?|"
    r"highlight at least|first,? repeat|at the end of (?:your|the)|in your (?:response|answer|reply)|"
    r"there should be|"
    r"use (?:only|at least|exactly|less|markdown|no)|(?:end|finish|start|begin) (?:your|the) (?:response|"
    r"answer|reply)|no other (?:language|words)|(?:highlight|italicize|bold) )"
    r"|(?<=\? )(?:answer|respond|reply|use|write|explain|give|include|make|do not|don't|please|your)\b",
    re.MULTILINE,
)
"""How a sentence begins that speaks of the answer though text to work on stands before it."""


def mask_work(text: str) -> str:
    """The text, in lower case and with its quotations masked, with the text to work on masked too."""
    cuts = [0, *(m.end() for m in _PARAGRAPH.finditer(text)), len(text)]
    parts: list[str] = []
    refers = False
    for number, (start, end) in enumerate(pairwise(cuts)):
        part = text[start:end]
        if number and refers and not _ASKS.match(part):
            parts.append("".join(map(_asked_line, part.splitlines(keepends=True))))
            continue
        parts.append(_mask_inside(part))
        complete = _NAMES_VALUES.search(part, max(0, len(part) - 200)) or _COMPLETE.search(part)
        refers = not complete and (refers or _REFERS.search(part) is not None)
    return "".join(parts)


_DISCUSSED = re.compile(
    r"\b(?:explain|interpret|paraphrase|discuss|translate|what (?:does|do))\b[^.?!\n]{0,40}$"
)


_IS_CHOICE = re.compile(
    r"\b(?:answer|respond|reply|say|output|choose|pick|select)\b[^.?!\n]{0,30}\bone (?:of|from) (?:the )?$"
)


def _opens_work(part: str, colon: re.Match[str]) -> bool:
    """Whether what follows the colon is worked on: not the values of an ask, unless they are to be explained."""
    if _IS_CHOICE.search(part, max(0, colon.start() - 60), colon.start()):
        return False
    if not _NAMES_VALUES.search(colon.group()):
        return True
    return _DISCUSSED.search(part, max(0, colon.start() - 60), colon.start()) is not None


def _mask_inside(part: str) -> str:
    """A paragraph without the text to work on in it."""
    # A quotation after the colon is the whole text to work on: what follows it speaks to the answerer again.
    colon = next((m for m in _COLON.finditer(part) if _opens_work(part, m)), None)
    found = [m.end() for m in (_LABEL.search(part), colon) if m and not _QUOTATION.match(part, m.end())]
    if not found:
        return part
    cut = min(found)
    # What follows may end in asks on lines of their own: "… following text: … \nAnswer in one word."
    lines = part[cut:].splitlines(keepends=True)
    rest = (
        [_until_asked(lines[0]), *(line if _ASKS.match(line) else worked(line) for line in lines[1:])]
        if lines
        else []
    )
    return part[:cut] + "".join(rest)


def _asked_line(line: str) -> str:
    """A line between lines of text to work on: kept where it clearly speaks of the answer."""
    return line if _RESUMES.match(line) else worked(line)


def _until_asked(line: str) -> str:
    """A line of text to work on, masked up to the first sentence that speaks of the answer again."""
    found = _RESUMES.search(line, 1)
    at = found.start() if found else len(line)
    return worked(line[:at]) + line[at:]
