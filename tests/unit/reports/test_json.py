import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest

from quality import reports
from quality.reports.json import plain

SCHEMA = json.loads(files("quality.reports").joinpath("schema.json").read_text(encoding="utf-8"))


def rendered(document):
    return json.loads(reports.render("json", document))


def test_the_report_follows_its_schema(document):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(rendered(document))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2),
        (("findings", 0, "severity"), "fatal"),
        (("findings", 0, "start"), -1),
        (("rows", 0, "score"), 101),
        (("rows", 0, "criteria", "grammar"), 1.5),
        (("data", "sha256"), "x"),
        (("verdict", "passed"), True),
        (("outcomes", 0, "status"), "skipped"),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_allow(document, path, value):
    report = rendered(document)
    inner = report
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(report)


def test_the_keys_of_the_contract_are_there(document):
    report = rendered(document)
    assert list(report)[:9] == [
        *("format", "tool", "data", "fingerprint", "verdict", "rows", "findings", "outcomes", "dataset")
    ]
    assert set(report["rows"][0]) >= {"row", "line", "id", "score", "passed", "criteria", "asks"}
    assert list(report["findings"][0]) == [
        *("code", "criterion", "severity", "row", "row_id", "column", "start", "end"),
        *("message", "fix", "related", "waived", "accepted", "detail"),
    ]


def test_a_number_that_json_does_not_know_is_null(document):
    rows = (replace(document.report.rows[0], score=float("nan"), criteria={"grammar": float("inf")}),)
    report = rendered(replace(document, report=replace(document.report, rows=rows)))
    assert report["rows"][0]["score"] is None
    assert report["rows"][0]["criteria"] == {"grammar": None}


def test_detail_is_the_same_whatever_order_it_was_made_in():
    assert list(plain({"b": 1, "a": {"d": (1, 2), "c": None}})) == ["a", "b"]
    assert plain({"a": {"d": (1, 2), "c": None}}) == {"a": {"c": None, "d": [1, 2]}}
