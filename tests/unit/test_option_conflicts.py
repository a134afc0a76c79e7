from pathlib import Path

import pytest

from quality import option_conflicts
from quality.cli_inputs import Options
from quality.errors import ConfigError

FILE = Path("x")
CHECK = {
    "output_format": "text",
    "output_file": None,
    "watch": False,
    "statistics": False,
    "explain": False,
    "update_baseline": False,
    "reason": None,
}
FIX = {"output_file": None, "diff": False, "unsafe": False, "record": None, "interactive": False}


@pytest.mark.parametrize(
    ("named", "option"),
    [
        ({"watch": True, "output_format": "json"}, "--watch"),
        ({"watch": True, "output_file": FILE}, "--watch"),
        ({"watch": True, "update_baseline": True}, "--watch"),
        ({"watch": True, "reason": "known"}, "--reason"),
        ({"reason": ""}, "--reason"),
        ({"statistics": True, "output_format": "json"}, "--statistics"),
        ({"statistics": True, "output_format": "html"}, "--statistics"),
        ({"explain": True, "output_format": "sarif"}, "--explain"),
        ({"explain": True, "output_format": "junit"}, "--explain"),
        ({"explain": True, "output_format": "github"}, "--explain"),
        ({"explain": True, "statistics": True}, "--explain"),
    ],
)
def test_what_would_do_nothing_at_a_check_is_refused(named, option):
    with pytest.raises(ConfigError) as caught:
        option_conflicts.of_check(**{**CHECK, **named})
    assert caught.value.where == option
    assert caught.value.remedy
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "named",
    [
        {},
        {"watch": True, "statistics": True},
        {"watch": True, "explain": True},
        {"update_baseline": True, "reason": "known", "output_format": "json", "output_file": FILE},
        {"statistics": True, "output_file": FILE},
        *({"explain": True, "output_format": form} for form in ("text", "json", "csv", "html")),
    ],
)
def test_what_does_something_at_a_check_is_not(named):
    option_conflicts.of_check(**{**CHECK, **named})


def test_originals_are_explained_only_where_there_are_some():
    option_conflicts.of_explaining(True, FILE)
    option_conflicts.of_explaining(False, None)
    with pytest.raises(ConfigError, match="here are none"):
        option_conflicts.of_explaining(True, None)


def test_a_gate_that_verifies_writes_no_record():
    option_conflicts.of_gate(record=FILE, verify=None)
    option_conflicts.of_gate(record=None, verify=FILE)
    with pytest.raises(ConfigError, match="--verify writes none"):
        option_conflicts.of_gate(record=FILE, verify=FILE)


@pytest.mark.parametrize(
    ("named", "judge", "option"),
    [
        ({"diff": True, "record": FILE}, {}, "--record"),
        ({"diff": True, "output_file": FILE}, {}, "-o"),
        ({"interactive": True, "diff": True}, {}, "--interactive"),
        ({"interactive": True, "unsafe": True}, {}, "--interactive"),
        ({}, {"judge": "http://127.0.0.1:1/v1", "judge_model": "m"}, "--judge"),
        ({"interactive": True}, {"judge_model": "m"}, "--judge-model"),
        ({}, {"judge_budget": 3}, "--judge-budget"),
        ({}, {"judge_jobs": 3}, "--judge-jobs"),
    ],
)
def test_what_would_do_nothing_at_a_fix_is_refused(named, judge, option):
    with pytest.raises(ConfigError) as caught:
        option_conflicts.of_fix(Options(FILE, **judge), **{**FIX, **named})
    assert caught.value.where == option
    assert caught.value.remedy


@pytest.mark.parametrize(
    "named",
    [{}, {"diff": True, "unsafe": True}, {"interactive": True, "output_file": FILE, "record": FILE}],
)
def test_what_does_something_at_a_fix_is_not(named):
    option_conflicts.of_fix(Options(FILE, original=FILE), **{**FIX, **named})
