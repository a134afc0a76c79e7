"""Parts that an answer must have: title, sections, highlights, placeholders, postscript, beginning, end, quotes."""

from __future__ import annotations

import re
from itertools import takewhile

from quality.compliance import answer
from quality.compliance.verdict import (
    MAX_PHRASE,
    SATISFIED,
    Case,
    Verdict,
    not_understood,
    places,
    tokens,
    unverifiable,
    violated,
)
from quality.text import blocks, counting
from quality.text.blocks import core
from quality.text.counting import Count, among
from quality.text.prose import Span

_MARKUP = " \t\r\n*_#>`~"
_QUOTES = {'"': '"', "“": "”", "”": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "＂": "＂"}


def title(case: Case) -> Verdict:
    """A title; in `<<…>>` where the prompt shows these."""
    if "<<" in case.ask.value + case.instruction or "angular bracket" in case.instruction.lower():
        return SATISFIED if answer.double_angled(case.output) else violated("no title in <<…>>")
    return SATISFIED if answer.title(case.output) else violated("no title")


def highlights(case: Case) -> Verdict:
    """So many pieces set off by emphasis; bold headings counted or not."""
    if case.number is None:
        return not_understood(case)
    found = answer.highlights(case.output)
    count = Count(len(found) - min(len(found), len(answer.headings(case.output))), len(found))
    if count.meets(case.ask.relation, case.number, case.tolerance):
        return SATISFIED
    return violated(f"{count} highlighted pieces", found[0] if found else None)


def placeholders(case: Case) -> Verdict:
    """So many placeholders; only those in square brackets where the prompt names these."""
    if case.number is None:
        return not_understood(case)
    strict = answer.bracketed(case.output)
    named = (
        "square" in case.instruction.lower() or re.search(r"\[[^\]\n]{1,40}\]", case.instruction) is not None
    )
    wide = [] if named else answer.placeholders(case.output)
    every = len(re.findall(r"\[[^\]\n]{0,200}\]", case.output))
    count = Count(min(len(strict), every), max(len(strict), len(wide), every))
    if count.meets(case.ask.relation, case.number, case.tolerance):
        return SATISFIED
    return violated(f"{count} placeholders", strict[0] if strict else None)


def sections(case: Case) -> Verdict:
    """So many sections: each begun with the prompt's word and a number, or by a heading where it names no word."""
    if case.number is None:
        return not_understood(case)
    word = re.sub(r"[\W_]+[XxN#\d]{0,3}$", "", case.ask.unit.strip(" \"'*#:"))
    unnamed = word in ("", "sections")
    readings = answer.marked(case.output, "section" if unnamed else word)
    readings |= _headed(case.output) if unnamed else set[int]()
    count = among(readings or {0})
    if count.meets(case.ask.relation, case.number, case.tolerance):
        return SATISFIED
    if unnamed and not readings - {0, 1}:
        return unverifiable("no sections could be told apart")
    return violated(f"{count} sections" + ("" if unnamed else f" begun with “{word}”"))


def _headed(text: str) -> set[int]:
    marks = answer.headings(text)
    parts = [block for block in blocks.blocks(text) if blocks.is_label(block.text)]
    labels = sum(
        1
        for line in blocks.all_lines(text)
        if re.match(r"[\s*_#]{0,10}[^\n:]{2,60}:[*_]{0,2}\s*$", line.text)
    )
    numbered = len(answer.outermost(answer.numbered(text)))
    return {len(marks), max(0, len(marks) - 1), len(parts), labels, numbered, len(_by_rule(text))} | _levels(
        marks
    )


def _levels(marks: list[Span]) -> set[int]:
    """How many headings there are of each level."""
    levels = [len(mark.text.lstrip()) - len(mark.text.lstrip().lstrip("#")) for mark in marks]
    return {levels.count(level) for level in set(levels)}


def _by_rule(text: str) -> list[Span]:
    return blocks.parted(re.sub(r"^[ \t]{0,8}[-_]{3,200}[ \t]{0,8}$", "***", text, flags=re.MULTILINE))


def postscript(case: Case) -> Verdict:
    """The marker at the start of a line or sentence; its points and spaces may vary."""
    letters = "".join(tokens(case.ask.value))
    if not letters or len(letters) > MAX_PHRASE:
        return not_understood(case)
    marks = r"[\s.*_:]{0,3}".join(map(re.escape, letters))
    form = re.compile(rf"(?:^|[\s*_>(.!?]){marks}(?![^\W_])", re.IGNORECASE)
    if form.search(case.output):
        return SATISFIED
    return violated(f"no “{case.ask.value}”")


def ending(case: Case) -> Verdict:
    """The last words are those of the phrase; case, punctuation and mark-up do not count."""
    return _edge(case, last=True)


def opening(case: Case) -> Verdict:
    """The first words are those of the phrase; case, punctuation and mark-up do not count."""
    return _edge(case, last=False)


def _edge(case: Case, *, last: bool) -> Verdict:
    phrase = tokens(case.ask.value)
    if len(case.ask.value) > MAX_PHRASE:
        return not_understood(case)
    if not phrase:  # signs alone, such as "***"
        bare, sign = case.output.strip(), case.ask.value.strip()
        holds = bare.endswith(sign) if last else bare.startswith(sign)
        return not_understood(case) if not sign else SATISFIED if holds else violated("other signs")
    found = places(case.output.replace("’", "'"))
    edge = found[-len(phrase) :] if last else found[: len(phrase)]
    if [match.group().casefold() for match in edge] == phrase:
        return SATISFIED
    if not edge:
        return violated("no words")
    span = Span(edge[0].start(), edge[-1].end(), case.output[edge[0].start() : edge[-1].end()])
    return violated(f"“{' '.join(span.text.split())[:80]}”", span)


def quotation(case: Case) -> Verdict:
    """The whole answer stands in double quotation marks of whatever shape; mark-up around them does not count."""
    bare = case.output.strip(_MARKUP)
    if len(bare) > 1 and bare[-1] in _QUOTES.get(bare[0], ""):
        return SATISFIED
    if not bare:
        return violated("an empty answer")
    return violated(f"“{bare[:12]}” … “{bare[-12:]}”")


def two_responses(case: Case) -> Verdict:
    """Two different parts on both sides of the separator; numbered or headed ones where the prompt names none."""
    separator = case.ask.value.strip()
    if not separator:
        return _two_headed(case)
    parts = case.output.split(separator)
    if len(parts) == 1:
        parts = case.output.replace("\\", "").split(separator)
    filled = [part.strip(_MARKUP) for part in parts]
    inner = [part for part in filled if part]
    if len(inner) == 2 and inner[0] != inner[1] and all(filled[1:-1]):
        return SATISFIED
    if len(inner) == 2:
        return violated(
            "two responses that are the same" if inner[0] == inner[1] else "an empty part between separators"
        )
    return violated(f"{len(inner)} responses between “{separator}”")


def _two_headed(case: Case) -> Verdict:
    """Two responses told apart by dividers, or by a word and a number."""
    text = case.output
    readings = {len(_by_rule(text)), len(answer.outermost(answer.numbered(text))), len(answer.headings(text))}
    for word in ("response", "version", "option", "answer", "sentence", "alternative"):
        readings |= answer.marked(text, word)
    if 2 in readings or len(blocks.blocks(text)) == 2:
        return SATISFIED
    return unverifiable("the two responses could not be told apart")


def repeated_prompt(case: Case) -> Verdict:
    """The answer begins with the request, word for word: the given one, what stands before the ask, or after it."""
    given = [match.group().casefold() for match in places(case.output.replace("’", "'"))]
    wholes = [whole for whole in map(tokens, _requests(case)) if whole]
    if not wholes:
        return unverifiable("what is to be repeated could not be told", blocks=True)
    shares = [_shared(whole, given) for whole in wholes]
    if max(shares) == 1:
        return SATISFIED
    if case.ask.value or max(shares) < _MOSTLY:
        return violated(
            f"“{' '.join(case.output[:80].split())[:60]}”", Span(0, min(80, len(case.output)), "")
        )
    return unverifiable("part of the prompt repeated; whether it is the part asked for")


_MOSTLY = 0.6
"""Share of a request that must be repeated before an answer can be said to repeat a part of it."""


def _shared(whole: list[str], given: list[str]) -> float:
    """The share of the whole with which the answer begins."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(whole, given, strict=False))
    return sum(1 for _ in same) / len(whole)


def _requests(case: Case) -> list[str]:
    if case.ask.value.strip():
        return [case.ask.value]
    before, after = case.instruction[: case.ask.start], case.instruction[case.ask.end :]
    paragraphs = [block.text for block in blocks.blocks(case.instruction)]
    return [before, after, case.instruction, *paragraphs, *_leading(before)]


def _leading(text: str) -> list[str]:
    """The text before the ask, from its first sentence on, without the last one."""
    ends = [match.end() for match in re.finditer(r"[.?!][\"”')]{0,2}\s", text)]
    return [text[:end] for end in ends[-3:]]


def paragraph_first_word(case: Case) -> Verdict:
    """The named paragraph begins with the word, in any sensible way of cutting."""
    asked = re.match(r"(?:paragraph )?(\d{1,3})$", case.ask.part)
    wanted = tokens(case.ask.value)
    if asked is None or not wanted:
        return not_understood(case)
    number = int(asked[1])
    seen: list[Span] = []
    for text, offset in ((case.output, 0), (core(case.output).text, core(case.output).start)):
        for cut in counting.paragraph_ways(text):
            if 0 < number <= len(cut):
                part = cut[number - 1]
                if tokens(part.text[:MAX_PHRASE])[: len(wanted)] == wanted:
                    return SATISFIED
                seen.append(Span(part.start + offset, part.end + offset, part.text))
    if not seen:
        return violated(f"no paragraph {number}")
    first = next(iter(places(seen[0].text[:MAX_PHRASE])), None)
    word = first.group() if first else seen[0].text[:20]
    return violated(
        f"paragraph {number} begins with “{word}”", Span(seen[0].start, seen[0].start + len(word), word)
    )
