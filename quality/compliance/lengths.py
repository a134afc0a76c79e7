"""How many words, sentences, paragraphs, items, lines … an answer has, against the number asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from quality.compliance import answer
from quality.compliance.verdict import SATISFIED, Case, Verdict, not_understood, unverifiable, violated
from quality.model import Result
from quality.text import blocks, counting
from quality.text.counting import Count, among
from quality.text.prose import Span

_RELATIONS = {
    "<": "fewer than ",
    "<=": "at most ",
    ">=": "at least ",
    ">": "more than ",
    "about": "about ",
    "not": "not ",
}
_PART = re.compile(
    r"(?P<name>paragraph|sentence|section|line|stanza|verse|item|bullet|part) (?P<number>\d{1,3}|last)$"
)
_EACH = re.compile(r"[^.?!\n]{0,30}\b(?:(?:for|of|per|to|about) (?:each|every)|each|apiece)\b")
"""After a number: the prompt speaks of each part, though it was read as of the whole."""
_SEPARATED = re.compile(
    r"\beach (?:one |of (?:which|them) )?(?:is |are |being |should be )?(?:separated|divided|delimited)"
)


def of(counter: Callable[[str], Count], name: str) -> Callable[[Case], Verdict]:
    """A verifier of that count: of the answer, of one part of it, or of each part."""

    def verify(case: Case) -> Verdict:
        if case.number is None:
            return not_understood(case)
        if _speaks_of_each(case):
            return _each(case, counter, name)
        if case.ask.part and not case.ask.part.startswith("each"):
            return _in_part(case, counter, name)
        count = counter(case.output)
        return SATISFIED if _meets(case, count) else violated(_told(case, count, name))

    return verify


def _speaks_of_each(case: Case) -> bool:
    """Whether the number is of each part; `each separated by …` is of all."""
    if _SEPARATED.search(case.instruction, case.ask.start, case.ask.end + 60):
        return False
    return case.ask.part.startswith("each") or (
        not case.ask.part and _EACH.match(case.instruction, case.ask.end) is not None
    )


def _meets(case: Case, count: Count) -> bool:
    return count.meets(case.ask.relation, case.number or 0, case.tolerance)


def _told(case: Case, count: Count, name: str) -> str:
    """The count in words: `187 to 192 words`."""
    single = str(count) == "1" and name.endswith("s")
    return f"{count} {name[:-1] if single else name}"


def wanted(relation: str, value: str, unit: str) -> str:
    """The ask in words: `at least 300 words`."""
    return f"{_RELATIONS.get(relation, '')}{value} {unit}".strip()


def _in_part(case: Case, counter: Callable[[str], Count], name: str) -> Verdict:
    """Of the named paragraph, sentence, section or line, in any sensible way of cutting the answer."""
    asked = _PART.match(case.ask.part)
    if asked is None:
        return unverifiable(f"which part “{case.ask.part[:60]}” is")
    cuts = list(_cuts(case.output, asked["name"]))
    if not cuts:
        return unverifiable(f"no {asked['name']}s could be told apart")
    counts: list[Count] = []
    for cut in cuts:
        at = len(cut) if asked["number"] == "last" else int(asked["number"])
        if 0 < at <= len(cut):
            counts.append(counter(cut[at - 1].text))
    if not counts:
        return violated(f"no {case.ask.part}")
    if any(_meets(case, count) for count in counts):
        return SATISFIED
    return violated(f"{case.ask.part} with {_told(case, counts[0], name)}")


def _each(case: Case, counter: Callable[[str], Count], name: str) -> Verdict:
    """Of each part, where the answer has parts; missed only if it is missed in most parts of every sensible cut."""
    best: tuple[float, str] | None = None
    for cut in _parts_of(case):
        missed = [count for count in map(counter, (part.text for part in cut)) if not _meets(case, count)]
        if not missed:
            return SATISFIED
        share = len(missed) / len(cut)
        if best is None or share < best[0]:
            best = share, f"{len(missed)} of {len(cut)} parts miss it: one has {_told(case, missed[0], name)}"
    if best is None:
        return unverifiable("no parts could be told apart")
    return violated(best[1]) if best[0] > 0.5 else unverifiable("which parts are meant")


def _parts_of(case: Case) -> Iterator[list[Span]]:
    """Ways to cut the answer into the parts that `each` may mean; those of one part say nothing."""
    named = case.ask.part.removeprefix("each").strip()
    for cut in _cuts(case.output, named.rstrip("s")):
        if len(cut) > 1:
            yield cut


def _cuts(text: str, name: str) -> Iterator[list[Span]]:
    if name == "sentence":
        return
    if name in ("line", "item", "bullet", ""):
        for found in (answer.numbered(text), answer.bullets(text)):
            yield [_without_marker(item.span) for item in answer.outermost(found)]
        if name == "line":
            yield [line for line in blocks.all_lines(text) if line.text.strip()]
    if name in ("paragraph", "part", "stanza", "verse", ""):
        yield from counting.paragraph_ways(text)
    if name in ("section", "part", ""):
        yield _sections(text)


def _without_marker(span: Span) -> Span:
    match = blocks.ITEM.match(span.text)
    skip = match.end() if match else 0
    return Span(span.start + skip, span.end, span.text[skip:])


def _sections(text: str) -> list[Span]:
    """What stands under each heading."""
    marks = answer.headings(text)
    ends = [*(mark.start for mark in marks[1:]), len(text)]
    return [blocks.trimmed(text, mark.end, end) for mark, end in zip(marks, ends, strict=False)]


def stanzas(case: Case) -> Verdict:
    """The stanzas of a poem, or the verses of a song, which its choruses are not."""
    verdict = of(counting.stanzas, case.ask.unit or "stanzas")(case)
    labelled = answer.marked(case.output, "verse") - {0}
    if verdict.result is Result.VIOLATED and labelled and not case.ask.part and _meets(case, among(labelled)):
        return SATISFIED
    return verdict


def paragraphs(case: Case) -> Verdict:
    """The paragraphs; where the prompt names `***` as the divider, by that divider."""
    if _speaks_of_each(case):
        return unverifiable("which parts are meant")
    if case.ask.part not in ("", "each") or not re.search(r"\*\s?\*\s?\*", case.instruction):
        return of(counting.paragraphs, "paragraphs")(case)
    if case.number is None:
        return not_understood(case)
    found = len(blocks.parted(case.output))
    inner = len(blocks.parted(blocks.core(case.output).text))
    count = among({found, inner})
    return SATISFIED if _meets(case, count) else violated(_told(case, count, "paragraphs between dividers"))


def items(case: Case) -> Verdict:
    """The things listed, by numbers, bullets, headings, table rows, lines or commas."""
    number = case.number
    if number is None:
        return not_understood(case)
    if case.ask.part:
        return unverifiable("items within a part")
    listed = _listed(case.output)
    readings = listed | _lined(case.output)
    if readings and among(readings).meets(case.ask.relation, number, case.tolerance):
        return SATISFIED
    if counting.words(case.output).most < number and case.ask.relation in ("=", ">=", ">", "about"):
        return violated(_told(case, counting.words(case.output), "words"))
    if not listed:
        return unverifiable("items in running text are not counted")
    return violated(_told(case, among(listed), "items"))


def _listed(text: str) -> set[int]:
    """Numbers of items by the marks of a list: of all, of the outermost, of those within them."""
    readings: set[int] = set()
    by_number, by_bullet = answer.numbered(text), answer.bullets(text)
    for found in (by_number, by_bullet):
        outer = len(answer.outermost(found))
        readings |= {len(found), outer, len(found) - outer}
    numbers = [int(item.marker) for item in by_number if item.marker.isdigit()]
    readings |= {max(numbers)} if numbers else set()
    rows = sum(
        line.text.lstrip().startswith("|") or line.text.count("|") >= 2 for line in blocks.all_lines(text)
    )
    readings |= {rows - 2, rows - 1} if rows > 2 and answer.table(text) else set()
    return {reading for reading in readings if reading > 1}


def _lined(text: str) -> set[int]:
    """Numbers of items by headings, lines, paragraphs or commas."""
    inner = blocks.core(text).text
    lines = sum(1 for line in blocks.all_lines(inner) if line.text.strip())
    readings = {len(answer.headings(text)), len(answer.headings(text)) - 1, lines, lines - 1}
    readings |= set(counting.paragraphs(text).only or ())
    readings |= {len(answer.highlights(text))}
    for line in inner.splitlines():
        parts = [part for part in re.split(r"[,;、，]|\band\b", line) if part.strip(" .")]
        readings.add(len(parts))
    return {reading for reading in readings if reading > 0}
