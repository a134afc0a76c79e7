"""What a prompt excuses, and that its own words say so."""

import pytest

from quality import checks, guide, prompt, run, table, waive
from quality.model import Ask, Finding, Prompt, Severity

CRITERIA = {"GRM": "grammar", "REP": "repetition", "LEN": "chattiness", "TON": "tone", "FCT": "factual"}
ALL = (
    *(f"GRM00{n}" for n in range(1, 9)),
    *(f"REP00{n}" for n in range(1, 5)),
    *(f"LEN00{n}" for n in range(1, 6)),
    *(f"TON00{n}" for n in range(1, 9)),
)
GRAMMAR = {f"GRM00{n}" for n in range(1, 9)}


def finding(code, **detail):
    return Finding(code, CRITERIA[code[:3]], Severity.ERROR, 2, "a", "output", "…", 0, 1, detail=detail)


def waived(instruction, code, **detail):
    return waive.waive([finding(code, **detail)], prompt.read(instruction), instruction)[0].waived


def excused(kind, relation="", value="", words="so", part=""):
    """All codes that one ask excuses."""
    ask = Ask(kind, relation, value, "", 0, len(words), part)
    found = waive.waive([finding(code) for code in ALL], Prompt("open", (ask,)), words)
    assert all(f.waived in (None, words) for f in found)
    return {f.code for f in found if f.waived is not None}


SHORT = {"LEN001", "LEN003"}
REPEATED = {"REP001", "REP002", "REP003"}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("change_case:english_lowercase", {"GRM002"}),
        ("change_case:english_capital", {"GRM002", "TON005"}),
        ("style:shouting", {"GRM002", "TON005"}),
        ("style:typos", GRAMMAR),
        ("style:dialect", GRAMMAR | {"TON004"}),
        ("style:informal", {"GRM008", "TON004"}),
        ("style:flattery", {"TON008"}),
        ("style:repetition", REPEATED | {"LEN001"}),
        ("combination:repeat_prompt", {"REP004"}),
        ("startend:opening", {"LEN004"}),
        ("startend:end_checker", {"LEN005"}),
        ("format:one_word", SHORT),
        ("format:yes_no", SHORT),
        ("format:only", SHORT),
        ("detectable_format:constrained_response", SHORT),
        ("length:short", SHORT),
        ("length:long", {"LEN002", "LEN003"}),
        ("length_constraints:number_words", {"LEN003"}),
        ("length:items", {"LEN003"}),
        ("format:ascii_art", {"REP001", "REP003"}),
        ("style:formal", set()),
        ("style:emoji", set()),
        ("genre:fiction", set()),
        ("genre:dialogue", set()),
        ("task:translation", set()),
        ("task:correct", set()),
        ("language:response_language", set()),
        ("keywords:existence", set()),
        ("keywords:forbidden_words", set()),
        ("detectable_format:json_format", set()),
        ("combination:two_responses", set()),
    ],
)
def test_each_kind_excuses_this_and_nothing_else(kind, expected):
    assert excused(kind) == expected
    assert excused(kind, relation="not") == set(), "what is ruled out excuses nothing"
    assert excused(kind, part="paragraph 2") == set(), "a part does not excuse the whole"


def test_no_comma_is_always_a_ban_and_excuses_the_missing_ones():
    assert excused("punctuation:no_comma", relation="not") == {"GRM006"}


@pytest.mark.parametrize(
    ("relation", "excuses"), [(">=", True), ("=", True), ("<", False), ("<=", False), ("not", False)]
)
def test_capital_words_excuse_capitals_only_where_they_are_wanted(relation, excuses):
    assert excused("change_case:capital_word_frequency", relation) == (
        {"GRM002", "TON005"} if excuses else set()
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Roast me", {"TON002", "TON003", "TON006"}),
        ("Insult me", {"TON002", "TON003", "TON006"}),
        ("Use swear words", {"TON001"}),
        ("swear at me and insult me", {"TON001", "TON002", "TON003", "TON006"}),
        ("sarcastic", {"TON003", "TON006"}),
        ("rude and sarcastic", {"TON002", "TON003", "TON006"}),
        ("be a jerk", {"TON002", "TON003", "TON006"}),
    ],
)
def test_rudeness_is_excused_as_far_as_it_was_asked_for(words, expected):
    assert excused("style:rude", words=words) == expected


@pytest.mark.parametrize(
    ("value", "colourful"),
    [
        ("drill sergeant", True),
        ("teenager texting a friend", True),
        ("grumpy old man", True),
        ("wizard", True),
        ("helpful assistant", False),
        ("lawyer", False),
        ("Linux terminal", False),
        ("pediatrician", False),
        ("history teacher", False),
    ],
)
def test_a_persona_at_work_speaks_standard_language(value, colourful):
    expected = {"GRM008", "TON004", "TON005", "LEN004", "LEN005"} if colourful else set()
    assert excused("style:persona", value=value, words=f"Act as a {value}") == expected


@pytest.mark.parametrize(
    ("words", "voiced"),
    [
        ("like a 14-year-old", True),
        ("as if you were 8 years old", True),
        ("like I'm five", False),
        ("Explain it like a 5-year-old could understand", False),
        ("for kids", False),
        ("to a 5 year old", False),
    ],
)
def test_an_age_excuses_the_voice_not_the_reader(words, voiced):
    assert excused("style:age", words=words) == (GRAMMAR | {"TON004", "TON005"} if voiced else set())


def test_a_text_given_back_brings_its_own_faults_but_the_prompt_does_not():
    assert {"GRM001", "TON001", "REP004"} <= excused("task:quote", words="Repeat this text verbatim")
    assert excused("task:quote", words="First repeat the request above word for word") == set()


@pytest.mark.parametrize(
    ("instruction", "code", "words"),
    [
        ("Write in all lowercase letters.", "GRM002", "in all lowercase letters"),
        ("Write in all lowercase letters.", "GRM001", None),
        ("Write a note with some typos.", "GRM001", "with some typos"),
        ("Talk like a pirate.", "GRM003", "Talk like a pirate"),
        ("Talk like a pirate.", "TON001", None),
        ("Write a casual note.", "GRM001", None),
        ("Write a casual note.", "GRM002", None),
        ("Answer in one word.", "LEN001", "in one word"),
        ("Explain tides in detail.", "LEN001", None),
        ("Roast me.", "TON002", "Roast me"),
        ("Roast me.", "TON001", None),
        ("Explain tides in all caps.", "TON005", "in all caps"),
        ("Write a song.", "REP001", None),
        ("Why is the sky blue?", "GRM001", None),
    ],
)
def test_the_prompts_own_words_are_kept(instruction, code, words):
    said = waived(instruction, code)
    assert (said is None) == (words is None)
    assert said is None or said in instruction


def test_an_ask_that_is_broken_is_not_excused_by_another():
    instruction = "Write a brief answer of at least 100 words."
    assert waived(instruction, "LEN001") is not None
    assert waived(instruction, "LEN001", asked="at least 100 words") is None


def test_findings_keep_their_order_and_number():
    found = [finding("GRM001"), finding("GRM002"), finding("REP001")]
    after = waive.waive(found, prompt.read("Use only lowercase letters."), "Use only lowercase letters.")
    assert [f.code for f in after] == ["GRM001", "GRM002", "REP001"]
    assert [f.waived is None for f in after] == [True, False, True]


def test_the_table_names_codes_that_exist():
    rules = [*guide.load().rules, "FCT001"]
    for excuses in waive.EXCUSES.values():
        codes = [code for excuse in excuses for code in excuse.codes]
        assert codes
        assert all(any(rule.startswith(code) for rule in rules) for code in codes)


HEADER = "id,instruction,output,fail_mode\n"


@pytest.fixture
def check_rows(tmp_path, monkeypatch):
    """Waived words by code of the tone family, with the data's prompt and the sheet's."""
    monkeypatch.setattr(checks, "load_all", lambda *named: (checks.load("tone"),))

    def checked(prompt_in_data, prompt_in_sheet):
        data, sheet = tmp_path / "data.csv", tmp_path / "sheet.csv"
        data.write_text(
            f"{HEADER}a,{prompt_in_data},You are an idiot and that is all.,tone\n", encoding="utf-8"
        )
        sheet.write_text(f"{HEADER}a,{prompt_in_sheet},You are an idiot.,\n", encoding="utf-8")
        request = run.Request(table.read(data), guide.load(), sheet=table.read(sheet), cache=False)
        return {f.code: f.waived for f in run.check(request).findings}

    return checked


def test_nobody_excuses_a_fault_by_editing_their_prompt(check_rows):
    assert check_rows("Roast me.", "Roast me.") == {"TON002": "Roast me"}
    assert check_rows("Roast me.", "Praise tea.") == {"TON002": None}
