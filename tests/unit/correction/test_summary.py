from quality.correction.summary import statistics
from quality.model import Correction, Edit, EditKind, Evidence, Finding, Inferred, RowScore, Severity


def finding(code, criterion):
    return Finding(code, criterion, Severity.ERROR, 2, "a", "output", "m")


def row(number, correction=None, unmeasured=()):
    return RowScore(
        number, number, f"r{number}", 100.0, True, {}, dict.fromkeys(unmeasured, "why"), correction=correction
    )


def test_no_original_no_statistics():
    assert statistics([row(2), row(3)]) == {}
    assert statistics([]) == {}


def test_corrections_are_added_up():
    spelled = Edit(EditKind.SPELLING, 0, 3, 0, 3, "Teh", "The")
    cut = Edit(EditKind.CUT, 9, 12, 9, 9, "bad", "")
    grammar, tone = finding("GRM001", "grammar"), finding("TON001", "tone")
    rows = [
        row(2, Correction((spelled, cut), (grammar, tone), (), (), (1,), {"grammar": 1.0, "tone": 1.0})),
        row(3, Correction((spelled,), (grammar,), (tone,), (grammar,), (), {"grammar": -0.25}, ("tone",))),
        row(4, Correction(left=(grammar,))),
        row(5),
        row(6, unmeasured=["correction"]),
    ]
    assert statistics(rows) == {
        "rows": {"edited": 2, "untouched": 1, "uncompared": 1, "without_original": 1},
        "fixed": {"grammar": 2, "tone": 1},
        "left": {"grammar": 1, "tone": 1},
        "introduced": {"grammar": 1},
        "unexplained_edits": 1,
        "edits": {"spelling": 2, "cut": 1},
        "value": {"grammar": 0.75, "tone": 1.0},
        "unknown": {"tone": 1},
    }


def test_what_was_inferred_is_no_part_of_the_statistics():
    inferred = Inferred("plagiarism", 0.9, (Evidence("plagiarism", "copied", 0.9, "it was copied"),))
    known = statistics([row(2, Correction(inferred=(inferred,)))])
    assert "plagiarism" not in str(known)
    assert "copied" not in str(known)
