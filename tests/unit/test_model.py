import pytest

from quality.model import Finding, Severity


@pytest.mark.parametrize(
    ("severity", "waived", "accepted", "told"),
    [
        (Severity.ERROR, None, None, (True, True, True)),
        (Severity.ERROR, None, "a brand", (False, True, False)),
        (Severity.ERROR, "use no capitals", None, (False, False, False)),
        (Severity.WARNING, None, None, (True, False, False)),
        (Severity.WARNING, None, "a brand", (False, False, False)),
    ],
)
def test_what_counts_and_what_somebody_has_to_see_to(severity, waived, accepted, told):
    finding = Finding("GRM001", "grammar", severity, 2, "a", "output", "…", waived=waived, accepted=accepted)
    assert (finding.is_open, finding.is_error, finding.is_open_error) == told
