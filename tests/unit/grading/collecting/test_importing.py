import io
import os
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from grading.book import hand_ins, history, people, settings
from grading.book.book import opened
from grading.collecting import importing, storing
from grading.collecting import source as sources
from grading.collecting.importing import import_
from grading.collecting.result import State
from grading.course.model import Files
from grading.lms import worksheet as worksheets
from grading.model import Level, Role
from quality.errors import ConfigError, HardwareError, InputError
from tests import zips
from tests.unit.grading.collecting.downloads import ARCHIVE, course, hand_in, moodle, row, worksheet
from tests.zips import DATA, HAND_IN, NOTEBOOK, PREDICTIONS

ADA = "Ada Kaya_101_assignsubmission_file/CS412-HW4-Whales.zip"
BO = "Bo Ay_102_assignsubmission_file/CS412-HW4-Whales.zip"
CEM = "Cem Can_103_assignsubmission_file/CS412-HW4-Sharks.zip"
EARLY, LATE = "Monday, 30 November 2026, 9:00 PM", "Monday, 30 November 2026, 11:00 PM"


@pytest.fixture
def here(tmp_path):
    return course(tmp_path / "course")


@pytest.fixture
def opened_book(here):
    here.folder.mkdir()
    with opened(here.folder, "") as book:
        yield book


@pytest.fixture
def take(here, opened_book):
    """Imports with the course and its book."""
    return lambda source, **more: import_(source, here, opened_book, who="ta", **more)


@pytest.fixture
def sheet(tmp_path):
    return worksheet(
        tmp_path / "grades.csv",
        row(101, "Ada Kaya", "Whales", EARLY),
        row(102, "Bo Ay", "Whales", LATE),
        row(
            103,
            "Cem Can",
            "Sharks",
            EARLY,
            status="Submitted - Extension granted until: Tuesday, 1 December 2026, 8:00 AM",
        ),
        row(104, "Dora Ek", "Rays"),
        row(105, "Eve Su", "", EARLY),
    )


def states(done):
    return {group.name: group.state for group in done.groups}


def codes(group):
    return [trouble.code for trouble in group.hand_in.troubles]


def snapshot(here, book):
    with book.reading() as db:
        kept = (
            hand_ins.current(db),
            people.groups(db),
            history.entries(db),
            settings.get(db, importing.WORKSHEET),
        )
    return kept, {path: path.stat().st_mtime_ns for path in here.submissions.rglob("*")}


def test_a_class_is_imported(tmp_path, here, opened_book, take, sheet):
    source = moodle(
        tmp_path / "all.zip",
        {ADA: hand_in(), CEM: hand_in("c"), "Eve Su_105_assignsubmission_file/x.zip": b""},
    )
    done = take(source, worksheet=sheet)
    assert states(done) == {"Whales": State.NEW, "Sharks": State.NEW, "Rays": State.NOTHING}
    assert [(one.who, one.why) for one in done.unknown] == [("Eve Su 105", "is in no group")]
    whales = done.groups[0].hand_in
    assert whales.received == datetime(2026, 11, 30, 18, tzinfo=UTC)
    assert not whales.troubles
    folder = here.submissions / "g001" / whales.version[:16]
    assert whales.files == {
        Role.DATA: folder / DATA,
        Role.PREDICTIONS: folder / PREDICTIONS,
        Role.NOTEBOOK: folder / NOTEBOOK,
    }
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        **HAND_IN,
        "hand-in.zip": hand_in(),
    }
    with opened_book.reading() as db:
        assert hand_ins.current(db)["g001"] == whales
        layout = settings.get(db, importing.WORKSHEET)
        assert layout["order"] == ["p0001", "p0002", "p0003", "p0004", "p0005"]
        assert settings.get(db, importing.EXTENSIONS) == {"p0003": "2026-12-01T05:00:00+00:00"}
        rows = [person.worksheet for group in people.groups(db) for person in group.members]
        (entry,) = history.entries(db)
    assert worksheets.restored(layout, rows).participants[0].name == "Ada Kaya"
    assert (entry.who, entry.what, entry.after["new"], entry.after["unknown"]) == ("ta", "import", 2, 1)
    assert "Ada" not in str(entry.after)


def test_importing_twice_changes_nothing(tmp_path, here, opened_book, take, sheet):
    source = moodle(tmp_path / "all.zip", {ADA: hand_in(), BO: hand_in("b"), CEM: b"broken"})
    take(source, worksheet=sheet)
    before = snapshot(here, opened_book)
    for more in ({"worksheet": sheet}, {}):
        done = take(source, **more)
        assert done.count(State.UNCHANGED) == 2
        assert snapshot(here, opened_book) == before


def test_a_newer_hand_in_supersedes_and_both_are_kept(tmp_path, here, opened_book, take):
    first = take(moodle(tmp_path / "1.zip", {ADA: hand_in()})).groups[0].hand_in
    done = take(moodle(tmp_path / "2.zip", {ADA: hand_in("new")}))
    assert states(done) == {"Ada Kaya": State.NEWER}
    second = done.groups[0].hand_in
    assert second.version != first.version
    with opened_book.reading() as db:
        assert hand_ins.of_group(db, "g001") == (first, second)
    assert len(list((here.submissions / "g001").iterdir())) == 2


def test_of_two_members_the_latest_counts_and_both_are_told(tmp_path, opened_book, take, sheet):
    done = take(moodle(tmp_path / "all.zip", {ADA: hand_in("a"), BO: hand_in("b")}), worksheet=sheet)
    whales = done.groups[0].hand_in
    assert whales.files[Role.DATA].read_bytes().endswith(b"b")
    with opened_book.reading() as db:
        both = hand_ins.of_group(db, "g001")
    assert [[trouble.code for trouble in one.troubles] for one in both] == [["group.several"]] * 2
    assert "the latest counts" in both[0].troubles[0].what


def test_the_same_files_of_two_members_are_one_hand_in_of_the_earlier_time(
    tmp_path, opened_book, take, sheet
):
    done = take(moodle(tmp_path / "all.zip", {ADA: hand_in(), BO: hand_in()}), worksheet=sheet)
    assert done.groups[0].hand_in.received == datetime(2026, 11, 30, 18, tzinfo=UTC)
    assert not done.groups[0].hand_in.troubles


def test_a_worksheet_that_comes_later_tells_the_time(tmp_path, take, sheet):
    source = moodle(tmp_path / "all.zip", {"Whales_7_assignsubmission_file/CS412-HW4-Whales.zip": hand_in()})
    assert take(source).groups[0].hand_in.received is None
    done = take(source, worksheet=sheet)
    assert states(done)["Whales"] is State.UNCHANGED
    assert done.groups[0].hand_in.received == datetime(2026, 11, 30, 20, tzinfo=UTC)
    assert done.groups[0].key == "g001"


def test_loose_files_are_kept_as_a_zip(tmp_path, take):
    folder = "Whales_7_assignsubmission_file"
    entries = {f"{folder}/{name}": content for name, content in HAND_IN.items()}
    source = moodle(tmp_path / "1.zip", {**entries, f"{folder}/notes/a.txt": b"x"})
    one = take(source).groups[0].hand_in
    assert set(one.files) == set(Role)
    assert [trouble.code for trouble in one.troubles] == ["files.extra"]
    with zipfile.ZipFile(one.files[Role.DATA].with_name("hand-in.zip")) as kept:
        assert kept.read("notes/a.txt") == b"x"
    again = moodle(tmp_path / "2.zip", dict(reversed([*entries.items(), (f"{folder}/notes/a.txt", b"x")])))
    assert take(again).groups[0].hand_in.version == one.version


BROKEN = {
    "archive.empty": b"",
    "archive.not-a-zip": b"Rar!\x1a\x07\x01\0",
    "archive.damaged": hand_in()[:-30],
    "archive.encrypted": zips.made(zips.Entry(b"a", b"x", flags=1)),
    "archive.compression": zips.plain({"a": bytes(100)}, zipfile.ZIP_BZIP2),
    "archive.unsafe-path": zips.made(zips.Entry(b"../../../../tmp/evil", b"x")),
    "archive.special-file": zips.made(zips.Entry(DATA.encode(), b"/etc/passwd", mode=0o120777)),
    "archive.bomb": zips.made(zips.bomb(64)),
    "archive.size-lies": zips.made(zips.lying_bomb(16)),
    "archive.too-many-entries": zips.made(count=50_000),
    "archive.overlapping": zips.made(
        zips.Entry(b"a", zips.Entry(b"b", b"x").local(), method=0), zips.Entry(b"b", b"x", header=31)
    ),
    "files.missing": zips.plain({"readme.txt": b""}),
}


def test_every_broken_hand_in_is_a_finding_for_its_group_alone(tmp_path, here, take):
    entries = {
        f"{code}_{n}_assignsubmission_file/x.zip": data for n, (code, data) in enumerate(BROKEN.items(), 10)
    }
    done = take(moodle(tmp_path / "all.zip", {ADA: hand_in(), **entries}))
    found = {group.name: group for group in done.groups}
    assert set(found["Ada Kaya"].hand_in.files) == set(Role)
    for code in BROKEN:
        one = found[code].hand_in
        assert not one.files
        assert code in {trouble.code for trouble in one.troubles if trouble.level is Level.ERROR}
        if code != "files.missing":
            assert "files.missing" not in codes(found[code])
        kept = here.submissions / one.group / one.version[:16]
        assert [path.name for path in kept.iterdir()] == ["hand-in.zip"]
    assert {path.parent.parent.parent for path in here.submissions.rglob("*.zip")} == {here.submissions}


def test_a_fault_of_the_outer_zip_is_its_groups_alone(tmp_path, take):
    good = zips.Entry(ADA.encode(), hand_in(), method=0)
    bomb = zips.bomb(16)
    source = tmp_path / "all.zip"
    source.write_bytes(
        zips.made(
            good,
            zips.Entry(
                f"B_2_assignsubmission_file/{DATA}".encode(), packed=bomb.data, size=bomb.size, crc=bomb.crc
            ),
            zips.Entry(b"C_3_assignsubmission_file/x.zip", hand_in(), crc=7),
            zips.Entry(b"D_4_assignsubmission_file/../x.zip", hand_in()),
            zips.Entry(b"E_5_assignsubmission_file/x.zip", hand_in(), flags=1),
            zips.Entry(b"F_6_assignsubmission_file/x.zip", hand_in(), method=12),
            zips.Entry(b"G_7_assignsubmission_file/x.zip", b"/etc/passwd", method=0, mode=0o120777),
        )
    )
    done = take(source)
    assert {group.name: codes(group) for group in done.groups} == {
        "Ada Kaya": ["group.name-differs"],
        "B": ["archive.bomb"],
        "C": ["archive.name", "archive.checksum"],
        "D": ["archive.name", "archive.unsafe-path"],
        "E": ["archive.name", "archive.encrypted"],
        "F": ["archive.name", "archive.compression"],
        "G": ["archive.name", "archive.special-file"],
    }
    assert take(source).count(State.UNCHANGED) == 7


def test_names_that_differ_are_said_without_the_names(tmp_path, take, sheet):
    entries = {ADA: hand_in(), CEM.replace("HW4-Sharks", "HW4-Whales"): hand_in("c")}
    done = take(moodle(tmp_path / "all.zip", entries), worksheet=sheet)
    assert codes(done.groups[1]) == ["group.name-differs"]
    source = moodle(tmp_path / "2.zip", {CEM.replace("CS412-HW4-Sharks", "homework"): hand_in("d")})
    other = take(source, worksheet=sheet)
    assert codes(other.groups[1]) == ["archive.name"]
    assert "Sharks" not in str(other.groups[1].hand_in.troubles + done.groups[1].hand_in.troubles)


@pytest.fixture
def enrolled(tmp_path):
    """A roster of those rows."""

    def roster(*rows, header="group,email,late_days_left"):
        path = tmp_path / "groups.csv"
        path.write_text("\n".join((header, *rows)), encoding="utf-8")
        return path

    return roster


def test_a_roster_that_comes_later_meets_the_names_that_pack_wrote(tmp_path, opened_book, take, enrolled):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("Easy-Going", "Gunes-Isigi", "Nobody-s"):
        (folder / f"CS412-HW4-{name}.zip").write_bytes(hand_in(name))
    assert len(take(folder).groups) == 3
    listed = enrolled("Easy Going,a@x,1", "Güneş Işığı,b@x,1", "Nobody,c@x,1")
    done = take(folder, roster=listed)
    assert states(done) == {
        "Easy Going": State.UNCHANGED,
        "Güneş Işığı": State.UNCHANGED,
        "Nobody-s": State.UNCHANGED,
        "Nobody": State.NOTHING,
    }
    (note,) = done.notes
    assert note.startswith("g003: neither the worksheet nor the roster")
    assert "did they mean g004?" in note
    with opened_book.reading() as db:
        assert [len(group.members) for group in people.groups(db)] == [1, 1, 0, 1]
    assert states(take(folder, roster=listed)) == states(done)


def test_of_two_alike_none_is_taken_for_the_rosters(tmp_path, take, enrolled):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("Easy-Going", "easygoing", "EASY-GOING"):
        (folder / f"CS412-HW4-{name}.zip").write_bytes(hand_in(name))
    assert len(take(folder).groups) == 3
    assert len(take(folder, roster=enrolled("Easy Going,a@x,1")).groups) == 4


def test_whom_an_import_moves_or_gives_late_days_is_in_the_history(tmp_path, opened_book, take, enrolled):
    source = moodle(tmp_path / "all.zip", {"T_7_assignsubmission_file/x.zip": hand_in()})
    take(source, roster=enrolled("T,a@x,1", "U,b@x,1"))
    take(source, roster=enrolled("T,a@x,0", "T,b@x,1"))
    with opened_book.reading() as db:
        first, *changes = history.entries(db)
    assert first.what == "import"
    assert [(one.what, one.group, one.before, one.after) for one in changes] == [
        ("enrolment", "g001", {"person": "p0001", "late_days": 1.0}, {"person": "p0001", "late_days": 0.0}),
        ("enrolment", "g001", {"person": "p0002", "group": "g002"}, {"person": "p0002", "group": "g001"}),
    ]
    take(source, roster=enrolled("T,a@x,0", "T,b@x,1"))
    with opened_book.reading() as db:
        assert len(history.entries(db)) == 3


def test_what_a_hand_in_brings_for_itself_stays_in_its_archive(tmp_path, take):
    own = {"proofgate.toml": b"", "baseline.json": b"{}", "base_predictions.csv": b"", ".cache/x": b""}
    one = take(moodle(tmp_path / "1.zip", {ADA: hand_in("", **own)})).groups[0].hand_in
    folder = one.files[Role.DATA].parent
    assert sorted(path.name for path in folder.iterdir()) == sorted([*HAND_IN, "hand-in.zip"])
    assert "files.extra" in {trouble.code for trouble in one.troubles}


def test_a_folder_of_archives_and_one_archive_alone(tmp_path, take):
    folder = tmp_path / "zips"
    (folder / "Rays").mkdir(parents=True)
    (folder / ARCHIVE.format("Uçan-Balık")).write_bytes(hand_in())
    (folder / "Rays" / DATA).write_bytes(b"x")
    (folder / "link.zip").symlink_to("/etc/passwd")
    (folder / ".hidden.zip").write_bytes(b"")
    done = take(folder)
    assert states(done) == {"Rays": State.NEW, "Uçan-Balık": State.NEW}
    alone = tmp_path / ARCHIVE.format("Ucan-Balik")
    alone.write_bytes(hand_in("later"))
    again = take(alone)
    # the book's own spelling of the group is found
    assert states(again) == {"Rays": State.NOT_HERE, "Uçan-Balık": State.NEWER}


def test_a_new_hand_in_without_a_time_does_not_count_before_one_with_a_time(tmp_path, take, sheet):
    first = take(moodle(tmp_path / "1.zip", {CEM: hand_in()}), worksheet=sheet).groups[1].hand_in
    done = take(moodle(tmp_path / "2.zip", {CEM: hand_in("new")}))
    assert done.groups[1].state is State.OLDER
    assert done.groups[1].hand_in == first
    assert done.notes[0].startswith("g002: ")


def test_canvas(tmp_path, opened_book):
    canvas = course(opened_book.folder, lms="canvas")
    roster = tmp_path / "groups.csv"
    roster.write_text("group,identifier,late_days_left\nWhales,11,2\nSharks,12,\n")
    entries = {
        "kayaada_11_901_CS412-HW4-Whales-1.zip": hand_in(),
        "cem_LATE_12_902_CS412-HW4-Sharks.zip": hand_in("c"),
        "eve_13_903_x.zip": hand_in("e"),
    }
    source = moodle(tmp_path / "submissions.zip", entries)
    done = import_(source, canvas, opened_book, roster=roster, who="ta")
    assert [codes(group) for group in done.groups] == [[], ["group.late"]]
    assert [one.who for one in done.unknown] == ["eve 13"]
    with opened_book.reading() as db:
        assert people.groups(db)[0].members[0].days_left == 2
    with pytest.raises(ConfigError, match="Canvas"):
        import_(source, canvas, opened_book, worksheet=roster, who="ta")


def test_nothing_changes_where_the_inputs_cannot_be_read(tmp_path, here, opened_book, take):
    bad, good = tmp_path / "bad.csv", moodle(tmp_path / "all.zip", {ADA: hand_in()})
    bad.write_text("group,email\nA,\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"no zip")
    before = snapshot(here, opened_book)
    for source, roster in (
        (good, bad),
        (empty, None),
        (broken, None),
        (tmp_path / "none.zip", None),
        (bad, None),
    ):
        with pytest.raises(InputError):
            take(source, roster=roster, prepare=lambda: pytest.fail("too early"))
    assert snapshot(here, opened_book) == before


def test_the_backup_is_made_before_anything_changes(tmp_path, here, opened_book, take):
    seen = []

    def prepare():
        with opened_book.reading() as db:
            seen.append((people.groups(db), here.submissions.exists()))

    take(moodle(tmp_path / "all.zip", {ADA: hand_in()}), prepare=prepare)
    assert seen == [((), False)]


def test_what_a_killed_import_left_is_used_and_cleared(tmp_path, here, opened_book, take, monkeypatch):
    source = moodle(tmp_path / "all.zip", {ADA: hand_in()})

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(importing.hand_ins, "add", killed)
        take(source)
    (folder,) = (here.submissions / "g001").iterdir()
    with opened_book.reading() as db:
        assert not hand_ins.current(db)
    inode = folder.stat().st_ino
    left = folder.with_name(f".{folder.name}.abc.part")
    left.mkdir()
    assert take(source).groups[0].state is State.NEW
    assert folder.stat().st_ino == inode
    (folder / DATA).write_bytes(b"damaged")
    take(source)
    assert (folder / DATA).read_bytes() == HAND_IN[DATA]
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_other_file_names_in_the_course_are_followed(tmp_path, here, opened_book, take):
    mine = {name.replace("CS412", "CS512"): content for name, content in HAND_IN.items()}
    source = moodle(tmp_path / "all.zip", {ADA: zips.plain(mine), BO: hand_in()})
    first = take(source)
    assert [len(group.hand_in.files) for group in first.groups] == [1, 3]
    files = Files(*(name.replace("CS412", "CS512") for name in (DATA, PREDICTIONS, NOTEBOOK)))
    done = import_(source, replace(here, files=files), opened_book, who="ta")
    assert [group.state for group in done.groups] == [State.RENEWED, State.RENEWED]
    ada = done.groups[0].hand_in
    assert {path.name: path.read_bytes() for path in ada.files.values()} == mine
    assert "files.missing" not in codes(done.groups[0])
    assert ada.version == first.groups[0].hand_in.version
    again = import_(source, replace(here, files=files), opened_book, who="ta")
    assert again.count(State.UNCHANGED) == 2


def test_a_full_disk_is_no_groups_fault(tmp_path, take, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    source = moodle(tmp_path / "all.zip", {ADA: hand_in()})
    monkeypatch.setattr(sources.tempfile, "SpooledTemporaryFile", full)
    with pytest.raises(HardwareError, match="cannot be unpacked"):
        take(source)


def test_a_disk_that_takes_no_more_ends_the_import_and_leaves_nothing_half(tmp_path, here, take, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storing.os, "fsync", full)
    with pytest.raises(HardwareError, match="No space left"):
        take(moodle(tmp_path / "all.zip", {ADA: hand_in()}))
    assert not list((here.submissions / "g001").iterdir())


def test_the_course_folder_is_the_teaching_assistants_alone(tmp_path, here, take):
    before = os.umask(0o022)
    try:
        one = take(moodle(tmp_path / "all.zip", {ADA: hand_in()})).groups[0].hand_in
    finally:
        os.umask(before)
    for folder in (one.files[Role.DATA].parent, here.submissions / "g001", here.submissions):
        assert folder.stat().st_mode & 0o077 == 0


def test_two_hundred_archives_are_not_held_at_once(tmp_path, take):
    import tracemalloc

    big = zips.plain({**HAND_IN, NOTEBOOK: os.urandom(1_000_000)}, zipfile.ZIP_STORED)
    entries = {f"T_{n}_assignsubmission_file/x.zip": big + b"" for n in range(20)}
    with zipfile.ZipFile(source := tmp_path / "all.zip", "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    tracemalloc.start()
    try:
        assert take(source).count(State.NEW) == 20
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()


def test_both_databases(tmp_path, book):
    here = course(tmp_path)
    source = moodle(
        tmp_path / "all.zip", {ADA: hand_in(), "\x1b[31m\u202eX\ud7ff_9_assignsubmission_file/x.zip": b""}
    )
    assert import_(source, here, book, who="ta").count(State.NEW) == 2
    assert import_(source, here, book, who="ta").count(State.UNCHANGED) == 2


def test_a_stream_gives_what_it_was_given():
    assert b"".join(storing.pieces(io.BytesIO(bytes(600_000)))) == bytes(600_000)
