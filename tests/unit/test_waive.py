"""What a prompt excuses, and that its own words say so."""

import pytest

from quality import guide, prompt, waive
from quality.model import Finding, Severity


def finding(code, **detail):
    criterion = {"GRM": "grammar", "REP": "repetition", "LEN": "chattiness"}[code[:3]]
    return Finding(code, criterion, Severity.ERROR, 2, "a", "output", "…", 0, 1, detail=detail)


def waived(instruction, code, **detail):
    return waive.waive([finding(code, **detail)], prompt.read(instruction), instruction)[0].waived


@pytest.mark.parametrize(
    ("instruction", "code", "words"),
    [
        ("Write in all lowercase letters.", "GRM002", "in all lowercase letters"),
        ("Write in all lowercase letters.", "GRM001", None),
        ("Write a note with some typos.", "GRM001", "with some typos"),
        ("Talk like a pirate.", "GRM003", "Talk like a pirate"),
        ("Write a casual note.", "GRM001", None),
        ("Write a casual note.", "GRM002", None),
        ("Answer in one word.", "LEN001", "in one word"),
        ("Explain tides in detail.", "LEN002", "in detail"),
        ("Explain tides in detail.", "LEN001", None),
        ("Write a song with a chorus.", "REP001", "with a chorus"),
        ("Write a song.", "REP001", None),
        ("Repeat the request first, then answer.", "REP004", "Repeat the request"),
        ("Why is the sky blue?", "GRM001", None),
    ],
)
def test_only_what_follows_from_the_ask_is_excused(instruction, code, words):
    assert waived(instruction, code) == words


def test_an_ask_that_is_broken_is_not_excused_by_another():
    instruction = "Write a brief answer of at least 100 words."
    assert waived(instruction, "LEN001") == "brief answer"
    assert waived(instruction, "LEN001", asked="at least 100 words") is None


def test_findings_keep_their_order_and_number():
    found = [finding("GRM001"), finding("GRM002"), finding("REP001")]
    after = waive.waive(found, prompt.read("Use only lowercase letters."), "Use only lowercase letters.")
    assert [f.code for f in after] == ["GRM001", "GRM002", "REP001"]
    assert [f.waived is None for f in after] == [True, False, True]


def test_the_table_names_codes_that_exist():
    rules = [*guide.load().rules, "FCT001"]
    for codes in waive.EXCUSES.values():
        assert all(any(rule.startswith(code) for rule in rules) for code in codes)
