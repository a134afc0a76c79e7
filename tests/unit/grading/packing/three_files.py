"""A small course, and a hand-in that nothing is wrong with, to be spoiled one fault at a time."""

import csv
import io
import json
from pathlib import Path

from grading.course.init import init
from grading.course.model import Course
from grading.model import Role
from quality import lineage, table
from quality.lineage import Bundle, GateRecord, PredictionRecord, RunRecord, Version
from quality.model import Fingerprint
from quality.table import Columns

HEADER = ("id", "instruction", "output", "fail_mode")
SHEET = (
    ("007", "Name a colour.", "Red are a colour.", ""),
    ("1e3", "Name a river.", "The Nile is a lake.", ""),
    ("r3", "Name a city, please.", "Ankara.", ""),
    ("r4", "Say hello.", "hello hello hello", ""),
)
DATA = (
    ("007", "Name a colour.", "Red is a colour.", "grammar"),
    ("1e3", "Name a river.", "The Nile is a river.", "factual"),
    ("r3", "Name a city, please.", "Ankara.", "none"),
    ("r4", "Say hello.", "Hello!", "repetition"),
)
TEST = (("t1", "What is tea?"), ("t2", "What is milk?"))
ANSWERS = (("t1", "What is tea?", "A drink."), ("t2", "What is milk?", "A drink too."))
TOKEN = "hf_" + "kQvTzWbRyLmNcXpJdGsHfAeUoIqPwZtKaB"  # in two parts, so that no scanner takes it for a leak


def text_of(header, rows, delimiter=",") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows([header, *rows])
    return stream.getvalue().encode()


def course(folder: Path) -> Course:
    """A course folder with that sheet and test file."""
    given = folder.parent / f"{folder.name}-given"
    given.mkdir(parents=True)
    (given / "sheet.csv").write_bytes(text_of(HEADER, SHEET))
    (given / "test.csv").write_bytes(text_of(("id", "instruction"), TEST))
    return init(folder, given / "sheet.csv", given / "test.csv")


def data(rows=DATA, header=HEADER) -> bytes:
    return text_of(header, rows)


def answers(rows=ANSWERS, header=("id", "instruction", "prediction")) -> bytes:
    return text_of(header, rows)


def code(source="print(1)", outputs=None, number=1):
    """A cell of code, with an output unless told otherwise."""
    shown = [{"output_type": "stream", "name": "stdout", "text": ["1\n"]}] if outputs is None else outputs
    return {
        "cell_type": "code",
        "execution_count": number,
        "metadata": {},
        "source": source,
        "outputs": shown,
    }


def error(kind="NameError", words="name 'x' is not defined"):
    return {"output_type": "error", "ename": kind, "evalue": words, "traceback": []}


def notebook(*cells, bundle: Bundle | None = None) -> bytes:
    """A notebook of those cells; the records are an output of the last."""
    cells = list(cells or (code(),))
    if bundle is not None:
        shown = {"application/json": lineage.as_json(bundle)}
        cells.append(code("records", [{"output_type": "display_data", "data": shown, "metadata": {}}]))
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def records(data_bytes: bytes, answer_bytes: bytes, test=TEST, base: str | None = None) -> Bundle:
    """The records of a run on that data which gave those answers to the test file.

    `base` is the column of the base model's answers, where the file has one.
    """
    rows = table.parse(data_bytes, Path("data.csv"))
    asked = table.parse(
        text_of(("id", "instruction"), test), Path("test.csv"), Columns(output=None), labels_required=False
    )
    given = _answers(answer_bytes, "prediction")
    gate = GateRecord(
        fingerprint=Fingerprint(rows.data_sha256, rows.sha256, "g" * 64, "c" * 64, "x" * 64),
        passed=True,
        reasons=(),
        rows=len(rows.rows),
        dropped_rows=(),
        rules={},
        inputs={"data": "data.csv"},
    )
    run = RunRecord(
        gate=lineage.gate_record_sha256(gate),
        data=Version.of(rows),
        used=(2, 3, 4, 5),
        dropped={},
        instructions=(),
        base="tiny",
        base_sha256="b" * 64,
        adapter_sha256="a" * 64,
        template="alpaca",
        template_sha256="t" * 64,
        tokenizer_sha256="k" * 64,
        recipe={},
        schedule={},
        losses=((1, 2.5),),
        versions={},
        device="cpu",
    )
    made = PredictionRecord(
        run=lineage.run_record_sha256(run),
        base="tiny",
        base_sha256="b" * 64,
        adapter_sha256="a" * 64,
        test=Version.of(asked),
        predictions=Version.of(given),
        rows=len(given.rows),
        decoding={},
        cut=(),
        unanswered=(),
        trained_on=(),
        with_base=base is not None,
        versions={},
        device="cpu",
        base_predictions=Version.of(_answers(answer_bytes, base)) if base else None,
    )
    return Bundle(gate, run, made)


def _answers(content: bytes, column: str) -> table.Table:
    return table.parse(content, Path("p.csv"), Columns(output=column), labels_required=False)


def good() -> dict[Role, bytes]:
    """The contents of a hand-in that nothing is wrong with."""
    return {
        Role.DATA: data(),
        Role.PREDICTIONS: answers(),
        Role.NOTEBOOK: notebook(code(), bundle=records(data(), answers())),
    }


def written(folder: Path, contents, course: Course) -> dict[Role, Path]:
    """Those contents as files under the course's names."""
    folder.mkdir(exist_ok=True)
    paths = {role: folder / course.files.name(role) for role in contents}
    for role, path in paths.items():
        path.write_bytes(contents[role])
    return paths
