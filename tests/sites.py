"""Opened files and courses for the dashboard's tests: real ones, small, with hostile text in every place.

The course is imported and run once for all tests of a session, then copied. `close` ends what was opened; the fixtures
`file_site` and `course_site` of tests/unit/dashboard do it by themselves.
"""

import csv
import io
import json
import shutil
from contextlib import ExitStack

from filelock import FileLock
from streamlit.testing.v1 import AppTest

from dashboard.opening import ready
from dashboard.site import Named
from quality.cli_inputs import Options
from tests import zips
from tests.command import grading

TA = "Ada Byron"
HOSTILE_NAME = '=HYPERLINK("x") <img src=x onerror=alert(1)> ![p](http:) \u202e\u200bgpj'
SCRIPT = "<script>window.hacked = 1</script> and <img src=x onerror=window.hacked=1>, as well."
LINKS = "![pixel](http://evil.example/p.png) [log in](http://evil.example) **bold** $x$ :red[no]."
FORMULA = '=HYPERLINK("http://evil.example","click") is one formula, and it should stay a text.'
UNSEEN = "abc\u202etxt.exe\u202c and zero\u200bwidth, and a bell\x07, and \U0001f600 too."
LONG = "This is an sentence of a very long cell. " + "word " * 20_000
ODD = "Here stands a nul\x00 byte."
"""What no CSV can hold."""
PROMPTS = [
    "Why do leaves turn red in autumn?",
    "What is the capital of Italy?",
    "Explain why the sky is blue.",
    "How do I boil an egg?",
    "Why do cats sleep so much?",
    "What is a noun? <script>window.hacked = 1</script>",
    "Name a [color](http://evil.example).",
    "Tell me about whales.",
]
FAULTY = [
    "Leaves turns red because the green pigment brake down in the cold and other pigments shows then.",
    "The capital of italy are Rome.",
    "The air scatter blue light more then red light, so it reach us from everywhere above.",
    "Put the egg in boiling water for ten minute and than cool it in cold water.",
    "Cats sleeps a lot becuase hunting cost them much energy, and they hunt at dawn and dusk.",
    "A noun are a word that name a person, a place or a thing, such as table or Rome.",
    "Blue is an color that many people likes.",
    "Whales is mammals, and they breathes air.",
]
MENDED = [
    "Leaves turn red because the green pigment breaks down in the cold and other pigments show then.",
    "The capital of Italy is Rome.",
    "The air scatters blue light more than red light, so it reaches us from everywhere above.",
    "Put the egg in boiling water for ten minutes and then cool it in cold water.",
    "Cats sleep a lot because hunting costs them much energy, and they hunt at dawn and dusk.",
    "A noun is a word that names a person, a place or a thing, such as table or Rome.",
    "Blue is a color that many people like.",
    "Whales are mammals, and they breathe air.",
]
HOSTILE = [SCRIPT, LINKS, FORMULA, UNSEEN, LONG, *MENDED[5:7], FAULTY[7]]
IDS = [f"r{number}" for number in range(1, 9)]
HOSTILE_IDS = ["=r1", "<b>r2</b>", "![r3](http://evil.example)", "r\u202e4", *IDS[4:]]
LABELS = ["grammar", "grammar", "factual", "grammar", "none", "<img src=x onerror=alert(1)>", "", "grammar"]
ROWS = list(zip(HOSTILE_IDS, PROMPTS, HOSTILE, LABELS, strict=True))
"""Rows of a file as `one_file` writes it: id, instruction, output, fail_mode."""
ODD_ROWS = [("nul\x00", PROMPTS[5], f"{ODD} {MENDED[5]}", "\x00"), *ROWS[5:7]]
COLUMNS = ("id", "instruction", "output", "fail_mode")
ANSWERS = [
    ("t1", "Explain how a bicycle stays upright.", "The rider steers it under their own weight."),
    ("t2", "What is the capital of France?", SCRIPT),
    (
        "t3",
        "Why is ice slippery?",
        "A thin layer of water lies on its surface, and the shoe slides on that layer.",
    ),
]
GROUPS = {"Harbor Lights": MENDED, "Night Owls": FAULTY, HOSTILE_NAME: HOSTILE}
_open = []


def one_file(tmp_path, rows=None, *, original=None):
    """The site of a file with these rows: a CSV, or JSON Lines where no CSV can hold them."""
    if rows is None:
        _measured(tmp_path)
    path = write(tmp_path / "data", ROWS if rows is None else rows)
    sheet = None if original is None else write(tmp_path / "original", original)
    return opened(ready(path, Options(path, original=sheet, jobs=1), Named()))


def course(tmp_path):
    """The site of a course of three groups, one of them hostile, imported and run."""
    made = _shared(tmp_path) / "course-of-sites"
    with FileLock(f"{made}.lock"):
        if not made.exists():
            _make(made.with_suffix(".part"))
            made.with_suffix(".part").rename(made)
    folder = shutil.copytree(made, tmp_path / "course", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    return opened(ready(folder, Options(folder), Named()))


def shown(site, page):
    """The page alone, run for that site: `shown(site, "rows")`."""
    test = AppTest.from_function(_page, args=(site, page), default_timeout=20)
    return test.run()


def opened(what):
    """The site of what is ready; `close` ends it."""
    stack = ExitStack()
    _open.append(stack)
    return what.open(stack, lambda: TA, lambda opening: None)


def write(path, rows):
    """The rows at that path, with the ending that fits."""
    if any("\x00" in cell for row in rows for cell in row):
        path = path.with_suffix(".jsonl")
        content = "".join(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n" for row in rows).encode()
    else:
        path, content = path.with_suffix(".csv"), _csv(COLUMNS, rows)
    path.write_bytes(content)
    return path


def close():
    """Ends what was opened since the last time."""
    while _open:
        _open.pop().close()


def _page(site, page):
    from importlib import import_module

    import_module(f"dashboard.pages.{page}").page(site)


def _csv(header, rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()


def _measured(tmp_path):
    """Has the usual rows measured once for all worker processes: engines take seconds to start."""
    done = _shared(tmp_path) / "measured-for-sites"
    with FileLock(f"{done}.lock"):
        if not done.exists():
            done.with_suffix(".part").mkdir(exist_ok=True)
            path = write(done.with_suffix(".part") / "data", [*ROWS, *ODD_ROWS[:1]])
            with ExitStack() as stack:
                ready(path, Options(path, jobs=1), Named()).open(stack, lambda: TA, lambda opening: None)
            done.with_suffix(".part").rename(done)


def _shared(tmp_path):
    """The folder of this run of pytest, which its worker processes share."""
    return next((one for one in tmp_path.parents if (one / ".lock").exists()), tmp_path.parent)


def _make(folder):
    shutil.rmtree(folder, ignore_errors=True)
    given = folder / "given"
    given.mkdir(parents=True)
    sheet = zip(IDS, PROMPTS, FAULTY, [""] * 8, strict=True)
    (given / "sheet.csv").write_bytes(_csv(COLUMNS, sheet))
    (given / "test.csv").write_bytes(_csv(("id", "instruction"), [answer[:2] for answer in ANSWERS]))
    for name, outputs in GROUPS.items():
        (given / f"CS412-HW4-{name}.zip").write_bytes(_hand_in(outputs))
    for words in (
        ("init", folder, "--sheet", given / "sheet.csv", "--test", given / "test.csv"),
        ("import", given, "--course", folder, "--by", TA),
        ("run", "--course", folder, "--jobs", "1", "--by", TA),
    ):
        done = grading(*words)
        assert done.returncode == 0, done.stderr


def _hand_in(outputs):
    """A hand-in with these outputs; the last row is there twice, and one is of no row of the sheet."""
    rows = [*zip(IDS, PROMPTS, outputs, LABELS, strict=True)]
    rows += [(IDS[-1], PROMPTS[-1], "Whales sing.", "tone"), ("r99", SCRIPT, LINKS, "")]
    cell = {
        "cell_type": "code",
        "id": "a",
        "execution_count": 1,
        "metadata": {},
        "source": "1",
        "outputs": [],
    }
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    return zips.plain(
        {
            zips.DATA: _csv(COLUMNS, rows),
            zips.PREDICTIONS: _csv(("id", "instruction", "prediction"), ANSWERS),
            zips.NOTEBOOK: json.dumps(notebook).encode(),
        }
    )
