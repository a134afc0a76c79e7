"""What a proof-reader should read of a text: prose, with code, maths, addresses and the like taken out.

`read` gives a text for a grammar engine in Markdown mode and the way back to the original's code points. What is
not prose is masked: a block disappears, a piece of a line becomes an opaque token. What only wraps prose (fences,
backticks, quotes, `>`, `#`, `<!-- -->`, `$…$`, tags, table bars, invisible characters) is taken off, so that
wrapping hides nothing. Every step is linear in the text.

Known limits: prose is told from code by English grammar words, common words and punctuation; a few words alone in
a fence count as code. Masked characters are counted, so that a text which is mostly masked can go unmeasured.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from quality.text.lexicon import common_share, grammar_share, letter_words, likelier_language
from quality.text.likeness import is_code, is_code_line, is_english, is_foreign, reads_as_prose

OPAQUE = "`m`"
"""Stands in the reading for a masked piece of a line."""

_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[^\n`]*$")
_RULE = re.compile(r"[\W_]*$")
_WRAPPER = re.compile(r"(?:[>\s\ufeff\u200b-\u200d]|#{1,6}(?=\s)|<!--|-->|(?:[-*+•‣◦–—]|//+|--|%)(?=\s))+")
_BULLET = re.compile(r"(?<![!-])[-*+•‣◦–—](?=\s)")
_LABEL = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s+(?=\S)|\[\^?\w{1,20}\]:\s+(?=\S)")
_CLOSER = re.compile(r"(?:\s|-->|\*/|(?<=\s)#+)+$")
_STRING = re.compile(r"\"([^\"\n]{12,})\"|'([^'\n]{12,})'|(?:#+|//+|/\*+|--)\s*([^\n]{8,})")

_INLINE = re.compile(
    r"(?P<invisible>[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]+)"
    r"|(?P<code>`{1,2}[^`\n]{1,400}`{1,2})"
    r"|(?P<link>\]\([^()\s]{0,400}\))"
    r"|(?P<url>(?:https?://|www\.)[^\s<>\"]{1,2000})"
    r"|(?P<mail>[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64})"
    r"|(?P<maths>\$\$?(?=\S)[^$\n]{1,400}(?<=\S)\$\$?(?!\d)|\\\([^\n]{1,400}?\\\)|\\\[[^\n]{1,400}?\\\])"
    r"|(?P<break><!--|-->|\\(?:begin|end)\{\w{1,20}\*?\}|</?(?:div|p|li|ul|ol|br|hr|h[1-6]|td|th|tr|table|summary|details|blockquote|script|style|section|article|pre|code|center)\b[^<>\n]{0,300}>)"
    r"|(?P<markup></?[a-zA-Z][^<>\n]{0,300}>|\\[a-zA-Z]{2,20}\{(?=[^{}\n]{0,400} ))"
    r"|(?P<identifier>(?<!\w)(?:\w{1,60}[.:]{1,2}){0,4}\w{1,60}\(\)|(?<!\w)[^\W_]{1,40}(?:_[^\W_]{1,40}){1,8}(?!\w)"
    r"|(?<!\S)[/~][\w.-]{1,60}(?:/[\w.-]{1,60})+/?|(?<!\w)[@#]\w{2,60}|\\[a-zA-Z]{2,20}|(?<!\S)--?[a-z][\w-]{1,40})"
    r"|(?P<name>\((?-i:[A-Z])[a-z]{2,20}(?: [a-z]{3,20}){1,2}\))"
    r"|(?P<entity>&#?\w{2,8};)"
    r"|(?P<quotation>\"[^\"\n]{1,60}\"|“[^”\n]{1,60}”|«[^»\n]{1,60}»|(?<!\w)[‘'][^'’‘\n]{1,40}['’](?!\w))"
    r"|(?P<emphasis>\*+|~~+|`+|\$+(?!\d)|\\[()\[\]]|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w))"
)
_PLAIN = {ord(mark): plain for mark, plain in zip("$<>[]\\|`\t", "€()()//' ", strict=True)} | dict.fromkeys(
    (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "
)
"""Marks that Markdown would read, and unusual spaces, one for one."""
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏАВЕКМНОРСТХУІЈЅοαενκΑΒΕΗΙΚΜΝΟΡΤΥΧΖ", "aeopcyxijsdhlABEKMHOPCTXYIJSoaevkABEHIKMNOPTYXZ"
)
_LATIN = re.compile(r"[A-Za-z]")
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS = re.compile(r"[^\W\d_]+")
_DROPPED = {"invisible": "", "emphasis": "", "link": "", "entity": " ", "markup": " ", "break": "\n\n"}
MAX_QUOTED_WORDS = 4
"""A quotation of no more words is taken as a title, a term or a word spoken about."""


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of the original that is not proof-read, why, and how many letters and digits it has."""

    start: int
    end: int
    reason: str
    visible: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine reads.

    Attributes:
        text: Clean Markdown.
        origins: For each code point of `text` its place in the original, or -1 where it has none.
        regions: What was masked, in order.
        visible: How many letters and digits the original has.
    """

    text: str
    origins: array[int]
    regions: tuple[Region, ...]
    visible: int

    @property
    def masked_share(self) -> float:
        """Share of the original's letters and digits that are masked, 0..1."""
        return self.share(*{region.reason for region in self.regions})

    def share(self, *reasons: str) -> float:
        """Share of the original's letters and digits that are masked for one of the reasons, 0..1."""
        hidden = sum(region.visible for region in self.regions if region.reason in reasons)
        return hidden / self.visible if self.visible else 0.0

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """The original's span for a span of the reading; None when it touches something masked."""
        places = self.origins[start:end]
        if not places or min(places) < 0:
            return None
        return places[0], places[-1] + 1


@dataclass(slots=True)
class _Writer:
    """Collects the reading; local to one call of `read`."""

    original: str
    language: str = "en"
    pieces: list[str] = field(default_factory=list[str])
    origins: array[int] = field(default_factory=lambda: array("l"))
    regions: list[Region] = field(default_factory=list[Region])

    def keep(self, start: int, end: int) -> None:
        if start < end:
            self.pieces.append(self.original[start:end].translate(_PLAIN))
            self.origins.extend(range(start, end))

    def insert(self, text: str) -> None:
        self.pieces.append(text)
        self.origins.extend([-1] * len(text))

    def mask(self, start: int, end: int, reason: str) -> None:
        visible = sum(map(str.isalnum, self.original[start:end]))
        self.regions.append(Region(start, end, reason, visible))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without what wraps it."""

    start: int
    end: int
    text: str
    fenced: bool
    item: bool
    table: bool


def read(text: str, language: str = "en") -> Reading:
    """The prose of a Markdown text in that language, its masked regions and the way back."""
    plain = _unmixed(text)
    writer = _Writer(plain, language)
    for block in _blocks(plain):
        _write_block(writer, block)
    regions = tuple(sorted(writer.regions, key=lambda region: region.start))
    return Reading(
        text="".join(writer.pieces),
        origins=writer.origins,
        regions=regions,
        visible=sum(map(str.isalnum, text)),
    )


def _unmixed(text: str) -> str:
    """The text with look-alike letters in otherwise Latin words replaced, one for one."""
    if text.isascii():
        return text
    mapped = text.translate(_LOOKALIKES)
    if (
        mapped == text
        or len(_LATIN.findall(mapped)) < len(letters := _LETTER.findall(text)) * 0.5
        or not letters
    ):
        return text
    return _LETTERS.sub(
        lambda m: mapped[m.start() : m.end()] if _passes_for_latin(mapped, m) else m.group(), text
    )


def _passes_for_latin(mapped: str, word: re.Match[str]) -> bool:
    return mapped[word.start() : word.end()].isascii() or _LATIN.search(word.group()) is not None


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Runs of lines between blank lines and fences."""
    block: list[_Line] = []
    fenced = False
    start = 0
    for raw in text.splitlines(keepends=True):
        line = raw.rstrip()
        fence = _FENCE.match(line) is not None
        if fence or _RULE.match(line):
            if block:
                yield block
            block = []
            fenced = fenced != fence
        else:
            block.append(_unwrapped(text, start, start + len(line), fenced))
        start += len(raw)
    if block:
        yield block


def _unwrapped(text: str, start: int, end: int, fenced: bool) -> _Line:
    wrapper = _WRAPPER.match(text, start, end)
    begin = wrapper.end() if wrapper else start
    item = wrapper is not None and _BULLET.search(wrapper.group()) is not None
    label = _LABEL.match(text, begin, end)
    if label:
        begin, item = label.end(), True
    closer = _CLOSER.search(text, max(begin, end - 20), end)
    stop = closer.start() if closer else end
    bare = text[begin:stop]
    table = bare.startswith("|") or bare.count("|") >= 2
    return _Line(begin, stop, bare, fenced, item, table)


def _write_block(writer: _Writer, block: list[_Line]) -> None:
    tabular = block[0].table and not block[0].fenced
    if not tabular and is_code([line.text for line in block], block[0].fenced):
        for line in block:
            _write_code(writer, line)
        return
    for line in block:
        if line.table:
            _write_cells(writer, line)
        elif is_code_line(line.text):
            _write_code(writer, line)
        elif is_foreign(line.text) if writer.language == "en" else is_english(line.text):
            writer.mask(line.start, line.end, "language")
            writer.insert("\n\n")
        else:
            writer.insert("\n- " if line.item else "")
            _write_inline(writer, line.start, line.end)
            writer.insert("\n")
    writer.insert("\n")


def _write_code(writer: _Writer, line: _Line) -> None:
    """Masks a line of code but for its strings and comments, when they are prose."""
    place = line.start
    for match in _STRING.finditer(line.text):
        start, end = (line.start + edge for edge in match.span(match.lastindex or 0))
        if reads_as_prose(writer.original[start:end], min_words=5):
            writer.mask(place, start, "code")
            writer.insert("\n\n")
            _write_inline(writer, start, end)
            place = end
    writer.mask(place, line.end, "code")
    writer.insert("\n\n")


def _write_cells(writer: _Writer, line: _Line) -> None:
    for cell in re.finditer(r"[^|]+", line.text):
        writer.insert("\n\n")
        start = line.start + cell.start() + len(cell.group()) - len(cell.group().lstrip())
        _write_inline(writer, start, line.start + len(cell.group().rstrip()) + cell.start())
    writer.insert("\n\n")


def _write_inline(writer: _Writer, start: int, end: int) -> None:
    """The line's prose, with its masked pieces as opaque tokens."""
    text = writer.original
    place = start
    while place < end:
        match = _INLINE.search(text, place, end)
        if match is None:
            break
        writer.keep(place, match.start())
        _write_match(writer, match)
        place = match.end()
    writer.keep(place, end)


def _write_match(writer: _Writer, match: re.Match[str]) -> None:
    kind = match.lastgroup or ""
    start, end = match.span()
    if kind in _DROPPED:
        writer.insert(_DROPPED[kind])
        return
    if kind == "quotation":
        _write_quotation(writer, start, end)
    elif kind == "name" and not _is_latin_name(match.group()):
        writer.keep(start, end)
    elif kind in ("code", "maths") and reads_as_prose(match.group().strip("$`\\()[]")):
        marks = len(match.group()) - len(match.group().lstrip("$`\\()[]"))
        _write_inline(writer, start + marks, end - 1)
    else:
        writer.mask(start, end, kind)
        writer.insert(OPAQUE)


def _is_latin_name(text: str) -> bool:
    """Whether a parenthesis holds the scientific name of a species: no English grammar, hardly a common word."""
    words = letter_words(text)
    return grammar_share(words) == 0 and common_share(words) < 0.5


def _is_no_sentence(words: list[str], language: str) -> bool:
    """Whether quoted words are a title or a term, or, amid English, of a language in which they are more usual."""
    if len(words) <= MAX_QUOTED_WORDS:
        return grammar_share(words) < 0.5
    return language == "en" and grammar_share(words) < 0.2 and likelier_language(words) != ""


def _write_quotation(writer: _Writer, start: int, end: int) -> None:
    inner = writer.original[start + 1 : end - 1]
    words = letter_words(inner)
    if words and _is_no_sentence(words, writer.language):
        writer.mask(start, end, "quotation")
        writer.insert(OPAQUE)
        return
    writer.keep(start, start + 1)
    _write_inline(writer, start + 1, end - 1)
    writer.keep(end - 1, end)
