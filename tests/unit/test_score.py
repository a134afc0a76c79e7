from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quality import guide
from quality.model import Finding, Prompt, Row, Severity
from quality.score import criterion_score, row_score

GUIDE = guide.load()
ROW = Row(2, 2, "a", "Why?", "Because.")
KEYS = sorted(key for key, criterion in GUIDE.criteria.items() if criterion.weight > 0)


def finding(criterion: str, severity: Severity, waived: str | None = None) -> Finding:
    return Finding("XXX001", criterion, severity, 2, "a", "output", "…", waived=waived)


def score(findings=(), applicable=KEYS, unmeasured=(), row=ROW):
    missing = dict.fromkeys(unmeasured, "why")
    return row_score(
        row, Prompt("open"), findings, applicable=set(applicable), unmeasured=missing, guide=GUIDE
    )


findings = st.builds(
    finding,
    st.sampled_from(KEYS),
    st.sampled_from(Severity),
    st.sampled_from([None, None, "in lower case"]),
)


def test_a_row_without_findings_scores_100_and_passes():
    marks = score()
    assert marks.score == 100
    assert marks.passed
    assert all(marks.criteria[key] == 1 for key in KEYS)


def test_one_error_keeps_the_row_from_passing_and_a_warning_does_not():
    assert not score([finding("grammar", Severity.ERROR)]).passed
    warned = score([finding("grammar", Severity.WARNING)])
    assert warned.passed
    assert warned.score < 100


def test_a_waived_error_counts_for_nothing():
    assert score([finding("grammar", Severity.ERROR, waived="use no capitals")]) == score()


def test_what_went_unmeasured_is_null_earns_nothing_and_does_not_pass():
    marks = score(unmeasured=["grammar"])
    assert marks.criteria["grammar"] is None
    assert not marks.passed
    assert marks.score < 100


def test_what_does_not_apply_is_null_and_blocks_nothing():
    marks = score(applicable=[key for key in KEYS if key != "fail_mode"])
    assert marks.criteria["fail_mode"] is None
    assert marks.passed
    assert marks.score == 100


@given(st.lists(findings, max_size=12), findings)
def test_one_more_finding_never_raises_a_score(some, more):
    before, after = score(some), score([*some, more])
    assert after.score <= before.score
    assert after.passed <= before.passed
    assert all((after.criteria[key] or 0) <= (before.criteria[key] or 0) for key in KEYS)


@given(st.lists(findings, max_size=12), st.sets(st.sampled_from(KEYS)), st.sampled_from(KEYS))
def test_one_measurement_less_never_raises_a_score(some, missing, more):
    before, after = score(some, unmeasured=missing), score(some, unmeasured=missing | {more})
    assert after.score <= before.score
    assert after.criteria[more] is None


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_criterion_scores_stay_in_bounds(errors, warnings):
    assert 0 <= criterion_score(errors, warnings, GUIDE) <= 1


def doubtful(number: int) -> list[Finding]:
    error = finding("grammar", Severity.ERROR)
    return [replace(error, detail={"doubtful": True})] * number


LONG = replace(ROW, output="word " * GUIDE.passing.doubtful_words)


def test_a_long_answer_passes_with_one_doubtful_error_which_still_lowers_its_score():
    marks = score(doubtful(1), row=LONG)
    assert marks.passed
    assert marks.score < 100


def test_a_doubtful_error_is_not_borne_in_a_short_answer_nor_twice_nor_beside_a_certain_one():
    assert not score(doubtful(1)).passed
    assert not score(doubtful(2), row=LONG).passed
    assert not score([*doubtful(1), finding("tone", Severity.ERROR)], row=LONG).passed
    assert not score([finding("tone", Severity.ERROR)], row=LONG).passed


def test_a_criterion_that_only_lowers_never_lifts_a_score():
    lifting = [key for key in KEYS if key not in GUIDE.lowering]
    bad = [finding(key, Severity.ERROR) for key in lifting for _ in range(2)]
    assert score(bad, applicable=KEYS).score == score(bad, applicable=lifting).score
    good = score(applicable=lifting).score
    for key in GUIDE.lowering:
        assert score(applicable=[*lifting, key]).score == good
        if not GUIDE.criteria[key].weight:
            continue
        assert score([finding(key, Severity.ERROR)], applicable=[*lifting, key]).score < good
        assert score(applicable=[*lifting, key], unmeasured=[key]).score < good


def test_of_two_criteria_that_only_lower_neither_lifts_what_the_other_lowered():
    lifting = [key for key in KEYS if key not in GUIDE.lowering]
    bad = [finding(lifting[0], Severity.ERROR), finding("factual", Severity.ERROR)]
    without = score(bad, applicable=[*lifting, "factual"]).score
    more = [*bad, finding("correction", Severity.WARNING)]
    assert score(more, applicable=[*lifting, "factual", "correction"]).score <= without
