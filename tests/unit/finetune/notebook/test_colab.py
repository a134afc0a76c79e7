import os
import signal
import subprocess
import sys
import textwrap

import pytest

from finetune.notebook import colab
from quality.errors import InputError
from tests import patience

CANARY = "hf_canaryCanaryCanary"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HF_TOKEN", raising=False)


@pytest.fixture
def google(tmp_path, monkeypatch):
    """Makes parts of `google.colab`, which exists in Colab alone: modules with the functions that it documents."""
    package = tmp_path / "site" / "google" / "colab"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(package.parents[1])
    for name in [name for name in sys.modules if name.split(".")[0] == "google"]:
        monkeypatch.delitem(sys.modules, name)

    def part(name, code):
        (package / f"{name}.py").write_text(textwrap.dedent(code))

    yield part
    for name in [name for name in sys.modules if name.split(".")[0] == "google"]:
        del sys.modules[name]


def test_a_command_is_shown_with_what_it_prints(capfd):
    colab.run("quality", "rule", "GRM004")
    out = capfd.readouterr().out
    assert out.startswith("$ quality rule GRM004\n")
    assert "Source" in out or "source" in out


def test_a_command_that_fails_stops_with_its_code_and_last_lines(capfd):
    with pytest.raises(colab.Stopped) as stopped:
        colab.run("quality", "gate", "missing.csv")
    message = str(stopped.value)
    assert message.startswith("`quality gate` ended with exit code 2")
    assert "no such file" in message
    assert "no such file" in capfd.readouterr().out
    assert stopped.value._render_traceback_() == message.splitlines()


def test_a_refusal_stops_nothing_where_it_may_be(tmp_path, capfd):
    (tmp_path / "few.csv").write_text("id,instruction,output,fail_mode\nr1,Say hello.,Hello.,none\n")
    colab.run("quality", "gate", "few.csv", "--select", "CSV", "--jobs", 1, refusal_stops=False)
    assert "wants at least 20" in capfd.readouterr().out


def test_no_shell_reads_a_name_and_no_terminal_obeys_it(tmp_path, capfd):
    with pytest.raises(colab.Stopped):
        colab.run("quality", "check", "$(touch made); touch made \x1b[2J.csv")
    assert not (tmp_path / "made").exists()
    assert "\x1b" not in capfd.readouterr().out


def test_the_token_is_in_nothing_that_is_shown(monkeypatch, capfd):
    monkeypatch.setenv("HF_TOKEN", CANARY)
    colab.token()
    with pytest.raises(colab.Stopped) as stopped:
        colab.run("quality", "check", f"{CANARY}.csv")
    printed = capfd.readouterr()
    assert CANARY not in printed.out + printed.err + str(stopped.value)
    assert "HF_TOKEN: found" in printed.out


def test_a_module_beside_the_notebook_is_not_taken_for_a_library(tmp_path):
    (tmp_path / "quality.py").write_text("raise SystemExit(3)")
    colab.run("quality", "--version")


WORK = """
import time
try:
    print("ready")
    time.sleep(600)
except KeyboardInterrupt:
    time.sleep(0.5)
    print("put in order")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups")
def test_an_interrupt_lets_the_command_end_in_order():
    """As a notebook's stop button does it: a signal to the kernel and to all that it started."""
    code = (
        "import sys\nfrom finetune.notebook import colab\n"
        f"colab._streamed([sys.executable, '-c', {WORK!r}], colab.emit)"
    )
    kernel = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with kernel, patience.at_last(lambda: os.killpg(kernel.pid, signal.SIGKILL)):
        assert kernel.stdout.readline() == "ready\n"
        os.killpg(kernel.pid, signal.SIGINT)
        out, err = kernel.communicate()
    assert out == "put in order\n"
    assert "run this cell again to go on" in err


@pytest.mark.parametrize(("version", "goes"), [("0.10.0", True), ("99.0", False)])
def test_a_torchao_at_which_peft_stops_goes_in_colab_alone(
    google, tmp_path, capsys, monkeypatch, version, goes
):
    package = tmp_path / "site" / "torchao-1.dist-info"
    package.mkdir()
    (package / "METADATA").write_text(f"Metadata-Version: 2.1\nName: torchao\nVersion: {version}\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    colab.remove_old_torchao()
    assert capsys.readouterr().out == ""
    google("files", "")
    colab.remove_old_torchao()
    assert (
        "torchao" in capsys.readouterr().out
    ) == goes  # pip's own words: it lies outside of its environment


def test_colabs_secret_reaches_the_commands(google, capsys, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "")  # whatever it is set to is taken back when the test ends
    google("userdata", f"def get(name): return {{'HF_TOKEN': {CANARY!r}}}[name]")
    colab.token()
    assert os.environ["HF_TOKEN"] == CANARY
    assert capsys.readouterr().out == "HF_TOKEN: found\n"


def test_a_secret_that_is_not_there_is_no_failure(google, capsys):
    google(
        "userdata",
        """
        class SecretNotFoundError(Exception): pass
        def get(name): raise SecretNotFoundError(name)
        """,
    )
    colab.token()
    assert "none (SecretNotFoundError); only a gated base needs one" in capsys.readouterr().out


def test_the_run_goes_to_drive_only_when_it_is_wanted(google, monkeypatch, tmp_path):
    monkeypatch.setattr(colab, "DRIVE", tmp_path / "drive")
    google("drive", "mounted = []\ndef mount(place): mounted.append(place)")
    assert colab.run_folder("runs/hw4", in_drive=False) == "runs/hw4"
    wanted = tmp_path / "drive" / "MyDrive" / "proofgate" / "runs" / "hw4"
    assert colab.run_folder("runs/hw4", in_drive=True) == str(wanted)
    from google.colab import drive

    assert drive.mounted == [str(tmp_path / "drive")]


def test_drive_outside_colab_is_said():
    with pytest.raises(colab.Stopped, match="DRIVE = False"):
        colab.run_folder("runs/hw4", in_drive=True)


def test_files_that_are_missing_are_asked_for_in_colab(google, capsys, tmp_path):
    (tmp_path / "data.csv").touch()
    google("files", "def upload(): open('test.csv', 'w').close()")
    colab.files("data.csv", "test.csv")
    assert capsys.readouterr().out == "choose test.csv\nhere: data.csv, test.csv\n"


def test_files_that_are_missing_still_stop_the_notebook():
    with pytest.raises(colab.Stopped, match=r"not here: data\.csv"):
        colab.files("data.csv")


def test_predictions_are_shown_as_text_and_as_nothing_else(tmp_path, capsys):
    rows = "".join(
        f't{n},Name {n}.,"<b>$x$</b>\x1b[2J\u202e ann.smith@gmail.com\nline"\r\n' for n in range(12)
    )
    (tmp_path / "p.csv").write_text(f"id,instruction,prediction\r\n{rows}t99,Last.,\r\n", newline="")
    colab.show_predictions("p.csv")
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if line.startswith("t")] == [f"t{n}" for n in range(10)]
    assert "    <b>$x$</b>␛[2J\\u202e a••••••••@•••••••••\n    line\n" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_long_prediction_is_cut_and_an_empty_one_said(tmp_path, capsys):
    (tmp_path / "p.csv").write_text(f"id,instruction,prediction\nt1,Say a.,{'a' * 5000}\nt2,Say b.,\n")
    colab.show_predictions("p.csv")
    out = capsys.readouterr().out
    assert "(5,000 characters)" in out
    assert "(empty)" in out


def test_predictions_that_are_missing_are_said():
    with pytest.raises(InputError, match="cannot be read"):
        colab.show_predictions("p.csv")


def test_a_download_is_the_browsers_in_colab_and_a_place_elsewhere(google, capsys):
    colab.download("p.csv")
    assert "p.csv: beside this notebook" in capsys.readouterr().out
    google("files", "sent = []\ndef download(name): sent.append(name)")
    colab.download("p.csv")
    from google.colab import files

    assert files.sent == ["p.csv"]
