"""What a prompt excuses: the customer is always right, as far as the customer asked.

One table holds which kind of ask excuses which rules. A waived finding stays in the report with the prompt's own words.
Only what follows from the ask is excused: a casual note may be casual, not misspelt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quality.model import Ask, Finding, Prompt

_ALL_GRAMMAR = ("GRM",)

EXCUSES: dict[str, tuple[str, ...]] = {
    "change_case:english_lowercase": ("GRM002",),
    "change_case:english_capital": ("GRM002",),
    "style:typos": _ALL_GRAMMAR,
    "style:dialect": _ALL_GRAMMAR,
    "style:informal": ("GRM008",),
    "style:repetition": ("REP001", "REP002", "REP003"),
    "combination:repeat_prompt": ("REP004",),
    "format:one_word": ("LEN001", "LEN003"),
    "format:yes_no": ("LEN001", "LEN003"),
    "length:short": ("LEN001", "LEN003"),
    "length:long": ("LEN002", "LEN003"),
    "genre:fiction": ("FCT",),
}
"""Kind of ask → the codes, or families of codes, that it excuses."""


def waive(findings: Iterable[Finding], prompt: Prompt, instruction: str) -> tuple[Finding, ...]:
    """The findings in their order; those that the prompt asked for carry its words in `waived`."""
    excuses = [(code, ask) for ask in prompt.asks for code in EXCUSES.get(ask.kind, ())]
    if not excuses:
        return tuple(findings)
    return tuple(_waived(finding, excuses, instruction) for finding in findings)


def _waived(finding: Finding, excuses: list[tuple[str, Ask]], instruction: str) -> Finding:
    if (
        finding.waived is not None or "asked" in finding.detail
    ):  # what breaks an ask is not excused by another
        return finding
    for code, ask in excuses:
        if finding.code.startswith(code):
            return replace(finding, waived=instruction[ask.start : ask.end])
    return finding
