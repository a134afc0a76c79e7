import json

import pytest

from quality import reports
from quality.reports.sarif import uri


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("data.csv", "data.csv"),
        ("a dir/däta#1.csv", "a%20dir/d%C3%A4ta%231.csv"),
        ("/srv/data.csv", "file:///srv/data.csv"),
        ("C:\\data\\my data.csv", "file:///C:/data/my%20data.csv"),
        ("bytes\udcff.csv", "bytes%FF.csv"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
    ],
)
def test_a_path_becomes_a_reference(path, expected):
    assert uri(path) == expected


def test_levels_places_and_suppressions(document):
    (run,) = json.loads(reports.render("sarif", document))["runs"]
    by_code = {result["ruleId"]: result for result in run["results"]}
    assert by_code["GRM004"]["level"] == "error"
    assert by_code["PRM001"]["level"] == "warning"
    assert "region" not in by_code["PRM001"]["locations"][0]["physicalLocation"]
    assert by_code["LBL002"]["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}
    assert (
        by_code["GRM002"]["suppressions"][0]["justification"] == 'The prompt asks for it: "all in lower case"'
    )
    assert run["invocations"][0]["executionSuccessful"] is False
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_only_a_drive_letter_makes_a_windows_path():
    from quality.reports.sarif import uri

    assert uri("C:\\data\\a b.csv") == "file:///C:/data/a%20b.csv"
    assert not uri("\\\\0\\").startswith("file:")
