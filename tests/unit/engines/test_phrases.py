"""Turns of phrase: each pattern finds what it states, and leaves what is near to it alone."""

import pytest

from quality.engines import phrases
from quality.engines.phrases import PHRASES

FOUND = [
    ("There are several reason.", "SingularAfterNumber", "reasons"),
    ("More and more student, it seems, agree.", "SingularAfterNumber", "students"),
    ("It is one of the reason.", "OneOfSingular", "reasons"),
    ("She bought a apples.", "PluralAfterArticle", "apple"),
    ("He lived there three year ago.", "SingularAfterNumeral", "years"),
    ("It needs a lot of place.", "SingularAfterLot", "places"),
    ("A lot of child, he said.", "SingularAfterLot", "children"),
    ("We saw this animals.", "PluralAfterThis", ""),
    ("There is much people.", "MuchPlural", "many"),
    ("There is many ways.", "ThereIsPlural", "are"),
    ("We need a person who are able.", "OnePersonWhoAre", ""),
    ("The people who has money stay.", "SingularAfterMany", ""),
    ("The professor agree with him.", "PlainAfterSingular", ""),
    ("He likes others things.", "OthersBeforeNoun", "other"),
    ("They didn't went home.", "InflectedAfterAuxiliary", ""),
    ("Schools should starts now.", "RegularInflectedAfterAuxiliary", ""),
    ("You can learning it.", "IngAfterModal", ""),
    ("It can done quickly.", "ParticipleAfterModal", ""),
    ("They are agree with me.", "FormOfBePlain", ""),
    ("The number would be decrease.", "ModalBePlain", ""),
    ("He wanted to went home.", "PastAfterTo", ""),
    ("He left without say goodbye, before think.", "PlainAfterPreposition", ""),
    ("You are suppose to wait.", "SupposeTo", "supposed"),
    ("They will able to go.", "ModalAble", "be able"),
    ("Yesterday we seen him.", "ParticipleForPast", ""),
    ("Most of people agree.", "MostOfNoun", ""),
    ("Almost people agree.", "AlmostNoun", "Almost all"),
    ("It makes me to laugh.", "ToAfterMake", ""),
    ("Over there have many cars.", "ThereHave", ""),
    ("I agree the statement.", "AgreeWith", "agree with"),
    ("On other hand, it is cheap.", "OtherHand", "on the other hand"),
    ("He gave me an information.", "UncountableAfterArticle", ""),
    ("He gave me informations.", "UncountablePlural", "information"),
    ("It is the my book.", "TwoDeterminers", ""),
    ("It changed a persons life.", "PossessiveMissing", ""),
    ("Second the price is high.", "OrdinalWithoutComma", "Second,"),
    ("I know that student can do it.", "BareNoun", ""),
    ("It is un known to us.", "SplitPrefix", "unknown"),
    ("He did his home work.", "SplitCompound", "homework"),
    ("Its not true.", "ItsForItIs", "It's"),
    ("It took very less time.", "VeryLess", ""),
    ("We met in THere again.", "TwoCapitals", "There"),
    ("For example, When he came.", "CapitalAfterComma", "when"),
    ("It ended.. Then we left.", "TwoStops", ""),
    ('He said"we must go" twice.', "NoSpaceBeforeQuote", ""),
]
CLEAN = [
    "The can should spin, and that will do. A beer can is a joke.",
    "Others guess which is the lie, while others focus on the prize.",
    "Each comes from another place; the inspiration of many is his.",
    "There is a way, and there are two kinds of it in this species.",
    "The people I work for have time. She recommended that the student take a course.",
    "He came to agree with the author. I agree with the statement.",
    "It can be done. It will bring luck, and he must sing. You should do the opening.",
    "Her self-control matters. On the one hand, it is cheap; on the other hand, it is late.",
    "Its not-so-secret recipe is good. Its important role is known.",
    "The IDs, PDFs and TVs were sold. NASA and PhDs agree.",
    'He called it "In with the Savings". We make them to order.',
    "First, it rained. The second time it was dry. One month later, he left.",
    "As much people-watching as one likes; every student is here.",
]


@pytest.mark.parametrize(("text", "rule", "mended"), FOUND, ids=[rule for _, rule, _ in FOUND])
def test_what_is_found(text, rule, mended):
    found = {match.rule: match for match in phrases.check(text)}
    assert rule in found, list(found)
    assert found[rule].suggestions == ((mended,) if mended else ())


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_near_to_it_is_left_alone(text):
    assert [(match.rule, text[match.start : match.end]) for match in phrases.check(text)] == []


def test_every_phrase_has_an_example():
    assert {phrase.rule for phrase in PHRASES} == {rule for _, rule, _ in FOUND}


@pytest.mark.parametrize(
    "text",
    [
        "aBOUT this. a GiAnT sPiDeR blocks your path.",
        "Steps:\n\n- ich (I): add an ending (e.g., ich spiele)\n- du (you): add another one",
        "Arguments:\n\n- target (int): The number that is sought.",
    ],
)
def test_what_is_no_sentence_may_start_small(text):
    assert [match for match in phrases.check(text) if match.rule == "SentenceStart"] == []


def test_a_sentence_that_starts_small_is_found_before_any_closing_mark():
    text = "(We left. it was rather late.) So we ran. then it rained again!"
    found = [text[m.start : m.end] for m in phrases.check(text) if m.rule == "SentenceStart"]
    assert found == ["it", "then"]
