"""`--baseline` and `--update-baseline` as a user types them."""

import json
from pathlib import Path

import pytest

from tests.command import process, quality
from tests.sentences import CLEAN

FAULTY = ["He recieve thier letters every day.", "She have two dog and a cat at home."]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "data.csv", [*CLEAN, FAULTY[0]])
    return tmp_path


def write(path: Path, outputs: list[str]) -> None:
    lines = [
        f'r{n},Tell me a fact about topic number {n}.,"{text}",none\r\n' for n, text in enumerate(outputs, 1)
    ]
    path.write_text("id,instruction,output,fail_mode\r\n" + "".join(lines), newline="")


def accept(*more: str, reason: str = "quoted as it was written", command=quality):
    return command(
        "check", "data.csv", "--baseline", "known.json", "--update-baseline", "--reason", reason, *more
    )


def report(*more: str):
    done = quality("check", "data.csv", "--baseline", "known.json", "--output-format", "json", *more)
    return done.returncode, json.loads(done.stdout)


def test_the_story_of_a_baseline(home):
    assert process("check", "data.csv").returncode == 1
    before = json.loads(quality("check", "data.csv", "--output-format", "json").stdout)
    done = accept(command=process)
    assert done.returncode == 0, done.stderr
    assert "known.json: 2 entries new, 0 kept, 0 dropped" in done.stderr
    assert "thier" not in done.stdout
    assert "Found 0 " in done.stdout

    code, after = report()
    assert code == 0
    assert after["rows"] == before["rows"]
    assert {f["accepted"] for f in after["findings"]} == {"quoted as it was written"}
    assert after["fingerprint"]["config"] != before["fingerprint"]["config"]
    unmarked = [{**f, "accepted": None} for f in after["findings"]]
    assert unmarked == before["findings"]

    write(home / "data.csv", [*CLEAN, FAULTY[0] + " Twice."])
    code, edited = report()
    assert code == 1
    assert not any(f["accepted"] for f in edited["findings"])
    assert {entry["id"] for entry in edited["dataset"]["baseline"]["stale"]} == {"r23"}
    assert any("drop with --update-baseline" in note for note in edited["verdict"]["notes"])

    write(home / "data.csv", CLEAN)
    done = quality("check", "data.csv", "--baseline", "known.json", "--update-baseline")
    assert done.returncode == 0
    assert "0 entries new, 0 kept, 2 dropped" in done.stderr
    assert json.loads((home / "known.json").read_text())["accepted"] == []


def test_what_is_new_needs_a_reason_and_nothing_is_written_without_one(home):
    done = quality("check", "data.csv", "--baseline", "known.json", "--update-baseline")
    assert done.returncode == 2
    assert "r23 GRM001" in done.stderr
    assert "--reason" in done.stderr
    assert not (home / "known.json").exists()
    assert accept().returncode == 0
    write(home / "data.csv", [*CLEAN, *FAULTY])
    kept = (home / "known.json").read_bytes()
    assert quality("check", "data.csv", "--baseline", "known.json", "--update-baseline").returncode == 2
    assert (home / "known.json").read_bytes() == kept
    assert accept(reason="spoken language").returncode == 0
    entries = json.loads((home / "known.json").read_text())["accepted"]
    assert {e["id"]: e["reason"] for e in entries} == {
        "r23": "quoted as it was written",
        "r24": "spoken language",
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--update-baseline"], "--baseline FILE"),
        (["--reason", "x"], "only with --update-baseline"),
        (["--baseline", "none.json"], "no such baseline"),
        (["--baseline", "data.csv"], "is not JSON"),
        (["--baseline", "data.csv", "--update-baseline", "--reason", "x"], "is not JSON"),
        (["--baseline", "b.json", "--update-baseline", "--reason", " "], "the reason is empty"),
        (["--baseline", "b.json", "--update-baseline", "--reason", "a\nb"], "control character"),
        (["--baseline", "no/b.json", "--update-baseline", "--reason", "x"], "cannot write here"),
        (
            ["--baseline", "b.json", "--update-baseline", "--reason", "x", "-o", "b.json"],
            "overwrite the baseline",
        ),
        (["--baseline", ".", "--update-baseline", "--reason", "x"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_before_the_work(home, arguments, says):
    data = (home / "data.csv").read_bytes()
    done = quality("check", "data.csv", *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""
    assert (home / "data.csv").read_bytes() == data
    assert not (home / "b.json").exists()


def test_other_outputs_do_not_overwrite_the_baseline(home):
    assert accept().returncode == 0
    kept = (home / "known.json").read_bytes()
    assert quality("check", "data.csv", "--baseline", "known.json", "-o", "known.json").returncode == 2
    assert quality("gate", "data.csv", "--baseline", "known.json", "--record", "known.json").returncode == 2
    assert (home / "known.json").read_bytes() == kept


def test_the_gate_stays_shut_unless_the_guide_permits_and_says_what_it_let_in(home):
    write(home / "data.csv", [*CLEAN, *[f"{FAULTY[0]} {n} times." for n in range(3, 6)]])
    assert accept().returncode == 0
    shut = quality("gate", "data.csv", "--baseline", "known.json")
    assert shut.returncode == 1
    assert "22 of 25 rows pass" in shut.stdout
    (home / "mine.toml").write_text("[gate]\nmax_accepted_share = 0.08\n")
    arguments = ("data.csv", "--baseline", "known.json", "--guide", "mine.toml")
    opened = quality("gate", *arguments)
    assert opened.returncode == 0, opened.stdout
    assert "2 of 25 rows count as passing by known.json" in opened.stdout
    record = json.loads((home / "data.csv.gate.json").read_text())
    assert record["inputs"]["baseline"] == "known.json"
    assert any("quoted as it was written" in note for note in record["notes"])
    assert record["dropped_rows"] == [26]
    again = quality("gate", *arguments, "--verify", "data.csv.gate.json")
    assert again.returncode == 0, again.stdout
    without = quality("gate", "data.csv", "--guide", "mine.toml", "--verify", "data.csv.gate.json")
    assert without.returncode == 1
    assert "--baseline" in without.stdout


def test_fix_leaves_alone_what_is_accepted(home):
    assert accept().returncode == 0
    plain = quality("fix", "data.csv", "--diff")
    assert "+He recieve their letters" in plain.stdout
    assert "their letters" not in quality("fix", "data.csv", "--baseline", "known.json", "--diff").stdout


def test_a_correction_beside_it_does_not_lay_hands_on_what_is_accepted(home):
    write(home / "data.csv", [*CLEAN, f"Certainly! {FAULTY[0]}"])
    assert accept("--select", "GRM001").returncode == 0
    assert "+He recieve their letters" in quality("fix", "data.csv", "--diff").stdout
    assert (
        "+He recieve thier letters" in quality("fix", "data.csv", "--baseline", "known.json", "--diff").stdout
    )


def test_a_baseline_beside_the_data_or_in_settings_that_were_found_counts_for_nothing(home):
    assert accept().returncode == 0
    assert quality("check", "data.csv").returncode == 1
    (home / "proofgate.toml").write_text('baseline = "known.json"\n')
    assert quality("check", "data.csv").returncode == 2
    assert quality("check", "data.csv", "--config", "proofgate.toml").returncode == 0
