"""The commands as a user types them; in a process of its own where only that shows the fault."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import QUALITY, process, quality
from tests.sentences import CLEAN
from tests.served import dashboard

HEADER = "id,instruction,output,fail_mode\r\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, outputs: list[str], ask: str = "Tell me a fact about topic number {}.") -> Path:
    lines = [f'r{n},{ask.format(n)},"{text}",none\r\n' for n, text in enumerate(outputs, 1)]
    path.write_bytes((HEADER + "".join(lines)).encode())
    return path


def test_clean_rows_end_with_0_and_the_gate_is_open(home):
    data = write(home / "data.csv", CLEAN)
    checked = process("check", data)
    assert checked.returncode == 0, checked.stdout
    opened = process("gate", data)
    assert opened.returncode == 0, opened.stdout
    record = json.loads((home / "data.csv.gate.json").read_text())
    assert record["passed"]
    assert record["rows"] == len(CLEAN)


def test_a_fault_ends_with_1_and_names_line_row_and_rule(home):
    data = write(home / "data.csv", [*CLEAN, "He recieve thier letters every day."])
    done = process("check", "data.csv", "--output-format", "json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    hits = [f for f in report["findings"] if f["code"].startswith("GRM")]
    assert {f["row"] for f in hits} == {len(CLEAN) + 2}
    text = "He recieve thier letters every day."
    assert "thier" in {text[f["start"] : f["end"]] for f in hits}
    assert quality("check", "data.csv").stdout.count("data.csv:24") >= 1
    assert quality("check", data, "--exit-zero").returncode == 0


def test_stdout_holds_the_data_and_stderr_the_rest(home):
    data = write(home / "data.csv", CLEAN)
    done = process("check", data, "--output-format", "json", "-o", home / "r.json")
    assert done.stdout == ""
    assert "r.json" in done.stderr
    assert json.loads((home / "r.json").read_text())["format"] == 1


def test_narrowing_makes_the_gate_refuse(home):
    data = write(home / "data.csv", CLEAN)
    assert quality("check", data, "--ignore", "REP").returncode == 0
    done = quality("gate", data, "--ignore", "REP")
    assert done.returncode == 1
    assert "without narrowing" in done.stdout


def test_rows_that_are_edited_after_the_gate_are_refused(home):
    data = write(home / "data.csv", CLEAN)
    assert quality("gate", data).returncode == 0
    record = home / "data.csv.gate.json"
    assert quality("gate", data, "--verify", record).returncode == 0
    write(data, [*CLEAN[:-1], "Glass is made by melting sand together with lime and soda."])
    done = quality("gate", data, "--verify", record)
    assert done.returncode == 1
    assert "edited" in done.stdout


def test_the_same_rows_saved_again_by_a_spreadsheet_are_the_same_data(home):
    data = write(home / "data.csv", CLEAN)
    assert quality("gate", data).returncode == 0
    data.write_bytes(b"\xef\xbb\xbf" + data.read_bytes().replace(b"\r\n", b"\n"))
    done = quality("gate", data, "--verify", home / "data.csv.gate.json")
    assert done.returncode == 0, done.stdout
    assert "other bytes" in done.stdout


def test_another_guide_breaks_the_record(home):
    data = write(home / "data.csv", CLEAN)
    assert quality("gate", data).returncode == 0
    (home / "mine.toml").write_text("[gate]\nmin_rows = 5\n")
    done = quality("gate", data, "--verify", home / "data.csv.gate.json", "--guide", "mine.toml")
    assert done.returncode == 1
    assert "guide changed" in done.stdout


def test_a_refusal_overwrites_an_older_pass(home):
    data = write(home / "data.csv", CLEAN)
    assert quality("gate", data).returncode == 0
    write(data, CLEAN[:3])
    assert quality("gate", data).returncode == 1
    assert not json.loads((home / "data.csv.gate.json").read_text())["passed"]


def test_an_empty_table_is_refused(home):
    data = home / "data.csv"
    data.write_text(HEADER)
    assert quality("gate", data).returncode == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"id,instruction,output\n1,a,b\n", "fail_mode"),
        (b"id,id,instruction,output,fail_mode\n", "id"),
        (b"PK\x03\x04xl/", "workbook"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b'id,instruction,output,fail_mode\n1,"a,b,c\n2,d,e,f\n', "quote"),
        (b"id,instruction,output,fail_mode\n1,a\0,b,c\n", "NUL"),
        (b"id,instruction,output,fail_mode\n1,a,b\n", "cells"),
    ],
)
def test_what_cannot_be_read_is_one_clear_error(home, content, says):
    data = home / "data.csv"
    data.write_bytes(content)
    done = quality("check", data)
    assert done.returncode == 2
    assert says in done.stderr
    assert "data.csv" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "none.csv"],
        ["check", "data.csv", "--guide", "none.toml"],
        ["check", "data.csv", "--select", "XYZ"],
        ["check", "data.csv", "--config", "none.toml"],
        ["check", "data.csv", "--original", "none.csv"],
        ["check", "data.csv", "--against", "none.csv"],
        ["check", "data.csv", "--engine", "languagetool", "--engine-url", "127.0.0.1"],
        ["check", "data.csv", "--engine-url", "http://127.0.0.1:8081"],
        ["check", "data.csv", "--engine", "wordstar"],
        ["check", "data.csv", "--output-format", "pdf"],
        ["check", "data.csv", "-o", "none/report.txt"],
        ["check"],
        ["rule", "XYZ001"],
        ["guide", "none"],
        ["gate", "data.csv", "--verify", "data.csv"],
        ["gate", "data.csv", "--verify", "r.json", "--record", "r.json"],
        ["check", "data.csv", "--explain"],
        ["check", "data.csv", "--statistics", "--output-format", "json"],
        ["check", "data.csv", "--watch", "--reason", "known"],
        ["fix", "data.csv", "--diff", "--record", "r.json"],
    ],
)
def test_a_wrong_call_ends_with_2(home, arguments):
    write(home / "data.csv", CLEAN)
    done = quality(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip()


def test_a_wrong_call_ends_its_process_with_2(home):
    for arguments in (["check"], ["check", "none.csv"]):
        done = process(*arguments)
        assert done.returncode == 2
        assert done.stderr.strip()
        assert done.stdout == ""


def test_a_missing_engine_ends_with_2_and_says_how_to_get_it(home, monkeypatch):
    data = write(home / "data.csv", CLEAN)
    monkeypatch.setenv("PATH", str(home / "nothing"))
    for command in ("check", "gate", "fix"):
        done = quality(command, data, "--engine", "languagetool")
        assert done.returncode == 2, command
        assert re.search("install Java|pip install", done.stderr), command
    (home / "thorough.toml").write_text('engine = "both"\n')
    done = quality("gate", data, "--guide", "thorough.toml")
    assert done.returncode == 2
    assert "rules unavailable (GRM001" in done.stdout
    record = json.loads((home / "data.csv.gate.json").read_text(encoding="utf-8"))
    assert not record["passed"]
    listed = quality("engines")
    assert listed.returncode == 0
    assert re.search(r"^languagetool +not ready", listed.stdout, re.MULTILINE)
    assert "make languagetool" in listed.stdout
    assert "LTP_PATH" in listed.stdout


def test_a_named_server_that_is_none_ends_with_2(home):
    data = write(home / "data.csv", CLEAN)
    done = quality("check", data, "--engine", "both", "--engine-url", "http://127.0.0.1:9")
    assert done.returncode == 2
    assert "http://127.0.0.1:9/v2: the server does not answer" in done.stderr


def test_fix_writes_a_new_file_and_leaves_the_other_bytes(home):
    data = write(home / "data.csv", [*CLEAN, "The box is a\u200b mess, and it is heavy to carry."])
    before = data.read_bytes()
    done = quality("fix", data)
    assert done.returncode == 0, done.stderr
    assert data.read_bytes() == before
    fixed = home / "data.fixed.csv"
    assert fixed.read_bytes() == before.replace("\u200b".encode(), b"")
    again = quality("fix", fixed, "-o", "twice.csv")
    assert again.returncode == 0
    assert (home / "twice.csv").read_bytes() == fixed.read_bytes()
    assert quality("fix", data).returncode == 2  # data.fixed.csv is there and was not named


def test_fix_diff_writes_nothing_and_lists_what_it_cannot_mend(home):
    data = write(home / "data.csv", [*CLEAN, "He recieve thier let\u200bters every day."])
    done = quality("fix", data, "--diff")
    assert "-He recieve" in done.stdout
    assert "Not corrected by this command" in done.stdout
    assert sorted(p.name for p in home.iterdir() if p.suffix == ".csv") == ["data.csv"]


def test_the_result_is_the_same_for_any_number_of_jobs_warm_or_cold(home, monkeypatch):
    monkeypatch.setenv("PROOFGATE_CACHE", str(home / "cache"))
    data = write(home / "data.csv", [*CLEAN, "He recieve thier letters every day.", CLEAN[0]])

    def findings(*options: str) -> dict:
        report = json.loads(quality("check", data, "--output-format", "json", *options).stdout)
        for outcome in report["outcomes"]:
            del outcome["seconds"]
        return report

    cold = findings("--jobs", "1", "--no-cache")
    assert findings("--jobs", "3") == cold
    assert findings("--jobs", "2") == cold


def test_the_configuration_comes_from_the_working_directory_and_never_from_beside_the_data(home):
    folder = home / "handin"
    folder.mkdir()
    data = write(folder / "data.csv", CLEAN)
    (folder / "proofgate.toml").write_text("guide = 3\n")
    assert quality("check", data).returncode == 0
    (home / "proofgate.toml").write_text('ignore = ["GRM"]\n')
    assert "proofgate.toml" in quality("check", data).stderr
    assert quality("gate", data).returncode == 1


def test_rules_a_rule_and_the_guide_are_printed(home):
    assert "GRM001" in quality("rules").stdout
    page = quality("rule", "grm001").stdout
    assert "GRM001" in page
    assert "1.1.2-2" in page
    own = home / "mine.toml"
    own.write_text(quality("guide").stdout, encoding="utf-8")
    data = write(home / "data.csv", CLEAN)
    assert quality("check", data, "--guide", own).returncode == 0


def test_help_is_quick_and_imports_no_heavy_library(home):
    code = (
        "import sys; sys.argv = ['quality', '--help']\n"
        "from quality import cli\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'numpy', 'scipy', 'harper', 'pandera', 'torch', 'pyarrow'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_a_closed_pipe_is_no_error(home):
    data = write(home / "data.csv", [*CLEAN, *("He recieve thier letters." for _ in range(40))])
    line = f"{QUALITY} check {data} | head -n 1"
    done = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, encoding="utf-8", env=os.environ, check=False
    )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "there is no course here"),
        (["none.csv"], "none.csv"),
        (["."], "holds no course.toml"),
        (["data.csv", "--listen", "0.0.0.0:8501"], "--behind-tls-proxy"),
        (["data.csv", "--listen", "0.0.0.0:8501", "--host", "grades.uni.example"], "given together"),
        (["data.csv", "--listen", "8501"], "no HOST:PORT"),
        (["data.csv", "--listen", "127.0.0.1:8501", "--port", "8502"], "both name a port"),
        (["data.csv", "--original", "none.csv"], "none.csv"),
        (["data.csv", "--oidc", "none.toml"], "none.toml"),
        (["data.csv", "--by", "two\nlines"], "--by NAME"),
        (["invite"], "name one person"),
        (["invite", "Ada"], "course.toml"),
    ],
)
def test_what_the_dashboard_cannot_show_is_told_before_it_starts(home, arguments, says):
    write(home / "data.csv", CLEAN)
    done = dashboard(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_the_dashboards_help_imports_no_heavy_library(home):
    code = (
        "import sys; sys.argv = ['dashboard', '--help']\n"
        "from dashboard import cli\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'numpy', 'streamlit', 'altair', 'sqlalchemy', 'uvicorn'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (["check", "data.csv", "-o", "data.csv"], "data.csv"),
        (["check", "data.csv", "-o", "link.csv"], "data.csv"),
        (["gate", "data.csv", "--record", "data.csv"], "data.csv"),
        (["check", "data.csv", "--original", "sheet.csv", "-o", "sheet.csv"], "sheet.csv"),
        (["check", "data.csv", "--against", "texts.txt", "-o", "texts.txt"], "texts.txt"),
        (["check", "data.csv", "--guide", "mine.toml", "-o", "mine.toml"], "mine.toml"),
        (["check", "data.csv", "-o", "proofgate.toml"], "proofgate.toml"),
        (["gate", "data.csv", "--against", "data.csv.gate.json"], "data.csv.gate.json"),
        (["fix", "data.csv", "--original", "sheet.csv", "-o", "sheet.csv"], "sheet.csv"),
        (["fix", "data.csv", "--guide", "mine.toml", "-o", "mine.toml"], "mine.toml"),
    ],
)
def test_no_command_writes_over_what_it_reads(home, arguments, kept):
    for name in ("data.csv", "sheet.csv"):
        write(home / name, CLEAN)
    (home / "data.csv.gate.json").write_text('[{"text": "A text that nobody copies."}]')
    (home / "link.csv").symlink_to(home / "data.csv")
    (home / "texts.txt").write_text("A text that nobody copies.\n")
    (home / "mine.toml").write_text("[gate]\nmin_rows = 20\n")
    (home / "proofgate.toml").write_text('engine = "harper"\n')
    before = (home / kept).read_bytes()
    done = quality(*arguments)
    assert done.returncode == 2
    assert "would overwrite" in done.stderr
    assert done.stdout == ""
    assert (home / kept).read_bytes() == before


def test_fix_writes_over_the_data_when_told(home):
    data = write(home / "data.csv", [*CLEAN, "The box is a\u200b mess, and it is heavy to carry."])
    assert quality("fix", data, "-o", data).returncode == 0
    assert "\u200b" not in data.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["gate", "data.csv", "--record", "none/x.json"], "with --record"),
        (["gate", "data.csv", "--verify", "none.json"], "none.json"),
        (["check", "data.csv", "-o", "none/report.txt"], "with -o"),
        (["check", "data.csv", "-o", "."], "is a folder"),
    ],
)
def test_a_place_that_cannot_be_used_is_told_before_anything_is_checked(home, monkeypatch, arguments, says):
    monkeypatch.setenv("PROOFGATE_CACHE", str(home / "untouched"))
    write(home / "data.csv", CLEAN)
    done = quality(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert not (home / "untouched").exists()


def test_files_that_differ_in_their_ending_have_records_of_their_own(home):
    data = write(home / "tw.csv", CLEAN)
    rows = [
        {"id": f"r{n}", "instruction": f"Tell me a fact about topic number {n}.", "output": text}
        for n, text in enumerate(CLEAN[:3])
    ]
    (home / "tw.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert quality("gate", data).returncode == 0
    assert quality("gate", home / "tw.jsonl").returncode == 1
    passed = [
        json.loads((home / f"{name}.gate.json").read_text())["passed"] for name in ("tw.csv", "tw.jsonl")
    ]
    assert passed == [True, False]


def test_the_next_command_keeps_the_users_options_and_works(home):
    write(home / "data.csv", CLEAN[:3])
    write(home / "-sheet.csv", CLEAN)
    arguments = ["data.csv", "--original", "-sheet.csv", "--ignore", "REP"]
    refused = quality("gate", *arguments)
    assert refused.returncode == 1
    line = next(line for line in refused.stdout.splitlines() if line.startswith("Next: "))
    assert line == "Next: quality check data.csv --original ./-sheet.csv --ignore REP"
    assert "by guide chat (sha256 " in refused.stdout
    done = quality(*line.removeprefix("Next: quality ").split())
    assert done.returncode in (0, 1)
    assert "Next, what helps most:" in done.stdout


def test_a_passing_gate_names_the_command_that_is_bound_to_its_record(home):
    done = quality("gate", write(home / "data.csv", CLEAN))
    assert f"finetune run {home / 'data.csv'} --gate-record {home / 'data.csv.gate.json'}" in done.stdout


def test_statistics_leave_the_single_findings_out(home):
    data = write(home / "data.csv", [*CLEAN, "He recieve thier letters every day."])
    done = quality("check", data, "--statistics")
    assert done.returncode == 1
    assert "GRM" in done.stdout
    assert "[r23]" not in done.stdout


@pytest.mark.parametrize("codes", [",", "", "GRM,,REP"])
def test_a_selection_of_nothing_is_not_taken_for_everything(home, codes):
    write(home / "data.csv", CLEAN)
    for option in ("--select", "--ignore"):
        done = quality("check", "data.csv", option, codes)
        assert done.returncode == 2
        assert option in done.stderr


def test_a_missing_argument_and_an_unknown_rule_are_named(home):
    assert "Missing argument 'DATA'" in quality("check").stderr
    assert "error: quality rule: " in quality("rule", "NOPE").stderr


def test_a_closed_stderr_leaves_whole_json_on_stdout(home):
    write(home / "data.csv", CLEAN)
    line = f"{QUALITY} check data.csv --output-format json 2>&-"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["format"] == 1
