"""Who was forgotten is found nowhere: not in a file, a zip, a copy, a page of the database; nor in others' feedback."""

import csv
import io
import json
import os
import pty
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from grading.book import people
from grading.book.book import opened
from tests.command import GRADING, grading
from tests.unit.grading.book.test_versions import make_old
from tests.unit.grading.collecting.downloads import ARCHIVE, moodle, row, worksheet
from tests.zips import DATA, NOTEBOOK, PREDICTIONS, plain

EARLY = "Monday, 30 November 2026, 9:00 PM"
SLOW = 'ignore = ["GRM", "PRM", "FCT", "TON", "LEN", "ASK", "REP", "DUP", "AIS"]'
"""Rules that would start engines."""
ADA = ("Kanarya Ötücüoğlu", "kanarya.o@uni.example", "Participant 424242", "Team Kanarya Ötücüoğlu")
"""Leaves a team that stays, and that bears her name."""
CEM = (
    "Çoban Düdükçü",
    "cobanaldatan@uni.example",
    "Participant 535353",
    "Düdükçüler",
    "zxcanaryqv",
    "qvbülbülzx",
)
"""The last one of his group; the last two stand in what he handed in."""
BO = ("Serçe Uçar", "serce@uni.example", "Participant 646464")
DAN = ("Martı Denizci", "marti@uni.example", "Participant 757575", "Martılar", "kmwordkm")


def hand_in(word, label="grammar", **more):
    """An archive with the word in every file, in its comment and in the name of a file."""
    cells = [
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {},
            "source": [word],
            "outputs": [{"output_type": "error", "ename": word, "evalue": word, "traceback": [word]}],
        }
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    rows = f"1,Say hi,Hi {word} there.,{label}\n2,Name a sea,The {word} Sea.,{word}\n"
    files = {
        DATA: f"id,instruction,output,fail_mode\n{rows}".encode(),
        PREDICTIONS: f"id,prediction\n1,{word}\n".encode(),
        NOTEBOOK: json.dumps(notebook).encode(),
        f"notes of {word}.txt": word.encode("utf-16"),
    }
    made = io.BytesIO(plain({**files, **more}))
    with zipfile.ZipFile(made, "a") as archive:
        archive.comment = word.encode()
    return made.getvalue()


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The course on SQLite, to be copied, and what import and run said."""
    base = tmp_path_factory.mktemp("graded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROOFGATE_USER", "ta")
        patch.chdir(base)
        return base / "hw4", make(base)


@pytest.fixture
def course(tmp_path, request, empty_database, monkeypatch):
    """A course folder of three groups, graded, marked and exported; it is the working directory."""
    folder = tmp_path / "hw4"
    monkeypatch.setenv("PROOFGATE_USER", "ta")
    monkeypatch.chdir(tmp_path)
    if empty_database:
        monkeypatch.setenv("DATABASE_URL", empty_database)
        told = make(tmp_path)
    else:
        source, told = request.getfixturevalue("graded")
        shutil.copytree(source, folder)
    monkeypatch.chdir(folder)
    return folder, told


def make(tmp_path):
    """Makes the course folder `hw4` there, beside what it is made from; what import and run say."""
    (tmp_path / "sheet.csv").write_text(
        "id,instruction,output,fail_mode\n1,Say hi,Hi their.,\n2,Name a sea,The Black Sea.,\n"
    )
    (tmp_path / "test.csv").write_text("id,instruction\n1,Say hi\n")
    sheet = worksheet(
        tmp_path / "grades.csv",
        row(ADA[2].split()[1], ADA[0], ADA[3], EARLY, ADA[1]),
        row(BO[2].split()[1], BO[0], ADA[3], EARLY, BO[1]),
        row(CEM[2].split()[1], CEM[0], CEM[3], EARLY, CEM[1]),
        row(DAN[2].split()[1], DAN[0], DAN[3], EARLY, DAN[1]),
    )
    folder = tmp_path / "hw4"
    demand("init", folder, "--sheet", tmp_path / "sheet.csv", "--test", tmp_path / "test.csv")
    settings = folder / "course.toml"
    settings.write_text(re.sub(r"^ignore = .*$", SLOW, settings.read_text(), flags=re.M))
    os.chdir(folder)
    entries = {
        f"{BO[0]}_646464_assignsubmission_file/{ARCHIVE.format('Team-Kanarya-Otucuoglu')}": hand_in(
            "bo's own"
        ),
        f"{CEM[0]}_535353_assignsubmission_file/{ARCHIVE.format('Dudukculer')}": hand_in(
            CEM[4], **{f"{CEM[5]}.md": b"x"}
        ),
        f"{DAN[0]}_757575_assignsubmission_file/{ARCHIVE.format('Martilar')}": hand_in(DAN[4]),
    }
    told = [
        demand("import", moodle(tmp_path / "all.zip", entries), "--worksheet", sheet),
        demand("run", "--jobs", "1"),
    ]
    demand("mark", "g001", "fail_mode", "7", "--why", "Kanarya was ill")
    demand("mark", "g003", "fail_mode", "7", "--why", f"copied from {ADA[0].upper()}, says {CEM[0]}")
    demand("mark", "g002", "fail_mode", "7", "--why", f"{CEM[4]} is no word")
    demand("mark", "g002", "hand_in", "7", "--why", "as agreed with " + CEM[1])
    demand("mark", "g002", "hand_in", "none", "--why", f"{CEM[0]} asked")
    demand("export", "-o", "out/first")
    demand("export", "-o", "out/second", "--accept-superseded")
    demand("backup")
    part = folder / "out" / ".third.abcdefgh.part"  # of an export that was killed
    part.mkdir()
    (part / "worksheet.csv").write_text("".join(ADA) + "".join(CEM))
    return told


def demand(*arguments):
    done = grading(*arguments)
    assert done.returncode == 0, done.stderr
    return done


def forms(text):
    """The bytes of the text, as any file of ours could hold it."""
    said = {text, text.lower(), text.upper(), text.replace(" ", "-"), text.replace(" ", "_")}
    said |= {json.dumps(one)[1:-1] for one in set(said)}
    return {one.encode(encoding) for one in said for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-7")}


def contents(data, name):
    """The bytes, and those of every zip in them."""
    yield name, data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for one in archive.infolist():
                yield from contents(archive.read(one), f"{name}/{one.filename}")


def everything(folder):
    for path in sorted(folder.rglob("*")):
        yield "name", str(path.relative_to(folder)).encode()
        if path.is_file():
            data = path.read_bytes()
            yield from contents(data, path.relative_to(folder).as_posix())
            if path.suffix == ".dump":
                yield (
                    path.name,
                    subprocess.run(["pg_restore", "-f", "-", path], capture_output=True, check=True).stdout,
                )


FIRST_OWN = 16_384
"""Number of the first file of a database that is not as it was when the server was made."""


def of_server(url):
    """The database as text, and the server's files of it."""
    yield "pg_dump", subprocess.run(["pg_dump", url], capture_output=True, check=True).stdout
    query = ["psql", url, "-Atc", "SELECT oid FROM pg_database WHERE datname = current_database()"]
    oid = subprocess.run(query, capture_output=True, check=True, text=True).stdout.strip()
    base = Path(parse_qs(urlsplit(url).query)["host"][0]) / "data" / "base" / oid
    for path in base.iterdir():
        number = re.match("[0-9]*", path.name)[0]
        if number and int(number) >= FIRST_OWN:
            yield path.name, path.read_bytes()


def found(texts, folder, url):
    """Where any of the texts stands."""
    wanted = {form: text for text in texts for form in forms(text)}
    places = [*everything(folder), *(of_server(url) if url else ())]
    assert len(places) > 3
    return sorted(
        {f"{text!r} in {place}" for place, data in places for form, text in wanted.items() if form in data}
    )


def test_a_canary(course, empty_database):
    folder, _ = course
    if empty_database:  # as the server does by itself sooner or later
        subprocess.run(["psql", empty_database, "-qc", "ANALYZE"], capture_output=True, check=True)
    assert len(found([*ADA, *CEM], folder, empty_database)) > 20  # the search finds what is there

    done = demand("forget", ADA[1], "--yes")
    assert done.stdout == "p0001\n"
    assert "2 exported folders in the course folder: removed" in done.stderr
    if not empty_database:  # the one before the import knows nobody
        assert "1 backup that held them: removed" in done.stderr
    assert found(ADA, folder, empty_database) == []
    history = json.loads(demand("history", "--output-format", "json").stdout)
    assert [entry["why"] for entry in history if entry["what"] == "manual"] == [
        "[removed]", "[removed]", f"{CEM[4]} is no word", f"as agreed with {CEM[1]}", f"{CEM[0]} asked",
    ]  # fmt: skip
    assert json.loads(demand("show", "g001", "--output-format", "json").stdout)

    done = demand("forget", "p0003", "--yes")
    assert done.stdout == "p0003\ng002\n"
    assert found([*ADA, *CEM], folder, empty_database) == []
    assert not (folder / "submissions" / "g002").exists()
    assert grading("show", "g002").returncode == 2
    refused = grading("export", "-o", "out/third", "--accept-superseded")
    assert (refused.returncode, "not compared" in refused.stderr) == (1, True)
    demand("run", "--jobs", "1")
    demand("export", "-o", "out/third", "--accept-superseded")
    assert found([*ADA, *CEM], folder, empty_database) == []

    done = demand("purge", "--before", "2027-01-01", "--yes")
    assert done.stdout == "g001\ng003\n"
    assert found([*ADA, *CEM, *BO, *DAN, "bo's own"], folder, empty_database) == []
    assert list((folder / "submissions").iterdir()) == []
    assert demand("history").stdout.count("purge") == 1


def own_rows(data, name):
    """The CSV without the rows that name the group or its member."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    return [line for line in rows if not any(one in cell for cell in line for one in name)]


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_nobody_reads_of_another_group(course, empty_database):
    folder, (imported, run) = course
    texts = CEM[1:]  # a teaching assistant's own words to g003 name him
    for line in (imported.stderr, run.stderr, run.stdout):
        assert not [text for text in (*ADA, *CEM, *BO, *DAN) if text in line]
    out = folder / "out" / "second"
    with zipfile.ZipFile(out / "feedback.zip") as archive:
        pages = {name: archive.read(name) for name in archive.namelist()}
    pages |= {path.name: path.read_bytes() for path in (out / "feedback").iterdir()}
    assert len(pages) == 3
    for name, page in pages.items():
        hit = [text for text in texts for form in forms(text) if form in page or form in name.encode()]
        assert bool(hit) == name.startswith("g002"), (name, hit)
    for path in out.glob("*.csv"):
        left = json.dumps(own_rows(path.read_bytes(), (CEM[0], CEM[2], CEM[3])), ensure_ascii=False)
        assert not [text for text in texts if text in left], path.name


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_a_teams_hand_in_stays_and_that_is_said(course, empty_database):
    folder, _ = course
    (folder / "my list.csv").write_text(f"who\n{BO[0]}\n")
    archive = next((folder / "submissions" / "g001").glob("*/hand-in.zip"))
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr("who.txt", BO[0].encode("utf-16-le"))
    done = demand("forget", BO[2], "--yes")
    assert "g001: the team stays, with its hand-ins" in done.stderr
    listed = done.stderr.partition("still name them")[2]
    assert "  my list.csv\n" in listed
    assert f"  {archive.relative_to(folder)}\n" in listed
    assert BO[0] not in done.stderr + done.stdout
    places = found([BO[0]], folder, "")
    assert {place.partition(" in ")[2].partition("/who.txt")[0] for place in places} == {
        "my list.csv", str(archive.relative_to(folder)),
    }  # fmt: skip


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_an_answer_at_a_terminal(course, empty_database):
    folder, _ = course
    for answer, code, left in (("n", 2, 4), ("y", 0, 3)):
        done = asked("forget", "p0003", answer=answer)
        assert done.returncode == code
        with opened(folder, "") as book, book.reading() as db:
            assert len([one for group in people.groups(db) for one in group.members]) == left


def asked(*arguments, answer):
    """The command at a terminal where somebody types that."""
    keyboard, terminal = pty.openpty()
    try:
        os.write(keyboard, f"{answer}\n".encode())
        return subprocess.run(
            [GRADING, *arguments],
            stdin=terminal,
            stderr=terminal,
            stdout=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(keyboard)
        os.close(terminal)


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_any_command_copies_an_old_book_before_it_changes(course, empty_database):
    folder, _ = course
    make_old(folder, "")
    assert "brought up to date; a copy is in" in demand("history").stderr
    assert "brought up to date" not in demand("history").stderr
    assert len(list((folder / "backups").glob("*-migration.db"))) == 1
    assert len(list((folder / "backups").glob("*-import.db"))) == 1


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_what_is_asked_first(course, empty_database):
    folder, _ = course
    before = (folder / "grading.db").read_bytes()
    done = grading("forget", CEM[3])  # a team's name is nobody's
    assert (done.returncode, done.stdout) == (2, "")
    assert "nobody here is" in done.stderr
    done = grading("forget", CEM[0].upper())
    assert (done.returncode, done.stdout) == (2, "")
    assert "g002: with them goes the whole group, its hand-ins, findings and grades" in done.stderr
    assert "there is no terminal to ask at" in done.stderr
    assert "add --yes" in done.stderr
    done = grading("purge", "--before", "2027-01-01")
    assert (done.returncode, done.stdout) == (2, "")
    assert "g003  2026-11-30 21:00" in done.stderr
    done = demand("purge", "--before", "2026-11-30")
    assert "no group's newest hand-in is older" in done.stderr
    assert grading("purge", "--before", "yesterday").returncode == 2
    assert (folder / "grading.db").read_bytes() == before
    assert (folder / "out" / "first" / "grades.csv").exists()


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_points_that_are_kept_and_keys_that_are_not_given_again(course, empty_database, tmp_path):
    folder, _ = course
    demand("purge", "--before", "2027-01-01", "--yes", "--keep-grades")
    assert found([*ADA, *CEM, *BO, *DAN], folder, "") == []
    told = demand("history").stdout
    assert "g002 fail_mode 2: – → 7  [removed]" in told
    assert "fail_mode 2: – → 7" in demand("history", "g002").stdout
    assert "a purge left the points alone" in demand("show", "g002").stdout
    demand("export", "-o", "out/kept")
    assert [line.split(",")[0] for line in Path("out/kept/grades.csv").read_text().splitlines()[1:]] == [
        "g001", "g002", "g003",
    ]  # fmt: skip
    sheet = worksheet(tmp_path / "again.csv", row(999999, "New Body", "Newcomers", EARLY))
    download = moodle(
        tmp_path / "again.zip",
        {"New Body_999999_assignsubmission_file/CS412-HW4-Newcomers.zip": hand_in("new")},
    )
    done = demand("import", download, "--worksheet", sheet)
    assert "g004   Newcomers" in done.stdout
    assert demand("forget", "New Body", "--yes").stdout == "p0005\ng004\n"
