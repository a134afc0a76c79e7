"""The grammar family: its own examples, the glossary, what is unmeasured and what does not apply."""

import json
from dataclasses import asdict

import pytest

from quality import guide, prompt
from quality.checks.grammar import CHECK, CODE_KINDS, collect, engine_version, finish, judge, measure, merge
from quality.engines.proofreading import Lint
from quality.model import Finding, NotApplicable, Row, Unmeasured
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in (*rule.bad, *rule.good)]


def judged(*rows):
    """What the family says of each row of a table."""
    measures = [{"output": json.loads(json.dumps(measure(row.output)))} for row in rows]
    facts = finish(
        merge(collect(rows[:1], measures[:1], INPUTS), collect(rows[1:], measures[1:], INPUTS)), INPUTS
    )
    return [
        list(judge(Context(row, prompt.read(row.instruction), INPUTS, measured, facts)))
        for row, measured in zip(rows, measures, strict=True)
    ]


def row(output, instruction="Tell me about it.", number=2, context=()):
    return Row(number, number, f"r{number}", instruction, output, context=context)


def codes(output, instruction="Tell me about it.", **more):
    (said,) = judged(row(output, instruction, **more))
    return [one.code if isinstance(one, Finding) else type(one).__name__ for one in said]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda value: getattr(value, "code", ""))
def test_the_examples_are_flagged_as_they_say(rule, example):
    flagged = [
        row.row
        for row, said in zip(example.rows, judged(*example.rows), strict=True)
        if any(isinstance(one, Finding) and one.code == rule.code for one in said)
    ]
    assert tuple(flagged) == example.flags


def test_spans_are_code_points_of_the_cell():
    text = "😀😀 They gave thier 😀 answer to the teacher."
    (found,) = [one for said in judged(row(text)) for one in said]
    assert text[found.start : found.end] == "thier"
    assert found.fix.text == "their"


def test_measures_are_json_values():
    measured = measure("They gave thier answer. it was late, and i left.")
    assert json.loads(json.dumps(measured)) == measured


@pytest.mark.parametrize(
    "output",
    [
        "I left you messages on Tuesday.",
        "It was good to see you guys.",
        "A well-fitted helmet will give both of you confidence.",
        "Most of those who left in the last years went through Berlin.",
        "The strings are tuned to the notes G, D, A and E.",
        "Let A and B be sets. A is larger than B.",
        "Should schools start later in the morning? Why should students get up at six?",
        "- `-type f -name '*.log'` keeps only regular files whose names end in the same way.",
        'Say "Bonjour, je voudrais un café, s\'il vous plaît." People there will be glad to hear it from you.',
        "Compare them with out-of-date maps.",
        "It's you I adore. The conditions for it are met. He last chose to wait.",
        "Give it more honest thought. The can should spin. You can later customize it.",
        "Digital wellbeing is one of the Suez Canal's uses. What they need most is rest.",
        "Both a and b are right. Let 2a be even. Perform a SWOT analysis on an '80s beat.",
        "They were fightin' in the street. Also it was late, and therefore we left.",
    ],
)
def test_what_the_engine_takes_wrongly_for_an_error(output):
    assert codes(output) == []


@pytest.mark.parametrize(
    ("output", "code"),
    [
        ("I hope you knows the way home.", "GRM003"),
        ("It added much to you knowledge of it.", "GRM003"),
        ("A apple a day is good for you.", "GRM004"),
        ("Schools should starts later in the morning.", "GRM003"),
        ("A function that calls it self is recursive.", "GRM005"),
        ("He left with out a coat.", "GRM005"),
    ],
)
def test_what_is_near_to_it_is_still_an_error(output, code):
    assert codes(output) == [code]


CSV = "Give me a CSV with the header city,country for Rome and Cairo."


def test_commas_of_data_are_not_prose():
    table = "city,country\nRome,Italy\nCairo,Egypt"
    assert codes(table, CSV) == []
    assert set(codes(table, "Tell me about two cities.")) == {"GRM006"}


def test_data_is_spelt_and_prose_beside_it_is_read():
    assert codes("city,goverment\nRome,Italy", CSV) == ["GRM001"]
    assert codes("Rome,Italy\n\nHowever this is what they wanted.", CSV) == ["GRM006"]


def test_another_language_that_the_prompt_asks_for_is_not_misspelt_english():
    assert codes("Voila le gouverment.", "Réponds en français : qui gouverne ?") == ["Unmeasured"]
    assert codes("They gave thier answer.", "Answer in English: who gave it?") == ["GRM001"]


def test_a_word_of_the_prompt_is_a_term():
    assert codes("The frobnitzle was introduced here.", "What is a frobnitzle?") == []
    assert codes("The frobnitzle was introduced here.") == ["GRM007"]


def test_a_misspelt_word_of_the_prompt_excuses_nothing():
    assert codes("The goverment decides.", "What does the goverment do?") == ["GRM001"]
    assert codes("Because of thier rules.", "And then?", context=("They like thier rules.",)) == ["GRM001"]


def test_a_term_that_two_rows_share_is_trusted():
    one, other = (
        row(f"The frobnitzle was measured {word}.", number=n) for n, word in ((2, "twice"), (3, "once"))
    )
    assert judged(one, other) == [[], []]
    assert [found.code for found in judged(one)[0]] == ["GRM007"]


def test_a_rare_word_that_the_answer_repeats_is_a_term():
    assert codes("Rub the longan with salt.") == ["GRM001"]
    assert codes("Rub the longan with salt. Then eat the longan.", "How do I use longan?") == []


def test_a_misspelling_that_the_answer_repeats_is_one():
    assert codes("They gave thier answer. Then thier teacher left.") == ["GRM001", "GRM001"]


def test_a_misspelling_that_rows_share_earns_no_amnesty():
    rows = [row("They gave thier answer.", number=n) for n in range(2, 7)]
    assert [[found.code for found in said] for said in judged(*rows)] == [["GRM001"]] * 5


def test_names_codes_and_british_spelling_stay_clean():
    assert codes("Coxeter and Fanon met Gödel at the colourful CSOs of NATO.") == []
    prose = "This paragraph is long enough to be the greater part of the answer, as it should be."
    assert codes(f"{prose} Call `glm(y ~ x)` or is.null(x), then see https://exmaple.org/thier.") == []
    assert codes(f"{prose} You may also mail thier@exmaple.org about max_lenght.") == []
    assert codes("| Size | Range |\n|---|---|\n| small | 12-31 |") == []


def test_another_language_is_unmeasured():
    assert codes("Die Katze sitzt auf der Matte und schläft den ganzen Tag.") == ["Unmeasured"]
    assert codes("猫はマットの上に座っています。") == ["Unmeasured"]
    assert codes("Кошка сидит на коврике и спит.", "Translate to Russian.") == ["Unmeasured"]


CODE = "```python\ndef add(a, b):\n    return a + b\n\nprint(add(1, 2))\n```"


def test_code_does_not_apply_where_it_was_asked_for_and_is_unmeasured_elsewhere():
    assert codes(CODE, "Write a Python function that adds two numbers.") == ["NotApplicable"]
    assert codes(CODE, "Tell me a story about the sea.") == ["Unmeasured"]


def test_prose_beside_code_is_proof_read():
    assert "GRM001" in codes(
        f"{CODE}\n\nThis functoin adds the numbers.", "Write a Python function that adds."
    )


def test_prose_in_comments_and_strings_of_code_is_proof_read():
    code = (
        'x = [1, 2]\n# This functoin returns the sum of the numbers.\nprint("They gave thier answer to her.")'
    )
    assert codes(f"```python\n{code}\n```", "Write a Python script.") == ["GRM001", "GRM001"]


def test_a_number_is_measured():
    assert codes("42", "What is 6 times 7?") == []


@pytest.mark.parametrize(
    "text",
    ["a(" * 50_000, "(a " * 50_000, "a" * 50_000, "1 " * 90_000, "a\u200b" * 50_000, "word " * 50_000],
    ids=["brackets", "spaced brackets", "one word", "numbers", "invisible", "too long"],
)
def test_what_would_take_minutes_is_unmeasured(text):
    assert "unmeasured" in measure(text)


def test_findings_beyond_the_limit_are_unmeasured():
    said = judged(row("They gave thier answer. " * 300))[0]
    assert sum(isinstance(one, Finding) for one in said) == 200
    assert isinstance(said[-1], Unmeasured)


def test_safe_fixes_mend_and_leave_nothing_behind():
    text = "the goverment decides today. it will follow soon."
    fixes = [found.fix for found in judged(row(text))[0]]
    assert all(fix.safe for fix in fixes)
    for fix in sorted(fixes, key=lambda fix: -fix.start):
        text = text[: fix.start] + fix.text + text[fix.end :]
    assert text == "The government decides today. It will follow soon."
    assert judged(row(text)) == [[]]


def lint(start, end, code="GRM003", engines=("harper",), **more):
    """A lint as the measures hold it, of which this family's engines need not be asked."""
    found = Lint(start, end, code, "Rule", "a message", ("better",), engines, **more)
    return asdict(found) | {"suggestions": ["better"], "engines": list(engines)}


def found_in(output, *lints):
    measured = measure(output) | {"lints": list(lints)}
    context = Context(
        row(output), prompt.read("Tell me about it."), INPUTS, {"output": measured}, frozenset()
    )
    return [(one.code, one.start, one.end, one.detail["engine"]) for one in judge(context)]


TEXT = "He have a longan in the garden."


def test_what_two_rules_say_of_one_fault_is_one_finding():
    apart = found_in(TEXT, lint(3, 7), lint(24, 30))
    assert [start for _, start, _, _ in apart] == [3, 24]
    assert found_in(TEXT, lint(0, 7), lint(3, 7, engines=("harper", "languagetool"))) == [
        ("GRM003", 3, 7, "harper+languagetool")
    ]
    assert found_in(TEXT, lint(3, 7, "GRM008"), lint(3, 9)) == [("GRM003", 3, 9, "harper")]


def test_a_capital_and_a_misspelt_word_are_faults_of_their_own():
    word = lint(10, 16, "GRM001", word="longan", intended="long", gain=3.0, place="word")
    assert [code for code, *_ in found_in(TEXT, lint(8, 16), word)] == ["GRM003", "GRM001"]
    assert [code for code, *_ in found_in(TEXT, lint(10, 16, "GRM002"), word)] == ["GRM002", "GRM001"]
    assert [code for code, *_ in found_in(TEXT, lint(10, 16), word)] == ["GRM003"]


@pytest.mark.parametrize(
    ("engines", "disputed", "gain", "code"),
    [
        (("harper",), False, 1.2, "GRM001"),
        (("harper",), False, 1.1, "GRM007"),
        (("harper",), True, 1.9, "GRM007"),
        (("harper",), True, 2.0, "GRM001"),
        (("harper", "languagetool"), False, 0.4, "GRM001"),
        (("languagetool",), False, 0.4, "GRM001"),
        (("languagetool",), False, 0.3, "GRM007"),
        (("languagetool",), True, 1.9, "GRM007"),
    ],
)
def test_a_word_that_one_engine_knows_needs_better_evidence(engines, disputed, gain, code):
    text = "He saw a frobnitz in the garden."
    word = lint(9, 17, "GRM001", engines, word="frobnitz", gain=gain, place="word", disputed=disputed)
    assert [code for code, *_ in found_in(text, word)] == [code]


def test_a_finding_names_who_says_so():
    (found,) = [one for said in judged(row("They gave thier answer.")) for one in said]
    assert found.detail["engine"] == "harper"
    (found,) = [one for said in judged(row("They will able to go.")) for one in said]
    assert "patterns" in found.detail["engine"]


def test_the_version_names_the_engine_and_the_word_list():
    assert "harper-py" in engine_version()
    assert "wordfreq" in engine_version()


def test_kinds_of_prompt_exist():
    assert set(prompt.KINDS) >= CODE_KINDS
    assert NotApplicable is not Unmeasured
