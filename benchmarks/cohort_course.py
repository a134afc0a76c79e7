"""A course as large as they get, as its LMS would hand it over: sheet, test file, Moodle's zip, worksheet.

The sheet's rows are JFLEG's learner sentences, then people's seed tasks. A group takes, row by row, one of the four
corrections or leaves the sentence, and makes a small edit of its own in a share of the rows; its predictions are
answers of AlpacaEval's models, changed in the same way. One pair in the course is copied.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from corpora import answers, seed_tasks

from grading.course.model import Files
from quality.guide import load

OWN = 0.4
"""Share of the rows with an edit of the group's own: two groups then share one row in seven, as JFLEG's correctors."""
CORRECTED = 0.8
LABELLED_RIGHT = 0.65
COPIED = 0.3
PROMPTS = 100
MOST_WORDS = 150
"""Of an answer: what 256 tokens hold."""
MEMBERS = 2
INSERTED = [
    "also",
    "really",
    "often",
    "still",
    "just",
    "even",
    "perhaps",
    "rather",
    "quite",
    "simply",
    "mostly",
    "clearly",
    "surely",
    "largely",
    "maybe",
    "usually",
    "always",
    "certainly",
    "generally",
    "actually",
    "mainly",
    "probably",
    "now",
    "indeed",
    "finally",
    "once",
    "here",
    "together",
    "today",
    "sometimes",
]
HEADER = (
    "Identifier", "Full name", "Email address", "Status", "Group", "Grade", "Maximum grade", "Grade can be changed",
    "Last modified (submission)", "Last modified (grade)", "Feedback comments",
)  # fmt: skip
Texts = Mapping[str, Sequence[str]]
"""Id → the versions that a group may take, the sheet's or a model's."""


@dataclass(frozen=True, slots=True)
class Material:
    """What the groups draw from.

    Attributes:
        prompts: Id → instruction, of the sheet's rows.
        versions: Id → the sheet's output, then the corrections.
        asked: Id → instruction, of the test file.
        answers: Id → answers of models.
    """

    prompts: Mapping[str, str]
    versions: Texts
    asked: Mapping[str, str]
    answers: Texts


def material(corpora: Path, rows: int) -> Material:
    """As many rows as asked for, up to what JFLEG's development half and the seed tasks have."""
    jfleg = pd.read_csv(corpora / "jfleg_dev.csv", keep_default_na=False)
    prompts = {str(row.id): f"Rewrite in good English: {row.source}" for row in jfleg.itertuples()}
    versions = {
        str(row.id): tuple(map(str, (row.source, row.ref0, row.ref1, row.ref2, row.ref3)))
        for row in jfleg.itertuples()
    }
    for row in seed_tasks(corpora).itertuples():
        prompts[str(row.id)], versions[str(row.id)] = str(row.prompt), (str(row.output),)
    kept = list(versions)[-rows:]
    short = answers(corpora)
    short = short[short.output.str.split().str.len().between(5, MOST_WORDS)]
    by_prompt = short.groupby("instruction").output.agg(tuple)
    most = by_prompt[by_prompt.str.len().sort_values(ascending=False, kind="stable").index[:PROMPTS]]
    asked = {f"t{at:03}": str(prompt) for at, prompt in enumerate(most.index)}
    return Material(
        {key: prompts[key] for key in kept},
        {key: versions[key] for key in kept},
        asked,
        dict(zip(asked, most.to_list(), strict=True)),
    )


class Course:
    """Hand-ins of groups; the same for the same seed."""

    def __init__(self, of: Material, groups: int, seed: int, own: float = OWN) -> None:
        self.material, self.own, self.seed = of, own, seed
        self.names = [f"Group {number:03}" for number in range(1, groups + 1)]
        modes = list(load().fail_modes)
        drawn = np.random.default_rng([seed, 0])
        self.modes = modes
        self.truth = {key: modes[drawn.integers(len(modes))] for key in of.versions}

    def write(self, folder: Path) -> None:
        """`sheet.csv`, `test.csv`, `moodle.zip` and `worksheet.csv`."""
        folder.mkdir(parents=True, exist_ok=True)
        of = self.material
        sheet = [(key, of.prompts[key], texts[0], "") for key, texts in of.versions.items()]
        (folder / "sheet.csv").write_bytes(_csv(("id", "instruction", "output", "fail_mode"), sheet))
        (folder / "test.csv").write_bytes(_csv(("id", "instruction"), of.asked.items()))
        self.download(folder / "moodle.zip", range(len(self.names)))
        rows = [
            (
                f"Participant {1000 + MEMBERS * at + one}", f"Person {at + 1} {one + 1}",
                f"p{MEMBERS * at + one}@uni.example", "Submitted for grading", name, "", "100.00", "Yes",
                "Sunday, 29 November 2026, 6:12 PM", "-", "",
            )
            for at, name in enumerate(self.names)
            for one in range(MEMBERS)
        ]  # fmt: skip
        (folder / "worksheet.csv").write_bytes(b"\xef\xbb\xbf" + _csv(HEADER, rows))

    def download(self, path: Path, groups: Sequence[int], again: int = 0) -> None:
        """Moodle's zip of these groups' hand-ins, of the first time or a later one."""
        entries = {
            f"{self.names[at]}_{at + 1}_assignsubmission_file/hand-in.zip": _zipped(self.files(at, again))
            for at in groups
        }
        path.write_bytes(_zipped(entries))

    def files(self, group: int, again: int) -> dict[str, bytes]:
        """Name → content of one group's three files."""
        of, names = self.material, Files()
        drawn = np.random.default_rng([self.seed, 1 + group, again])
        outputs = {key: self._taken(texts, drawn) for key, texts in of.versions.items()}
        if group == 1:  # which copies from its neighbour
            other = np.random.default_rng([self.seed, 1, 0])
            theirs = {key: self._taken(texts, other) for key, texts in of.versions.items()}
            outputs |= {key: theirs[key] for key in outputs if drawn.random() < COPIED}
        data = [(key, of.prompts[key], text, self._label(key, drawn)) for key, text in outputs.items()]
        answers = [(key, of.asked[key], self._answer(texts, drawn)) for key, texts in of.answers.items()]
        return {
            names.data: _csv(("id", "instruction", "output", "fail_mode"), data),
            names.predictions: _csv(("id", "instruction", "prediction"), answers),
            names.notebook: _notebook(f"{group} {again}"),
        }

    def _taken(self, texts: Sequence[str], drawn: np.random.Generator) -> str:
        corrections = texts[1:]
        made = corrections and drawn.random() < CORRECTED
        text = corrections[drawn.integers(len(corrections))] if made else texts[0]
        return self._edited(text, drawn)

    def _answer(self, texts: Sequence[str], drawn: np.random.Generator) -> str:
        return self._edited(texts[drawn.integers(len(texts))], drawn)

    def _edited(self, text: str, drawn: np.random.Generator) -> str:
        if drawn.random() >= self.own:
            return text
        words = text.split(" ")
        words.insert(int(drawn.integers(len(words))), INSERTED[drawn.integers(len(INSERTED))])
        return " ".join(words)

    def _label(self, key: str, drawn: np.random.Generator) -> str:
        right = drawn.random() < LABELLED_RIGHT
        return self.truth[key] if right else self.modes[drawn.integers(len(self.modes))]


def _csv(header: Sequence[str], rows: object) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode()


def _zipped(entries: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 29, 12, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _notebook(said: str) -> bytes:
    """As Colab downloads it; its outputs are some 300 kB, as those of a training with a bar for each step."""
    output = {
        "output_type": "stream",
        "name": "stdout",
        "text": [f"{said}: step {n}\n" for n in range(10_000)],
    }
    cell = {
        "cell_type": "code", "id": "a", "execution_count": 1, "metadata": {}, "source": ["!finetune run data.csv"],
        "outputs": [output],
    }  # fmt: skip
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}).encode()
