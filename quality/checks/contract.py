"""The sheet itself: ids, empty cells, and text that a spreadsheet, a clipboard or an encoding has damaged.

What it does: reports every breach of the contract that the schema states (ids, empty cells, comparison with the
original sheet), and looks into each instruction and output for spreadsheet error values, control and invisible
characters, and letters in the wrong encoding.

Why it is bad: a row without an id cannot be traced, an empty answer teaches a model to be silent, and damaged
characters are learned like any others. They are faults of the tools, so nobody sees them by reading.

Known limits: an instruction that the original sheet has too is not searched for damage, because nobody may edit it.
Letters in the wrong encoding are those that ftfy can tell; a single one that is also a letter of a language stays.

Source: Chat Style Guide, the file's four columns; ftfy (https://ftfy.readthedocs.io) for encodings; Unicode Standard
Annex 9 and Unicode Technical Standard 51 for the invisible characters that have work to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from quality.model import Example, Finding, Fix, Measures, Row
from quality.rule import DATASET, Check, Context, Inputs, Rule
from quality.text.damage import MOST, Damage, error_value, hidden, mojibake

_SPREADSHEETS = re.compile(
    r"\b(?:excel|spread ?sheets?|google sheets?|work ?sheets?|libreoffice|[vhx]lookup|formulas?|pivot tables?)\b"
    r"|#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A)",
    re.IGNORECASE,
)
_ENCODINGS = re.compile(
    r"\b(?:mojibake|encod\w*|decod\w*|utf-?8|utf-?16|latin-?1|unicode|charset|garbled|windows-1252|iso-8859)",
    re.IGNORECASE,
)


def _row(
    number: int = 2, key: str = "1", asked: str = "Name a prime.", answer: str = "Two is a prime."
) -> Row:
    return Row(row=number, line=number, id=key, instruction=asked, output=answer, fail_mode="none")


def _bad(*rows: Row, sheet: tuple[Row, ...] = ()) -> Example:
    return Example(rows, tuple(row.row for row in rows), sheet=sheet)


DUPLICATE_ID = Rule(
    code="CSV001",
    name="duplicate-id",
    criterion="contract",
    what="An id that another row has too; white space around ids does not count.",
    why="Nothing can be traced, compared or graded by an id that stands for two rows.",
    remedy="give each row the id that the sheet gave it; delete the row if it was pasted twice",
    source="Chat Style Guide, the file's columns",
    measured="exact by construction",
    bad=(_bad(_row(2, "7"), _row(3, "7")), _bad(_row(2, "7"), _row(3, " 7"))),
    good=(Example((_row(2, "7"), _row(3, "07"))), Example((_row(2, "a"), _row(3, "A")))),
)

EMPTY_ID = Rule(
    code="CSV002",
    name="empty-id",
    criterion="contract",
    what="A row without an id, or with an id that shows nothing.",
    why="Nothing can be traced, compared or graded without an id.",
    remedy="put the sheet's id back",
    source="Chat Style Guide, the file's columns",
    measured="exact by construction",
    bad=(_bad(_row(key="")), _bad(_row(key=" \u200b"))),
    good=(Example((_row(key="0"),)), Example((_row(key="None"),))),
)

EMPTY_INSTRUCTION = Rule(
    code="CSV003",
    name="empty-instruction",
    criterion="contract",
    what="An instruction that shows nothing.",
    why="An answer to nothing teaches a model to speak unasked.",
    remedy="put the sheet's instruction back",
    source="Chat Style Guide, the file's columns",
    measured="exact by construction",
    bad=(_bad(_row(asked="")), _bad(_row(asked="\n\t"))),
    good=(Example((_row(asked="?"),)),),
)

EMPTY_OUTPUT = Rule(
    code="CSV004",
    name="empty-output",
    criterion="contract",
    what="An output that shows nothing.",
    why="An empty answer teaches a model to be silent.",
    remedy="write the answer that the instruction asks for",
    source="Chat Style Guide, the file's columns; AlpacaDataCleaned, empty outputs",
    measured="exact by construction",
    bad=(_bad(_row(answer="")), _bad(_row(answer="\u200b\ufeff "))),
    good=(Example((_row(answer="None"),)), Example((_row(answer="2"),))),
)

ERROR_VALUE = Rule(
    code="CSV005",
    name="spreadsheet-error",
    criterion="contract",
    what="A cell that is, or starts with, a spreadsheet's error value: `#REF!`, `#NAME?`, `#VALUE!`, `#N/A` …",
    why="The text that stood there was taken for a formula and is lost.",
    remedy="write the text again; begin it with an apostrophe if it starts with `=`, `+`, `-` or `@`",
    source="Error values of Excel, Google Sheets and LibreOffice, also in German, French, Spanish and Turkish",
    measured="0 of 44,060 real instructions and answers flagged (AlpacaEval, 113 models); recall not measured",
    bad=(_bad(_row(answer="#NAME?")), _bad(_row(answer=" #REF! ")), _bad(_row(answer="#DEĞER!"))),
    good=(
        Example((_row(asked="What is #N/A in Excel?", answer="#N/A means that a lookup found nothing."),)),
        Example((_row(answer="#nameless is a tag."),)),
        Example((_row(answer="The cell shows #REF! then."),)),
    ),
    limits="In the middle of a cell it is taken for prose. A bare `#N/A` is flagged even where it is the right answer.",
)

HIDDEN = Rule(
    code="CSV006",
    name="hidden-character",
    criterion="contract",
    what="Control characters and invisible ones (zero width, direction, soft hyphen …) that have no work to do.",
    why="Nobody sees them, but a tokenizer does; they also hide text from searches and comparisons.",
    remedy="delete the character; `quality fix` does so where it is safe",
    source="Unicode Standard Annex 9 and Unicode Technical Standard 51; AlpacaDataCleaned, stray control characters",
    measured="14 of 44,060 real texts flagged, all 14 rightly (AlpacaEval, 113 models); recall not measured",
    bad=(
        _bad(_row(answer="Two\u200b is a prime.")),
        _bad(_row(answer="\x1b[31mTwo\x1b[0m")),
        _bad(_row(answer="\x0crac{1}{2}")),
        _bad(_row(asked="Name\xad a prime.")),
    ),
    good=(
        Example((_row(answer="A family: 👩\u200d👩\u200d👧, a heart: ❤\ufe0f"),)),
        Example((_row(answer="می\u200cخواهم"),)),
        Example((_row(answer="One\ttwo\r\nthree"),)),
    ),
    limits="A direction mark in text with right-to-left letters is left alone wherever it stands.",
    fixable=True,
)

MOJIBAKE = Rule(
    code="CSV007",
    name="mojibake",
    criterion="contract",
    what="Letters that were read in the wrong encoding (`donâ€™t`), and U+FFFD, the sign of a lost letter.",
    why="A model learns the damaged spelling.",
    remedy="put the right letters; `quality fix` does so where it is safe",
    source="ftfy 6, fix_encoding and its badness heuristic",
    measured=(
        "10 of 44,060 real texts flagged, 9 rightly (AlpacaEval, 113 models); of 3,000 answers misread as Windows-1252 "
        "99.5% found and 98.2% wholly restored, as Windows-1251 60% and 46%, as Mac Roman 89% and 78%"
    ),
    bad=(
        _bad(_row(answer="I donâ€™t know.")),
        _bad(_row(answer="SÃ£o Paulo")),
        _bad(_row(answer="caf\ufffd")),
    ),
    good=(
        Example((_row(answer="NÃO É ASSIM: a maçã caiu."),)),
        Example(
            (
                _row(
                    asked="Why do I see â€™ in my UTF-8 text?",
                    answer="It shows â€™ where ’ is read as Windows-1252.",
                ),
            )
        ),
        Example((_row(answer="naïve café, “quoted” — 日本語 😀"),)),
    ),
    limits="Damage that looks like a word of another language is not told from it.",
    fixable=True,
)

_SHEET = (_row(2, "1"), _row(3, "2", "Name two colours."))

INSTRUCTION_CHANGED = Rule(
    code="CSV008",
    needs="original",
    name="instruction-changed",
    criterion="contract",
    what="An instruction that differs from the original sheet's in more than white space; needs `--original`.",
    why="The answer is corrected, the question is not: who edits the question answers another one.",
    remedy="put the sheet's instruction back",
    source="Chat Style Guide, the file's columns",
    measured="exact by construction",
    bad=(Example((_row(asked="Name a number."),), (2,), sheet=_SHEET[:1]),),
    good=(
        Example((_row(asked="Name  a prime.\r\n"),), sheet=_SHEET[:1]),
        Example((_row(answer="Three."),), sheet=_SHEET[:1]),
    ),
)

ROW_MISMATCH = Rule(
    code="CSV009",
    needs="original",
    name="row-mismatch",
    criterion="contract",
    what="A row whose id the original sheet lacks, or rows of the sheet that are missing; needs `--original`.",
    why="Added and dropped rows change what is trained and graded.",
    remedy="take out rows that the sheet does not have, and put back those that are missing",
    source="Chat Style Guide, the file's columns",
    measured="exact by construction",
    bad=(Example((_row(), _row(3, "9")), (3,), sheet=_SHEET[:1]),),
    good=(Example((_row(3, "2", "Name two colours."), _row(4, "1")), sheet=_SHEET),),
    limits="Missing rows are one finding about the file, which names them all; it belongs to no row.",
)

RULES = (
    DUPLICATE_ID,
    EMPTY_ID,
    EMPTY_INSTRUCTION,
    EMPTY_OUTPUT,
    ERROR_VALUE,
    HIDDEN,
    MOJIBAKE,
    INSTRUCTION_CHANGED,
    ROW_MISMATCH,
)
_BY_CODE = {rule.code: rule for rule in RULES}


def measure(text: str) -> Measures:
    """The damaged places of one cell; empty for nearly all."""
    found: Measures = {}
    value = error_value(text)
    if value:
        found["error_value"] = list(value)
    wrong = [_listed(damage) for damage in islice(mojibake(text), MOST)]
    if wrong:
        found["mojibake"] = wrong
    covered = [(start, end) for start, end, *_ in wrong]
    unseen = [_listed(damage) for damage in islice(hidden(text), MOST) if not _within(damage, covered)]
    if unseen:
        found["hidden"] = unseen
    return found


def judge(context: Context) -> Iterator[Finding]:
    """The schema's breaches in this row, then the damaged places of its cells."""
    for breach in context.inputs.violations.get(context.row.row, ()):
        rule = _BY_CODE[breach.code]
        yield rule.found(context, breach.message, column=breach.column, related=breach.related)
    sheet = context.inputs.sheet
    for column in ("instruction", "output"):
        given = column == "instruction" and sheet is not None and context.row.id in sheet
        measures = context.measures.get(column)
        if measures and not given:
            yield from _damaged(context, column, measures)


def about(facts: Any, inputs: Inputs) -> Iterator[Finding]:
    """What is wrong with the table as a whole: rows of the sheet that it lacks."""
    for breach in inputs.violations.get(DATASET, ()):
        yield _BY_CODE[breach.code].found_in_table(inputs.guide, breach.message, related=breach.related)


def _damaged(context: Context, column: str, measures: Mapping[str, Any]) -> Iterator[Finding]:
    text: str = getattr(context.row, column)
    asked = context.row.instruction
    if "error_value" in measures:
        start, end, alone = measures["error_value"]
        if alone or not _SPREADSHEETS.search(asked):
            message = f"the {column} {'is' if alone else 'starts with'} `{text[start:end]}`"
            yield ERROR_VALUE.found(context, message, column=column, start=start, end=end)
    for place in measures.get("hidden", ()):
        yield _at(HIDDEN, context, column, place, place[2])
    if "mojibake" in measures and not _ENCODINGS.search(asked):
        for place in measures["mojibake"]:
            start, end, what, new, _ = place
            message = what if new is None else f"{what}: `{text[start:end][:40]}` for `{new[:40]}`"
            yield _at(MOJIBAKE, context, column, place, message)


def _at(rule: Rule, context: Context, column: str, place: list[Any], message: str) -> Finding:
    start, end, _, new, safe = place
    fix = None if new is None else Fix(start, end, new, safe)
    return rule.found(context, message, column=column, start=start, end=end, fix=fix)


def _listed(damage: Damage) -> list[Any]:
    return [damage.start, damage.end, damage.what, damage.text, damage.safe]


def _within(damage: Damage, covered: list[tuple[int, int]]) -> bool:
    return any(start <= damage.start and damage.end <= end for start, end in covered)


CHECK = Check(
    family="contract",
    rules=RULES,
    judge=judge,
    measure=measure,
    columns=("instruction", "output"),
    about=about,
)
