"""Good text that nobody here wrote must stay clean: what is flagged here is a false alarm.

All passages are in the public domain.
"""

from pathlib import Path

from quality import guide, run, table
from quality.model import Severity

FRIENDS = Path(__file__).with_name("public_domain.jsonl")


def test_no_error_in_text_by_masters_of_the_language():
    report = run.check(run.Request(table.read(FRIENDS), guide.load(), workers=1, cache=False))
    errors = [(f.row_id, f.code, f.message) for f in report.findings if f.severity is Severity.ERROR]
    assert errors == []
    assert all(row.passed for row in report.rows), [row for row in report.rows if not row.passed]
