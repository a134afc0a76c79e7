"""Nothing that a user writes into a baseline raises a score, passes a row or opens the shipped gate."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from quality import gate, guide, run
from quality.baseline import Baseline, Entry, Key, accept, updated
from quality.baseline import file as baseline_file
from quality.model import Finding, Fingerprint, Outcome, Report, Row, RowScore, Severity, Status

GUIDE = guide.load()
CRITERIA = {code: rule.criterion for code, rule in run.rules().items()}
CODES = sorted(CRITERIA)
PRINT = Fingerprint("d", "f", "g", "c", "x")
HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)
REASONS = st.text(min_size=1, max_size=60).filter(lambda text: not baseline_file.reason_fault(text))
TEXTS = st.text(max_size=20)


@st.composite
def reports(draw) -> tuple[Report, tuple[Row, ...]]:
    """A report whose rows pass as its findings say, and its rows; ids may be shared."""
    size = draw(st.integers(0, 30))
    rows = tuple(
        Row(n, n, draw(st.sampled_from("abc")) + str(n % 9), "ask", draw(TEXTS)) for n in range(2, size + 2)
    )
    findings: list[Finding] = []
    for row in rows:
        for code in draw(st.lists(st.sampled_from(CODES), max_size=2)):
            severity = draw(st.sampled_from(Severity))
            waived = draw(st.sampled_from([None, None, "slang"]))
            related = tuple(draw(st.lists(st.sampled_from([r.id for r in rows]), max_size=2)))
            findings.append(
                Finding(
                    code,
                    CRITERIA[code],
                    severity,
                    row.row,
                    row.id,
                    "output",
                    "…",
                    related=related,
                    waived=waived,
                )
            )
    wrong = {f.row for f in findings if f.is_error}
    unmeasured = draw(st.sets(st.sampled_from([row.row for row in rows] or [0])))
    marks = tuple(
        RowScore(
            row.row,
            row.line,
            row.id,
            draw(st.floats(0, 100)),
            row.row not in wrong | unmeasured,
            {},
            {"grammar": "too long"} if row.row in unmeasured else {},
        )
        for row in rows
    )
    outcomes = tuple(Outcome(code, Status.RAN, measured=len(rows)) for code in CODES)
    return Report(PRINT, marks, tuple(findings), outcomes, {}), rows


@st.composite
def baselines(draw, tmp_path, report: Report, rows) -> Baseline:
    """Entries for some of what the report finds, with other numbers and reasons, and entries for anything at all."""
    whole = updated(report, Baseline(tmp_path / "b.json", {}), rows, None, "because").baseline.entries
    entries = {
        key: Entry(draw(st.integers(1, 9)), draw(REASONS))
        for key in whole
        if draw(st.sampled_from([True, True, False]))
    }
    strange = st.tuples(TEXTS, st.sampled_from(CODES), HASHES)
    for parts in draw(st.lists(strange, max_size=3)):
        entries[Key(*parts)] = Entry(draw(st.integers(1, 99)), draw(REASONS))
    return Baseline(tmp_path / "b.json", entries)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_baseline_raises_a_score_or_opens_the_shipped_gate(data, tmp_path_factory):
    report, rows = data.draw(reports())
    baseline = data.draw(baselines(tmp_path_factory.getbasetemp(), report, rows))
    after = accept(report, baseline, rows, None)
    assert after.rows == report.rows
    assert [replace(f, accepted=None) for f in after.findings] == list(report.findings)
    assert all(f.waived is None for f in after.findings if f.accepted is not None)
    before, now = (gate.decide(one, GUIDE, CRITERIA) for one in (report, after))
    assert (now.passed, now.passing_rows) == (before.passed, before.passing_rows)
    assert len(now.reasons) == len(before.reasons)  # one may say that what was accepted counts for nothing


@settings(max_examples=100, deadline=None)
@given(data=st.data(), share=st.floats(0, 1))
def test_no_baseline_lets_in_more_rows_than_the_guide_permits(data, share, tmp_path_factory):
    report, rows = data.draw(reports())
    baseline = data.draw(baselines(tmp_path_factory.getbasetemp(), report, rows))
    by = replace(GUIDE, gate=replace(GUIDE.gate, max_accepted_share=share))
    after = accept(report, baseline, rows, None)
    passed = {row.row for row in report.rows if row.passed}
    let_in = set(gate.decide(after, by, CRITERIA).passing_rows) - passed
    assert len(let_in) <= share * len(rows) + 1e-6
    for number in let_in:
        errors = [f for f in after.findings if f.row == number and f.is_error]
        assert all(f.accepted is not None and f.criterion not in GUIDE.gate.clean for f in errors)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_an_update_accepts_all_and_a_second_one_changes_nothing(data, tmp_path_factory):
    report, rows = data.draw(reports())
    old = data.draw(baselines(tmp_path_factory.getbasetemp(), report, rows))
    update = updated(report, old, rows, None, "because")
    after = accept(report, update.baseline, rows, None)
    assert not any(finding.is_open for finding in after.findings)
    assert after.dataset["baseline"]["stale"] == []
    again = updated(after, update.baseline, rows, None, "")
    assert (again.baseline, again.new, again.dropped) == (update.baseline, 0, 0)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.tuples(st.text(), st.sampled_from(CODES), HASHES), st.tuples(st.integers(1), REASONS))
)
def test_a_baseline_reads_back_as_written(tmp_path_factory, given_entries):
    path = tmp_path_factory.getbasetemp() / "round.json"
    entries = {Key(*key): Entry(*entry) for key, entry in given_entries.items()}
    path.write_text(baseline_file.render(Baseline(path, entries)), encoding="ascii")
    assert baseline_file.read(path).entries == entries
