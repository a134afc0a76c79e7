"""A small document in which each thing that a report can say occurs once."""

import pandas as pd
import pytest

from quality import guide
from quality.model import (
    Ask,
    AskResult,
    Example,
    Finding,
    Fingerprint,
    Fix,
    Outcome,
    Report,
    Result,
    Row,
    RowScore,
    Severity,
    Status,
    Verdict,
)
from quality.reports import Document
from quality.rule import Rule

HASHES = Fingerprint(*(digit * 64 for digit in "12345"))

ROWS = (
    Row(
        2,
        2,
        "r0001",
        "Say what a volcano is.",
        "An volcano is an opening. Teh magma leaves it. Teh ash too.",
        "grammar",
    ),
    Row(3, 3, "r0002", "write about the sea, all in lower case", "the sea is blue", "none"),
    Row(4, 4, "r0003", "Explain tides.\nBe brief.", "First line.\nTides follow the moon\u200b.", "gramar"),
    Row(5, 6, "r0004", "Erkläre 日本.", "日本はアジアの国です。 teh end", ""),
    Row(6, 7, "r0005", "Say hello.", "Hello there!", "none"),
)


def _rule(code: str, name: str, criterion: str, remedy: str, *, fixable: bool = False) -> Rule:
    bad = Example((Row(2, 2, "a", "Say hi.", "Hi hi."),), (2,))
    good = Example((Row(2, 2, "a", "Say hi.", "Hi."),))
    return Rule(
        code=code,
        name=name,
        criterion=criterion,
        what=f"Flags each {name}.",
        why=f"A model learns the {name}.",
        remedy=remedy,
        source="Chat Style Guide",
        measured="not measured",
        bad=(bad,),
        good=(good,),
        fixable=fixable,
    )


RULES = (
    _rule("CSV006", "invisible-character", "contract", "Delete the character.", fixable=True),
    _rule("GRM001", "misspelling", "grammar", "Spell the word as the dictionary does.", fixable=True),
    _rule("GRM002", "capitalization", "grammar", "Start sentences with a capital letter."),
    _rule(
        "GRM004",
        "article",
        "grammar",
        'Write "a" before a consonant sound, "an" before a vowel.',
        fixable=True,
    ),
    _rule("DUP001", "near-duplicate", "plagiarism", "Write one of the two anew."),
    _rule("LBL002", "unknown-label", "fail_mode", "Use a label of the guide."),
)


def finding(
    code: str, row: Row | None, message: str, column: str = "output", marked: str = "", **more
) -> Finding:
    """A finding on the first place of `marked` in the cell, or on the place that `more` gives."""
    start = getattr(row, column).index(marked) if marked else more.pop("start", None)
    end = start + len(marked) if marked else more.pop("end", None)
    rules = {rule.code: rule.criterion for rule in RULES}
    return Finding(
        code=code,
        criterion=rules.get(code, "variety"),
        severity=more.pop("severity", Severity.ERROR),
        row=row.row if row else None,
        row_id=row.id if row else "",
        column=column,
        message=message,
        start=start,
        end=end,
        **more,
    )


@pytest.fixture
def document() -> Document:
    first, sea, tides, japan, hello = ROWS
    teh = '"Teh" is not a word'
    findings = (
        finding("GRM004", first, '"an" before a consonant sound', marked="An", fix=Fix(0, 2, "A", True)),
        finding("GRM001", first, teh, start=26, end=29, fix=Fix(26, 29, "The", False)),
        finding("GRM001", first, teh, start=47, end=50, fix=Fix(47, 50, "The", False)),
        finding("GRM002", sea, "a sentence starts in lower case", marked="the", waived="all in lower case"),
        finding("CSV006", tides, "a zero-width space", marked="\u200b", fix=Fix(33, 34, "", True)),
        finding("LBL002", tides, '"gramar" is not a label; nearest: "grammar"', "fail_mode"),
        finding("GRM001", japan, '"teh" is not a word', marked="teh", severity=Severity.WARNING),
        finding(
            "DUP001", hello, "98% the same as r0009", related=("r0009", "r0010"), detail={"similarity": 0.98}
        ),
        finding("PRM001", None, "3 of 5 prompts are alike", "", severity=Severity.WARNING),
    )
    ask = Ask("change_case:english_lowercase", "=", "lower", "", 21, 38)
    short = Ask("length:short", "", "", "", 15, 23)
    scores = (
        RowScore(2, 2, "r0001", 56.25, False, {"contract": 1.0, "grammar": 0.125}),
        RowScore(
            3,
            3,
            "r0002",
            100.0,
            True,
            {"contract": 1.0, "grammar": 1.0},
            {},
            (ask,),
            (AskResult(ask, Result.SATISFIED),),
        ),
        RowScore(
            4,
            4,
            "r0003",
            50.0,
            False,
            {"contract": 0.5, "grammar": 1.0},
            asks=(short,),
            ask_results=(AskResult(short, Result.UNVERIFIABLE, "no program can tell"),),
        ),
        RowScore(
            5, 6, "r0004", 33.3, False, {"contract": 1.0, "grammar": None}, {"grammar": "not in English"}
        ),
        RowScore(6, 7, "r0005", 75.0, False, {"contract": 1.0, "grammar": 1.0, "plagiarism": 0.5}),
    )
    outcomes = (
        Outcome("GRM001", Status.RAN, 4, 1, seconds=0.25, detail="1 row: not in English"),
        Outcome("LBL002", Status.CRASHED, 4, 0, (3,), 0.01, "ValueError: no label"),
        Outcome("DUP002", Status.UNAVAILABLE, detail="no reference corpus"),
        Outcome("LEN001", Status.NOT_REQUESTED),
    )
    reasons = ("1 of 5 rows pass (20.0%; at least 90%): mend at least 4 more", "LBL002 crashed: see row 3")
    cells = [[row.id, row.instruction, row.output, row.fail_mode, f"=note {row.row}"] for row in ROWS]
    columns = ["id", "instruction", "output", "fail_mode", "note"]
    return Document(
        report=Report(HASHES, scores, findings, outcomes, {"words": {"median": 4, "mean": 4.5}}),
        verdict=Verdict(HASHES, False, reasons, (3,), ("plagiarism was looked for within this file only",)),
        rows={row.row: row for row in ROWS},
        frame=pd.DataFrame(cells, columns=columns, index=[row.row for row in ROWS], dtype=object),
        path="data.csv",
        guide=guide.load(),
        rules={rule.code: rule for rule in RULES},
        notes=("read as UTF-8 with a byte-order mark",),
    )
