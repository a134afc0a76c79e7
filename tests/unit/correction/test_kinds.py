"""The kind of each edit, told from the two texts."""

import pytest

from quality.correction.diff import edits
from quality.model import EditKind


def changed(before, after):
    return [(edit.kind, edit.before, edit.after) for edit in edits(before, after)]


ONE_EDIT = [
    # format
    ("Two  blanks.", "Two blanks.", "format", "  ", " "),
    ("One.\n\n\nTwo.", "One.\n\nTwo.", "format", "\n", ""),
    ("A word .", "A word.", "format", " ", ""),
    ("- one\ntwo", "* one\ntwo", "format", "-", "*"),
    ("It costs 1,000 yen.", "It costs 1000 yen.", "format", "1,000", "1000"),
    ("I see two cats.", "I see 2 cats.", "format", "two", "2"),
    ("Here’s why.", "Here's why.", "format", "Here’s", "Here's"),
    ("# main idea\nText.", "# Main idea\nText.", "format", "main", "Main"),
    ("\u200bHello there", "Hello there", "format", "\u200b", ""),
    # punctuation
    ("Well I am here.", "Well, I am here.", "punctuation", "", ","),
    ("He left. The end", "He left, the end", "punctuation", ". The", ", the"),
    # spelling
    ("I went becuse of it.", "I went because of it.", "spelling", "becuse", "because"),
    ("Go every where now.", "Go everywhere now.", "spelling", "every where", "everywhere"),
    ("Yes ofcourse it is.", "Yes of course it is.", "spelling", "ofcourse", "of course"),
    ("It is harm full to us.", "It is harmful to us.", "spelling", "harm full", "harmful"),
    ("We live in paris now.", "We live in Paris now.", "spelling", "paris", "Paris"),
    ("Please dont go.", "Please don't go.", "spelling", "dont", "don't"),
    ("He came form there.", "He came from there.", "spelling", "form", "from"),
    ("Ask Jennife now.", "Ask Jennifer now.", "spelling", "Jennife", "Jennifer"),
    # grammar
    ("It sees me.", "It see me.", "grammar", "sees", "see"),
    ("She goed and have went.", "She goed and have gone.", "grammar", "went", "gone"),
    ("This is important thing.", "This is an important thing.", "grammar", "", " an"),
    ("It depends of you.", "It depends on you.", "grammar", "of", "on"),
    ("They took it from I.", "They took it from me.", "grammar", "I", "me"),
    ("See the the cat.", "See the cat.", "grammar", " the", ""),
    ("So he took it.", "He took it.", "grammar", "So he", "He"),
    ("Their is a way.", "There is a way.", "grammar", "Their", "There"),
    # number
    ("It is 12 or so.", "It is 94 or so.", "number", "12", "94"),
    ("In 1908 it began.", "In 1918 it began.", "number", "1908", "1918"),
    ("I see three dogs.", "I see four dogs.", "number", "three", "four"),
    ("He came on 7 November.", "He came on 17 March.", "number", "7 November", "17 March"),
    ("It came in May 1900.", "It came in June 1900.", "number", "May", "June"),
    ("It is 5 km away.", "It is 5 miles away.", "number", "km", "miles"),
    ("It costs $5 now.", "It costs €5 now.", "number", "$", "€"),
    ("The 1st of them.", "The 2nd of them.", "number", "1st", "2nd"),
    # name
    ("The capital is Sydney.", "The capital is Canberra.", "name", "Sydney", "Canberra"),
    ("Sydney is the capital.", "Canberra is the capital.", "name", "Sydney", "Canberra"),
    ("Marie Curie won it.", "Albert Einstein won it.", "name", "Marie Curie", "Albert Einstein"),
    ("He was in New York then.", "He was in Los Angeles then.", "name", "New York", "Los Angeles"),
    # wording
    ("He lost his car keys.", "He lost his house keys.", "wording", "car", "house"),
    ("It flows north today.", "It flows south today.", "wording", "north", "south"),
    ("Cats can fly.", "Cats cannot fly.", "wording", "can", "cannot"),
    ("We do not agree.", "We agree.", "wording", " do not", ""),
    ("It is possible here.", "It is impossible here.", "wording", "possible", "impossible"),
    ("Cars are loud today.", "Planes are loud today.", "wording", "Cars", "Planes"),
    ("Buy a car.", "Get the vehicle.", "wording", "Buy a car", "Get the vehicle"),
    # restructure
    ("We have now less time.", "We now have less time.", "restructure", "have now", "now have"),
    (
        "Use plums, pears and figs.",
        "Use pears, plums and figs.",
        "restructure",
        "plums, pears",
        "pears, plums",
    ),
    # cut and addition
    ("You are too lazy to read. Here it is.", "Here it is.", "cut", "You are too lazy to read. ", ""),
    ("I like cats.", "I like cats. They are soft.", "addition", "", " They are soft."),
    ("Look, friend, it is plain: you go.", "You go.", "cut", "Look, friend, it is plain: you", "You"),
]


@pytest.mark.parametrize(("before", "after", "kind", "was", "now"), ONE_EDIT)
def test_one_edit(before, after, kind, was, now):
    assert changed(before, after) == [(EditKind(kind), was, now)]


def test_a_new_answer_is_one_rewrite():
    before = (
        "Photosynthesis makes sugar from light in the green leaves of plants. It needs water and the sun."
    )
    after = "You should restart the computer and then call the help desk. It is open for customers today."
    assert [edit.kind for edit in edits(before, after)] == [EditKind.REWRITE]


def test_a_sentence_said_anew_is_a_rewrite_and_its_neighbours_stay():
    kept = "Bees live in hives. {} They make honey from nectar."
    before = kept.format("A queen rules over thousands of busy workers every single summer.")
    after = kept.format("Each colony has one fertile female, whose eggs become all other members.")
    assert [edit.kind for edit in edits(before, after)] == [EditKind.REWRITE]


def test_names_and_values_that_change_places_are_told_as_such():
    names = changed("Paris is larger than London.", "London is larger than Paris.")
    assert [kind for kind, _, _ in names] == [EditKind.NAME, EditKind.NAME]
    values = changed("It rose from 12 to 40.", "It rose from 40 to 12.")
    assert {kind for kind, _, _ in values} == {EditKind.NUMBER}


def test_words_that_change_places_are_restructured():
    found = changed(
        "It rises in the east and sets in the west.", "It rises in the west and sets in the east."
    )
    assert [kind for kind, _, _ in found] == [EditKind.RESTRUCTURE, EditKind.RESTRUCTURE]


def test_another_script_goes_by_character():
    assert changed("我喜欢猫。", "我喜欢狗。") == [(EditKind.WORDING, "猫", "狗")]
