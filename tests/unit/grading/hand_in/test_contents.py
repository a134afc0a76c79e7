from dataclasses import replace

import pytest

from grading.course.inputs import inputs
from grading.hand_in.contents import examine
from grading.model import Level, Role
from quality import lineage
from quality.lineage import State, sealed
from tests.unit.grading.packing import three_files
from tests.unit.grading.packing.three_files import (
    ANSWERS,
    DATA,
    HEADER,
    TOKEN,
    answers,
    code,
    data,
    notebook,
    records,
    text_of,
)


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """What the small course's hand-ins are held against."""
    return inputs(three_files.course(tmp_path_factory.mktemp("course") / "c"))


@pytest.fixture
def seen(held, tmp_path):
    """Examines the good hand-in with other contents in places."""

    def examined(**other):
        contents = {**three_files.good(), **{Role(role): content for role, content in other.items()}}
        given = {role: content for role, content in contents.items() if content is not None}
        return examine(three_files.written(tmp_path / "h", given, held.course), held)

    return examined


def codes(found, level=None):
    return {one.code for one in found.troubles if level in (None, one.level)}


def the(found, code):
    (trouble,) = [one for one in found.troubles if one.code == code]
    return trouble


def test_a_good_hand_in_has_no_trouble_and_its_rows_know_their_originals(seen):
    found = seen()
    assert found.troubles == ()
    assert found.lineage == "consistent"
    assert [row.original for row in found.data.rows] == [row[2] for row in three_files.SHEET]
    assert [row.id for row in found.data.rows] == ["007", "1e3", "r3", "r4"]
    assert [row.output for row in found.predictions.rows] == ["A drink.", "A drink too."]
    assert found.notebook.code_cells == 2


def test_nothing_handed_in_is_no_trouble_here(held):
    found = examine({}, held)
    assert (found.data, found.predictions, found.notebook, found.lineage, found.troubles) == (
        None, None, None, "not given", (),
    )  # fmt: skip


ONE = DATA[0]
IDS = {
    "data.rows-missing": (DATA[:-1], "r4"),
    "data.rows-added": ((*DATA, ("new", "Say hello.", "Hi!", "none")), "new"),
    "data.id-doubled": ((*DATA, ONE), "007 (2 times)"),
    "data.id-empty": ((*DATA, ("  ", "Say hello.", "Hi!", "none")), "row 6"),
    "data.id-changed": ((("7", *ONE[1:]), *DATA[1:]), "7 for 007"),
    "data.instruction-changed": (((ONE[0], "Name a fruit.", *ONE[2:]), *DATA[1:]), "row 2"),
    "data.output-empty": (((*ONE[:2], " \u200b\n", "none"), *DATA[1:]), "row 2"),
    "data.label-empty": (((*ONE[:3], " "), *DATA[1:]), "row 2"),
    "data.label-unknown": (((*ONE[:3], "gramar"), *DATA[1:]), "`grammar`?"),
    "data.no-rows": ((), "header"),
}


@pytest.mark.parametrize("expected", IDS)
def test_rows_that_are_not_as_they_were_handed_out_are_an_error_that_says_where(seen, expected):
    rows, said = IDS[expected]
    found = seen(data=data(rows))
    trouble = the(found, expected)
    assert trouble.level is Level.ERROR
    assert said in trouble.what
    assert trouble.remedy
    assert found.data is not None


def test_ids_that_a_spreadsheet_changed_are_neither_missing_nor_added(seen):
    found = seen(data=data((("7", *ONE[1:]), ("1000", *DATA[1][1:]), *DATA[2:])))
    assert the(found, "data.id-changed").what.endswith("7 for 007, 1000 for 1e3")
    assert codes(found, Level.ERROR) == {"data.id-changed"}


def test_a_hostile_number_for_an_id_costs_nothing(seen):
    assert "data.rows-added" in codes(seen(data=data((*DATA, ("9e99999999999999", "a", "b", "none")))))


def test_reordered_rows_are_a_note(seen):
    found = seen(data=data(DATA[::-1]), notebook=notebook())
    assert the(found, "data.reordered").level is Level.NOTE
    assert codes(found, Level.ERROR) == set()


@pytest.mark.parametrize("label", ["None", "NA", "n/a"])
def test_a_word_that_others_take_for_an_empty_cell_stays_a_label(seen, label):
    found = seen(data=data(((*ONE[:3], label), *DATA[1:])), notebook=notebook())
    assert found.data.rows[0].fail_mode == label
    assert label in the(found, "data.label-null").what
    assert codes(found, Level.ERROR) == set()


@pytest.mark.parametrize("label", ["null", "nan"])
def test_a_null_that_the_guide_does_not_know_is_an_error(seen, label):
    assert the(seen(data=data(((*ONE[:3], label), *DATA[1:]))), "data.label-unknown").level is Level.ERROR


@pytest.mark.parametrize(
    ("label", "said"), [("wrng facts", "1 label in `fail_mode`"), ("=1+1", "know: =1+1 (row 2")]
)
def test_what_is_proposed_for_a_label_is_one_of_those_that_are_listed(seen, held, label, said):
    trouble = the(seen(data=data(((*ONE[:3], label), *DATA[1:]))), "data.label-unknown")
    assert said in trouble.what
    assert all(name in held.guide.fail_modes for name in trouble.what.split("`")[3::2])


def test_without_a_label_column_the_rows_are_still_read(seen):
    found = seen(data=data([row[:3] for row in DATA], HEADER[:3]))
    assert len(found.data.rows) == 4
    assert the(found, "data.no-labels").level is Level.ERROR


CAFE = data((*DATA[:3], (*DATA[3][:2], "Hello, caf\u00e9!", "none")))
READ = {
    "utf-16": (data().decode().encode("utf-16"), "data.read-as", "UTF-16"),
    "cp1252": (CAFE.decode().encode("cp1252"), "data.read-as", "Windows-1252"),
    "semicolons": (text_of(HEADER, DATA, ";"), "data.delimiter", "semicolons"),
    "tabs": (text_of(HEADER, DATA, "\t"), "data.delimiter", "tabs"),
    "extra column": (text_of((*HEADER, "note"), [(*row, "x") for row in DATA]), "data.extra-columns", "note"),
    "formula": (data((*DATA[:3], (*DATA[3][:2], '=HYPERLINK("http://x")', "none"))), "data.formula", "row 5"),
    "full-width formula": (data((*DATA[:3], (*DATA[3][:2], "＝1+1", "none"))), "data.formula", "row 5"),
    "long cell": (data((*DATA[:3], (*DATA[3][:2], "word " * 30_000, "none"))), "data.long-cell", "row 5"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_an_odd_file_is_read_whole_and_said(seen, name):
    content, expected, said = READ[name]
    found = seen(data=content, notebook=notebook())
    assert said in the(found, expected).what
    assert [row.id for row in found.data.rows] == ["007", "1e3", "r3", "r4"]
    assert codes(found, Level.ERROR) == set()


def test_a_byte_order_mark_is_no_trouble(seen):
    assert seen(data=b"\xef\xbb\xbf" + data()).troubles == ()


PRIVET = data((("r1", "\u041f\u0440\u0438\u0432\u0435\u0442", "a", "none"),))
UNREAD = {
    "empty": (b"", "empty"),
    "workbook": (b"PK\x03\x04" + b"\0" * 26 + b"xl/workbook.xml", "workbook"),
    "log-in page": (b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
    "NUL": (data()[:40] + b"\0" + data()[40:], "NUL"),
    "unclosed quote": (data()[:-3] + b'\r\nr5,"open,x,none\r\nr6,a,b,none\r\n', "line 6"),
    "doubled column": (text_of((*HEADER, "output"), [(*row, "x") for row in DATA]), "stands 2 times"),
    "no output column": (text_of(HEADER[:2], [row[:2] for row in DATA]), "output"),
    "ragged": (data() + b"r5,a\r\n", "line 6"),
    "parquet": (b"PAR1" + b"\0" * 40 + b"PAR1", "Parquet"),
    "JSON": (b'[{"id": 1}]', "JSON"),
    "other alphabet": (PRIVET.decode().encode("cp1251"), "UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREAD)
def test_a_file_that_cannot_be_read_is_one_error_and_the_rest_is_still_seen(seen, name):
    content, said = UNREAD[name]
    found = seen(data=content)
    trouble = the(found, "data.unreadable")
    assert trouble.level is Level.ERROR
    assert said in trouble.what
    assert trouble.file == "CS412_HW4_Step1_Data.csv"
    assert found.data is None
    assert len(found.predictions.rows) == 2
    assert "proofgate.toml" not in trouble.remedy


@pytest.mark.parametrize(
    "content", [b"1,1,1,1\n" * 200_001, b"1\r1" * 200_001, b"," * 2_000_001, b"x" * (32 * 2**20 + 1)], ids=len
)
def test_a_table_that_would_fill_the_memory_is_not_read(seen, content):
    found = seen(data=content)
    assert the(found, "data.too-large").level is Level.ERROR
    assert found.data is None


def test_wrong_labels_without_end_are_counted_and_some_are_shown(seen):
    found = seen(data=data([(f"x{n}", "a", "b", f"wrong{n}") for n in range(3_000)]))
    what = the(found, "data.label-unknown").what
    assert what.startswith("3,000 labels")
    assert what.endswith("and 2,995 more")


def test_the_place_of_a_fault_is_a_line_and_no_path_of_ours(seen, tmp_path):
    trouble = the(seen(data=UNREAD["ragged"][0]), "data.unreadable")
    assert trouble.what.startswith("line 6: ")
    assert str(tmp_path) not in repr(trouble)


def test_predictions_are_held_against_the_test_file(seen):
    rows = (ANSWERS[0], ("t9", "What is milk?", ""), ANSWERS[0])
    found = seen(predictions=answers(rows))
    assert codes(found, Level.ERROR) == {
        "predictions.rows-missing",
        "predictions.rows-added",
        "predictions.id-doubled",
    }
    assert the(found, "predictions.answer-empty").level is Level.WARNING
    assert "t2" in the(found, "predictions.rows-missing").what


def test_answers_to_other_prompts_are_a_warning(seen):
    found = seen(predictions=answers((ANSWERS[0], ("t2", "What is oil?", "x"))), notebook=notebook())
    assert the(found, "predictions.instruction-changed").level is Level.WARNING


def test_answers_without_their_prompts_are_held_against_the_test_files(seen):
    found = seen(
        predictions=answers([(row[0], row[2]) for row in ANSWERS], ("id", "prediction")), notebook=notebook()
    )
    assert [(row.id, row.instruction, row.output) for row in found.predictions.rows] == list(ANSWERS)
    assert the(found, "predictions.no-instructions").level is Level.WARNING
    assert codes(found, Level.ERROR) == set()
    assert "predictions.instruction-changed" not in codes(found)


def test_a_file_without_answers_is_not_read(seen):
    found = seen(predictions=answers([row[:2] for row in ANSWERS], ("id", "instruction")))
    assert found.predictions is None
    assert "`prediction`" in the(found, "predictions.unreadable").what


def test_base_answers_of_the_group_count_for_nothing(seen, held):
    header = ("id", "instruction", "prediction", "base_prediction")
    found = seen(predictions=answers([(*row, "base") for row in ANSWERS], header), notebook=notebook())
    assert the(found, "predictions.base-ignored").level is Level.NOTE
    assert held.base is None


def test_edited_data_breaks_the_lineage(seen):
    found = seen(data=data(((*ONE[:2], "Blue is a colour.", "grammar"), *DATA[1:])))
    assert found.lineage == "broken"
    assert the(found, "lineage.broken").level is Level.WARNING
    assert {link.name for link in found.links if link.state is State.BROKEN} == {"data ↔ gate record"}


def test_every_file_at_hand_is_held_against_the_records(seen):
    checked = {link.name for link in seen().links if link.state is State.CONSISTENT}
    assert {
        "data ↔ gate record",
        "test file ↔ prediction record",
        "predictions ↔ prediction record",
        "gate record ↔ run record",
    } <= checked


def test_answers_to_another_test_file_break_the_lineage(seen):
    others = notebook(bundle=records(data(), answers(), test=(("t1", "What is tea?"),)))
    found = seen(notebook=others)
    assert [link.name for link in found.links if link.state is State.BROKEN] == [
        "test file ↔ prediction record"
    ]


def test_base_answers_beside_are_part_of_the_chain(seen):
    header = ("id", "instruction", "prediction", "base_prediction")
    both = answers([(*row, "base") for row in ANSWERS], header)
    chain = notebook(bundle=records(data(), both, base="base_prediction"))
    assert seen(predictions=both, notebook=chain).lineage == "consistent"
    edited = answers([(*row, "better") for row in ANSWERS], header)
    assert seen(predictions=edited, notebook=chain).lineage == "broken"


def test_the_same_rows_saved_again_are_consistent(seen):
    assert seen(data=b"\xef\xbb\xbf" + data().replace(b"\r\n", b"\n")).lineage == "consistent"


@pytest.mark.parametrize("content", [notebook(), b"no notebook", None])
def test_without_records_the_lineage_is_not_given(seen, content):
    found = seen(notebook=content)
    assert found.lineage == "not given"
    assert "lineage.broken" not in codes(found)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), [], {"a": {}}, "x", None, 10**400], ids=repr)
@pytest.mark.parametrize("field", ["rows", "fingerprint", "inputs", "dropped_rows"])
def test_sealed_records_with_values_of_any_kind_raise_nothing(seen, field, value):
    body = lineage.as_json(records(data(), answers()))
    content = {key: one for key, one in body["gate"].items() if key != "sha256"} | {field: value}
    body["gate"] = {**content, "sha256": sealed.digest(content)}
    shown = [{"output_type": "display_data", "data": {"application/json": body}}]
    found = seen(notebook=notebook(code(outputs=shown)))
    assert found.lineage == ("consistent" if (field, value) == ("dropped_rows", []) else "broken")


def test_a_refused_gate_is_a_broken_chain(seen):
    bundle = records(data(), answers())
    refused = replace(bundle.gate, passed=False, reasons=("too few rows",))
    assert seen(notebook=notebook(bundle=replace(bundle, gate=refused))).lineage == "broken"


def test_a_token_in_a_table_is_found_and_not_shown(seen):
    rows = ((*ONE[:2], f"Use {TOKEN} then.", "grammar"), *DATA[1:])
    trouble = the(seen(data=data(rows)), "secret.found")
    assert "row 2" in trouble.what
    assert TOKEN not in repr(trouble)


def test_what_lies_beside_the_files_changes_nothing(seen, tmp_path):
    before = seen()
    for name in ("proofgate.toml", "course.toml", "grading.db", "CS412_HW4_Step1_Data.csv.gate.json"):
        (tmp_path / "h" / name).write_text("guide = 'own.toml'")
    again = seen()
    assert (again.troubles, again.lineage, again.links) == (before.troubles, before.lineage, before.links)
    assert again.data.rows == before.data.rows
