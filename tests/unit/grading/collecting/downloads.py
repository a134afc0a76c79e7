"""Downloads as Moodle and Canvas make them, and the worksheet that goes with them."""

from grading.course.model import Course
from tests.unit.grading.lms.samples import php
from tests.zips import HAND_IN, plain

ARCHIVE = "CS412-HW4-{}.zip"
HEADER = (
    "Identifier", "Full name", "Email address", "Status", "Group", "Grade", "Maximum grade",
    "Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments",
)  # fmt: skip


def hand_in(text="", **more):
    """A good hand-in's archive; the text tells it from others."""
    files = {name: content + text.encode() for name, content in HAND_IN.items()}
    return plain({**files, **more})


def course(folder, **more):
    return Course(folder, folder / "sheet.csv", folder / "test.csv", **more)


def row(number, name, group, submitted="-", email="", status="Submitted for grading"):
    return (
        f"Participant {number}", name, email or f"p{number}@uni.example", status, group, "", "100.00", "Yes",
        submitted, "-", "",
    )  # fmt: skip


def worksheet(path, *rows):
    path.write_bytes(php([HEADER, *rows]))
    return path


def moodle(path, entries):
    """Entry's name → content; as Moodle zips them."""
    path.write_bytes(plain(entries))
    return path
