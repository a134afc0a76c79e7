"""What a baseline accepts, what revives it, how it is kept up to date, and what it does at the gate."""

import json
from dataclasses import replace

import pytest

from quality import baseline_file, gate, guide, run
from quality.baseline import Baseline, Entry, accept, updated
from quality.errors import ConfigError, InputError
from quality.model import Finding, Fingerprint, Outcome, Report, Row, RowScore, Severity, Status

GUIDE = guide.load()
CRITERIA = {code: rule.criterion for code, rule in run.rules().items()}
PRINT = Fingerprint("d", "f", "g", "c", "x")
HASH = "0" * 64
ROWS = (
    Row(2, 2, "r2", "Say hello.", "Helo there,\nyou.", "grammar", "Helo ther.", ("Be kind.",)),
    Row(3, 3, "r3", "Say bye.", "Bye.", "none"),
    Row(4, 4, "r4", "Count.", "One, two.", "none"),
)


def found(code: str = "GRM001", row: int | None = 2, **more) -> Finding:
    given = {"column": "output", "message": "…", "severity": Severity.ERROR, **more}
    name = f"r{row}" if row else ""
    return Finding(code=code, criterion=CRITERIA[code], row=row, row_id=name, **given)


def report(*findings: Finding, rows=(2, 3, 4), **outcomes) -> Report:
    wrong = {f.row for f in findings if f.severity is Severity.ERROR and f.waived is None}
    marks = [RowScore(n, n, f"r{n}", 50.0 if n in wrong else 100.0, n not in wrong, {}) for n in rows]
    known = {code: Outcome(code, Status.RAN, measured=len(marks)) for code in CRITERIA} | outcomes
    return Report(PRINT, tuple(marks), findings, tuple(known.values()), {"words": 3})


@pytest.fixture
def empty(tmp_path) -> Baseline:
    return Baseline(tmp_path / "known.json", {})


@pytest.fixture
def accepting(empty):
    """A baseline that accepts what a report finds in the rows."""

    def made(*findings: Finding, rows=ROWS, sheet=None) -> Baseline:
        return updated(report(*findings), empty, rows, sheet, "a brand").baseline

    return made


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


def test_an_update_keeps_reasons_adds_new_ones_and_drops_what_holds_no_more(accepting):
    old = accepting(found(), found("GRM002", 3))
    update = updated(report(found(), found("REP001", 4)), old, ROWS, None, "a refrain")
    assert (update.new, update.kept, update.dropped) == (1, 1, 1)
    assert {(key.id, key.code): entry.reason for key, entry in update.baseline.entries.items()} == {
        ("r2", "GRM001"): "a brand",
        ("r4", "REP001"): "a refrain",
    }


def test_an_update_without_a_reason_accepts_nothing_new(accepting, empty):
    with pytest.raises(ConfigError, match=r"1 entry is new \(r2 GRM001\)") as caught:
        updated(report(found()), empty, ROWS, None, "")
    assert "--reason" in caught.value.remedy
    assert updated(report(found()), accepting(found()), ROWS, None, "").new == 0
    grown = report(found(start=0, end=4), found(start=5, end=9))
    with pytest.raises(ConfigError, match="is new"):
        updated(grown, accepting(found()), ROWS, None, "")


def test_an_update_lowers_the_number_that_is_accepted(accepting):
    old = accepting(found(start=0, end=4), found(start=5, end=9))
    update = updated(report(found()), old, ROWS, None, "")
    assert [entry.findings for entry in update.baseline.entries.values()] == [1]


def test_the_hash_is_of_the_entries_not_of_the_files_layout(accepting, tmp_path):
    baseline = accepting(found(), found("GRM002", 3))
    other = tmp_path / "other.json"
    backwards = json.loads(baseline_file.render(baseline))
    backwards["accepted"].reverse()
    other.write_text(json.dumps(backwards, indent=4))
    assert baseline_file.read(other).sha256 == baseline.sha256
    assert Baseline(other, {}).sha256 != baseline.sha256
    reworded = {key: replace(entry, reason="other") for key, entry in baseline.entries.items()}
    assert replace(baseline, entries=reworded).sha256 != baseline.sha256


# --- the file ---------------------------------------------------------------------------------------------------


def test_the_file_is_sorted_ascii_with_one_entry_a_line(accepting, tmp_path):
    text = baseline_file.render(accepting(found("REP001", 4), found("GRM002", 3), found("CSV006", 3)))
    assert text.isascii()
    lines = [json.loads(line.rstrip(",")) for line in text.splitlines() if line.startswith('{"id"')]
    assert [(line["id"], line["code"]) for line in lines] == [
        *(("r3", "CSV006"), ("r3", "GRM002"), ("r4", "REP001"))
    ]
    target = tmp_path / "known.json"
    target.write_text(text)
    assert baseline_file.render(baseline_file.read(target)) == text


def test_a_baseline_that_is_not_there_is_an_error_unless_it_is_to_be_written(tmp_path):
    with pytest.raises(InputError, match="no such baseline"):
        baseline_file.read(tmp_path / "none.json")
    assert baseline_file.read(tmp_path / "none.json", new=True).entries == {}


def entry(**changes) -> dict:
    return {"id": "r2", "code": "GRM001", "content": HASH, "findings": 1, "reason": "a brand", **changes}


def whole(*entries, **changes) -> bytes:
    return json.dumps({"format": 1, "kind": "baseline", "accepted": entries, **changes}).encode()


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    target = tmp_path / "known.json"
    target.write_bytes(b"\xef\xbb\xbf" + whole(entry()))
    assert baseline_file.read(target).entries == {("r2", "GRM001", HASH): Entry(1, "a brand")}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 200_000, "is not JSON"),
        (b'{"a":' * 200_000, "is not JSON"),
        (b"[" + b"9" * 100_000 + b"]", "is not JSON"),
        (b"[]", "is not a baseline"),
        (b"7", "is not a baseline"),
        (b"{}", "no others"),
        (b"[" + b"{}," * 100_000 + b"{}]", "no others"),
        (b'{"format": 1, "kind": "gate", "accepted": []}', "of this version"),
        (b'{"format": true, "kind": "baseline", "accepted": []}', "of this version"),
        (b'{"format": 2, "kind": "baseline", "accepted": []}', "of this version"),
        (b'{"format": 1, "format": 1, "kind": "baseline", "accepted": []}', "twice in one object"),
        (whole(accepted={}), "no others"),
        (whole(accepted="x"), "a list of entries"),
        (whole(accepted=[["r2"]]), "a list of entries"),
        (whole(7), "a list of entries"),
        (whole(entry(), entry()), "stands there twice"),
        (whole(entry(row=2)), "no others"),
        (whole({"id": "r2"}), "no others"),
        (whole(entry(id=2)), "are text"),
        (whole(entry(reason=None)), "are text"),
        (whole(entry(reason=[])), "are text"),
        (whole(entry(code="GRM")), "such as GRM001"),
        (whole(entry(code=["GRM001"])), "such as GRM001"),
        (whole(entry(content="0" * 63)), "SHA-256"),
        (whole(entry(content="G" * 64)), "SHA-256"),
        (whole(entry(content=HASH + "\n")), "SHA-256"),
        (whole(entry(findings=0)), "at least 1"),
        (whole(entry(findings=True)), "at least 1"),
        (whole(entry(findings=1.5)), "at least 1"),
        (whole(entry(reason="  ")), "its reason is empty"),
        (whole(entry(reason="…\u200b")), "no word in it"),
        (whole(entry(reason="a\nb")), "control character"),
        (whole(entry(reason="a\u001b[31mb")), "control character"),
        (whole(entry(reason="a\u2028b")), "control character"),
        (whole(entry(reason="a\ud800b")), "control character"),
        (whole(entry(reason="a" * 501)), "longer than 500"),
    ],
)
def test_what_is_no_baseline_is_one_clear_error(tmp_path, content, says):
    target = tmp_path / "known.json"
    target.write_bytes(content)
    with pytest.raises(InputError) as caught:
        baseline_file.read(target)
    assert says in caught.value.what
    assert caught.value.where == str(target)
    assert caught.value.remedy


def test_a_file_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    target = tmp_path / "known.json"
    target.write_bytes(whole(*(entry(id=f"r{n}") for n in range(20))))
    monkeypatch.setattr(baseline_file, "MAX_BYTES", target.stat().st_size)
    assert len(baseline_file.read(target).entries) == 20
    monkeypatch.setattr(baseline_file, "MAX_BYTES", target.stat().st_size - 1)
    with pytest.raises(InputError, match="is over"):
        baseline_file.read(target)


def test_a_folder_and_a_name_with_a_nul_are_errors_in_words(tmp_path):
    for path in (tmp_path, tmp_path / "a\0b"):
        with pytest.raises(InputError, match="cannot be read"):
            baseline_file.read(path)


# --- the gate ---------------------------------------------------------------------------------------------------


def permitting(share: float, **more):
    return replace(GUIDE, gate=replace(GUIDE.gate, max_accepted_share=share, **more))


def many(wrong: int, accepted: int, code: str = "GRM001", **scores: float) -> Report:
    """40 rows, of which the first so many have an error, the first so many of them an accepted one."""
    findings = [found(code, n, accepted="a brand" if n < accepted + 2 else None) for n in range(2, wrong + 2)]
    made = report(*findings, rows=tuple(range(2, 42)))
    told = {"file": "known.json", "entries": accepted, "accepted": accepted, "stale": []}
    rows = tuple(replace(row, score=scores.get(row.id, row.score)) for row in made.rows)
    return replace(made, rows=rows, dataset={"baseline": told})


def decided(of: Report, by=GUIDE):
    return gate.decide(of, by, CRITERIA)


def test_with_the_shipped_guide_a_baseline_opens_nothing():
    verdict = decided(many(wrong=6, accepted=6))
    assert not verdict.passed
    assert verdict.passing_rows == tuple(range(8, 42))
    assert verdict.reasons[0].startswith("34 of 40 rows pass (85.0%")


def test_the_guides_share_lets_so_many_rows_in_and_the_verdict_names_them():
    by = permitting(0.05)
    verdict = decided(many(wrong=6, accepted=6), by)
    assert verdict.passed
    assert verdict.passing_rows == (2, 3, *range(8, 42))
    notes = "\n".join(verdict.notes)
    assert "6 findings are accepted in known.json; the scores count them" in notes
    assert "GRM001 is accepted in r2, r3, r4, r5, r6, r7: a brand" in notes
    assert "2 of 40 rows count as passing by known.json, at most 5.0% as the guide permits: r2, r3" in notes
    refused = decided(many(wrong=7, accepted=7), by)
    assert refused.reasons[0].startswith("35 of 40 rows pass, 2 of them by the baseline (87.5%")


def test_the_best_rows_come_first():
    verdict = decided(many(6, 6, r4=90.0, r6=80.0), permitting(0.05))
    assert verdict.passing_rows == (4, 6, *range(8, 42))


@pytest.mark.parametrize("share", [0.05, 0.1, 0.15, 0.35, 1.0])
def test_no_more_rows_than_the_share_are_let_in(share):
    verdict = decided(many(wrong=40, accepted=40), permitting(share))
    assert len(verdict.passing_rows) == round(40 * share)


def test_an_open_error_keeps_its_row_out():
    whole = many(wrong=1, accepted=1)
    whole = replace(whole, findings=(*whole.findings, found("GRM002", 2)))
    assert 2 not in decided(whole, permitting(1.0)).passing_rows


def test_a_row_that_went_unmeasured_is_never_let_in():
    whole = many(wrong=1, accepted=1)
    unread = replace(whole.rows[0], unmeasured={"grammar": "not in English"})
    assert 2 not in decided(replace(whole, rows=(unread, *whole.rows[1:])), permitting(1.0)).passing_rows


def test_errors_in_what_must_be_clean_are_never_excused():
    verdict = decided(many(wrong=1, accepted=1, code="CSV007"), permitting(1.0))
    assert not verdict.passed
    assert 2 not in verdict.passing_rows
    assert "none may be left" in verdict.reasons[0]


def test_a_waived_error_beside_an_accepted_one_counts_for_nothing():
    whole = many(wrong=1, accepted=1)
    whole = replace(whole, findings=(*whole.findings, found("TON004", 2, waived="in slang")))
    assert 2 in decided(whole, permitting(1.0)).passing_rows


def test_many_reasons_and_entries_are_counted():
    findings = [found(row=n, accepted=f"reason {n}", severity=Severity.WARNING) for n in range(2, 22)]
    told = {"file": "b.json", "entries": 0, "accepted": 20, "stale": [{"id": "x", "code": "GRM001"}] * 30}
    whole = replace(report(*findings, rows=tuple(range(2, 42))), dataset={"baseline": told})
    notes = decided(whole).notes
    assert len(notes) == 13
    assert "10 more reasons stand in b.json and in the JSON report" in notes
    assert notes[-1].startswith("nothing is found any more for 30 entries of b.json (x GRM001, ")
    assert "and 20 more" in notes[-1]
