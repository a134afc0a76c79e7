"""A baseline as a file."""

import json
from dataclasses import replace

import pytest

from quality.baseline import Baseline, Entry
from quality.baseline import file as baseline_file
from quality.errors import InputError
from tests.baselines import found

HASH = "0" * 64


def test_the_hash_is_of_the_entries_not_of_the_files_layout(accepting, tmp_path):
    baseline = accepting(found(), found("GRM002", 3))
    other = tmp_path / "other.json"
    backwards = json.loads(baseline_file.render(baseline))
    backwards["accepted"].reverse()
    other.write_text(json.dumps(backwards, indent=4))
    assert baseline_file.read(other).sha256 == baseline.sha256
    assert Baseline(other, {}).sha256 != baseline.sha256
    reworded = {key: replace(entry, reason="other") for key, entry in baseline.entries.items()}
    assert replace(baseline, entries=reworded).sha256 != baseline.sha256


def test_the_file_is_sorted_ascii_with_one_entry_a_line(accepting, tmp_path):
    text = baseline_file.render(accepting(found("REP001", 4), found("GRM002", 3), found("CSV006", 3)))
    assert text.isascii()
    lines = [json.loads(line.rstrip(",")) for line in text.splitlines() if line.startswith('{"id"')]
    assert [(line["id"], line["code"]) for line in lines] == [
        *(("r3", "CSV006"), ("r3", "GRM002"), ("r4", "REP001"))
    ]
    target = tmp_path / "known.json"
    target.write_text(text)
    assert baseline_file.render(baseline_file.read(target)) == text


def test_a_baseline_that_is_not_there_is_an_error_unless_it_is_to_be_written(tmp_path):
    with pytest.raises(InputError, match="no such baseline"):
        baseline_file.read(tmp_path / "none.json")
    assert baseline_file.read(tmp_path / "none.json", new=True).entries == {}


def entry(**changes) -> dict:
    return {"id": "r2", "code": "GRM001", "content": HASH, "findings": 1, "reason": "a brand", **changes}


def whole(*entries, **changes) -> bytes:
    return json.dumps({"format": 1, "kind": "baseline", "accepted": entries, **changes}).encode()


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    target = tmp_path / "known.json"
    target.write_bytes(b"\xef\xbb\xbf" + whole(entry()))
    assert baseline_file.read(target).entries == {("r2", "GRM001", HASH): Entry(1, "a brand")}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 200_000, "is not JSON"),
        (b'{"a":' * 200_000, "is not JSON"),
        (b"[" + b"9" * 100_000 + b"]", "is not JSON"),
        (b"[]", "is not a baseline"),
        (b"7", "is not a baseline"),
        (b"{}", "no others"),
        (b"[" + b"{}," * 100_000 + b"{}]", "no others"),
        (b'{"format": 1, "kind": "gate", "accepted": []}', "of this version"),
        (b'{"format": true, "kind": "baseline", "accepted": []}', "of this version"),
        (b'{"format": 2, "kind": "baseline", "accepted": []}', "of this version"),
        (b'{"format": 1, "format": 1, "kind": "baseline", "accepted": []}', "twice in one object"),
        (whole(accepted={}), "no others"),
        (whole(accepted="x"), "a list of entries"),
        (whole(accepted=[["r2"]]), "a list of entries"),
        (whole(7), "a list of entries"),
        (whole(entry(), entry()), "stands there twice"),
        (whole(entry(row=2)), "no others"),
        (whole({"id": "r2"}), "no others"),
        (whole(entry(id=2)), "are text"),
        (whole(entry(reason=None)), "are text"),
        (whole(entry(reason=[])), "are text"),
        (whole(entry(code="GRM")), "such as GRM001"),
        (whole(entry(code=["GRM001"])), "such as GRM001"),
        (whole(entry(content="0" * 63)), "SHA-256"),
        (whole(entry(content="G" * 64)), "SHA-256"),
        (whole(entry(content=HASH + "\n")), "SHA-256"),
        (whole(entry(findings=0)), "at least 1"),
        (whole(entry(findings=True)), "at least 1"),
        (whole(entry(findings=1.5)), "at least 1"),
        (whole(entry(reason="  ")), "its reason is empty"),
        (whole(entry(reason="…\u200b")), "no word in it"),
        (whole(entry(reason="a\nb")), "control character"),
        (whole(entry(reason="a\u001b[31mb")), "control character"),
        (whole(entry(reason="a\u2028b")), "control character"),
        (whole(entry(reason="a\ud800b")), "control character"),
        (whole(entry(reason="a" * 501)), "longer than 500"),
    ],
)
def test_what_is_no_baseline_is_one_clear_error(tmp_path, content, says):
    target = tmp_path / "known.json"
    target.write_bytes(content)
    with pytest.raises(InputError) as caught:
        baseline_file.read(target)
    assert says in caught.value.what
    assert caught.value.where == str(target)
    assert caught.value.remedy


def test_a_file_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    target = tmp_path / "known.json"
    target.write_bytes(whole(*(entry(id=f"r{n}") for n in range(20))))
    monkeypatch.setattr(baseline_file, "MAX_BYTES", target.stat().st_size)
    assert len(baseline_file.read(target).entries) == 20
    monkeypatch.setattr(baseline_file, "MAX_BYTES", target.stat().st_size - 1)
    with pytest.raises(InputError, match="is over"):
        baseline_file.read(target)


def test_a_folder_and_a_name_with_a_nul_are_errors_in_words(tmp_path):
    for path in (tmp_path, tmp_path / "a\0b"):
        with pytest.raises(InputError, match="cannot be read"):
            baseline_file.read(path)
