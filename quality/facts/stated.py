"""The result that an answer states, where it can be taken for nothing else: alone, boxed, or behind “the answer is”."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RESULT = re.compile(
    r"\b(?:answer|result|value|derivative|antiderivative|integral|simplified(?:[ ]form)?|simplifies[ ]to"
    r"|factored[ ]form"
    r"|factors[ ]as|expression|expansion|form|it|that|sum|product|difference|quotient)\b(?P<words>[^\n=:]{0,60}?)"
    r"(?:[ ](?:is|equals|are|to|as)\b|:|=)[ :]{0,2}[$*_`]{0,3}(?P<maths>[^\n]{1,200})$",
    re.IGNORECASE | re.MULTILINE,
)
_BOXED = re.compile(r"\\boxed\{(?P<maths>[^\n]{1,200}?)\}[ $.\\)\]]{0,6}$", re.MULTILINE)
_EDGE = re.compile(r"^[\s$*_`]+|^\\[(\[]|[\s$*_`.]+$|\\[)\]]$")
_PRIMED = re.compile(
    r"^(?:[a-zA-Z]['’]?\([a-z]\)|[a-z]['’]|y|dy/dx|\\frac\{dy\}\{dx\}|F\(x\)|∫[^=]{1,100})[ ]?=[ ]?"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What the answer gives as its result, with its place."""

    text: str
    start: int
    end: int


def stated_result(output: str) -> Stated | None:
    """The result of the answer where it can be taken for nothing else."""
    boxed = list(_BOXED.finditer(output, max(0, len(output) - 2_000)))
    if len(boxed) == 1:
        return Stated(trimmed(boxed[0]["maths"]), boxed[0].start("maths"), boxed[0].end("maths"))
    whole = trimmed(output) if len(output) <= 300 and "\n" not in output.strip() else ""
    told = list(_RESULT.finditer(output, max(0, len(output) - 2_000)))
    if told:
        text = _PRIMED.sub("", trimmed(told[-1]["maths"]))
        return Stated(text.rpartition("=")[2].strip(), told[-1].start("maths"), told[-1].end("maths"))
    if not whole:
        return None
    start = len(output) - len(output.lstrip())
    return Stated(trimmed(_PRIMED.sub("", whole).rpartition("=")[2]), start, len(output.rstrip()))


def trimmed(text: str) -> str:
    """The text without dollar signs, asterisks of markup and full stops around it."""
    for _ in range(4):
        text = _EDGE.sub("", text)
    return text
