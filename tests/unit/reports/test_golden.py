"""What users and their scripts read, word for word. `UPDATE_GOLDEN=1 pytest tests/unit/reports` writes it anew."""

import os
from pathlib import Path

import pytest

import quality
from quality import reports

GOLDEN = Path(__file__).parents[2] / "golden" / "reports"


@pytest.mark.parametrize("format", ["text", "json", "csv", "github", "junit", "sarif"])
def test_the_report_is_as_it_was(format, document, monkeypatch):
    monkeypatch.setattr(quality, "__version__", "0.0.0")
    rendered = reports.render(format, document).encode("utf-8")
    expected = GOLDEN / f"report.{format}"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_bytes(rendered)
    assert rendered.decode() == expected.read_bytes().decode()
