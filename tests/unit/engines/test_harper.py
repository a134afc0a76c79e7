"""The engine behind its protocol, pinned: what this project relies on in this version."""

import harper as installed

from quality.engines import harper, phrases


def test_matches_have_code_point_spans_and_replacements():
    text = "😀 I has an book."
    found = {match.rule: match for match in harper.check(text)}
    article = found["AnA"]
    assert (text[article.start : article.end], article.suggestions) == ("an", ("a",))
    assert found["PronounVerbAgreement"].kind == "Agreement"


def test_advice_does_not_swallow_errors():
    words = "and then they gave thier answer to the old teacher who was waiting " * 4
    assert sum(match.rule == "SpellCheck" for match in harper.check(f"First {words}again.")) == 4


def test_the_rules_that_are_not_run_exist():
    assert set(installed.get_default_lint_config()) >= harper.DISTRUSTED


def test_distrusted_rules_stay_silent():
    assert (
        not {match.rule for match in harper.check("I like apples, pears and plums… 12-31 books.")}
        & harper.DISTRUSTED
    )


def test_phrases_find_what_the_engine_does_not_know():
    text = "there are two kind of tea. They will able to go. one of the reason is rain."
    rules = [match.rule for match in phrases.check(text)]
    assert rules == ["SentenceStart", "SingularAfterNumber", "ModalAble", "SentenceStart", "OneOfSingular"]


def test_phrases_leave_correct_text_alone():
    text = (
        "The U.S. economy grew. He ran, e.g. in May. A sports car is fast. Many advocate for a beer can is a joke.\n\n"
        "- apples\n- pears\n\nThe well-to-do things they do matter. iPhones sell."
    )
    assert [match.rule for match in phrases.check(text) if match.kind != "Capitalization"] == []
    assert [match for match in phrases.check(text) if match.rule == "SentenceStart"] == []
