"""Whether an answer asserts a statement, or shows it in code, quotes it, denies it, or supposes it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from quality.facts.claim import Claim
from quality.facts.code import code_spans

_REACH = 160
_END = re.compile(r"[.!?](?=\s)|\n")
_DENIED = re.compile(
    r"\b(?:wrong|incorrect|false|fals(?:ely|ehood)|mistak\w{1,4}|mistook|erroneous|invalid|untrue|fallac\w{1,4}|absurd"
    r"|contradict\w{0,6}|nonsens\w{0,4}|not\s(?:true|correct|right|equal|valid)|orwell\w{0,3}"
    r"|brainwash\w{0,3}|joke|typo|error|instead\sof|rather\sthan|you\s(?:mean|meant|intended)\b)|n['’]t\s(?:true|correct|right|equal|valid)|[❌✗✘]",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"(?:\b(?:not|never|if|say|says|said|saying|suppose|assume|imagine|pretend|claim(?:s|ed|ing)?|believ\w{1,3}|think"
    r"|thought|write|wrote|written|answered|wanted|accept|like|whether|that\sis|unless)\b|n['’]t\b)(?:\s(?:that|is|be|it|the(?:\sword)?))?"
    r"[\s:\"“*_(]{0,6}$",
    re.IGNORECASE,
)
_NO_SUCH = re.compile(
    r"\b(?:no|not|never|impossible|non-?existent|instead|exist\w{0,5}|errors?|if|fake|fictional)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Said of a day that there is not; whoever names it so knows."""
_LAID_OUT = re.compile(r"[\s*_`\\$(){}“”\"]+|<<[^<>]{0,300}>>")


def stood_by(claims: Sequence[Claim], instruction: str, output: str) -> list[Claim]:
    """The claims by which the answer stands.

    What stands in code is left out, and so is a fault that the answer quotes, denies or supposes.
    """
    code = code_spans(output) if claims else []
    own = [claim for claim in claims if not _is_within(claim, code)]
    return [claim for claim in own if claim.holds or _is_meant(claim, instruction, output)]


def _is_meant(claim: Claim, instruction: str, output: str) -> bool:
    if claim.whole and _is_quoted(output, claim.start, claim.end, instruction):
        return False
    if claim.sort == "date" and _NO_SUCH.search("\n".join(_around(output, claim.start, claim.end))):
        return False
    return not claim.spoken or _is_asserted(output, claim.start, claim.end)


def _is_within(claim: Claim, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the claim stands within one of the spans, which are in order."""
    at = bisect_right(spans, claim.start, key=lambda span: span[0]) - 1
    return at >= 0 and claim.end <= spans[at][1]


def _is_asserted(text: str, start: int, end: int) -> bool:
    """Whether the answer stands by the statement at that place."""
    if text[end : end + _REACH].lstrip("*_ )\\$").startswith("?"):
        return False
    before, rest = _around(text, start, end)
    return not (_SUPPOSED.search(before) or _DENIED.search(before) or _DENIED.search(rest))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What its sentence says before and behind that place; a full stop at its end is the sentence's."""
    end -= text[start:end].endswith(".")
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return _END.split(before)[-1], _END.split(after, maxsplit=1)[0]


def _is_quoted(text: str, start: int, end: int, instruction: str) -> bool:
    """Whether the prompt says the same, word for word; markup and white space do not count."""
    said = _LAID_OUT.sub("", text[start : min(end, start + 2_000)])
    return len(said) >= 3 and said in _bare(instruction)


@lru_cache(maxsize=2)
def _bare(instruction: str) -> str:
    """The prompt without markup; one prompt is asked for each claim of its answer."""
    return _LAID_OUT.sub("", instruction[:50_000])


OTHER_MATHS = re.compile(
    r"\b(?:binary|base[- ]?(?:\d{1,2}|two|eight|sixteen|n)\b|hexadecimal|octal|modul(?:o|ar|us)|mod\s?\d"
    r"|clock\sarithmetic"
    r"|xor|bitwise|boolean|concatenat\w{1,4}|truth\stable|joke\smath|fuzzy)",
    re.IGNORECASE,
)
"""Words of an arithmetic in which the usual one does not hold."""
