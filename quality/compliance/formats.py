"""Whether an answer has the form asked for: data that parses, code, tables, lists, one of the options, nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

from quality.compliance import answer
from quality.compliance.data import EMBEDDED
from quality.compliance.verdict import (
    SATISFIED,
    Case,
    Verdict,
    not_understood,
    tokens,
    unverifiable,
    violated,
)
from quality.text import blocks, counting
from quality.text.blocks import core
from quality.text.counting import among
from quality.text.likeness import is_code, is_code_line
from quality.text.prose import Span

_STRICT = re.compile(
    r"\b(?:entire|whole|only|nothing (?:else|but)|just|solely|valid|all of)\b", re.IGNORECASE
)
_LANGUAGES = {
    "javascript": ("js", "jsx", "node", "typescript", "ts"), "typescript": ("ts", "tsx"), "python": ("py", "python3"),
    "c++": ("cpp", "cc", "cxx"), "c#": ("csharp", "cs"), "shell": ("sh", "bash", "zsh", "console"), "golang": ("go",),
    "bash": ("sh", "shell", "console", "zsh"), "go": ("golang",), "ruby": ("rb",), "rust": ("rs",), "kotlin": ("kt",),
    "html": ("xml", "htm"), "visual basic": ("vb", "vba", "vbnet"), "objective-c": ("objc",), "matlab": ("octave",),
    "powershell": ("ps1", "pwsh"), "assembly": ("asm", "nasm"), "latex": ("tex",), "c": ("h",), "r": ("rscript",),
    "css": ("scss", "html"), "sql": ("mysql", "postgresql", "sqlite", "tsql", "plsql"), "react": ("jsx", "tsx", "js"),
}  # fmt: skip
"""Other tags that a fence in the language may carry."""
_NEUTRAL = frozenset(("", "text", "txt", "plaintext", "code", "output", "none"))


def data(form: str) -> Callable[[Case], Verdict]:
    """A verifier that the answer, or where words may stand around it a block in it, parses."""

    def verify(case: Case) -> Verdict:
        pieces = [piece for piece in case.pieces if piece["form"] in (form, "")]
        if any(piece["verdict"] == "ok" and not _surrounded(case, piece) for piece in pieces):
            return SATISFIED
        over = next((piece for piece in pieces if piece["verdict"] == "over"), None)
        if over:
            return unverifiable(over["reason"], blocks=True)
        good = next((piece for piece in pieces if piece["verdict"] == "ok"), None)
        if good:
            return violated(f"text around the {form.upper()}", _around(case.output, good))
        if not pieces:
            return violated(f"nothing that reads as {form.upper()}")
        piece = pieces[0]
        span = Span(piece["start"], piece["end"], case.output[piece["start"] : piece["end"]])
        return violated(f"{form.upper()} that does not parse: {piece['reason']}", span)

    return verify


def _surrounded(case: Case, piece: dict[str, object]) -> bool:
    """Whether words stand around a piece that must stand alone."""
    around = _around(case.output, piece)
    return around is not None and (piece["place"] == EMBEDDED or _STRICT.search(case.asked) is not None)


def _around(text: str, piece: dict[str, object]) -> Span | None:
    """Words before or after a piece and its fence."""
    start, end = piece["start"], piece["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    fence = next((f for f in answer.fences(text) if f.start <= start and end <= f.end), None)
    if fence:
        start, end = fence.start, fence.end
    before, after = blocks.trimmed(text, 0, start), blocks.trimmed(text, end, len(text))
    return before if before.text else after if after.text else None


def html(case: Case) -> Verdict:
    """An element that is opened and closed."""
    opened = {
        name.lower() for name in re.findall(r"<([A-Za-z][A-Za-z0-9]{0,15})\b[^<>]{0,500}>", case.output)
    }
    closed = {name.lower() for name in re.findall(r"</([A-Za-z][A-Za-z0-9]{0,15})\s{0,3}>", case.output)}
    return SATISFIED if opened & closed else violated("no HTML element")


def table(case: Case) -> Verdict:
    """A table, by Markdown or drawn."""
    return SATISFIED if answer.table(case.output) else violated("no table")


def code(case: Case) -> Verdict:
    """Code: in a fence with the language's tag or none, or lines that read as code; Python must parse."""
    fences = answer.fences(case.output)
    name = case.ask.value.strip().lower()
    if not fences:
        written = case.measured.get("language") is None or _has_code(case.output)
        return SATISFIED if written else violated("no code")
    known = {name, *_LANGUAGES.get(name, ())}
    if name and not any(fence.tag in known | _NEUTRAL for fence in fences) and name in _LANGUAGES:
        tags = ", ".join(sorted({fence.tag for fence in fences}))
        return violated(f"code in {tags}", Span(fences[0].start, fences[0].end, fences[0].body.text))
    return _python(case) if name == "python" else SATISFIED


def _python(case: Case) -> Verdict:
    """Some block of Python parses, or none was read as Python."""
    pieces = [piece for piece in case.pieces if piece["form"] == "python"]
    failed = [piece for piece in pieces if piece["verdict"] == "fails"]
    if not pieces or len(failed) < len(pieces):
        over = next((piece for piece in pieces if piece["verdict"] == "over"), None)
        if over and all(piece["verdict"] == "over" for piece in pieces):
            return unverifiable(over["reason"], blocks=True)
        return SATISFIED
    first = failed[0]
    if "print" in first["reason"]:
        return unverifiable("Python 2 is not parsed")
    span = Span(first["start"], first["end"], case.output[first["start"] : first["end"]])
    return violated(f"Python that does not parse: {first['reason']}", span)


def _has_code(text: str) -> bool:
    if re.search(r"`[^`\n]{1,400}`", text):
        return True
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(is_code_line(line) or _CALL.match(line) for line in lines):
        return True
    return "=" in text or is_code(lines[:200], fenced=False)


_CALL = re.compile(r"[a-z_][\w.]{0,40}[ (][\"'][^\n]{0,200}[\"']\)?;?$", re.IGNORECASE)
"""A line that calls something with a string: `puts "Hello"`."""


def bullets(case: Case) -> Verdict:
    """So many bullets, those within others counted or not."""
    found = answer.bullets(case.output)
    if not case.ask.value:
        return _listed(bool(found), case, "bullets")
    if case.number is None:
        return not_understood(case)
    count = among({len(found), len(answer.outermost(found))})
    if count.meets(case.ask.relation, case.number, case.tolerance):
        return SATISFIED
    return violated(f"{count} bullets", found[0].span if found else None)


def numbered(case: Case) -> Verdict:
    """A numbered list, of so many items if a number is given."""
    found = answer.numbered(case.output)
    if not case.ask.value:
        return _listed(bool(found), case, "numbers")
    if case.number is None:
        return not_understood(case)
    numbers = {int(item.marker) for item in found if item.marker.isdigit()}
    count = among({len(found), len(answer.outermost(found)), max(numbers, default=0)})
    if count.meets(case.ask.relation, case.number, case.tolerance):
        return SATISFIED
    return violated(f"{count} numbered items", found[0].span if found else None)


def _listed(found: bool, case: Case, name: str) -> Verdict:
    if found or (name == "bullets" and answer.items(case.output)):
        return SATISFIED
    return violated(f"no list with {name}")


def options(case: Case) -> Verdict:
    """One of the options that the prompt gives, whatever its case and punctuation."""
    wanted_options = [tokens(option) for option in case.ask.value.split("|")]
    if not any(wanted_options):
        return not_understood(case)
    given = tokens(case.output)
    for option in filter(None, wanted_options):
        if any(given[at : at + len(option)] == option for at in range(len(given) - len(option) + 1)):
            return SATISFIED
    return violated(f"“{_short(case.output)}”")


def one_word(case: Case) -> Verdict:
    """One word, a compound or a name of two among them."""
    found = counting.words(core(case.output).text)
    if found.least <= 1:
        return SATISFIED
    return violated(f"{found} words")


_YES_NO = frozenset(
    str.split("yes no true false yeah nope yep nein ja oui non sí si da nej não sim correct incorrect")
)


def yes_no(case: Case) -> Verdict:
    """A yes or a no where the answer begins or ends; that nothing follows is asked by another ask."""
    given = tokens(case.output)
    if not given:
        return violated("no word")
    if _YES_NO & set(given[:12]) or _YES_NO & set(given[-12:]):
        return SATISFIED
    return violated(f"“{_short(case.output)}”")


_CHATTER = re.compile(
    r"[\s*_]{0,8}(?:sure|certainly|of course|absolutely|here(?:'s|’s| is| are) (?:the|your|a|an|my)\b[^\n]{0,200}:\s*$"
    r"|i(?:'d| would|’d) be (?:happy|glad)|great question|as an ai\b)",
    re.IGNORECASE | re.MULTILINE,
)
_PARTING = re.compile(
    r"(?:i hope th|let me know|feel free|(?:this|the) (?:code|answer|function|solution) (?:works|uses|is)"
    r"|explanation:)",
    re.IGNORECASE,
)


def nothing_else(case: Case) -> Verdict:
    """No words that announce the answer, and none that take leave; whether others are too many is for a reader."""
    opening = _CHATTER.match(case.output)
    if opening:
        return violated(f"“{opening.group().strip()[:80]}”", Span(*opening.span(), opening.group()))
    pieces = blocks.blocks(case.output)
    if len(pieces) > 1:
        parting = _PARTING.match(pieces[-1].text.lstrip("*_# "))
        if parting:
            return violated(f"“{_short(pieces[-1].text)}”", pieces[-1])
    return SATISFIED if len(pieces) == 1 else unverifiable("whether all of it was asked for")


def _short(text: str) -> str:
    bare = " ".join(text[:400].split())
    return bare if len(bare) <= 60 else bare[:59] + "…"
