"""What the generated notebook calls: commands that stream and fail loudly, Colab's secret and files, what is shown.

Every command is a process of its own: its GPU memory is free when it ends, so nothing asks for a restart of the
runtime. Students' text is printed as plain text, never as Markdown, HTML or LaTeX.
"""

from __future__ import annotations

import csv
import json
import os
import shlex
import subprocess
import sys
import textwrap
from collections import deque
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from threading import Timer
from typing import Any

from finetune.hardware.preflight import TORCHAO
from quality.console import emit
from quality.errors import InputError, ProofgateError
from quality.lineage import MIME, side_file
from quality.reports.escape import visible_block
from quality.reports.mask import masked_text
from quality.wording import cut, listed

MODULES = {"quality": "quality.cli", "finetune": "finetune.cli"}
"""Command → the module that is it: found whatever PATH says."""
MEANING = {
    1: "it refused; the lines above say why, and what to do",
    2: "it could not be done; the lines above say why, and what to do",
    -9: "it was killed, most often because the machine's memory was full (Runtime ▸ View resources)",
}
"""Exit code → what a reader makes of it."""
LAST_LINES = 15
"""Lines of a failed command that its error repeats."""
SHOWN = 600
"""Characters of one text that are shown."""
PATIENCE_S = 60
"""How long an interrupted command may take to put its work in order."""
SECRET = "HF_TOKEN"  # noqa: S105 - its name
MIN_SECRET = 8
"""Characters from which on the token is taken out of what is shown; a shorter text is none."""
DRIVE = Path("/content/drive")


class Stopped(ProofgateError):
    """A step of the notebook that failed; the notebook shows the message alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:  # IPython asks for it
        return str(self).splitlines()


def run(command: str, *arguments: object, refusal_stops: bool = True) -> None:
    """Runs `quality` or `finetune` and shows what it prints as it comes; HF_TOKEN is never shown.

    Args:
        refusal_stops: Whether exit code 1, such as data that does not pass, stops the notebook.

    Raises:
        Stopped: The command failed; with its exit code and last lines.
    """
    words = [str(argument) for argument in arguments]
    last: deque[str] = deque(maxlen=LAST_LINES)

    def show(text: str) -> None:
        emit(_without_secret(text))
        last.append(_without_secret(text))

    show(f"$ {visible_block(shlex.join([command, *words]))}\n")
    code = _streamed([sys.executable, "-P", "-m", MODULES[command], *words], show)
    if code and (code != 1 or refusal_stops):
        told = f"`{command} {words[0]}` ended with exit code {code}: {MEANING.get(code, 'it failed')}"
        raise Stopped(f"{told}\n\n{''.join(last)}")


def _streamed(words: list[str], show: Callable[[str], None]) -> int:
    """The exit code of that process, each of whose lines was shown as it came.

    Raises:
        Stopped: The user interrupted it.
    """
    with subprocess.Popen(  # noqa: S603 - a list of words, no shell
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=_environment(),
    ) as process:
        lines = process.stdout or ()
        try:
            for line in lines:
                show(line)
        except KeyboardInterrupt:  # which reached the process too: it puts its work in order and says so
            ends = Timer(PATIENCE_S, process.kill)
            ends.start()
            for line in lines:
                show(line)
            ends.cancel()
            raise Stopped("interrupted", remedy="run this cell again to go on") from None
    return process.returncode


def _environment() -> dict[str, str]:
    """The kernel's, with output that comes at once and a progress bar's line now and then."""
    kept = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}  # drawn in the kernel
    return {**kept, "PYTHONUNBUFFERED": "1", "TQDM_MININTERVAL": "15"}


def _without_secret(text: str) -> str:
    secret = os.environ.get(SECRET, "")
    return text.replace(secret, "•" * 8) if len(secret) >= MIN_SECRET else text


def remove_old_torchao() -> None:
    """In Colab, takes away the torchao that comes with it where it is so old that peft stops at it."""
    from packaging.version import Version

    try:
        here = version("torchao")
    except PackageNotFoundError:
        return
    if _google_colab("files") is not None and Version(here) < Version(TORCHAO):
        _streamed([sys.executable, "-m", "pip", "uninstall", "--yes", "torchao"], emit)


def token() -> None:
    """Hands Colab's secret HF_TOKEN to the commands, and says whether there is one; never what it is."""
    userdata = _google_colab("userdata")
    why = ""
    if userdata is not None:
        try:
            os.environ[SECRET] = userdata.get(SECRET)
        except Exception as error:  # not there, not allowed, no answer: each is a class of its own
            why = f" ({type(error).__name__})"
    emit(f"{SECRET}: {'found' if os.environ.get(SECRET) else f'none{why}; only a gated base needs one'}\n")


def run_folder(out: str, *, in_drive: bool) -> str:
    """Where the run goes: that folder, or the one of that name in Google Drive, which is mounted.

    Raises:
        Stopped: There is no Google Drive here.
    """
    if not in_drive:
        return out
    drive = _google_colab("drive")
    if drive is None:
        raise Stopped("Google Drive is there in Colab alone", remedy="set DRIVE = False in the settings")
    drive.mount(str(DRIVE))
    return str(DRIVE / "MyDrive" / "proofgate" / out)


def files(*names: str) -> None:
    """Sees that the files are here; in Colab it asks for those that are not.

    Raises:
        Stopped: One is still missing.
    """
    upload = _google_colab("files")
    if upload is not None and (asked := _missing(names)):
        emit(f"choose {listed(map(visible_block, asked))}\n")
        upload.upload()
    if missing := _missing(names):
        raise Stopped(
            f"not here: {listed(map(visible_block, missing))}",
            remedy="put it beside the notebook (Colab: the folder icon on the left), or name yours in the settings",
        )
    emit(f"here: {listed(map(visible_block, names))}\n")


def _missing(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if not Path(name).is_file()]


def show_predictions(path: str, count: int = 10) -> None:
    """Prints the first predictions as plain text, cut and with personal data masked.

    Raises:
        InputError: There is no such file.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            for row in islice(csv.DictReader(stream), count):
                emit(f"{_shown(row.pop('id', '') or '')}\n")
                for column, text in row.items():
                    emit(f"  {_shown(column)}:\n{textwrap.indent(_shown(text or '(empty)'), '    ')}\n")
                emit("\n")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=path) from None


def _shown(text: str) -> str:
    return cut(visible_block(masked_text(text)), SHOWN)


def embed_lineage(predictions: str) -> None:
    """Puts the complete lineage records into this notebook, as one JSON output."""
    display = import_module("IPython.display").display  # there wherever a notebook runs
    records: dict[str, Any] = json.loads(side_file(Path(predictions)).read_bytes())
    hashes = (f"  {name}: {record['sha256']}" for name, record in records.items() if isinstance(record, dict))
    text = "\n".join(["The lineage records are in this output, as JSON. SHA-256 of each:", *hashes])
    display({MIME: records, "text/plain": text}, raw=True)


def download(*names: str) -> None:
    """Sends the files to the browser in Colab; elsewhere it says where they are."""
    browser = _google_colab("files")
    for name in names:
        if browser is None:
            emit(f"{visible_block(name)}: beside this notebook\n")
        else:
            browser.download(name)


def _google_colab(part: str) -> Any:
    """That module of Colab's own; None anywhere else."""
    try:
        return import_module(f"google.colab.{part}")
    except ImportError:
        return None
