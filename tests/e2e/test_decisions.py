"""`--decisions` as a user types it: honoured only where it is named, and listed wherever it is."""

import json

import pytest

from quality import guide, run, table
from quality.dismissals import Places, Scope
from quality.dismissals.file import render
from quality.plan import Request
from tests.command import quality
from tests.sentences import CLEAN

FAULTY = "He recieve thier letters every day."
AT = "2026-11-23T18:09:07.000000+00:00"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder with clean data but for a row, and decisions that its faults are none."""
    monkeypatch.chdir(tmp_path)
    lines = [
        f'r{n},Tell me a fact about topic number {n}.,"{text}",none\n'
        for n, text in enumerate([*CLEAN, FAULTY])
    ]
    (tmp_path / "data.csv").write_text("id,instruction,output,fail_mode\n" + "".join(lines))
    data = table.read(tmp_path / "data.csv")
    report = run.check(Request(data, guide.load(), workers=1))
    found = [one for one in report.findings if one.is_open_error]
    assert found
    places = Places(data.rows, None)
    decisions = [
        places.decision(one, Scope.ROW, who="Ada", why="quoted as it was written", at=AT) for one in found
    ]
    (tmp_path / "decisions.json").write_text(render(decisions))
    return tmp_path


def test_the_story_of_a_file_of_decisions(home):
    before = json.loads(quality("check", "data.csv", "--output-format", "json").stdout)
    assert quality("check", "data.csv").returncode == 1  # beside the data, and not named
    done = quality("check", "data.csv", "--decisions", "decisions.json", "--output-format", "json")
    after = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert after["rows"] == before["rows"]
    assert after["fingerprint"]["config"] != before["fingerprint"]["config"]
    assert {one["accepted"] for one in after["findings"] if one["severity"] == "error"} == {
        "dismissed by Ada: quoted as it was written"
    }
    assert any("dismissed by decisions.json" in note for note in after["verdict"]["notes"])

    (home / "mine.toml").write_text("[gate]\nmin_passing_share = 1.0\nmax_accepted_share = 0.05\n")
    shut = quality("gate", "data.csv", "--guide", "mine.toml")
    assert shut.returncode == 1
    opened = quality("gate", "data.csv", "--guide", "mine.toml", "--decisions", "decisions.json")
    assert opened.returncode == 0, opened.stdout
    assert "count as passing by decisions.json" in opened.stdout
    record = json.loads((home / "data.csv.gate.json").read_text())
    assert record["inputs"]["decisions"] == "decisions.json"
    assert any("by Ada: quoted as it was written" in note for note in record["notes"])
    without = quality("gate", "data.csv", "--guide", "mine.toml", "--verify", "data.csv.gate.json")
    assert without.returncode == 1
    assert "--decisions" in without.stdout

    (home / "proofgate.toml").write_text('decisions = "decisions.json"\n')
    found = quality("check", "data.csv")
    assert found.returncode == 2
    assert "--decisions" in found.stderr
    assert quality("check", "data.csv", "--config", "proofgate.toml").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--decisions", "none.json"], "no such file of decisions"),
        (["--decisions", "data.csv"], "is not JSON"),
        (["--decisions", "."], "cannot be read"),
        (["--decisions", "decisions.json", "-o", "decisions.json"], "overwrite the decisions"),
    ],
)
def test_what_cannot_be_done_is_said_before_the_work(home, arguments, says):
    kept = (home / "decisions.json").read_bytes()
    done = quality("check", "data.csv", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert (home / "decisions.json").read_bytes() == kept
