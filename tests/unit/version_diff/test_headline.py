import pytest

from quality.model import Finding, Fingerprint, Report, Severity
from quality.version_diff.headline import since

PRINT = Fingerprint(*"dfgcx")


def found(code, row_id, message="m", **other):
    return Finding(code, "grammar", Severity.ERROR, 2, row_id, "output", message, **other)


def report(*findings):
    return Report(PRINT, (), findings, (), {})


A, B, C = found("GRM001", "r0012"), found("REP001", "r0013"), found("LEN001", "r0014")
MANY = ", ".join(f"GRM001 in r{n}" for n in range(5))
FIVE, FOUR = found("REP001", "a", "said 5 times", start=3), found("REP001", "a", "said 4 times")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ([A, B], [A, B], "no finding changed"),
        ([B, C], [A], "2 findings gone, 1 new: GRM001 in r0012"),
        ([A, B], [B], "1 finding gone: GRM001 in r0012"),
        ([], [A, B], "2 new findings: GRM001 in r0012, REP001 in r0013"),
        ([A, A], [A], "1 finding gone: GRM001 in r0012"),
        ([FIVE], [FOUR], "no finding changed"),
        ([A], [found("GRM001", "r0012", waived="typos")], "1 finding gone: GRM001 in r0012"),
        ([A], [found("GRM001", "r0012", accepted="a name")], "1 finding gone: GRM001 in r0012"),
        ([], [found("CSV002", "")], "1 new finding: CSV002 in a row without an id"),
        ([], [found("GRM001", f"r{n}") for n in range(7)], f"7 new findings: {MANY} and 2 more"),
        ([], [found("GRM001", "\x1b[2J")], "1 new finding: GRM001 in ␛[2J"),
        ([], [found("GRM001", "jane.doe@bigmail.com")], "1 new finding: GRM001 in j•••••••@•••••••••••"),
    ],
)  # fmt: skip
def test_what_changed_is_one_line(before, after, says):
    assert since(report(*before), report(*after)) == says
