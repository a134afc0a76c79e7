"""The grammar family with LanguageTool, and with both engines, for real."""

import pytest

from quality import guide, prompt
from quality.checks.grammar import CHECK, CHECKS, collect, finish, judge
from quality.engines import languagetool
from quality.model import Finding, Row
from quality.rule import Context, Inputs

pytestmark = pytest.mark.languagetool


@pytest.fixture(scope="module", autouse=True)
def _no_server_left_behind():
    """The server that the first check starts ends with this module."""
    yield
    languagetool.stop()


INPUTS = Inputs(guide=guide.load())
GOOD = [(rule, example) for rule in CHECK.rules for example in rule.good]
SPANISH = (
    "El govierno anunció ayer nuevas medidas para proteger los bosques. Los niños están contentos, pero algunos"
    " agricultores siguen preocupados."
)


def said_of(engine, output, instruction="Tell me about it."):
    """What the family says of one row with that engine."""
    row = Row(2, 2, "r2", instruction, output)
    measures = {"output": CHECKS[engine].measure(output)}
    facts = finish(collect([row], [measures], INPUTS), INPUTS)
    return list(judge(Context(row, prompt.read(instruction), INPUTS, measures, facts)))


def found_by(engine, output, **more):
    said = said_of(engine, output, **more)
    assert all(isinstance(one, Finding) for one in said), said
    return [(one.code, output[one.start : one.end], one.detail["engine"]) for one in said]


@pytest.mark.parametrize("engine", ["languagetool", "both"])
@pytest.mark.parametrize(("rule", "example"), GOOD, ids=lambda value: getattr(value, "code", ""))
def test_good_examples_stay_clean_with_every_engine(engine, rule, example):
    (row,) = example.rows
    assert rule.code not in [code for code, _, _ in found_by(engine, row.output)]


def test_both_engines_are_named_where_both_say_so():
    text = "😀 They gave thier answer. He have a dog."
    assert found_by("both", text) == [
        ("GRM001", "thier", "harper+languagetool"),
        ("GRM003", "have", "harper+languagetool"),
    ]
    assert found_by("languagetool", text) == [
        ("GRM001", "thier", "languagetool"),
        ("GRM003", "have", "languagetool"),
    ]


def test_what_harper_does_not_see():
    text = "Also this will have a great affect on the child."
    assert found_by("harper", text) == []
    assert found_by("languagetool", text) == [("GRM003", "affect", "languagetool")]
    assert found_by("both", text) == [("GRM003", "affect", "languagetool")]


def test_a_word_that_languagetool_knows_is_no_misspelling():
    text = "We measured the cakey crumb, and the moisture in it."
    assert [code for code, _, _ in found_by("both", text)] in ([], ["GRM007"])


def test_house_style_is_no_error():
    text = "Purée or puree, they roller skate in the northern hemisphere with their jalapenos."
    assert found_by("languagetool", text) == []


def test_british_spelling_passes():
    assert found_by("both", "The colourful neighbour realised that the theatre was grey.") == []


def test_a_spanish_output_is_read_as_spanish():
    """Spanish is in every folder of LanguageTool's, whose language detector needs it."""
    assert found_by("both", SPANISH, instruction="Escribe algo en español.") == [
        ("GRM001", "govierno", "languagetool")
    ]
    assert [type(one).__name__ for one in said_of("harper", SPANISH)] == ["Unmeasured"]
