"""Every breach of the contract at once, and none of them can be switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality import schema, table
from quality.errors import InputError
from quality.model import Row
from quality.rule import DATASET


def row(number: int, key: str, asked: str = "ask", answer: str = "answer") -> Row:
    return Row(number, number, key, asked, answer)


def codes(found: object) -> dict[int, list[str]]:
    assert isinstance(found, dict)
    return {number: [v.code for v in violations] for number, violations in found.items()}


def test_all_breaches_of_all_rows_at_once() -> None:
    rows = [
        row(2, "7"),
        row(3, "7", "", "\u200b"),
        row(4, " 7 "),
        row(5, ""),
        row(6, "", "x", "\n"),
        row(7, "8"),
    ]
    found = schema.of_rows(rows)
    assert codes(found) == {
        2: ["CSV001"],
        3: ["CSV001", "CSV003", "CSV004"],
        4: ["CSV001"],
        5: ["CSV002"],
        6: ["CSV002", "CSV004"],
    }
    assert found[2][0].message == "the id `7` also stands in row 3, 4"
    assert found[3][1].column == "instruction"


def test_no_rows_no_breaches() -> None:
    assert schema.of_rows([]) == {}


def test_an_environment_variable_cannot_switch_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    from pandera.config import config_context

    with config_context(validation_enabled=False):
        assert codes(schema.of_rows([row(2, "")])) == {2: ["CSV002"]}


def test_against_the_sheet() -> None:
    sheet = {r.id: r for r in (row(2, "1", "Say hi."), row(3, "2", "Say  no."), row(4, "3"))}
    rows = [row(2, "1", "Say hi, please."), row(3, "2", "Say no.\r\n"), row(4, "4")]
    found = schema.of_rows(rows, sheet)
    assert codes(found) == {DATASET: ["CSV009"], 2: ["CSV008"], 4: ["CSV009"]}
    assert found[DATASET][0].related == ("3",)
    assert found[2][0].message == "the instruction was changed: “, please” was added at character 7"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("a b c", "a c", "“b ” was taken out"),
        ("a b c", "a x c", "“b” became “x”"),
        ("aa", "aaa", "“a” was added"),
        ("", "x", "“x” was added"),
    ],
)
def test_what_changed_is_said_in_few_words(before: str, after: str, words: str) -> None:
    assert words in schema.changed(before, after)


def test_tables_from_files(tmp_path: Path) -> None:
    data, sheet = tmp_path / "data.csv", tmp_path / "sheet.csv"
    data.write_text("id,instruction,output,fail_mode\n1,a,b,none\n1,a,b,none\n")
    sheet.write_text("id,instruction,output,fail_mode\n1,a,b,none\n")
    found = schema.violations(table.read(data), table.read(sheet))
    assert codes(found) == {2: ["CSV001"], 3: ["CSV001"]}
    with pytest.raises(InputError, match="same id"):
        schema.violations(table.read(sheet), table.read(data))


def test_ten_thousand_equal_ids_take_no_square() -> None:
    found = schema.of_rows([row(number, "x") for number in range(2, 10_002)])
    assert len(found) == 10_000
    assert len(found[2][0].message) < 100
