"""A small course with hand-ins in its grade book, made without an LMS."""

import csv
import hashlib
import io
import json

from grading.book import hand_ins, people
from grading.course.init import init
from grading.course.reading import load
from grading.model import HandIn, Role

PROMPTS = [
    "Why do leaves turn red in autumn?",
    "What is the capital of Italy?",
    "Explain why the sky is blue.",
    "How do I boil an egg?",
    "Why do cats sleep so much?",
    "What is a noun?",
]
FAULTY = [
    "Leaves turns red because the green pigment brake down in the cold and other pigments shows then.",
    "The capital of italy are Rome.",
    "The air scatter blue light more then red light, so it reach us from everywhere above.",
    "Put the egg in boiling water for ten minute and than cool it in cold water.",
    "Cats sleeps a lot becuase hunting cost them much energy, and they hunt at dawn and dusk.",
    "A noun are a word that name a person, a place or a thing, such as table or Rome.",
]
MENDED = [
    "Leaves turn red because the green pigment breaks down in the cold and other pigments show then.",
    "The capital of Italy is Rome.",
    "The air scatters blue light more than red light, so it reaches us from everywhere above.",
    "Put the egg in boiling water for ten minutes and then cool it in cold water.",
    "Cats sleep a lot because hunting costs them much energy, and they hunt at dawn and dusk.",
    "A noun is a word that names a person, a place or a thing, such as table or Rome.",
]
IDS = [f"r{n}" for n in range(1, 7)]
TEST_PROMPTS = [
    "Explain how a bicycle stays upright.",
    "What is the capital of France?",
    "Why is ice slippery?",
]
TEST_IDS = ["t1", "t2", "t3"]
ANSWERS = [
    "A bicycle stays upright because the rider steers it under their own weight, and a moving wheel helps with that.",
    "The capital of France is Paris.",
    "Ice is slippery because a thin layer of water lies on its surface, and the shoe slides on that layer.",
]
NAMES = {
    Role.DATA: "CS412_HW4_Step1_Data.csv",
    Role.PREDICTIONS: "CS412_HW4_Step2_Predictions.csv",
    Role.NOTEBOOK: "CS412_HW4_Finetuning.ipynb",
}


def csv_of(header, rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def data(outputs=MENDED, labels=None, ids=IDS, prompts=PROMPTS):
    labels = labels or ["grammar"] * len(outputs)
    return csv_of(
        ["id", "instruction", "output", "fail_mode"], zip(ids, prompts, outputs, labels, strict=False)
    )


def predictions(answers=ANSWERS, ids=TEST_IDS, prompts=TEST_PROMPTS):
    return csv_of(["id", "instruction", "prediction"], zip(ids, prompts, answers, strict=False))


def notebook(text="print(1)"):
    output = {"output_type": "stream", "name": "stdout", "text": "1"}
    cell = {
        "cell_type": "code",
        "id": "a",
        "execution_count": 1,
        "metadata": {},
        "source": text,
        "outputs": [output],
    }
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}).encode()


def make(folder, **changes):
    """The course in that folder; changes replace lines of its course.toml that begin with the key."""
    inputs = folder / "given"
    inputs.mkdir(parents=True)
    sheet = csv_of(
        ["id", "instruction", "output", "fail_mode"], zip(IDS, PROMPTS, FAULTY, [""] * 6, strict=True)
    )
    (inputs / "sheet.csv").write_bytes(sheet)
    (inputs / "test.csv").write_bytes(csv_of(["id", "instruction"], zip(TEST_IDS, TEST_PROMPTS, strict=True)))
    init(folder / "course", inputs / "sheet.csv", inputs / "test.csv")
    return change(folder / "course", **changes)


def change(folder, **changes):
    path = folder / "course.toml"
    lines = path.read_text(encoding="utf-8").split("\n")
    for key, value in changes.items():
        (at,) = [n for n, line in enumerate(lines) if line.lstrip("# ").startswith(f"{key} = ")]
        lines[at] = f"{key} = {value}"
    path.write_text("\n".join(lines), encoding="utf-8")
    return load(folder)


def files(**changed):
    """Role → content; None leaves a file out."""
    whole = {"data": data(), "predictions": predictions(), "notebook": notebook(), **changed}
    return {Role(role): content for role, content in whole.items() if content is not None}


def put(course, group, contents, beside=()):
    """The hand-in with its files where the import puts them; `beside` are names and contents in the same folder."""
    version = hashlib.sha256(b"".join(contents[role] for role in sorted(contents))).hexdigest()
    folder = course.submissions / group / version[:16]
    folder.mkdir(parents=True, exist_ok=True)
    for role, content in contents.items():
        (folder / NAMES[role]).write_bytes(content)
    for name, content in beside:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return HandIn(group, version, None, {role: folder / NAMES[role] for role in contents})


def hand_in(book, course, name, contents, received=None, beside=()):
    """The group's key, with the hand-in in the book."""
    with book.writing() as db:
        key = people.put_group(db, name=name, identifier=None)
        one = put(course, key, contents, beside)
        hand_ins.add(db, HandIn(key, one.version, received, one.files, one.troubles))
    return key


def silent(what, done, total):
    """Progress that nobody sees."""
