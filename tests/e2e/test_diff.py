"""`quality diff` as a user types it."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.command import process, quality

HOMEWORK = Path(__file__).parents[2] / "examples" / "homework"
GOOD = [
    "The capital of France is Paris, which lies on the river Seine.",
    "Water boils at one hundred degrees Celsius at sea level.",
    "A bicycle has two wheels, a frame, pedals, and a chain.",
]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(outputs):
    return [
        {"id": f"r{n}", "instruction": f"Tell me fact {n}.", "output": output, "fail_mode": "none"}
        for n, output in enumerate(outputs)
    ]


def as_csv(path, records, encoding="utf-8"):
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(records[0]))
    writer.writeheader()
    writer.writerows(records)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_jsonl(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_a_later_version_that_is_better_ends_with_0_and_the_way_back_with_1(home):
    faulty = [GOOD[0].replace("capital of", "capitel of"), *GOOD[1:]]
    first, second = as_csv(home / "a.csv", rows(faulty)), as_csv(home / "b.csv", rows(GOOD))
    better = quality("diff", first, second)
    assert better.returncode == 0, better.stdout + better.stderr
    assert "[-capitel-]{+capital+}" in better.stdout
    assert better.stdout.endswith("Nothing got worse.\n")
    worse = process("diff", second, first)
    assert worse.returncode == 1
    assert "   + GRM001" in worse.stdout
    assert "Got worse: 1 new error" in worse.stdout


def test_order_encoding_and_shape_make_no_difference(home):
    records = rows([*GOOD, "A café serves coffee, tea, and cake all day long."])
    first = as_csv(home / "a.csv", records, "utf-16")
    second = as_jsonl(home / "b.jsonl", records[::-1])
    for pair in ((first, second), (second, first)):
        done = quality("diff", *pair, "--output-format", "json")
        assert done.returncode == 0, done.stdout + done.stderr
        told = json.loads(done.stdout)
        assert (told["counts"]["same"], told["counts"]["changed"]) == (4, 0)


def test_added_removed_and_duplicate_ids_are_named(home):
    first, later = rows(GOOD), rows(GOOD)
    later[1]["id"] = "new1"
    later[2]["id"] = "r0"
    done = quality("diff", as_csv(home / "a.csv", first), as_csv(home / "b.csv", later))
    assert done.returncode == 1  # an id that stands twice is an error
    assert "2 added (new1, r0); 2 removed (r1, r2)" in done.stdout
    assert re.search(r"Ids that several rows share.*: r0\.", done.stdout)


def test_the_homework_gets_better_from_its_data_to_its_fixed_version(home):
    files = (HOMEWORK / "data.csv", HOMEWORK / "fixed.csv", "--original", HOMEWORK / "original.csv")
    target = home / "difference.json"
    done = quality("diff", *files, "--output-format", "json", "-o", target)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(target.read_text(encoding="utf-8"))
    assert (told["before"]["verdict"]["passed"], told["after"]["verdict"]["passed"]) == (False, True)
    assert told["new_errors"] == told["counts"]["fell"] == 0
    assert told["by_severity"]["error"]["fixed"] >= 40


@pytest.mark.parametrize("arguments", [["a.csv", "missing.csv"], ["missing.csv", "a.csv"]])
def test_a_missing_file_ends_with_2(home, arguments):
    as_csv(home / "a.csv", rows(GOOD))
    done = quality("diff", *arguments)
    assert done.returncode == 2
    assert "missing.csv" in done.stderr


@pytest.mark.parametrize("version", ["a.csv", "b.csv"])
def test_it_never_writes_over_a_version(home, version):
    as_csv(home / "a.csv", rows(GOOD)), as_csv(home / "b.csv", rows(GOOD[::-1]))
    kept = (home / version).read_bytes()
    done = quality("diff", "a.csv", "b.csv", "-o", version)
    assert done.returncode == 2
    assert (home / version).read_bytes() == kept
