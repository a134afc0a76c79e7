"""The HTML report in a real browser: its own script runs, nothing else does, nothing is asked for."""

import shutil
import subprocess

import pandas as pd
import pytest

from quality import guide, reports
from quality.model import Finding, Fingerprint, Report, Row, RowScore, Severity, Verdict

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking "
    "--disable-component-update --disable-sync --enable-logging=stderr --dump-dom"
)
HOSTILE = '<script>document.title="pwned"</script><img src=x onerror=\'document.title="pwned"\'>"\'><style>*{}</style>'


@pytest.mark.browser
def test_the_page_filters_its_rows_and_runs_nothing_else(tmp_path):
    hashes = Fingerprint(*("0" * 64,) * 5)
    row = Row(2, 2, HOSTILE, HOSTILE, HOSTILE)
    finding = Finding(
        "GRM001", "grammar", Severity.ERROR, 2, HOSTILE, "output", HOSTILE, 3, 9, related=(HOSTILE,)
    )
    report = Report(hashes, (RowScore(2, 2, HOSTILE, 50.0, False, {"grammar": 0.5}),), (finding,), (), {})
    verdict = Verdict(hashes, False, (HOSTILE,), ())
    document = reports.Document(
        report, verdict, {2: row}, pd.DataFrame(), HOSTILE, guide.load(), {}, (HOSTILE,)
    )
    page = tmp_path / "report.html"
    page.write_text(reports.render("html", document), encoding="utf-8")
    command = [CHROMIUM, *FLAGS.split(), f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True)
    assert "<title>Not ready" in done.stdout
    assert "1 of 1 rows shown" in done.stdout
    assert "<title>pwned" not in done.stdout
    assert "CONSOLE" not in done.stderr  # neither an error nor a refusal of the content security policy
