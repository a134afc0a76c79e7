"""What a check says of the homework's corrections, and what it keeps for those who grade them."""

import json
from functools import cache
from pathlib import Path

import pytest

from quality import guide
from tests.command import quality

HOMEWORK = Path(__file__).parents[2] / "examples" / "homework"


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    @cache
    def checked(*options):
        done = quality("check", HOMEWORK / "data.csv", "--original", HOMEWORK / "original.csv", *options)
        assert done.returncode == 1, done.stderr
        return done.stdout

    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(tmp_path_factory.mktemp("home"))
        yield checked


def test_no_message_names_a_mode_that_was_inferred_alone(check):
    report = json.loads(check("--output-format", "json"))
    assert all(row["correction"]["inferred"] is None for row in report["rows"] if row["correction"])
    modes = guide.load().fail_modes.values()
    doubtful = [f for f in report["findings"] if f["code"] in ("LBL004", "LBL005", "LBL006")]
    assert doubtful
    for finding in doubtful:
        told = f"{finding['message']} {finding['detail']}"
        named = {mode.name for mode in modes if mode.name in told}
        assert named <= {*finding["detail"]["labelled"], "none"}


def test_explain_shows_what_was_inferred(check):
    report = json.loads(check("--output-format", "json", "--explain"))
    assert any(row["correction"]["inferred"] for row in report["rows"] if row["correction"])
    assert "the original seems to have had" in check("--explain")
    assert "the original seems to have had" not in check()


def test_the_statistics_add_up(check):
    report = json.loads(check("--output-format", "json"))
    known = report["dataset"]["corrections"]
    rows = [row["correction"] for row in report["rows"] if row["correction"]]
    assert sum(known["rows"].values()) == len(report["rows"])
    assert known["rows"]["edited"] == sum(bool(row["edits"]) for row in rows)
    assert sum(known["edits"].values()) == sum(len(row["edits"]) for row in rows)
    assert sum(known["fixed"].values()) == sum(len(row["fixed"]) for row in rows) > 0
    text = check("--statistics")
    assert f"Corrections: {known['rows']['edited']} of" in text
    assert "Edits by kind:" in text
