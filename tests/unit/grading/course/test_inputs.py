from dataclasses import replace

import pytest

from grading.course.inputs import inputs
from grading.course.reading import load
from grading.course.request import request
from quality import guide
from quality.errors import ConfigError, InputError
from tests.unit.grading.packing import three_files
from tests.unit.grading.packing.three_files import HEADER, SHEET, text_of


@pytest.fixture
def course(tmp_path):
    return three_files.course(tmp_path / "c")


def with_key(course, table, line):
    """The course with that line at the head of a table of its course.toml."""
    path = course.folder / "course.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(f"\n[{table}]") == 1
    head, tail = text.split(f"\n[{table}]")
    rest = tail.partition("\n")[2]
    key = line.partition(" =")[0]
    kept = "\n".join(one for one in rest.split("\n") if not one.startswith(f"{key} ="))
    path.write_text(f"{head}\n[{table}]\n{line}\n{kept}", encoding="utf-8")
    return load(course.folder)


def test_everything_is_read_once_and_by_its_ids(course):
    held = inputs(course)
    assert [row.id for row in held.sheet.rows] == [row[0] for row in SHEET]
    assert [row.id for row in held.test.rows] == ["t1", "t2"]
    assert (dict(held.gold), held.base) == ({}, None)
    assert held.guide == guide.load()


def test_another_guide_than_the_pinned_one_is_refused_and_says_how_to_pin_it(course):
    (course.folder / "own.toml").write_text('name = "own"\n', encoding="utf-8")
    changed = with_key(course, "guide", 'name = "own.toml"')
    own = guide.load(str(course.folder / "own.toml")).sha256
    with pytest.raises(ConfigError, match=own) as refused:
        inputs(changed)
    assert "guide.sha256" in refused.value.remedy
    pinned = with_key(changed, "guide", f'sha256 = "{own}"')
    assert inputs(pinned).guide.name == "own"


def test_a_guide_that_is_not_there_is_named(course):
    with pytest.raises(ConfigError, match=r"guide\.name"):
        inputs(with_key(course, "guide", 'name = "none.toml"'))


def test_gold_labels_are_read_by_id(course):
    (course.folder / "gold.csv").write_text("id,label\n007,grammar\n1e3,wrong fact\n", encoding="utf-8")
    assert dict(inputs(replace(course, gold=course.folder / "gold.csv")).gold) == {
        "007": "grammar",
        "1e3": "wrong fact",
    }


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("007,gramar", "did you mean"),
        ("r99,grammar", "r99"),
        ("007,grammar\n007,tone", "same id"),
        (",grammar", "id"),
    ],
)
def test_gold_that_fits_no_row_or_label_is_refused(course, rows, said):
    (course.folder / "gold.csv").write_text(f"id,label\n{rows}\n", encoding="utf-8")
    with pytest.raises((ConfigError, InputError), match=said) as refused:
        inputs(replace(course, gold=course.folder / "gold.csv"))
    assert "gold.csv" in refused.value.where


def test_base_answers_are_the_courses_own(course):
    rows = [("t1", "What is tea?", "Tea."), ("t2", "What is milk?", "")]
    (course.folder / "base.csv").write_bytes(text_of(("id", "instruction", "prediction"), rows))
    assert dict(inputs(replace(course, base_predictions=course.folder / "base.csv")).base) == {
        "t1": "Tea.",
        "t2": "",
    }
    (course.folder / "base.csv").write_bytes(text_of(("id", "instruction", "prediction"), [("x", "y", "z")]))
    with pytest.raises(ConfigError, match=r"test\.csv lacks 1 id"):
        inputs(replace(course, base_predictions=course.folder / "base.csv"))


@pytest.mark.parametrize("rows", [(), (*SHEET, SHEET[0]), (*SHEET, (" ", "a", "b", ""))])
def test_a_sheet_that_names_no_row_for_sure_is_refused(course, rows):
    course.sheet.write_bytes(text_of(HEADER, rows))
    with pytest.raises(InputError):
        inputs(course)


def test_a_request_is_the_courses_word_and_nothing_else(course):
    held = inputs(replace(course, ignore=("GRM007", "AIS")))
    made = request(held, held.sheet)
    assert (made.guide, made.engine, made.sheet) == (held.guide, "harper", held.sheet)
    assert (made.baseline, made.judge, made.against, made.engine_url) == (None, None, None, "")
    assert made.table.rows[0].original == SHEET[0][2]
    assert {code[:3] for code in made.codes} >= {"GRM", "LBL", "CSV", "PRM"}
    assert not [code for code in made.codes if code.startswith("AIS") or code == "GRM007"]


def test_without_labels_no_rule_on_labels_is_asked(course):
    held = inputs(course)
    made = request(held, held.sheet, labelled=False)
    assert not made.table.labelled
    assert not [code for code in made.codes if code.startswith("LBL")]


def test_predictions_have_no_sheet_no_labels_and_prompts_of_others(course):
    held = inputs(course)
    made = request(held, held.test, predictions=True)
    assert made.sheet is None
    assert not [code for code in made.codes if code[:3] in ("LBL", "PRM")]


def test_an_ignored_code_that_no_rule_has_is_refused(course):
    held = inputs(replace(course, ignore=("GRX",)))
    with pytest.raises(ConfigError, match="GRX") as refused:
        request(held, held.sheet)
    assert "course.toml" in refused.value.where
