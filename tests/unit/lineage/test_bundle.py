import json

import pytest

from quality import lineage
from quality.errors import InputError
from tests.unit.lineage.chains import BUNDLE, GATE, RUN


def notebook(*values) -> str:
    outputs = [
        {
            "output_type": "display_data",
            "data": {"application/json": value, "text/plain": "…"},
            "metadata": {},
        }
        for value in values
    ]
    cells = [{"cell_type": "markdown", "source": "text"}, {"cell_type": "code", "outputs": outputs}]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def test_a_side_file_reads_back_as_written(tmp_path):
    path = lineage.side_file(tmp_path / "predictions.csv")
    assert path.name == "predictions.csv.lineage.json"
    lineage.write_bundle(path, BUNDLE)
    assert lineage.read_bundle(path) == BUNDLE


def test_records_that_are_not_given_are_none(tmp_path):
    path = tmp_path / "x.json"
    lineage.write_bundle(path, lineage.Bundle(gate=GATE))
    read = lineage.read_bundle(path)
    assert (read.gate, read.run, read.predictions, read.damaged) == (GATE, None, None, {})


def test_a_notebook_holds_the_same_bundle_and_the_last_one_counts(tmp_path):
    path = tmp_path / "x.ipynb"
    earlier = lineage.as_json(lineage.Bundle(run=RUN))
    path.write_text(notebook({"other": 1}, earlier, lineage.as_json(BUNDLE)))
    assert lineage.bundle_in_notebook(path) == BUNDLE


def test_a_notebook_without_records_has_none(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text(notebook({"kind": "lineage", "format": 99}, 7, None, ["lineage"]))
    assert lineage.bundle_in_notebook(path) is None


def test_a_changed_record_is_named_and_not_believed(tmp_path):
    body = lineage.as_json(BUNDLE)
    body["run"]["adapter_sha256"] = "0" * 64
    path = tmp_path / "x.json"
    path.write_text(json.dumps(body))
    read = lineage.read_bundle(path)
    assert read.run is None
    assert "changed after" in read.damaged["run"]
    assert read.gate == GATE


@pytest.mark.parametrize(
    "record", [7, [], "text", {}, {"sha256": 1}, {"format": 1, "kind": "run", "sha256": "0"}]
)
def test_whatever_stands_for_a_record_is_damaged_and_nothing_worse(tmp_path, record):
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"format": 1, "kind": "lineage", "run": record}))
    assert list(lineage.read_bundle(path).damaged) == ["run"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"kind": "lineage"}', b"[" * 100_000])
def test_what_is_no_bundle_is_one_clear_error(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"JSON|lineage"):
        lineage.read_bundle(path)


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        b'{"cells": 3}',
        b"",
    ],
)
def test_what_is_no_notebook_is_one_clear_error(tmp_path, content):
    path = tmp_path / "x.ipynb"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"notebook|JSON"):
        lineage.bundle_in_notebook(path)


@pytest.mark.parametrize(
    "cells", [[7], [{}], [{"outputs": {}}], [{"outputs": [1]}], [{"outputs": [{"data": []}]}]]
)
def test_a_hostile_notebook_has_no_records_and_nothing_worse(tmp_path, cells):
    path = tmp_path / "x.ipynb"
    path.write_text(json.dumps({"cells": cells}))
    assert lineage.bundle_in_notebook(path) is None
