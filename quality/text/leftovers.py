"""What a template, a chat format or an export leaves in a text: marks, turns of another speaker, words for nothing.

Code keeps its braces: fenced code, code in backticks and quotations are not read for marks. Linear in the text.
"""

from __future__ import annotations

import re
from itertools import islice

from quality.text.folding import lower

_CODE = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1|\Z)|`[^`\n]{1,400}`", re.DOTALL | re.MULTILINE)
_MARK = re.compile(
    r"<\|[a-z_]{2,30}\|>|<\|(?:im_)?(?:start|end)|\[/?INST\]|<<?/?SYS>>?|<(?:start|end)_of_turn>|</s>\s*\Z|\A\s*<s>(?!.{0,2000}</s>\s*\S)"
    r"|^[ \t]*#{2,4} ?(?:Instruction|Response|Assistant|Human|System|User)(?: \d)?:"
    r"|(?<![${\w])\{\{ ?[A-Za-z_][\w .]{0,40} ?\}\}(?!\})"
    r"|\[(?:your|insert(?: your| the)?|write(?: your)?|put(?: your)?) (?:answer|response|output|reply|text"
    r"|completion|content)"
    r"(?: goes)?(?: here)?\]"
    r"|<(?:answer|response|output|your answer|your response)>\s*\Z|\bTODO: ?(?:write|add|fill|answer)\b"
    r"|\blorem ipsum dolor\b",
    re.IGNORECASE | re.MULTILINE,
)
_LABEL = re.compile(
    r"\A[\s*_#>]{0,8}(?:output|response|assistant|completion|model|bot|gpt|chatgpt|ai|agent|user|human"
    r"|instruction)[*_]{0,2}[ ]?:[*_]{0,2}(?=\s)",
    re.IGNORECASE,
)
_HASH_TURN = re.compile(
    r"(?<!#)#{1,4} ?(?:Human|User|Assistant|Instruction|Prompter)(?: \d)?[ ]?:", re.IGNORECASE
)
_ASKING = re.compile(
    r"^[ \t>*_]{0,4}(?:human|user|prompter|instruction|question|input|q"
    r"|customer)[*_]{0,2}[ ]?:[*_]{0,2}[ \t]{0,4}\S?",
    re.IGNORECASE | re.MULTILINE,
)
_ANSWERING = re.compile(
    r"^[ \t>*_]{0,4}(?:assistant|ai|bot|chatbot|response|answer|output|a|agent|gpt"
    r"|chatgpt)[*_]{0,2}[ ]?:[*_]{0,2}|(?-i:\bASSISTANT:)",
    re.IGNORECASE | re.MULTILINE,
)
_NEAR = 600
"""Code points within which the answer to a second question stands."""

_MOST_ASKING = 50
_EMPTY = frozenset(
    str.split(
        "n/a|na|nan|#n/a|null|nil|undefined|no output|nooutput|no input|noinput|no answer|no response|no "
        "text|no result"
        "|not applicable|not available|see above|see below|same as above|as above|ditto|tbd|todo|to do|to be "
        "done|pending"
        "|empty|blank|(blank)|(empty)|missing|placeholder|output|response|answer|test|xxx|xx|asdf|none given|no data",
        "|",
    )
)
_MAYBE_EMPTY = frozenset(
    str.split(
        "none|nothing|unknown|no|idk|i don't know|i do not know|dunno|no idea|no comment|not sure|-|ok|okay",
        "|",
    )
)
"""Words that can answer a question, and answer no request for a text."""

_LONGEST = 40
_WRAPPING = " \t\r\n\"'“”‘’`*_<>[](){}.!:;,"


def without_code(text: str) -> str:
    """The text with code in fences and backticks blanked, one space for each code point."""
    if "`" not in text and "~~~" not in text:
        return text
    return _CODE.sub(lambda m: " " * len(m.group()), text)


def lowered(text: str) -> str:
    """The text in small letters and with straight apostrophes, code point by code point."""
    return lower(text).replace("’", "'")


def mark(text: str) -> tuple[int, int] | None:
    """The first mark that a template or a chat format left in the text."""
    found = _MARK.search(without_code(text))
    return found.span() if found else None


def label(text: str) -> tuple[int, int] | None:
    """The label of a prompt template, such as `Output:`, that the text begins with."""
    found = _LABEL.match(text)
    return (found.start() + len(found.group()) - len(found.group().lstrip()), found.end()) if found else None


def second_turn(text: str) -> tuple[int, int] | None:
    """Where a turn of another speaker or a further question with its answer begins, after some text of the answer."""
    plain = without_code(text)
    start = len(plain) - len(plain.lstrip())
    found = _HASH_TURN.search(plain, start + 1)
    if found:
        return found.span()
    for asking in islice(_ASKING.finditer(plain, start + 1), _MOST_ASKING):
        if _ANSWERING.search(plain, asking.end(), asking.end() + _NEAR):
            return asking.span()
    return None


def empty_words(text: str) -> str:
    """Says "no" of a text that is a word for no answer, "maybe" of one that can answer a question, else ""."""
    if not text.strip() or len(text) > 200 or len(text.strip()) > _LONGEST:
        return ""
    bare = bare_words(text)
    if bare in _EMPTY or (not any(map(str.isalnum, bare)) and not _is_picture(bare)):
        return "no"
    return "maybe" if bare in _MAYBE_EMPTY else ""


def bare_words(text: str) -> str:
    """The text in lower case, without marks around it and with single spaces."""
    return " ".join(text.lower().replace("’", "'").strip(_WRAPPING).split())


def _is_picture(text: str) -> bool:
    """Whether signs alone can be meant: an emoji, arithmetic, a symbol."""
    return any(ord(letter) > 0x2000 for letter in text) or any(letter in "+=<>^~√%&@#$€" for letter in text)
