"""The cache gives back what it was given, or nothing; never an error, never something else."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib import invalidate_caches
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality import cache as cache_module
from quality import checks, versions
from quality.cache import FILE_NAME, family_version, measurement_key, open_cache
from quality.rule import Check

ROOT = Path(__file__).resolve().parents[2]
needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="file modes")
not_root = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PROOFGATE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def key(n: int) -> str:
    return measurement_key(f"text {n}", "length", "1")


def put(*numbers: int, size: int = 1) -> str:
    with open_cache() as cache:
        cache.put_many((key(n), {"n": n, "text": os.urandom(size).hex()}) for n in numbers)
        return cache.note


def known(*numbers: int) -> tuple[list[int], str]:
    with open_cache() as cache:
        found = cache.get_many([key(n) for n in numbers])
        return sorted(m["n"] for m in found.values()), cache.note


def test_keeps_measures_between_runs() -> None:
    assert put(*range(1200)) == ""
    assert known(*range(0, 2400, 2)) == (list(range(0, 1200, 2)), "")


def test_asks_for_nothing() -> None:
    with open_cache() as cache:
        cache.put_many([])
        assert cache.get_many([]) == {}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(), json_values, max_size=4))
def test_warm_is_cold_byte_for_byte(measures: dict[str, Any]) -> None:
    with open_cache() as cache:
        cache.put_many([(key(1), measures)])
    with open_cache() as cache:
        assert json.dumps(cache.get_many([key(1)])[key(1)]) == json.dumps(measures)


@needs_modes
def test_is_for_the_user_alone(folder: Path) -> None:
    with open_cache() as cache:
        cache.put_many([(key(1), {"n": 1})])
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {p.stat().st_mode & 0o777 for p in folder.iterdir()} == {0o600}


@needs_modes
def test_closes_a_folder_of_its_own_and_leaves_others_alone(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    put(1)
    assert folder.stat().st_mode & 0o777 == 0o700
    (folder / "thesis.docx").touch()
    folder.chmod(0o755)
    assert put(2) == ""
    assert folder.stat().st_mode & 0o777 == 0o755


@needs_modes
def test_refuses_a_folder_where_others_can_put_files(folder: Path) -> None:
    folder.mkdir()
    (folder / "somebody's").touch()
    folder.chmod(0o777)
    assert "other users can write" in put(1)
    assert [p.name for p in folder.iterdir()] == ["somebody's"]


def test_disabled_touches_no_file(folder: Path) -> None:
    with open_cache(enabled=False) as cache:
        cache.put_many([(key(1), {"n": 1})])
        assert (cache.get_many([key(1)]), cache.note) == ({}, "")
    assert not folder.exists()


def test_default_folder_is_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PROOFGATE_CACHE")
    monkeypatch.setattr(
        cache_module.platformdirs, "user_cache_path", lambda name, appauthor: tmp_path / "home" / name
    )
    assert put(1) == ""
    assert (tmp_path / "home" / "proofgate" / FILE_NAME).exists()


def _garbage(path: Path) -> None:
    path.write_bytes(b"a letter to my mother" * 1000)


def _truncated(path: Path) -> None:
    put(*range(500), size=100)
    path.write_bytes(path.read_bytes()[:5000])


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()


def _ours_without_table(path: Path) -> None:
    put(1)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE measurements")
    connection.close()


@pytest.mark.parametrize("damage", [_garbage, _truncated, _foreign])
def test_replaces_a_file_that_it_cannot_use_and_keeps_it_aside(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    damage(folder / FILE_NAME)
    content = (folder / FILE_NAME).read_bytes()
    _, note = known(*range(500))
    assert "starts anew" in note
    assert (folder / f"{FILE_NAME}.bad").read_bytes() == content
    put(1)
    assert known(1) == ([1], "")


def test_a_database_that_lacks_its_table_is_no_crash(folder: Path) -> None:
    _ours_without_table(folder / FILE_NAME)
    assert "no such table" in put(1)


@pytest.mark.parametrize("seed", range(12))
def test_damage_in_the_middle_gives_misses_never_other_measures(folder: Path, seed: int) -> None:
    put(*range(200), size=60)
    path = folder / FILE_NAME
    content = bytearray(path.read_bytes())
    for at in range(4096 + seed * 37, len(content), 1009):
        content[at] ^= 0x55
    path.write_bytes(content)
    with open_cache() as cache:
        found = cache.get_many([key(n) for n in range(200)])
        cache.put_many([(key(1), {"n": 1})])
    assert all(found[key(n)]["n"] == n for n in range(200) if key(n) in found)


def test_values_swapped_between_keys_are_misses(folder: Path) -> None:
    put(1, 2)
    with sqlite3.connect(folder / FILE_NAME) as connection:
        (one,), (two,) = connection.execute("SELECT value FROM measurements ORDER BY rowid").fetchall()
        connection.execute("UPDATE measurements SET value = ? WHERE value = ?", (two, one))
    connection.close()
    assert known(1, 2) == ([2], "")


def test_deleting_the_folder_while_running_is_no_error(folder: Path) -> None:
    with open_cache() as cache:
        cache.put_many([(key(1), {"n": 1})])
        shutil.rmtree(folder, ignore_errors=True)
        cache.put_many([(key(2), {"n": 2})])
        cache.get_many([key(1), key(2)])
    assert put(3) == ""
    assert 3 in known(1, 2, 3)[0]


def test_a_file_in_the_folders_place_leaves_a_note(folder: Path) -> None:
    folder.write_text("not a folder")
    assert put(1).startswith("no cache: ")


@not_root
def test_a_read_only_folder_leaves_a_note(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o500)
    assert put(1).startswith("no cache: ")


def test_a_full_disk_leaves_a_note_and_keeps_reading_nothing_wrong(folder: Path) -> None:
    put(1)
    with open_cache() as cache:
        connection = cast(sqlite3.Connection, cache._connection)  # pyright: ignore[reportPrivateUsage]
        connection.execute("PRAGMA max_page_count = 4")
        cache.put_many((key(n), {"n": n, "text": os.urandom(2000).hex()}) for n in range(2, 50))
        assert "disk is full" in cache.note
        cache.put_many([(key(2), {"n": 2})])
        assert cache.get_many([key(2)]) == {}
    assert known(1, 2) == ([1], "")


def test_a_busy_database_costs_the_batch_and_no_more(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(cache_module, "BUSY_TIMEOUT_S", 0.05)
    put(1)
    other = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    with open_cache() as cache:
        other.execute("BEGIN IMMEDIATE")
        cache.put_many([(key(2), {"n": 2})])
        assert set(cache.get_many([key(1), key(2)])) == {key(1)}
        other.execute("ROLLBACK")
        cache.put_many([(key(3), {"n": 3})])
        assert cache.note == ""
    other.close()
    assert known(1, 2, 3) == ([1, 3], "")


def test_ctrl_c_in_the_middle_of_a_batch_keeps_the_batches_before(folder: Path) -> None:
    def interrupted() -> Any:
        yield key(2), {"n": 2}
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), open_cache() as cache:
        cache.put_many([(key(1), {"n": 1})])
        cache.put_many(interrupted())
    assert known(1, 2) == ([1], "")


def test_stays_below_its_size_and_drops_what_was_used_least_recently(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "MAX_BYTES", 400_000)
    weeks = iter(range(100, 200))
    for start in range(0, 1000, 50):
        week = next(weeks)
        monkeypatch.setattr(cache_module, "_now", lambda: week)  # noqa: B023 - used before the next week
        put(*range(start, start + 50), size=500)
        assert known(0, 1) == ([0, 1], "")
    found, _ = known(*range(1000))
    assert found[:2] == [0, 1] and found[-50:] == list(range(950, 1000))
    assert 100 < len(found) < 700
    assert (folder / FILE_NAME).stat().st_size < 600_000


def test_a_warm_run_writes_nothing(folder: Path) -> None:
    put(*range(100))
    before = (folder / FILE_NAME).read_bytes()
    known(*range(100))
    assert (folder / FILE_NAME).read_bytes() == before


WRITER = """
import sys
from quality.cache import open_cache, measurement_key
who = int(sys.argv[1])
with open_cache() as cache:
    for batch in range(30):
        numbers = range(batch * 20, batch * 20 + 40)
        cache.put_many((measurement_key(f"text {n}", "length", "1"), {"n": n}) for n in numbers)
    print(cache.note, end="")
"""


def test_several_processes_share_it() -> None:
    command = [sys.executable, "-c", WRITER]
    writers = [
        subprocess.Popen([*command, str(n)], cwd=ROOT, stdout=subprocess.PIPE, text=True) for n in range(4)
    ]
    assert [w.communicate()[0] for w in writers] == [""] * 4
    assert known(*range(620)) == (list(range(620)), "")


@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=())))
def test_every_text_has_a_key_of_its_own(one: str, other: str) -> None:
    assert (measurement_key(one, "length", "1") == measurement_key(other, "length", "1")) == (one == other)
    assert len(measurement_key(one, "length", "1")) == 64
    assert measurement_key(one, "length", "1") != measurement_key(one, "length", "2")
    assert measurement_key(one, "length", "1") != measurement_key(one, "words", "1")


def test_an_astral_character_is_not_its_surrogates() -> None:
    assert measurement_key("\U0001f600", "a", "1") != measurement_key("\ud83d\ude00", "a", "1")


# --- what a measurement depends on ------------------------------------------------------------------------------


@pytest.fixture
def check_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The version of a check in a package `own` of the given files."""
    monkeypatch.syspath_prepend(str(tmp_path))
    functions = [f for f in vars(versions).values() if hasattr(f, "cache_clear")]

    def version(engine: str = "", **files: str) -> str:
        for f in functions:
            f.cache_clear()
        package = tmp_path / "own"
        package.mkdir(exist_ok=True)
        for name, text in {"__init__": "", "check": "", **files}.items():
            (package / (name.replace("__txt", ".txt") if "__txt" in name else f"{name}.py")).write_text(text)
        invalidate_caches()
        measure = SimpleNamespace(__module__="own.check")
        check = SimpleNamespace(name="check", measure=measure, judge=measure, engine_version=lambda: engine)
        return family_version(cast(Check, check))

    yield version  # type: ignore[misc]
    for f in functions:
        f.cache_clear()


BASE = {
    "check": "from own import near\nimport os\n",
    "near": "from .far import x\n",
    "far": "x = 1\n",
    "apart": "a",
}


@pytest.mark.parametrize(
    "change",
    [
        {"check": BASE["check"] + "# more"},
        {"near": BASE["near"] + "y = 2"},
        {"far": "x = 2\n"},
        {"__init__": "__version__ = '2'"},
        {"words__txt": "a list of words"},
        {"engine": "Harper 3"},
        {"check": BASE["check"] + "import numpy"},
    ],
)
def test_what_measures_depend_on_changes_the_version(
    check_of: Callable[..., str], change: dict[str, str]
) -> None:
    assert check_of(**BASE) != check_of(**{**BASE, **change})


def test_what_they_do_not_depend_on_does_not(check_of: Callable[..., str]) -> None:
    assert check_of(**BASE) == check_of(**{**BASE, "apart": "b"})
    assert check_of(**BASE) == check_of(**{**BASE, "far": "x = 1\r\n"})


def test_a_librarys_version_counts(check_of: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"check": "import numpy\nimport no_such_library\n"}
    before = check_of(**files)
    monkeypatch.setattr(versions, "version", lambda name: f"{name} 0.0")
    assert check_of(**files) != before


@pytest.mark.parametrize("family", checks.FAMILIES)
def test_every_family_has_a_version(family: str) -> None:
    check = checks.load(family)
    assert len(family_version(check)) == 64
    assert family_version(check) == family_version(check)


def test_versions_differ_by_family() -> None:
    measured = [check for check in checks.load_all() if check.measure]
    assert len({family_version(check) for check in measured}) == len(measured)
    assert isinstance(versions, ModuleType)


def test_a_check_without_source_is_never_found_again() -> None:
    measure = SimpleNamespace(__module__="__main__")
    check = cast(Check, SimpleNamespace(name="own", measure=measure, judge=measure, engine_version=str))
    assert family_version(check) != family_version(check)
