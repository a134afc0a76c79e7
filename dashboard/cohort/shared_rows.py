"""The rows in which two groups made the same rare changes: the sheet's text and both of theirs, with what is whose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grading.book import documents
from grading.book.book import Book
from grading.book.pairs import PairRow
from grading.copying.changes import Change, Place, changes
from grading.copying.folding import Words, placed_words, words
from grading.course.inputs import read_sheet
from grading.course.model import Course
from grading.feedback.bodies import body

Spans = tuple[tuple[int, int, str, str], ...]
"""Start, end, kind and title of stretches of a text, as `shown.marked` takes them."""
SHARED = "warning"
SHEETS = "grey"


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its stretches: what both groups changed alike is `SHARED`, what the sheet has is `SHEETS`.

    Attributes:
        text: None where the group's answer is not in the book.
    """

    text: str | None
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class SharedRow:
    """One row of a pair.

    Attributes:
        edits: The shared changes as the book keeps them: before, after, groups, weight, start, end; the rarest first.
    """

    id: str
    sheet: Text
    a: Text
    b: Text
    edits: tuple[Mapping[str, Any], ...]


def shared_rows(book: Book, course: Course, pair: PairRow) -> tuple[SharedRow, ...]:
    """The rows of the pair's evidence, the one with the most surprising changes first.

    Raises:
        ProofgateError: The sheet or the book cannot be read.
    """
    if not pair.evidence:
        return ()
    sheet = {row.id: row.output for row in read_sheet(course.sheet, course).rows}
    with book.reading() as db:
        a, b = (body(documents.get(db, key, "answers") or {}, "outputs") for key in (pair.a, pair.b))
    of_row: dict[str, list[Mapping[str, Any]]] = {}
    for edit in pair.evidence:
        of_row.setdefault(edit["id"], []).append(edit)
    rows = [_row(id_, sheet.get(id_), a.get(id_), b.get(id_), edits) for id_, edits in of_row.items()]
    return tuple(sorted(rows, key=lambda row: -sum(edit["weight"] for edit in row.edits)))


def _row(
    id_: str, sheet: str | None, a: str | None, b: str | None, edits: Sequence[Mapping[str, Any]]
) -> SharedRow:
    marks = [
        (edit["start"], edit["end"], SHARED, told(edit)) for edit in edits if edit["start"] < edit["end"]
    ]
    return SharedRow(
        id_,
        Text(sheet, () if sheet is None else tuple(marks)),
        _side(sheet, a, edits),
        _side(sheet, b, edits),
        tuple(edits),
    )


def told(edit: Mapping[str, Any]) -> str:
    """How rare the change is, in words of ours."""
    return f"made by {edit['groups']:,} groups, weight {edit['weight']:.1f}"


def _side(sheet: str | None, text: str | None, edits: Sequence[Mapping[str, Any]]) -> Text:
    if sheet is None or text is None:
        return Text(text)
    before, after = placed_words(sheet), placed_words(text)
    made = changes(before.texts, after.texts)
    if not made and before.texts != after.texts:  # too long to be held against one another
        return Text(text)
    return Text(text, (*_shared(before, after, made, edits), *_from_sheet(after, made)))


def _shared(
    before: Words, after: Words, made: Mapping[Change, Place], edits: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[int, int, str, str]]:
    """Where the shared changes stand in this group's own text."""
    wanted = {(edit["start"], edit["end"], tuple(words(edit["after"]))): told(edit) for edit in edits}
    for change, place in made.items():
        title = wanted.get((*_span(before, change.start, change.end), change.after))
        start, end = _span(after, place.start, place.end)
        if title is not None and start < end:
            yield start, end, SHARED, title


def _from_sheet(after: Words, made: Mapping[Change, Place]) -> Iterator[tuple[int, int, str, str]]:
    at = 0
    for place in (*made.values(), Place(len(after.texts), len(after.texts))):
        if at < place.start:
            yield *_span(after, at, place.start), SHEETS, ""
        at = place.end


def _span(of: Words, start: int, end: int) -> tuple[int, int]:
    """Code points of the words `[start, end)`; where there is none, the end of the word before."""
    if start == end:
        at = of.ends[start - 1] if start else 0
        return at, at
    return of.starts[start], of.ends[end - 1]
