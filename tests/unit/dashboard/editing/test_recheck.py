"""What of the last full check stays beside what is found in the corrected row alone."""

from dataclasses import replace

from dashboard.editing.recheck import AS_OF, Alone, change, corrected, unchecked
from dashboard.model import ALONE, Entry, RowKey, content, ref
from quality import guide
from quality.model import Finding, Row, RowScore, Severity

GUIDE = guide.load()
WAS = Row(2, 2, "r1", "Say hi.", "Zorblax says helo, helo.", "tone")
NOW = replace(WAS, output="Zorblax says hello.")


def finding(code, words="", row=WAS, criterion="grammar", severity=Severity.ERROR):
    start = row.output.find(words) if words else None
    end = None if start is None else start + len(words)
    return Finding(code, criterion, severity, row.row, row.id, "output", f"{code} {words}", start, end)


def alone(row, *findings, **unmeasured):
    criteria = {key: None if key in unmeasured else 1.0 for key in GUIDE.criteria}
    return Alone(RowScore(row.row, row.line, row.id, 100.0, True, criteria, unmeasured), findings)


def entry(*findings, **unmeasured):
    criteria = {key: None if key in unmeasured else 1.0 for key in GUIDE.criteria}
    return Entry(1, RowKey(ALONE, ref("r1")), WAS, 50.0, False, criteria, unmeasured, findings, content(WAS))


def test_fault_that_was_corrected_is_gone_and_one_that_came_is_new():
    before = entry(finding("GRM001", "helo"))
    was, now = alone(WAS, finding("GRM001", "helo")), alone(NOW, finding("GRM009", "says", NOW))
    after = corrected(before, NOW, was, now, GUIDE)
    assert [one.code for one in after.findings] == ["GRM009"]
    told = change(before, after)
    assert ([one.code for one in told.gone], [one.code for one in told.new]) == (["GRM001"], ["GRM009"])
    assert after.content == content(NOW)
    assert not after.passed


def test_what_only_the_other_rows_show_stays_and_says_so():
    twin = finding("DUP001", criterion="plagiarism")
    after = corrected(entry(twin), NOW, alone(WAS), alone(NOW), GUIDE)
    assert [one.message for one in after.findings] == [f"DUP001 ; {AS_OF}"]
    assert (after.passed, change(entry(twin), after).gone) == (False, ())
    again = corrected(after, NOW, alone(NOW), alone(NOW), GUIDE)
    assert [one.message for one in again.findings] == [f"DUP001 ; {AS_OF}"]


def test_what_only_the_other_rows_show_goes_with_its_words():
    after = corrected(entry(finding("DUP009", "helo, helo")), NOW, alone(WAS), alone(NOW), GUIDE)
    assert after.findings == ()


def test_word_that_the_full_check_did_not_mind_is_not_minded_now():
    was, now = alone(WAS, finding("GRM001", "Zorblax")), alone(NOW, finding("GRM001", "Zorblax", NOW))
    after = corrected(entry(), NOW, was, now, GUIDE)
    assert (after.findings, after.passed) == ((), True)


def test_finding_that_only_moved_is_the_same_one():
    longer = replace(WAS, output=f"So {WAS.output}")
    before = entry(finding("GRM001", "helo"))
    was, now = alone(WAS, finding("GRM001", "helo")), alone(longer, finding("GRM001", "helo", longer))
    told = change(before, corrected(before, longer, was, now, GUIDE))
    assert (told.gone, told.new) == ((), ())


def test_dismissed_finding_that_is_still_there_is_not_new():
    dismissed = replace(finding("GRM001", "Zorblax"), accepted="by Ada: a name", detail={"dismissed": {}})
    was, now = alone(WAS, finding("GRM001", "Zorblax")), alone(NOW, finding("GRM001", "Zorblax", NOW))
    before = entry(dismissed, finding("GRM002", "helo"))
    told = change(before, corrected(before, NOW, was, now, GUIDE))
    assert ([one.code for one in told.gone], told.new) == (["GRM002"], ())


def test_criterion_that_could_not_be_measured_is_never_full():
    after = corrected(entry(plagiarism="too long"), NOW, alone(WAS), alone(NOW, grammar="language"), GUIDE)
    assert (after.criteria["plagiarism"], after.criteria["grammar"], after.passed) == (None, None, False)
    assert dict(after.unmeasured) == {"plagiarism": "too long", "grammar": "language"}
    assert after.score < 100


def test_row_that_cannot_be_checked_has_no_score():
    after = unchecked(entry(finding("GRM001", "helo")), NOW, "no engine")
    assert (after.score, after.passed, after.findings) == (None, False, ())
    assert set(after.unmeasured.values()) == {"no engine"}
