"""`grading import`, from the example's download to groups and hand-ins in the book."""

import json

import pytest

from tests.command import grading
from tests.unit.grading.collecting.downloads import ARCHIVE, hand_in, moodle, row, worksheet
from tests.zips import DATA

EARLY = "Monday, 30 November 2026, 9:00 PM"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A course folder, which is the working directory."""
    monkeypatch.setenv("PROOFGATE_USER", "ta")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "sheet.csv").write_text("id,instruction,output,fail_mode\n1,Say hi,Hi,\n")
    (tmp_path / "test.csv").write_text("id,instruction\n1,Say hi\n")
    made = grading(
        "init", tmp_path / "hw4", "--sheet", tmp_path / "sheet.csv", "--test", tmp_path / "test.csv"
    )
    assert made.returncode == 0, made.stderr
    monkeypatch.chdir(tmp_path / "hw4")
    return tmp_path


def download(folder):
    return moodle(
        folder / "all.zip",
        {
            "Whales_7_assignsubmission_file/CS412-HW4-Whales.zip": hand_in(),
            "Sharks_8_assignsubmission_file/CS412-HW4-Sharks.zip": b"Rar!\x1a\x07\x01\x00",
            "\x1b[2JEvil\u202e_9_assignsubmission_file/x.zip": hand_in("e"),
        },
    )


def test_the_batch_is_done_whatever_single_groups_handed_in(here):
    sheet = worksheet(
        here / "grades.csv",
        row(1, "Ada", "Whales", EARLY),
        row(2, "Bo", "Sharks", EARLY),
        row(3, "Cem", "Rays"),
    )
    done = grading("import", download(here), "--worksheet", sheet)
    assert done.returncode == 0
    assert done.stdout.splitlines()[1].split() == [
        "g001",
        "Whales",
        "new",
        "2026-11-30",
        "21:00",
        "data,",
        "predictions,",
        "notebook",
    ]
    assert "the file is a RAR archive, not a zip [archive.not-a-zip]" in done.stdout
    assert "1 submission of nobody's group, not taken:" in done.stdout
    assert "3 groups: 2 new, 1 nothing handed in" in done.stdout
    assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr)
    assert len(list((here / "hw4" / "backups").glob("*-import.db"))) == 1
    again = grading("import", here / "all.zip", "--worksheet", sheet)
    assert again.returncode == 0
    assert "3 groups: 2 unchanged, 1 nothing handed in" in again.stdout
    assert "RAR" not in again.stdout


def test_json(here):
    done = grading("import", download(here), "--output-format", "json")
    told = json.loads(done.stdout)
    assert {group["name"]: (group["state"], len(group["files"])) for group in told["groups"]} == {
        "Whales": ("new", 3),
        "Sharks": ("new", 0),
        "\x1b[2JEvil\u202e": ("new", 3),
    }
    sharks = next(group for group in told["groups"] if group["name"] == "Sharks")
    assert [trouble["code"] for trouble in sharks["troubles"]] == ["archive.not-a-zip"]
    assert told["unknown"] == []


def test_a_newer_archive_by_mail_supersedes(here):
    grading("import", download(here))
    mail = here / ARCHIVE.format("whales")
    mail.write_bytes(hand_in("corrected"))
    done = grading("import", mail)
    assert "3 groups: 1 newer, 2 not in this download" in done.stdout
    kept = list((here / "hw4" / "submissions").rglob(DATA))
    assert len(kept) == 3
    assert any(path.read_bytes().endswith(b"corrected") for path in kept)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder / "none.zip", "no such file"),
        (lambda folder: folder / "sheet.csv", "not a zip"),
        (lambda folder: moodle(folder / "empty.zip", {}), "no hand-in in it"),
    ],
)
def test_what_is_no_download_ends_with_2(here, make, said):
    done = grading("import", make(here))
    assert done.returncode == 2
    assert said in done.stderr
    assert not done.stdout


def test_a_roster_that_names_somebody_twice_ends_with_2_and_its_line(here):
    roster = here / "groups.csv"
    roster.write_text("group,email\nWhales,a@x.example\nSharks,a@x.example\n")
    done = grading("import", download(here), "--roster", roster)
    assert done.returncode == 2
    assert "groups.csv:3" in done.stderr
    assert not (here / "hw4" / "submissions").exists()


def test_outside_of_a_course_it_ends_with_2(here, monkeypatch):
    monkeypatch.chdir(here)
    done = grading("import", download(here))
    assert done.returncode == 2
    assert "course.toml" in done.stderr
