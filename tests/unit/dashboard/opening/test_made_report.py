"""A report that the user made: taken where it is of this file and guide, told of and left aside where it is not."""

import json

import pytest

from dashboard.opening import ready
from dashboard.site import Named
from quality.cli_inputs import Options
from tests import sites
from tests.command import quality


@pytest.fixture
def made(tmp_path):
    path = sites.write(tmp_path / "data", sites.ROWS)
    report = tmp_path / "report.json"
    quality("check", path, "--output-format", "json", "-o", report, "--jobs", "1")
    return path, report


def opened(path, report):
    return sites.opened(ready(path, Options(path, jobs=1), Named(report=report)))


def test_a_report_of_the_file_is_taken(made):
    path, report = made
    index = opened(path, report).index
    checked = sites.opened(ready(path, Options(path, jobs=1), Named())).index
    assert f"checked by {report.name}, not by this command" in index.about().notes
    assert index.totals() == checked.totals()
    assert [index.entry(number) for number in range(1, 9)] == [
        checked.entry(number) for number in range(1, 9)
    ]
    assert index.about().fingerprint == checked.about().fingerprint
    assert [one["code"] for one in index.about().outcomes] == [
        one["code"] for one in checked.about().outcomes
    ]


def _of_other_bytes(body):
    body["fingerprint"]["file"] = "0" * 64


def _of_another_guide(body):
    body["fingerprint"]["guide"] = "0" * 64


def _of_another_version(body):
    body["fingerprint"]["checks"] = "0" * 64


def _with_rules_left_out(body):
    body["fingerprint"]["config"] = "0" * 64


def _with_a_row_that_is_none(body):
    del body["rows"][2]["score"]


def _with_a_finding_that_is_none(body):
    body["findings"][1]["severity"] = "loud"


def _without_a_row(body):
    body["rows"].pop()


def _with_a_finding_too_many(body):
    body["findings"].append({**body["findings"][-1], "row": 2})


def _as_written(body):
    parts = [f"{json.dumps(name)}: {_value(name, value)}" for name, value in body.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _value(name, value):
    if name not in ("rows", "findings", "outcomes"):
        return json.dumps(value)
    return "[\n" + ",\n".join(map(json.dumps, value)) + "\n]"


@pytest.mark.parametrize(
    ("change", "write", "why"),
    [
        (_of_other_bytes, _as_written, "it is of other bytes"),
        (_of_another_guide, _as_written, "it is of another style guide"),
        (_of_another_version, _as_written, "another version of proofgate made it"),
        (_with_rules_left_out, _as_written, "it was made with other files or options"),
        (_with_a_row_that_is_none, _as_written, "it is no report as"),
        (_with_a_finding_that_is_none, _as_written, "it is no report as"),
        (_without_a_row, _as_written, "it has another row 9 than the file"),
        (_with_a_finding_too_many, _as_written, "the report has a finding of row 2 out of its place"),
        (lambda body: None, lambda body: json.dumps(body, indent=1), "it is no report as"),
        (lambda body: None, lambda body: "", "it is no report as"),
    ],
)
def test_another_report_is_left_aside_with_the_reason(made, change, write, why):
    path, report = made
    body = json.loads(report.read_text(encoding="ascii"))
    change(body)
    report.write_text(write(body), encoding="ascii")
    index = opened(path, report).index
    (note,) = [note for note in index.about().notes if note.startswith("report.json is not used: ")]
    assert why in note
    assert index.count() == 8
