from typer.testing import CliRunner

from quality.cli import app
from quality.errors import InputError
from quality.lineage import read_gate_record, sealed


def test_a_record_that_cannot_be_written_does_not_keep_the_verdict_from_being_said(tmp_path, monkeypatch):
    def full(path, text, option):
        raise InputError("cannot be written: No space left on device", where=str(path), remedy=option)

    data = tmp_path / "data.csv"
    data.write_text("id,instruction,output,fail_mode\r\n1,Say hello.,Hello.,none\r\n")
    monkeypatch.setattr(sealed, "replace", full)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["gate", "data.csv", "--jobs", "1"])
    assert done.exit_code == 2
    assert done.stdout.startswith("The gate refuses data.csv by guide chat (sha256 ")
    assert "gate record:" not in done.stdout
    assert "No space left on device" in done.stderr
    assert "--record" in done.stderr


def test_the_record_tells_why_each_row_was_dropped(tmp_path, monkeypatch):
    rows = ["1,Say hello.,Hello.,none", "2,Say bye.,,none", "3,Say it.,It is the the the thing.,nonsense"]
    (tmp_path / "data.csv").write_text("\r\n".join(["id,instruction,output,fail_mode", *rows, ""]))
    monkeypatch.chdir(tmp_path)
    words = ["gate", "data.csv", "--jobs", "1", "--select", "CSV", "--record", "gate.json"]
    assert CliRunner().invoke(app, words).exit_code == 1
    record = read_gate_record(tmp_path / "gate.json")
    assert sorted(record.faults) == sorted(map(str, record.dropped_rows))
    assert "CSV" in record.faults["3"]
