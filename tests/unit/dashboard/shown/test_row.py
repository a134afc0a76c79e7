from dataclasses import replace

import pytest

from dashboard.model import Entry, RowKey, content
from dashboard.shown import blocks, personal, row, unmeasured
from quality import guide
from quality.errors import InputError
from quality.model import INPUT_NOT_GIVEN, Finding, Fix, Row, Severity
from tests.graded import HOSTILE

GUIDE = guide.load()
ROW = Row(
    7, 9, HOSTILE, HOSTILE, f"hi their {HOSTILE}", HOSTILE, original=f"hi thier {HOSTILE}", context=(HOSTILE,)
)
FINDING = Finding(
    "GRM001",
    "grammar",
    Severity.ERROR,
    7,
    HOSTILE,
    "output",
    HOSTILE,
    3,
    8,
    Fix(3, 8, HOSTILE, True),
    (HOSTILE,),
)
ENTRY = Entry(
    1,
    RowKey("", "r"),
    ROW,
    91.4,
    False,
    {"grammar": 0.456, "tone": 1.0, "factual": None},
    {},
    (FINDING,),
    content(ROW),
)


def _html(entry, **options):
    return str(blocks.html("row", row.view(GUIDE, entry, **options)))


@pytest.mark.parametrize(
    "make",
    [
        lambda: _html(ENTRY, group=HOSTILE),
        lambda: _html(
            replace(ENTRY, unmeasured={"factual": HOSTILE}, findings=(replace(FINDING, waived=HOSTILE),))
        ),
        lambda: str(blocks.html("note", f"`{HOSTILE}` {HOSTILE}")),
        lambda: str(blocks.html("trouble", InputError(HOSTILE, where=HOSTILE, remedy=f"`{HOSTILE}`"))),
        lambda: str(blocks.html("empty", HOSTILE)),
        lambda: str(blocks.html("verdict", False, [HOSTILE])),
        lambda: str(blocks.html("things", [(HOSTILE, ""), (HOSTILE, HOSTILE)])),
        lambda: str(blocks.html("versions", *row.changes.sides(HOSTILE, "x"), ("a", "b"))),
    ],
)
def test_hostile_text_is_text(make):
    html = make()
    assert "evil.example" in html
    for sign in ("<script", "<img", "\u202e", "\u200b", 'href="', "src="):
        assert sign not in html.replace("src=x onerror=alert(1)&gt;", ""), sign


def test_a_finding_leads_from_rule_to_clause_to_remedy():
    view = row.view(GUIDE, ENTRY)
    (one,) = view.findings
    assert one.rule == "GRM001 misspelling"
    assert one.section.startswith("Chat Style Guide 1.1.2-2")
    assert one.remedy == row.rules()["GRM001"].remedy
    assert (one.old, one.new, one.place) == ("their", HOSTILE, "output 3–8")
    marked = [piece for head, pieces in view.cells if head == "Response" for piece in pieces if piece.starts]
    assert [(piece.text, piece.kind) for piece in marked] == [("their", "error")]


def test_what_was_not_measured_is_neither_full_nor_silent():
    view = row.view(GUIDE, replace(ENTRY, score=None, unmeasured={"factual": "too long"}))
    assert view.score == "–"
    assert view.unmeasured == ((GUIDE.criteria["factual"].title, "too long"),)
    assert view.criteria == ((GUIDE.criteria["grammar"].title, "0.45", "45.6"),)
    assert view.full == GUIDE.criteria["tone"].title
    assert view.absent == ""
    assert row.view(GUIDE, ENTRY).absent == GUIDE.criteria["factual"].title


def test_the_correction_is_shown_with_its_edits():
    view = row.view(GUIDE, ENTRY)
    assert view.correction.words == "The correction: 1 edit."
    assert [piece.text for piece in view.correction.new if piece.kind == "added"] == ["their"]
    same = row.view(GUIDE, replace(ENTRY, row=replace(ROW, original=ROW.output)))
    assert (same.correction.old, same.correction.new) == ([], [])
    assert row.view(GUIDE, replace(ENTRY, row=replace(ROW, original=None))).correction is None


def test_why_a_row_does_not_pass_stands_beside_it():
    assert row.view(GUIDE, ENTRY).why == "1 error"
    title = GUIDE.criteria["factual"].title
    both = replace(ENTRY, unmeasured={"factual": "too long"})
    assert row.view(GUIDE, both).why == f"1 error and not measured: {title}"
    dismissed = replace(FINDING, accepted="dismissed by Ada: a name", detail={"dismissed": {}})
    assert "--decisions" in row.view(GUIDE, replace(ENTRY, findings=(dismissed,))).why
    assert row.view(GUIDE, replace(ENTRY, passed=True)).why == ""


def test_a_criterion_that_has_no_part_in_the_score_says_so():
    below = replace(ENTRY, criteria={"fail_mode": 0.5, "privacy": 0.5})
    for apart, told in (((), [False, True]), (("fail_mode",), [True, True])):
        found = row.view(GUIDE, below, apart=apart).criteria
        assert [title.endswith("(not in the score)") for title, _, _ in found] == told


def test_what_the_prompt_asks_is_shown_and_missed_only_where_a_finding_says_so():
    asking = replace(ROW, instruction="Describe tea in exactly 50 words, all lowercase.")
    detail = {"kind": "length_constraints:number_words", "asked_start": asking.instruction.index("exactly")}
    missed = replace(FINDING, code="ASK001", detail=detail)
    found = row.view(GUIDE, replace(ENTRY, row=asking, findings=(missed,))).asks
    assert [(one.asked, one.missed) for one in found] == [
        ("exactly 50 words", True),
        ("all lowercase", False),
    ]
    waived = replace(missed, waived="as you like")
    assert not any(one.missed for one in row.view(GUIDE, replace(ENTRY, row=asking, findings=(waived,))).asks)


def test_personal_data_is_masked_in_every_cell_and_message():
    told = "ada.byron@gmail.com"
    held = replace(
        ROW, instruction=f"Ask {told}.", output=f"I am {told}.", original=f"Am {told}.", context=()
    )
    finding = replace(FINDING, message=f"“{told}” is new", fix=None, related=())
    hidden = personal.masked(replace(ENTRY, row=held, findings=(finding,)))
    assert "ada.byron" not in _html(hidden)
    assert len(hidden.row.output) == len(held.output)
    assert personal.masked(ENTRY).row == ENTRY.row


def test_open_errors_are_kept_where_there_are_too_many_findings():
    quiet = [replace(FINDING, severity=Severity.WARNING, start=at, end=at + 1) for at in range(60)]
    view = row.view(GUIDE, replace(ENTRY, findings=(*quiet, FINDING)))
    assert (len(view.findings), view.left_out) == (row.MAX_FINDINGS, 61 - row.MAX_FINDINGS)
    assert sum(one.standing == "error" for one in view.findings) == 1


def _outcome(code, status="ran", unmeasured=0, failed=(), detail=""):
    return {
        "code": code,
        "status": status,
        "unmeasured": unmeasured,
        "failed": list(failed),
        "detail": detail,
    }


def test_every_rule_that_did_not_see_every_row_is_named():
    outcomes = [
        _outcome("GRM001"),
        _outcome("GRM002", "crashed", detail="boom"),
        _outcome("GRM003", "crashed", detail="boom"),
        _outcome("GRM004", "unavailable"),
        _outcome("GRM005", "not_requested"),
        _outcome("GRM006", failed=[4, 5]),
        _outcome("GRM007", unmeasured=3, detail="3 × too long"),
        _outcome("DUP001", unmeasured=3, detail=INPUT_NOT_GIVEN["against"]),
    ]
    assert unmeasured.troubles(outcomes) == [
        ("GRM002, GRM003 crashed", "boom"),
        ("GRM004 could not run", ""),
        ("GRM005 left out by --select or --ignore", ""),
        ("GRM006 failed on 2 rows", ""),
        ("GRM007 did not see every row", "3 × too long"),
    ]
