"""Which findings a decision holds for, what revives them, and what the report then says."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from quality import gate, guide
from quality.dismissals import Decisions, Places, Scope, dismiss, matched
from quality.model import Outcome, Row, Severity, Status
from quality.reports.document import Document, accepted
from tests.baselines import CRITERIA, found, report

AT = "2026-11-23T18:09:07.000000+00:00"
ROWS = (
    Row(2, 2, "r2", "Say hello.", "Helo there,\nold Wrold.", "grammar", "Helo ther."),
    Row(3, 3, "r3", "Say bye.", "old Wrold.", "none"),
    Row(4, 4, "r4", "Count.", "Wrold, new.", "none"),
)
IN_R2, IN_R3, IN_R4 = (
    found(row=row, start=start, end=start + 5, message="Wrold") for row, start in ((2, 16), (3, 4), (4, 0))
)
WHOLE = found("LEN001", 3, message="2 words")


def decision(finding, scope, rows=ROWS, sheet=None):
    return Places(rows, sheet).decision(finding, scope, who="Ada", why="a name", at=AT)


def held(findings, decisions, rows=ROWS, sheet=None):
    return [one is not None for one in matched(findings, decisions, Places(rows, sheet))]


def edited(row, **changes):
    return tuple(replace(one, **changes) if one.row == row else one for one in ROWS)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [(Scope.ROW, [True, False, False]), (Scope.TEXT, [True, True, False]), (Scope.WORD, [True, True, True])],
)
def test_a_scope_holds_for_its_row_its_line_or_its_words(scope, expected):
    assert held([IN_R2, IN_R3, IN_R4], [decision(IN_R2, scope)]) == expected
    other = [replace(one, code="GRM003") for one in (IN_R2, IN_R3, IN_R4)]
    assert held(other, [decision(IN_R2, scope)]) == [False] * 3


@pytest.mark.parametrize(
    ("changes", "row", "text"),
    [
        ({"output": "Hello there,\nold Wrold."}, False, True),
        ({"output": "Helo there,\nold Wrold!"}, False, False),
        ({"output": "Helo there,\r\nold Wrold."}, True, True),
        ({"instruction": "Say goodbye."}, False, True),
        ({"id": "r9"}, False, True),
        ({"fail_mode": "none", "original": "Hello."}, True, True),
    ],
)
def test_an_edit_revives_the_finding_and_line_ends_do_not(changes, row, text):
    rows = edited(2, **changes)
    start = rows[0].output.index("Wrold")
    finding = replace(IN_R2, start=start, end=start + 5, row_id=rows[0].id)
    assert held([finding], [decision(IN_R2, Scope.ROW)], rows) == [row]
    assert held([finding], [decision(IN_R2, Scope.TEXT)], rows) == [text]
    assert held([finding], [decision(IN_R2, Scope.WORD)], rows) == [True]


def test_what_the_sheet_asks_decides_not_what_the_file_says_was_asked():
    sheet = {"r2": replace(ROWS[0], instruction="Say hello to all.")}
    made = decision(IN_R2, Scope.ROW, sheet=sheet)
    assert held([IN_R2], [made], edited(2, instruction="Another."), sheet) == [True]
    assert held([IN_R2], [made]) == [False]
    changed = found("CSV010", column="instruction") if "CSV010" in CRITERIA else found(column="instruction")
    made = decision(changed, Scope.ROW, sheet=sheet)
    assert held([changed], [made], edited(2, instruction="Another."), sheet) == [False]


def test_a_finding_about_a_whole_cell_has_no_words_and_its_sentence_counts():
    assert Places(ROWS, None).scopes(WHOLE) == (Scope.ROW, Scope.TEXT)
    twin = (*ROWS, replace(ROWS[1], row=5, id="r5"))
    there = replace(WHOLE, row=5, row_id="r5")
    assert held([WHOLE, there], [decision(WHOLE, Scope.ROW, twin)], twin) == [True, False]
    assert held([WHOLE, there], [decision(WHOLE, Scope.TEXT, twin)], twin) == [True, True]
    assert held([replace(WHOLE, message="3 words")], [decision(WHOLE, Scope.TEXT)]) == [False]


def test_what_is_about_the_table_or_waived_is_never_dismissed():
    table = found("PRM001", None) if "PRM001" in CRITERIA else found(row=None)
    assert Places(ROWS, None).scopes(table) == ()
    assert held([replace(IN_R2, waived="lower case"), table], [decision(IN_R2, Scope.WORD)]) == [False, False]


def test_the_narrowest_decision_holds_and_the_report_tells_of_all():
    wide, narrow = decision(IN_R2, Scope.WORD), replace(decision(IN_R2, Scope.ROW), who="Ben", why="quoted")
    nothing = decision(replace(IN_R4, code="GRM003"), Scope.WORD)
    silent = decision(replace(IN_R4, code="TON002"), Scope.WORD)
    broken = {"TON002": Outcome("TON002", Status.CRASHED, failed=(2,))}
    given = report(IN_R2, IN_R3, WHOLE, **broken)
    after = dismiss(given, Decisions(Path("d.json"), (wide, narrow, nothing, silent)), ROWS, None)
    assert [one.accepted for one in after.findings] == [
        "dismissed by Ben: quoted",
        "dismissed by Ada: a name",
        None,
    ]
    assert [one.is_dismissed for one in after.findings] == [True, True, False]
    assert after.rows == given.rows
    told = after.dataset["decisions"]
    assert (told["entries"], told["dismissed"]) == (4, 2)
    assert [(one["who"], one["findings"], one["rows"]) for one in told["uses"]] == [
        ("Ben", 1, 1),
        ("Ada", 1, 1),
    ]
    assert [one["code"] for one in told["stale"]] == ["GRM003"]


def test_what_only_repeats_other_findings_falls_with_the_last_of_them():
    twice = replace(IN_R2, start=0, end=4, message="Helo")
    repeating = found("EDT002", start=0, end=4, detail={"codes": ["GRM001"]})
    word, other = decision(IN_R2, Scope.WORD), decision(twice, Scope.WORD)
    assert held([IN_R2, twice, repeating], [word]) == [True, False, False]
    assert held([IN_R2, twice, repeating], [word, other]) == [True, True, True]
    after = dismiss(report(IN_R2, twice, repeating), Decisions(Path("d.json"), (word, other)), ROWS, None)
    assert after.dataset["decisions"]["dismissed"] == 2
    assert all(one.is_dismissed for one in after.findings)
    said = replace(other, why="another name")
    (*_, fallen) = matched([IN_R2, twice, repeating], [word, said], Places(ROWS, None))
    assert fallen is said  # the word that it marks
    verdict = gate.decide(after, guide.load(), CRITERIA)
    shown = Document(after, verdict, {}, pd.DataFrame(), "data.csv", guide.load(), {})
    assert accepted(shown) == "2 findings more dismissed in d.json"  # as the verdict says


def test_the_gate_takes_dismissed_rows_only_up_to_the_guides_share_and_names_each_use():
    shipped = guide.load()
    given = report(IN_R2, IN_R3)
    after = dismiss(given, Decisions(Path("d.json"), (decision(IN_R2, Scope.WORD),)), ROWS, None)
    shut = gate.decide(after, shipped, CRITERIA)
    assert shut.passing_rows == (4,)
    assert any("2 findings are dismissed by d.json" in note for note in shut.notes)
    assert any("by Ada: a name" in note and "2 rows" in note for note in shut.notes)
    permissive = replace(shipped, gate=replace(shipped.gate, max_accepted_share=0.4))
    let_in = gate.decide(after, permissive, CRITERIA)
    assert len(let_in.passing_rows) == 2
    assert any("1 of 3 rows count as passing by d.json, at most 40.0%" in note for note in let_in.notes)
    contract = found("CSV006", start=0, end=4)
    after = dismiss(report(contract), Decisions(Path("d.json"), (decision(contract, Scope.ROW),)), ROWS, None)
    assert any(
        "accepted by the decisions, which counts for nothing" in why
        for why in gate.decide(after, permissive, CRITERIA).reasons
    )


def test_severity_and_score_stay_as_they_are():
    after = dismiss(report(IN_R2), Decisions(Path("d.json"), (decision(IN_R2, Scope.WORD),)), ROWS, None)
    (one,) = after.findings
    assert (one.severity, one.is_error, one.is_open) == (Severity.ERROR, True, False)
