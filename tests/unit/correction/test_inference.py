"""Fail modes inferred from corrections: what each kind of trace speaks for, under any guide's labels."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from quality import guide, prompt
from quality.correction.case import Case, Side
from quality.correction.diff import edits
from quality.correction.evidence import CLUES, book
from quality.correction.inference import infer
from quality.correction.reading import MAX_CHARACTERS
from quality.model import Ask, AskResult, Correction, Finding, Result, Row, Severity
from quality.rule import Inputs

GUIDE = guide.load()
DOCS = Path(__file__).parents[3] / "docs"
ASKED = "Why does honey not go bad?"
GOOD = (
    "Honey never really spoils because it holds very little water and a lot of sugar, which draws the moisture out of "
    "bacteria. Bees also add an enzyme that makes a small amount of hydrogen peroxide. If honey crystallizes, warm the "
    "jar gently in a bowl of hot water. Jars found in the tombs of Egypt after 3000 years were still good to eat."
)


def case(original, output=GOOD, asked=ASKED, fixed=(), left=(), asks=((), ()), style=GUIDE):
    row = Row(2, 2, "a", asked, output, original=original)
    sides = [Side(findings, results, {}) for findings, results in ((fixed, asks[0]), ((), asks[1]))]
    correction = Correction(edits=edits(original, output), fixed=tuple(fixed), left=tuple(left))
    return Case(row, prompt.read(asked), Inputs(guide=style), *sides, correction)


def finding(code, criterion, severity=Severity.ERROR, start=None, end=None):
    return Finding(code, criterion, severity, 2, "a", "original", "a message", start, end)


def strongest(*given, **more):
    found = infer(case(*given, **more))
    return found[0].mode if found else "none"


@pytest.mark.parametrize(
    ("mode", "original"),
    [
        ("factual", GOOD.replace("3000", "300")),
        ("factual", GOOD.replace("hydrogen peroxide", "carbon dioxide")),
        ("factual", GOOD.replace("Egypt", "Norway")),
        ("factual", GOOD.replace("never really spoils", "always spoils")),
        ("factual", GOOD.replace("were still good", "were not good")),
        ("grammar", GOOD.replace("which draws", "wich draw").replace("Bees also add", "Bees also adds")),
        ("grammar", GOOD.replace("a small amount", "small amount").replace("the tombs", "tombs")),
        ("tone", f"Only a fool would not know this. {GOOD}"),
        ("tone", f"{GOOD} You clearly slept through school, so get out of my sight!"),
        ("tone", GOOD.replace("If honey crystallizes,", "If you were dumb enough to let it crystallize,")),
        (
            "chattiness",
            f"{GOOD} I hope that this was helpful to you! If there is anything else that you would like to know "
            "about food, please do not hesitate to ask me at any time.",
        ),
        ("chattiness", "Honey never really spoils."),
        ("compliance", "I am afraid that I cannot help you with this request."),
        (
            "compliance",
            "A bicycle chain should be cleaned every few weeks. Turn the pedals, wipe the links with a cloth, "
            "and put a drop of oil on each of the rollers.",
        ),
        ("repetition", GOOD.replace("If honey", "Bees add an enzyme that makes hydrogen peroxide. If honey")),
        ("repetition", GOOD.replace("very little", "very very very very little")),
        (
            "plagiarism",
            "Honey has a shelf life of thousands of years.[1] Owing to its low moisture content and its "
            "acidity, microorganisms do not thrive in it.[2] Archaeologists have recovered edible honey from ancient "
            "burial chambers. Source: https://example.org/honey",
        ),
    ],
)  # fmt: skip
def test_what_a_correction_shows(mode, original):
    assert strongest(original) == mode


SHORT = "Press the green key twice, then wait until the lamp goes out."


@pytest.mark.parametrize(
    ("mode", "original", "output", "asked"),
    [
        # rude and short, put politely in other words
        (
            "tone",
            "Oh boy, it's the green key, genius. Twice. Was that so hard?",
            SHORT,
            "How do I switch the heater off?",
        ),
        # the answer stood among much else
        (
            "chattiness",
            "Heaters are found in many homes and come in many shapes. There is a lot that one could say of them. "
            "If we look at this one, what has to be pressed is the green key, and that has to be done twice.",
            "Press the green key twice.",
            "How do I switch the heater off?",
        ),
        ("chattiness", "Twice.", SHORT, "How often do I press the key?"),
        # one sentence that says the same thing of itself
        (
            "repetition",
            "A lamp is a lamp because a lamp gives light, and what gives light as a lamp does is a lamp.",
            "A lamp turns current into light so that people can see after dark.",
            "What is a lamp?",
        ),
        # something made was asked for
        (
            "compliance",
            "Heaters use a lot of current, and their prices have risen over the last winters.",
            "Try calling it “Ember”.",
            "Suggest a brand for my heater.",
        ),
    ],
)
def test_short_answers_in_other_words(mode, original, output, asked):
    assert strongest(original, output, asked) == mode


def test_a_phrase_cut_from_many_sentences_was_said_too_often():
    said = GOOD.replace("bacteria.", "bacteria, as we all know.").replace(
        "peroxide.", "peroxide, as we all know."
    )
    assert strongest(said.replace("hot water.", "hot water, as we all know.")) == "repetition"


def test_the_same_letters_are_no_other_case():
    rules = {e.rule for one in infer(case("Warm it.", f"Warm it. {GOOD}")) for e in one.evidence}
    assert "recased" not in rules
    loud = {e.rule for one in infer(case(GOOD.upper(), GOOD)) for e in one.evidence}
    assert "recased" in loud


def test_a_harmless_synonym_beside_a_rude_sentence_supports_no_other_label():
    rude = "Only an idiot would not know this. " + GOOD.replace("gently", "slowly")
    found = infer(case(rude))
    assert found[0].mode == "tone"
    assert not any(one.mode == "factual" and one.strength >= 0.3 for one in found)


def test_a_list_that_breaks_off_was_not_meant_to_be_short():
    full = "To warm honey:\n1. Fill a bowl with hot water.\n2. Put in the jar.\n3. Stir it.\n4. Take it out again."
    assert (
        strongest("To warm honey:\n1. Fill a bowl with hot water.\n2. Put", full, "How do I warm honey?")
        == "compliance"
    )


def test_only_errors_that_no_checker_doubts_speak_of_an_untouched_response():
    doubtful = Finding(
        "GRM001", "grammar", Severity.ERROR, 2, "a", "output", "a message", 0, 5, detail={"doubtful": True}
    )
    warning = finding("TON003", "tone", Severity.WARNING)
    assert infer(case(GOOD, left=(doubtful, warning))) == ()


@pytest.mark.parametrize("edited", [True, False])
def test_a_copied_passage_counts_where_it_was_edited(edited):
    copied = "Bees also add an enzyme that makes a small amount of hydrogen peroxide."
    start = GOOD.index(copied)
    found = finding("DUP002", "plagiarism", start=start, end=start + len(copied))
    other = (
        GOOD.replace(copied, "An enzyme of theirs yields traces of a bleach.") if edited else f"{GOOD} Enjoy."
    )
    given = case(GOOD, other)
    given = replace(given, before=replace(given.before, findings=(found,)))
    strengths = {one.mode: one.strength for one in infer(given)}
    assert (strengths.get("plagiarism", 0) > 0.9) is edited


def test_messages_quote_what_was_changed():
    said = [e.message for e in infer(case(GOOD.replace("Egypt", "Norway")))[0].evidence]
    assert said == ["“Norway” became “Egypt”"]


def test_an_untouched_response_without_findings_shows_nothing():
    assert infer(case(GOOD)) == ()
    assert infer(case(GOOD.replace(" ", "  "))) == ()


def test_a_finding_left_on_an_untouched_response_is_still_a_fault():
    (found,) = infer(case(GOOD, left=[finding("TON001", "tone")]))
    assert found.mode == "tone"
    assert found.evidence[0].rule == "fault-left"


def test_one_doubtful_word_in_a_long_untouched_answer_is_no_fault():
    long = " ".join([GOOD, GOOD.replace("honey", "syrup"), GOOD.replace("Bees", "Wasps")])
    assert infer(case(long, long, left=[finding("GRM001", "grammar")])) == ()


@pytest.mark.parametrize(
    ("code", "criterion"),
    [("TON002", "tone"), ("REP002", "repetition"), ("LEN002", "chattiness"), ("FCT001", "factual")],
)
def test_findings_that_are_gone_speak_loudest(code, criterion):
    assert strongest(GOOD.replace("gently", "slowly"), fixed=[finding(code, criterion)]) == criterion


def test_an_ask_that_is_met_only_now():
    ask = Ask("length_constraints:number_words", "<=", "60", "words", 0, 5)
    asks = (AskResult(ask, Result.VIOLATED, "80"),), (AskResult(ask, Result.SATISFIED),)
    assert strongest(GOOD, GOOD.rsplit(". ", 1)[0] + ".", asks=asks) == "compliance"


def test_a_list_that_becomes_prose_and_another_language():
    items = "- Low water\n- Much sugar\n- An enzyme of the bees"
    assert strongest("Low water, much sugar, an enzyme of the bees", items) == "compliance"
    spanish = "La miel no se estropea porque contiene muy poca agua y mucha azúcar, que quita humedad a las bacterias."
    assert strongest(spanish, GOOD) == "compliance"


def test_the_strongest_comes_first_and_strengths_are_shares():
    found = infer(
        case(f"Only a fool would not know this. {GOOD.replace('3000', '300').replace('which', 'wich')}")
    )
    strengths = [one.strength for one in found]
    assert {"tone", "factual", "grammar"} <= {one.mode for one in found}
    assert strengths == sorted(strengths, reverse=True)
    assert all(0 < one.strength <= 1 for one in found)
    for one in found:
        weights = [evidence.weight for evidence in one.evidence]
        assert weights == sorted(weights, reverse=True)
        assert all(evidence.mode == one.mode for evidence in one.evidence)


def renamed(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(f'name = "own"\n{text}', encoding="utf-8")
    return guide.load(str(path))


def test_a_guide_may_rename_its_modes_and_have_two_of_one_criterion(tmp_path):
    text = "".join(
        f'[fail_modes.{name}]\ncriterion = "{criterion}"\naliases = []\n'
        for name, criterion in (("clean", ""), ("falsch", "factual"), ("erfunden", "factual"))
    )
    style = renamed(tmp_path, text)
    found = infer(case(GOOD.replace("3000", "300"), style=style))
    assert [one.mode for one in found] == ["falsch", "erfunden"]
    assert infer(case(f"Only a fool would not know this. {GOOD}", style=style)) == ()


def test_texts_too_long_are_not_read():
    long = "word " * (MAX_CHARACTERS // 5 + 1)
    assert infer(case(long, f"{long} more")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "(" * 3000,
        "you " * 900,
        "a.b" * 1000,
        "\n" * 3000,
        "!? " * 1000,
        "\u200b" * 3000,
        "1. " * 1200,
        "你好。" * 900,
    ],
)
def test_hostile_texts(text):
    for original, output in ((text, GOOD), (GOOD, text), (text, text[:-9] + "x" + text[-9:])):
        assert all(0 < one.strength <= 1 for one in infer(case(original, output)))


def test_no_message_names_a_mode():
    """What the messages say is shown to students; choosing the label is theirs."""
    names = {n for m in GUIDE.fail_modes.values() if m.criterion for n in (m.name, m.criterion)}
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b", re.IGNORECASE)
    sources = Path(book.__file__).parent.glob("*.py")
    said = [
        text
        for path in sources
        for text in re.findall(r'Seen\([^"]*f?"([^"]+)"|several\([^"]*"([^"]+)"', path.read_text("utf-8"))
    ]
    assert len(said) > 20
    assert not [text for pair in said for text in pair if pattern.search(text)]


def test_rules_are_documented_and_the_page_is_in_step():
    assert len({clue.name for clue in CLUES}) == len(CLUES)
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", clue.name) for clue in CLUES)
    assert all(0 < clue.weight < 1 for clue in CLUES)
    assert all(clue.criterion in GUIDE.criteria for clue in CLUES)
    assert (DOCS / "fail_modes.md").read_text(encoding="utf-8") == book.page(GUIDE), "run make docs"
