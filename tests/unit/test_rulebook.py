from dataclasses import replace
from pathlib import Path

from quality import guide, rulebook
from quality.checks import load_all
from quality.model import Example, Row
from quality.rule import Rule

DOCS = Path(__file__).parents[2] / "docs" / "rules.md"
GUIDE = guide.load()
RULE = Rule(
    code="GRM001",
    name="misspelling",
    criterion="grammar",
    what="A word | that\nno dictionary knows.",
    why="A model learns it.",
    remedy="Spell it right.",
    source="Chat Style Guide 1.1.2-2",
    measured="recall 0.5 on 10 rows",
    bad=(Example((Row(2, 2, "a", "Say hi.", "Hii\u200b ```\n~~~"),), (2,)),),
    good=(
        Example(
            (Row(2, 2, "b", "Say hi.", "Hi."),),
            against=("A reference.",),
            sheet=(Row(2, 2, "b", "Say.", "Ho"),),
        ),
    ),
    limits="Names.",
    fixable=True,
)


def test_the_book_in_docs_is_in_step_with_the_rules():
    """`python -m quality.rulebook > docs/rules.md` brings it back into step."""
    assert DOCS.read_text(encoding="utf-8") == rulebook.generate()


def test_every_rule_has_a_page_and_a_line():
    rules = [rule for check in load_all() for rule in check.rules]
    book = rulebook.generate()
    for rule in rules:
        assert book.count(f"\n## {rule.code} {rule.name}\n") == 1
        assert f"[{rule.code}](#{rule.code.lower()}-{rule.name})" in book


def test_a_page_says_all_that_a_rule_says():
    page = rulebook.rule_page(RULE, GUIDE)
    assert page.startswith("# GRM001 misspelling\n\n**error** · Chat Style Guide 1.1.2-2")
    for words in (
        RULE.what,
        RULE.why,
        RULE.remedy,
        RULE.source,
        RULE.measured,
        RULE.limits,
        "A reference.",
        "Ho",
    ):
        assert words in page
    assert "````text\nrow 2, id 'a', flagged\ninstruction: Say hi.\noutput: Hii\\u200b ```\n~~~\n````" in page


def test_a_table_has_a_line_a_rule():
    off = replace(GUIDE, rules={**GUIDE.rules, "GRM001": "off"})
    lines = rulebook.rule_table([RULE], off).splitlines()
    assert lines[0].split() == ["rule", "severity", "name", "section", "flags"]
    assert lines[1:] == ["GRM001  off       misspelling [*]  1.1.2-2  A word | that no dictionary knows."]
    assert "A word \\| that no dictionary knows. |" in rulebook.rule_table([RULE], GUIDE, markdown=True)
