"""What a baseline accepts, and what revives it."""

from dataclasses import replace

import pytest

from quality.baseline import Baseline, accept, updated
from quality.model import Outcome, Report, Row, Severity, Status
from tests.baselines import ROWS, found, report


def reasons(of: Report, baseline: Baseline, rows=ROWS, sheet=None) -> list[str | None]:
    return [finding.accepted for finding in accept(of, baseline, rows, sheet).findings]


def edited(**changes) -> tuple[Row, ...]:
    return (replace(ROWS[0], **changes), *ROWS[1:])


def test_what_is_accepted_carries_its_reason_and_changes_no_mark(accepting):
    whole = report(found(), found("GRM002", 3))
    after = accept(whole, accepting(found()), ROWS, None)
    assert [finding.accepted for finding in after.findings] == ["a brand", None]
    assert [finding.is_open for finding in after.findings] == [False, True]
    assert after.rows == whole.rows
    assert after.dataset == {
        "words": 3,
        "baseline": {"file": "known.json", "entries": 1, "accepted": 1, "stale": []},
    }


@pytest.mark.parametrize(
    "change",
    [
        {"instruction": "Say hello!"},
        {"output": "Helo there, you."},
        {"context": ()},
        {"id": "r9"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edit_of_the_row_revives_the_finding(accepting, change):
    rows = edited(**change)
    again = replace(found(), row_id=rows[0].id)
    assert reasons(report(again), accepting(found()), rows) == [None]


@pytest.mark.parametrize(
    "change",
    [{"fail_mode": "tone"}, {"original": "Hello."}, {"row": 2, "line": 7}, {"output": "Helo there,\r\nyou."}],
    ids=["label", "original", "line", "line ends"],
)
def test_what_the_finding_does_not_depend_on_revives_nothing(accepting, change):
    assert reasons(report(found()), accepting(found()), edited(**change)) == ["a brand"]


def test_rows_may_move_within_the_table(accepting):
    rows = (replace(ROWS[1], row=2), replace(ROWS[0], row=3))
    moved = replace(found(), row=3)
    assert reasons(report(moved), accepting(found()), rows) == ["a brand"]


def test_a_finding_about_the_label_depends_on_label_and_original(accepting):
    about = found("LBL003", column="fail_mode")
    assert reasons(report(about), accepting(about)) == ["a brand"]
    assert reasons(report(about), accepting(about), edited(fail_mode="tone")) == [None]
    assert reasons(report(about), accepting(about), edited(original="Hello.")) == [None]


def test_a_finding_about_the_correction_depends_on_the_original(accepting):
    about = replace(found("REP001"), code="EDT003", criterion="correction")
    assert reasons(report(about), accepting(about)) == ["a brand"]
    assert reasons(report(about), accepting(about), edited(original="Hello.")) == [None]


def test_the_sheets_instruction_counts(accepting):
    sheet = {"r2": ROWS[0]}
    changed = {"r2": replace(ROWS[0], instruction="Say hello in French.")}
    assert reasons(report(found()), accepting(found()), sheet=sheet) == ["a brand"]
    assert reasons(report(found()), accepting(found()), sheet=changed) == [None]


def test_an_edit_of_a_row_that_the_finding_names_revives_it(accepting):
    twin = found("DUP001", related=("r3",))
    rows = (ROWS[0], replace(ROWS[1], output="Bye!"), ROWS[2])
    assert reasons(report(twin), accepting(twin)) == ["a brand"]
    assert reasons(report(twin), accepting(twin), rows) == [None]
    assert reasons(report(twin), accepting(twin), ROWS[:1]) == [None]
    assert reasons(report(replace(twin, related=("r4",))), accepting(twin)) == [None]


def test_leave_to_copy_one_text_is_none_to_copy_another(accepting):
    copied = found("DUP002", detail={"source": "a", "spans": [[0, 4]], "coverage": 0.9})
    assert reasons(report(copied), accepting(copied)) == ["a brand"]
    for other in ({"source": "b", "spans": [[0, 4]]}, {"source": "a", "spans": [[5, 9]]}):
        assert reasons(report(replace(copied, detail=other)), accepting(copied)) == [None]


def test_a_finding_about_the_table_is_known_by_what_it_says(accepting):
    whole = found("PRM001", None, column="", message="3 of 3 prompts are alike", severity=Severity.WARNING)
    assert reasons(report(whole), accepting(whole)) == ["a brand"]
    other = replace(whole, message="2 of 3 prompts are alike")
    assert reasons(report(other, whole), accepting(whole)) == [None, "a brand"]


def test_more_findings_than_were_accepted_revive_all_of_them(accepting):
    two = [found(start=0, end=4), found(start=5, end=9)]
    baseline = accepting(*two)
    assert [entry.findings for entry in baseline.entries.values()] == [2]
    assert reasons(report(*two), baseline) == ["a brand", "a brand"]
    assert reasons(report(two[0]), baseline) == ["a brand"]
    assert reasons(report(*two, found(start=11, end=15)), baseline) == [None, None, None]


def test_what_the_prompt_asks_for_needs_nobodys_leave(accepting):
    waived = found(waived="in slang")
    assert accepting(waived).entries == {}
    after = accept(report(waived), accepting(found()), ROWS, None)
    assert after.findings[0].accepted is None
    assert after.dataset["baseline"]["stale"] == [{"id": "r2", "code": "GRM001"}]


def test_an_entry_for_which_nothing_is_found_is_named(accepting):
    after = accept(report(), accepting(found()), ROWS, None)
    assert after.dataset["baseline"]["stale"] == [{"id": "r2", "code": "GRM001"}]


@pytest.mark.parametrize("status", [Status.NOT_REQUESTED, Status.CRASHED, Status.UNAVAILABLE])
def test_a_rule_that_did_not_run_says_nothing_of_its_entries(accepting, empty, status):
    silent = report(GRM001=Outcome("GRM001", status))
    baseline = accepting(found())
    assert accept(silent, baseline, ROWS, None).dataset["baseline"]["stale"] == []
    update = updated(silent, baseline, ROWS, None, "")
    assert (update.baseline, update.kept, update.dropped) == (baseline, 1, 0)


def test_a_row_that_was_not_measured_keeps_its_entries(accepting):
    whole = report()
    unread = replace(whole.rows[0], unmeasured={"grammar": "not in English"})
    whole = replace(whole, rows=(unread, *whole.rows[1:]))
    assert updated(whole, accepting(found()), ROWS, None, "").kept == 1
