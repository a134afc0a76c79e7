import os
import threading

import pytest

from quality import console, watch
from quality.cli_inputs import Options
from quality.errors import InputError
from quality.model import Fingerprint, Report
from quality.options import resolve
from tests.patience import given_up

REPORT = Report(Fingerprint(*"dfgcx"), (), (), (), {})


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("id,instruction,output,fail_mode\n1,Say hello.,Hello.,none\n")
    return path


def run(files, code=0):
    return watch.Run(code, "report\n", REPORT, files)


def watched(data, check):
    """The exit code; a save that is never seen is the end all the same."""
    with given_up():
        return watch.watch(Options(data), check)


def test_every_file_that_decides_is_watched_and_shipped_guides_are_not(data, tmp_path):
    (tmp_path / "sheet.csv").write_bytes(data.read_bytes())
    (tmp_path / "mine.toml").write_text("")
    (tmp_path / "proofgate.toml").write_text('original = "sheet.csv"\nguide = "mine.toml"\n')
    options = Options(data)
    assert watch.files_of(options) == (data,)
    known = watch.files_of(options, resolve(options, start=tmp_path))
    assert {path.name for path in known} == {"data.csv", "sheet.csv", "mine.toml", "proofgate.toml"}
    assert watch.files_of(Options(data, guide="chat")) == (data,)


def test_data_that_is_not_there_at_the_start_is_not_waited_for(tmp_path):
    with pytest.raises(InputError, match="no such file to watch"):
        watch.watch(Options(tmp_path / "no.csv"), lambda: run(()))


@pytest.mark.parametrize("how", ["written", "replaced", "gone"])
def test_a_save_of_any_kind_calls_for_another_check(data, capsys, how):
    checks = []

    def save():
        if how == "gone":
            data.unlink()
        elif how == "written":
            data.write_text("more than before")
        else:
            (data.parent / "new").write_text("another")
            os.replace(data.parent / "new", data)

    def check():
        checks.append(data.exists())
        if len(checks) == 2:
            raise KeyboardInterrupt
        threading.Timer(0.2, save).start()
        return run((data,), code=1)

    assert watched(data, check) == 1
    assert checks == [True, how != "gone"]
    assert "watching data.csv; Ctrl-C ends" in capsys.readouterr().err


def test_a_change_during_a_check_is_not_missed(data, capsys):
    checks = []

    def check():
        checks.append(data.read_text())
        if len(checks) == 2:
            raise KeyboardInterrupt
        data.write_text("changed meanwhile")
        return run((data,))

    watched(data, check)
    assert checks[1] == "changed meanwhile"
    assert "report" in capsys.readouterr().out


def test_an_error_is_shown_and_waited_out(data, capsys):
    checks = []

    def check():
        checks.append(1)
        if len(checks) == 1:
            data.write_text("mended")
            raise InputError("half written", where="data.csv:2", remedy="close the quote")
        if len(checks) == 2:
            data.write_text("mended more")
            return run((data,))
        raise KeyboardInterrupt

    assert watched(data, check) == 0
    said = capsys.readouterr()
    assert "error: data.csv:2: half written\n  → close the quote" in said.err
    assert said.out.count("──") == 4


def test_ctrl_c_before_the_first_report_is_ctrl_c(data):
    def stopped():
        raise SystemExit(console.INTERRUPTED)

    assert watched(data, stopped) == console.INTERRUPTED
