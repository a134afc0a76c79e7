"""Whatever bytes arrive as a hand-in: an archive gives its contents or one error, and never an exception."""

import io
import zipfile

from hypothesis import example, given, settings
from hypothesis import strategies as st

from grading.course.model import Files
from grading.hand_in.archive import unpack
from grading.hand_in.naming import MOST, slug
from grading.hand_in.sorting import sort_out
from grading.model import Level, Role
from tests import zips

NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\\:/"), min_size=1, max_size=20
).filter(lambda name: name.strip() and name not in (".", ".."))
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
WHOLE = (
    zips.plain(zips.HAND_IN),
    zips.made(zips.Entry(b"a", b"1" * 50, flags=zips.LATER), zips.Entry(b"b", b"2", zip64=True), zip64=True),
    zips.made(zips.Entry(b"x/"), zips.Entry("ş.csv".encode(), b"content", method=0)),
)
PLACES = st.integers(0, 2**16)


def unpacked(data):
    held = unpack(data)
    refused = [trouble for trouble in held.troubles if trouble.level is Level.ERROR]
    assert len(refused) <= 1
    assert not (refused and held.entries)
    assert all(trouble.code.startswith("archive.") for trouble in held.troubles)
    found = sort_out(held.entries, Files())
    assert {role for role in Role if role not in found.files} <= {
        role
        for role in Role
        if any(t.level is Level.ERROR and t.file == Files().name(role) for t in found.troubles)
    }
    return held


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(WHOLE), st.lists(st.tuples(PLACES, st.integers(0, 255)), min_size=1, max_size=4), PLACES
)
@example(WHOLE[0], [(0, 80)], 0)
def test_changed_bytes_raise_nothing(data, changes, cut):
    spoilt = bytearray(data)
    for place, value in changes:
        spoilt[-1 - place % len(data)] = value
    unpacked(bytes(spoilt))
    unpacked(bytes(spoilt[: cut % len(data)]))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_raise_nothing(data):
    unpacked(data)
    unpacked(b"PK\3\4" + data + b"PK\5\6" + data[:18])


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(PATHS, st.binary(max_size=200), max_size=5), st.sampled_from([0, 8]))
def test_what_a_good_program_zips_comes_out_again(files, method):
    data = zips.plain(files, method)
    with zipfile.ZipFile(io.BytesIO(data)) as other:
        assert unpacked(data).entries == {name: other.read(name) for name in other.namelist()} == files


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_a_slug_is_always_a_plain_name(name):
    made = slug(name)
    assert 1 <= len(made) <= MOST
    assert made.isascii()
    assert made.replace("-", "").isalnum()
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert slug(made) == made
