"""`grading show` as a teaching assistant types it."""

import json

from tests.command import grading
from tests.graded import graded


def test_show_prints_text_and_json_and_knows_near_names(tmp_path):
    graded(tmp_path / "course")
    text = grading("show", "g001", "--course", tmp_path / "course")
    assert text.returncode == 0
    assert text.stdout.startswith("g001  Harbor Lights\n")
    printed = grading("show", "g002", "--output-format", "json", "--course", tmp_path / "course")
    found = json.loads(printed.stdout)
    assert found["format"] == 1
    assert found["group"]["name"] == "Güneş Işığı"
    assert printed.stdout.isascii()
    unknown = grading("show", "Harbour Lights", "--course", tmp_path / "course")
    assert unknown.returncode == 2
    assert "Harbor Lights" in unknown.stderr
