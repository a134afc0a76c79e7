"""Reports and rows for tests about baselines, with findings as the rules would make them."""

from __future__ import annotations

from quality import guide, run
from quality.model import Finding, Fingerprint, Outcome, Report, Row, RowScore, Severity, Status

GUIDE = guide.load()
CRITERIA = {code: rule.criterion for code, rule in run.rules().items()}
PRINT = Fingerprint("d", "f", "g", "c", "x")
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
    wrong = {f.row for f in findings if f.is_error}
    marks = [RowScore(n, n, f"r{n}", 50.0 if n in wrong else 100.0, n not in wrong, {}) for n in rows]
    known = {code: Outcome(code, Status.RAN, measured=len(marks)) for code in CRITERIA} | outcomes
    return Report(PRINT, tuple(marks), findings, tuple(known.values()), {"words": 3})
