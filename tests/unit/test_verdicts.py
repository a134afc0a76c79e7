from typer.testing import CliRunner

from quality.cli import app
from quality.errors import InputError
from quality.lineage import sealed


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
