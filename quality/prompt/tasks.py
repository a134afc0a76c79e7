"""Work on a given text or a program to write: translation and code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quality.model import Ask
from quality.prompt.languages import LANGUAGE, LANGUAGES
from quality.prompt.polarity import forbidden
from quality.prompt.scope import Scoped, sentence_around, trimmed

_TRANSLATE = re.compile(
    rf"\b(?:translat(?:e|es|ed|ing|ion|ions))\b[^?!\n]{{0,120}}?\b(?:in|into|to|for)\s(?:simple |modern |"
    rf"the )*(?P<a>{LANGUAGE})\b"
    rf"|\b(?P<b>{LANGUAGE}) translations?\b"
    rf"|\bhow (?:do|would|can|to) (?:you |i |we )?(?:say|write)\b[^?!\n]{{1,80}}?\bin (?P<c>{LANGUAGE})\b"
    rf"|\bwhat(?:'s| is)\b[^?!\n]{{1,60}}?(?:\bcalled )?\bin (?P<d>{LANGUAGE})(?= ?[?.]| ?$)"
)
_PROGRAMMING = {
    "python": "python", "python3": "python", "javascript": "javascript", "js": "javascript", "java": "java",
    "typescript": "typescript", "c++": "c++", "c#": "c#", "rust": "rust", "ruby": "ruby", "golang": "go", "php": "php",
    "sql": "sql", "html": "html", "css": "css", "bash": "bash", "shell": "bash", "powershell": "powershell",
    "matlab": "matlab", "latex": "latex", "swift": "swift", "kotlin": "kotlin", "scala": "scala", "perl": "perl",
    "haskell": "haskell", "lua": "lua", "luau": "lua", "r": "r", "c": "c", "solidity": "solidity", "verilog": "verilog",
    "arduino": "arduino", "vba": "vba", "malbolge": "malbolge", "go": "go", "react": "javascript", "regex": "regex",
}  # fmt: skip
_LANGUAGE = "|".join(re.escape(name) for name in sorted(_PROGRAMMING, key=len, reverse=True))
_PROGRAM = (
    r"(?:(?:code|coding|function|script|program|class|snippet|query|queries|macro|command|app|application|"
    r"game|bot|method|"
    r"implementation|module|page|component|contract|algorithm|solution|syntax|parser|compiler|calculator|"
    r"scraper|server|one-liner)s?)"
)
_CODE = re.compile(
    r"\b(?:write|create|generate|implement|give me|make|produce|develop|provide|show me|build|need|want|"
    r"code|program|design|convert|translate|rewrite|port|parse|complete|answer)\b"
    rf"(?P<what>[^.?!\n\ufffc\ufff9]{{0,60}}?(?<![\w-])(?:(?P<before>{_LANGUAGE}) "
    rf"(?:\w+ ){{0,2}}?{_PROGRAM}|{_PROGRAM}\b[^.?!\n\ufffc\ufff9]{{0,60}}?\b(?:in|using|with|"
    rf"into) (?P<after>{_LANGUAGE}))(?![\w+#]))"
    r"|\b(?:write|create|implement|give me|generate|make|provide|develop)(?: me)?(?: (?:a|an|the|some|"
    r"simple|short|sample|recursive|small|\w+ line))* (?P<plain>code(?! of conduct| name| review| word)|"
    r"functions?(?= (?:that|to|which|called|named|for|in))|programs?(?= (?:that|which|in|to (?:print|"
    r"compute|calculate|find|sort|read|count|check|convert)))|algorithm|regex|regular expression|"
    r"sql query|script(?= (?:that|which|to (?:\w+ )?(?:print|compute|calculate|find|sort|read|count|check|"
    r"convert|download|automate|scrape))))\b"
    r"|\bimplement (?!(?:a|an|the)? ?(?:plan|strateg|polic|program|system|change|"
    rf"new))[^.?!\n]{{3,60}}?(?:algorithms?|data structure|function|class|queue|stack|tree|search|"
    rf"sort)\b(?: using [\w ]{{3,30}}?)?(?: (?:in|using) (?P<after2>{_LANGUAGE})(?![\w+#]))?"
    rf"|\b(?:convert|translate|rewrite|port)\b[^?!\n]{{0,80}}?\b(?:to|into|"
    rf"in) (?P<target>{_LANGUAGE})(?: code)?(?![\w+#])(?=[ .,:;\n]|$)"
)
_NOT_CODE = re.compile(
    r"\b(?:workout|exercise|training|loyalty|degree|school|reward|study|tv|movie|film|podcast|radio|"
    r"youtube|video|explain|what does|understand|essay|article|blog post)\b"
)


def translation(text: Scoped) -> Iterator[Ask]:
    """A translation, with the code of the language into which."""
    match = _TRANSLATE.search(text.low)
    if match is None or forbidden(text.low, match.start()):
        return
    name = next(words for words in match.groups() if words)
    yield Ask("task:translation", "=", LANGUAGES[name], "", *trimmed(text.low, *match.span()))


_ABLE = re.compile(
    r"(?:can|could|do|are) you (?:able to |know how to )?(?:write|create|make|do|generate)(?: \w{1,12})? codes?$"
)


def _asks_ability(around: str, low: str, end: int) -> bool:
    """Whether it asks what one is able to do (“Can you write code?”) and names no task."""
    return low[end : end + 2].lstrip().startswith("?") and _ABLE.search(around) is not None


def code(text: Scoped) -> Iterator[Ask]:
    """A program or a query, with its language; "" where none is named."""
    low = text.low
    for match in _CODE.finditer(low):
        around = low[sentence_around(low, match.start(), match.end())[1] : match.end()]
        if (
            _NOT_CODE.search(around)
            or forbidden(low, match.start())
            or _asks_ability(around, low, match.end())
        ):
            continue
        name = match["before"] or match["after"] or match["after2"] or match["target"] or ""
        yield Ask(
            "format:code", "=" if name else "", _PROGRAMMING.get(name, ""), "", *trimmed(low, *match.span())
        )
        return
