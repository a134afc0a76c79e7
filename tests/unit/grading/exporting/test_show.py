"""`grading show`: the JSON that scripts read, and the text that a person reads at 80 columns."""

import json

import pytest

from grading.book.book import opened
from grading.exporting import show_text
from grading.exporting.show import shown
from quality.errors import InputError
from tests.graded import CANARY, VERSIONS, graded


@pytest.fixture(scope="module")
def of(tmp_path_factory):
    course = graded(tmp_path_factory.mktemp("show") / "course")

    def look(group):
        with opened(course.folder) as book:
            return shown(book, course, group)

    return look


def test_a_line_has_points_or_null_and_its_evidence(of):
    found = of("g002")
    assert found["format"] == 1
    by_line = {line["line"]: line for line in found["rubric"]}
    assert list(by_line)[:2] == ["data_quality", "fail_mode"]
    assert by_line["predictions"]["points"] is None
    assert by_line["hand_in"]["points"] == by_line["hand_in"]["max_points"] == 10.0
    assert by_line["lateness"]["evidence"]["begun_days"] == 0
    assert found["grade"]["points"] is None
    assert found["grade"]["ungraded"] == ["predictions"]


def test_findings_are_what_was_seen_in_files_and_rows(of):
    found = of("g001")["findings"]
    levels = [one["level"] for one in found]
    assert levels == sorted(levels, key=["error", "warning", "note"].index)
    assert (found[0]["code"], found[-1]["code"]) == ("GRM001", "files.extra")
    assert len({frozenset(one) for one in found}) == 1
    assert found[0]["cell"][found[0]["start"] : found[0]["end"]] == "their"


def test_a_persons_mark_stands_beside_the_programs(of):
    line = next(line for line in of("g003")["rubric"] if line["line"] == "predictions")
    assert (line["points"], line["automatic_points"]) == (20.0, None)
    assert line["manual"]["who"] == "ta"
    assert line["manual"]["superseded"] is False
    assert line["manual"]["hand_in_version"] == VERSIONS["g003"]


def test_pairs_of_the_group_alone_candidates_with_their_edits(of):
    assert [(pair["with"], pair["candidate"]) for pair in of("g002")["copying"]] == [
        ("g003", True),
        ("g001", False),
    ]
    assert of("g004")["copying"] == []


def test_what_is_not_known_is_null(of):
    found = of("g004")
    assert found["hand_in"] is None
    assert found["stability"] is None
    assert found["lateness"]["begun_days"] is None
    assert all(line["points"] is None for line in found["rubric"])


def test_it_is_json_and_the_same_twice(of):
    assert json.dumps(of("g003"), allow_nan=False) == json.dumps(of("g003"), allow_nan=False)


def test_a_group_is_found_by_name_and_an_unknown_one_is_said(of):
    assert of("harbor lights")["group"]["key"] == "g001"
    with pytest.raises(InputError, match="no group"):
        of("g999")


@pytest.mark.parametrize("group", ["g001", "g002", "g003", "g004"])
def test_the_text_fits_80_columns_and_shows_what_hides(of, group):
    text = show_text.render(of(group), "Europe/Istanbul")
    assert max(map(len, text.splitlines())) <= 80
    assert "\u202e" not in text
    assert "\x1b" not in text


def test_the_text_says_what_a_teaching_assistant_asks_first(of):
    text = show_text.render(of("g001"), "Europe/Istanbul")
    for words in (
        "grade: 90.9 of 100 · A",
        "may also be B",
        "lineage: consistent",
        "handed in: 2026-12-01 01:00:00",
        "Ben Okafor (p0002): late days used 1, left 1, points off 10",
        "version 1",
        "times of Europe/Istanbul",
    ):
        assert words in text
    assert CANARY in show_text.render(of("g002"), "Europe/Istanbul")
    assert "labels with g003 =cmd" in show_text.render(of("g002"), "Europe/Istanbul")
    assert "not graded yet (100 points can be had)" in show_text.render(of("g002"), "Europe/Istanbul")
    assert "nothing was handed in" in show_text.render(of("g004"), "Europe/Istanbul")
