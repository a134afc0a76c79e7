"""What an engine's match is worth: its rule's code, else its category's, unless it is mostly wrong there."""

import harper as installed
import pytest

from quality.engines import Match, harper
from quality.engines.trust_harper import HARPER
from quality.engines.trust_languagetool import LANGUAGETOOL


def code(trust, text, word, kind, rule):
    start = text.index(word)
    return trust.code(Match(start, start + len(word), kind, rule, ""), text)


def test_a_rule_with_little_evidence_is_trusted_as_its_category_is():
    assert code(LANGUAGETOOL, "They was late.", "was", "GRAMMAR", "A_RULE_NEVER_SEEN") == "GRM003"
    assert code(LANGUAGETOOL, "They was late.", "was", "STYLE", "A_RULE_NEVER_SEEN") == ""
    assert code(HARPER, "They was late.", "was", "Agreement", "ANewRule") == "GRM003"
    assert code(HARPER, "They was late.", "was", "Readability", "ANewRule") == ""


def test_a_rule_may_be_worth_another_than_its_category():
    assert code(LANGUAGETOOL, "a apple", "a", "MISC", "EN_A_VS_AN") == "GRM004"
    assert code(LANGUAGETOOL, "i left", "i", "TYPOS", "I_LOWERCASE") == "GRM002"
    assert code(HARPER, "of course", "of", "Miscellaneous", "OfCourse") == "GRM005"


@pytest.mark.parametrize(
    "rule",
    ["EN_SPECIFIC_CASE", "ROLLER_SKATE_HYPHEN", "EN_DIACRITICS_REPLACE_ORTHOGRAPHY_PUREE", "LIGATURES"],
)
@pytest.mark.parametrize("kind", ["GRAMMAR", "TYPOS", "CASING"])
def test_house_style_is_no_error(kind, rule):
    assert code(LANGUAGETOOL, "a pumpkin puree", "puree", kind, rule) == ""


@pytest.mark.parametrize(("word", "expected"), [("However", "GRM006"), ("Also", ""), ("Therefore", "")])
def test_a_comma_that_good_writers_leave_out_is_not_missed(word, expected):
    text = f"{word} we should wait."
    rule = "SENT_START_CONJUNCTIVE_LINKING_ADVERB_COMMA"
    assert code(LANGUAGETOOL, text, word, "PUNCTUATION", rule) == expected
    assert code(HARPER, text, word, "Punctuation", "DiscourseMarkers") == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("He ate a apple.", "a ", "GRM004"),
        ("2a is even.", "a", ""),
        ("the equation a^n + b", "a^", ""),
        ("Perform a SWOT analysis.", "a SWOT", ""),
        ("on an '80s beat", "an", ""),
        ("pronounced an-wah", "an-", ""),
    ],
)
def test_an_article_stands_before_a_word(text, word, expected):
    bare = word.split(" ")[0].strip("^-")
    start = text.index(word)
    match = Match(start, start + len(bare), "MISC", "EN_A_VS_AN", "")
    assert LANGUAGETOOL.code(match, text) == expected
    assert HARPER.code(Match(match.start, match.end, "Miscellaneous", "AnA", ""), text) == expected


def test_the_spellers_are_known_in_every_language():
    for rule in ("MORFOLOGIK_RULE_EN_US", "GERMAN_SPELLER_RULE", "HUNSPELL_NO_SUGGEST_RULE"):
        assert LANGUAGETOOL.speller(rule)
    assert not LANGUAGETOOL.speller("I_LOWERCASE")
    assert HARPER.speller("SpellCheck")


def test_harper_knows_every_rule_that_the_table_names():
    assert {*HARPER.code_by_rule, *HARPER.excuses} <= set(installed.get_default_lint_config())
    assert not {*HARPER.code_by_rule, *HARPER.excuses} & harper.DISTRUSTED
