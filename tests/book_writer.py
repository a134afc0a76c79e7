"""Writes groups into a grade book, one a transaction, until it is killed: `python -m tests.book_writer DIR NUMBER`."""

import itertools
import sys
from pathlib import Path

from grading.book import documents, hand_ins, marks, people
from grading.book.book import opened
from grading.model import HandIn, Line, Role

HALF = Line("fail_mode", 0.5, 7.5, 15.0, "half of the labels agree")


def work(db, folder, number):
    """What an import and a run write about a group, in one transaction."""
    group = people.put_group(db, name=f"Team {number}", identifier=None)
    path = folder / "submissions" / group / "data.csv"
    hand_ins.add(db, HandIn(group, f"{number:064x}", None, {Role.DATA: path}))
    marks.put_automatic(db, group, [HALF, Line("lateness", 0.0, 0.0, 0.0, "in time")], who="run")
    documents.put(db, group, "examined", "0" * 64, {"text": "x" * 60_000})  # 15 pages


def main():
    """Says after each transaction how many groups there are."""
    folder = Path(sys.argv[1])
    with opened(folder, "") as book:
        for number in itertools.count(int(sys.argv[2])):
            with book.writing() as db:
                work(db, folder, number)
            print(number + 1, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
