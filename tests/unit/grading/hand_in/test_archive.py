import io
import random
import struct
import subprocess
import sys
import tracemalloc
import unicodedata
import zipfile

import pytest

from grading.hand_in import archive
from grading.hand_in.archive import Caps, unpack
from grading.model import Level
from quality.errors import InputError
from tests import zips
from tests.zips import Entry, made

GOOD = Entry(b"a.csv", b"content")


def refusal(data, *, caps=archive.HAND_IN):
    """The code of the one error for which nothing was unpacked."""
    held = unpack(data, caps)
    assert not held.entries
    (trouble,) = held.troubles
    assert trouble.level is Level.ERROR
    assert trouble.what
    assert trouble.remedy
    return trouble.code


def codes(data):
    held = unpack(data)
    assert all(trouble.level is not Level.ERROR for trouble in held.troubles)
    return held.entries, [trouble.code for trouble in held.troubles]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_plain_zip_gives_its_contents(tmp_path, method):
    data = zips.plain(zips.HAND_IN, method)
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    for given in (data, path, io.BytesIO(data)):
        held = unpack(given)
        assert held.entries == zips.HAND_IN
        assert not held.troubles


def test_contents_larger_than_a_piece_come_whole():
    content = random.Random(7).randbytes(1_000_000)
    assert unpack(zips.plain({"a": content, "b": b""})).entries == {"a": content, "b": b""}


def test_folders_are_no_entries():
    assert codes(made(Entry(b"x/"), Entry(b"./x//a.csv", b"1"))) == ({"x/a.csv": b"1"}, [])


@pytest.mark.parametrize(("method", "how"), [(zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "LZMA")])
def test_other_compressions_are_refused_before_a_byte_is_read(method, how):
    data = zips.plain({"a": bytes(1000)}, method)
    assert refusal(data) == "archive.compression"
    assert how in unpack(data).troubles[0].what


@pytest.mark.parametrize("method", [93, 95, 98, 9, 99, 255])
def test_every_other_compression_is_refused(method):
    assert refusal(made(Entry(b"a", b"x", method=method))) == "archive.compression"


@pytest.mark.parametrize("flags", [0x1, 0x40, 0x2000])
def test_an_encrypted_entry_is_refused(flags):
    assert refusal(made(GOOD, Entry(b"b", b"x", flags=flags))) == "archive.encrypted"


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "x/../../a",
        "/etc/passwd",
        "C:\\a",
        "c:a",
        "..\\a",
        "x\\..\\..\\a",
        "\\\\server\\a",
        "x/..",
        "//a",
    ],
)
def test_a_name_that_leads_out_is_refused(name):
    assert refusal(made(GOOD, Entry(name.encode(), b"x"))) == "archive.unsafe-path"


def test_a_folder_that_leads_out_is_refused():
    assert refusal(made(GOOD, Entry(b"../x/"))) == "archive.unsafe-path"


@pytest.mark.parametrize("name", [b"", b".", b"a\0.csv", b" "])
def test_a_name_that_is_none_is_refused(name):
    assert refusal(made(Entry(name, b"x"))) == "archive.bad-name"


def test_names_that_would_take_long_to_compare_are_refused():
    marks = "a" + "\u0301\u0323" * 15_000
    assert refusal(made(*(Entry(f"{n}{marks}".encode(), b"x") for n in range(50)))) == "archive.bad-name"


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o060666, 0o010644, 0o140777])
def test_links_and_devices_are_refused(mode):
    assert refusal(made(Entry(b"a", b"/etc/passwd", mode=mode))) == "archive.special-file"


def test_entries_that_share_bytes_are_refused():
    data = zips.overlapping(100)
    with zipfile.ZipFile(io.BytesIO(data)) as archive_:
        assert len(archive_.infolist()) == 100
    # the directory names another entry than the header that it points to, which is said first
    assert refusal(data) == "archive.inconsistent"
    inner = Entry(b"b", b"inside")
    outer = Entry(b"a", inner.local(), method=0)
    quoted = len(b"a") + 30
    assert refusal(made(outer, Entry(b"b", b"inside", header=quoted))) == "archive.overlapping"


@pytest.mark.parametrize(
    "entry",
    [
        Entry(b"a.csv", b"x", local_name=b"b.csv"),
        Entry(b"a.csv", b"x", method=0, local_method=8),
        Entry(b"a.csv", b"x", local_size=2),
    ],
)
def test_two_readings_of_an_entry_are_refused(entry):
    assert refusal(made(entry)) == "archive.inconsistent"


def test_a_bomb_is_refused_before_it_is_read():
    tracemalloc.start()
    try:
        assert refusal(made(zips.bomb(64))) == "archive.bomb"
        assert refusal(made(zips.lying_bomb(64))) == "archive.size-lies"
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


def test_more_than_the_total_is_refused():
    caps = Caps(entries=10, entry=1000, total=1500)
    three = made(*(Entry(str(n).encode(), bytes(600)) for n in range(3)))
    assert refusal(three, caps=caps) == "archive.too-large"


def test_a_file_that_is_honestly_large_is_left_out_and_said():
    caps = Caps(entries=10, entry=1000, total=1500)
    held = unpack(made(GOOD, Entry(b"adapter.bin", bytes(2000))), caps)
    assert list(held.entries) == ["a.csv"]
    assert [(t.code, t.file, t.level) for t in held.troubles] == [
        ("archive.entry-too-large", "adapter.bin", Level.WARNING)
    ]


def test_fifty_thousand_entries_are_refused():
    data = made(*(Entry(str(n).encode(), packed=b"\3\0") for n in range(1001)))
    assert refusal(data) == "archive.too-many-entries"
    assert refusal(made(GOOD, count=50_000)) == "archive.too-many-entries"
    # 65,536 more than the end says
    assert refusal(made(*[GOOD] * 3, count=2)) == "archive.damaged"
    assert refusal(made(GOOD, count=2)) == "archive.damaged"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"Rar!\x1a\x07\x01\0" + bytes(100), "RAR"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "7z"),
        (b"\x1f\x8b\x08" + bytes(100), "gzip"),
        (b"BZh91AY" + bytes(100), "bzip2"),
        (b"\n <!doctype html><title>Log in</title>", "log in"),
        (b'{"cells": []}', "notebook"),
        (b"x" * 257 + b"ustar\0" + bytes(300), "tar"),
        (b"id,instruction", "something else"),
    ],
)
def test_what_is_no_zip_is_named(data, what):
    assert refusal(data) == "archive.not-a-zip"
    assert what in unpack(data).troubles[0].what


def test_an_empty_file_is_named():
    assert refusal(b"") == "archive.empty"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_zip_that_is_cut_off_is_refused(share):
    data = zips.plain(zips.HAND_IN)
    assert refusal(data[: int(len(data) * share)]) == "archive.damaged"


def test_bytes_before_or_behind_are_refused():
    good = made(GOOD)
    assert refusal(good + b"x") == "archive.damaged"
    assert refusal(b"#!/bin/sh\n" + good) == "archive.damaged"
    assert refusal(made(GOOD, shift=4)) == "archive.damaged"


def test_a_wrong_checksum_is_refused():
    assert refusal(made(Entry(b"a", b"x", crc=1))) == "archive.checksum"


@pytest.mark.parametrize("size", [6, 8, 2**31])
def test_a_size_that_lies_under_a_right_checksum_is_refused(size):
    lie = Entry(b"a.csv", b"content", size=size)
    assert refusal(made(lie)) in {"archive.size-lies", "archive.bomb"}
    assert refusal(made(Entry(b"a.csv", b"content", size=size, method=0))) == "archive.damaged"


@pytest.mark.parametrize(
    "packed", [b"\xff\xff", b"", zips.deflated(b"content")[:-2], zips.deflated(b"content") + b"x"]
)
def test_damaged_deflate_is_refused(packed):
    assert refusal(made(Entry(b"a", b"content", packed=packed))) == "archive.damaged"


def test_a_doubled_name_is_refused():
    assert refusal(made(Entry(b"a", b"1"), Entry(b"a", b"2"))) == "archive.duplicate-name"
    assert refusal(made(Entry(b"x/a", b"1"), Entry(b"x\\a", b"2"))) == "archive.duplicate-name"


def test_names_that_are_one_elsewhere_are_said():
    upper = codes(made(Entry(b"a", b"1"), Entry(b"A", b"2")))
    assert upper == ({"a": b"1", "A": b"2"}, ["archive.colliding-names"])
    both = [unicodedata.normalize(form, "ş.csv") for form in ("NFC", "NFD")]
    entries, said = codes(made(*(Entry(name.encode(), b"x", flags=zips.UTF8) for name in both)))
    assert list(entries) == both
    assert said == ["archive.colliding-names", "archive.odd-name"]


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        ("ş.csv".encode(), "ş.csv", []),  # as macOS writes it, without the flag
        (b"\x81.csv", "ü.csv", []),  # IBM's code page 437, as old Windows does
        (b"a\xff\xfe", "a\xa0■", []),
        ("a\u202evsc.exe".encode(), "a\u202evsc.exe", ["archive.odd-name"]),
        (b"a\x1b[2J", "a\x1b[2J", ["archive.odd-name"]),
        (b"a\nb", "a\nb", ["archive.odd-name"]),
        ("s\u0327".encode(), "s\u0327", ["archive.odd-name"]),
        (b"x\\y\\a.csv", "x/y/a.csv", []),
    ],
)
def test_odd_names_stay_texts(raw, name, said):
    assert codes(made(Entry(raw, b"x"))) == ({name: b"x"}, said)


def test_a_broken_utf8_name_is_still_a_name():
    assert list(unpack(made(Entry(b"a\xff", b"x", flags=zips.UTF8))).entries) == ["a\ufffd"]


def test_sizes_that_follow_the_data_are_read():
    data = made(Entry(b"a", b"1" * 100, flags=zips.LATER), Entry(b"b", b"2"))
    assert codes(data) == ({"a": b"1" * 100, "b": b"2"}, [])


def test_a_stream_that_could_not_be_sought_is_read():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise OSError

        def tell(self):
            raise OSError

    made_, whole = Pipe(), None
    with zipfile.ZipFile(made_, "w") as file, file.open(zipfile.ZipInfo("a.csv"), "w") as entry:
        entry.write(b"content")
    whole = made_.getvalue()
    assert codes(whole) == ({"a.csv": b"content"}, [])


def test_64_bit_records_are_read():
    data = made(Entry(b"a", b"1" * 100, zip64=True), Entry(b"b", b"2"), zip64=True)
    with zipfile.ZipFile(io.BytesIO(data)) as other:
        assert other.read("a") == b"1" * 100
    assert codes(data) == ({"a": b"1" * 100, "b": b"2"}, [])
    cut = data.replace(b"PK\6\6", b"PK\6\5")
    assert refusal(cut) == "archive.damaged"


def test_64_bit_records_beside_numbers_that_had_room_have_to_say_the_same():
    content = made(GOOD)[:-22]
    size = len(content) - content.index(b"PK\1\2")
    wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, size, len(content) - size)
    wide += struct.pack("<4sLQL", b"PK\6\7", 0, len(content), 1)

    def end(entries):
        return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, entries, entries, size, len(content) - size, 0)

    assert codes(content + wide + end(1)) == ({"a.csv": b"content"}, [])
    assert refusal(content + wide + end(2)) == "archive.inconsistent"
    assert refusal(content + wide.replace(b"PK\6\6", b"PK\6\5") + end(1)) == "archive.damaged"


def test_a_comment_may_speak_of_another_end():
    end = made()
    assert codes(made(GOOD, comment=b"good")) == ({"a.csv": b"content"}, [])
    assert refusal(made(GOOD, comment=end)) == "archive.damaged"


def test_an_archive_in_parts_is_refused():
    data = bytearray(made(GOOD))
    data[-18] = 1
    assert refusal(bytes(data)) == "archive.in-parts"


def test_an_empty_zip_holds_nothing():
    assert codes(made()) == ({}, [])


def test_a_file_that_is_not_there_is_the_users_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        unpack(tmp_path / "none.zip")
    with pytest.raises(InputError, match="no file"):
        unpack(tmp_path)


def test_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    inner = tmp_path / "in" / "x.zip"
    inner.write_bytes(made(Entry(b"../evil", b"x"), Entry(b"ok", b"x")))
    before = sorted(tmp_path.rglob("*"))
    unpack(inner)
    assert sorted(tmp_path.rglob("*")) == before


COST = """
import sys, time
from pathlib import Path
from grading.hand_in.archive import unpack

def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024

before, begun = peak(), time.process_time()
total = sum(map(len, unpack(Path(sys.argv[1])).entries.values()))
print(total, peak(), before, time.process_time() - begun)
"""


def largest():
    """A zip just below every cap: no other hand-in costs more."""
    chance = random.Random(1)
    block = b"".join(chance.randbytes(60) + bytes(10_000) for _ in range(420))
    return made(Entry(b"0", block * 15), Entry(b"1", block * 7))


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (largest, 22 * 420 * 10_060),
        (lambda: made(zips.bomb(128)), 0),
        (lambda: made(zips.lying_bomb(128, 60 * 2**20)), 0),
    ],
    ids=["just below the caps", "a bomb", "a bomb that lies"],
)
def test_no_archive_costs_more_than_200_mb_and_two_seconds(tmp_path, make, expected):
    path = tmp_path / "bomb.zip"
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", COST, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    total, peak, _, cpu = map(float, done.stdout.split())
    assert total == expected
    assert peak < 200
    assert cpu < 2
