"""A correction in pieces: sentences that went and came, and what was exchanged in those that stay."""

import pytest

from quality.correction.changes import changes, doubled, is_recased
from quality.correction.diff import edits

TEXT = "Tea grows in the hills. It is picked by hand. The leaves dry in the sun."


def of(before, after=TEXT):
    return changes(before, after, edits(before, after))


def test_an_untouched_text_has_its_sentences_and_no_changes():
    found = of(TEXT)
    assert [piece.text for piece in found.old] == [piece.text for piece in found.new]
    assert len(found.old) == 3
    assert found.removed == found.added == found.exchanges == ()
    assert found.kept_share == found.kept_new_share == 1


def test_a_sentence_that_was_cut_is_removed_and_nothing_is_exchanged():
    found = of(TEXT.replace("It is", "My uncle sells umbrellas. It is"))
    assert [piece.text for piece in found.removed] == ["My uncle sells umbrellas."]
    assert found.added == found.exchanges == ()
    assert (found.kept_share < 1, found.kept_new_share) == (True, 1)


def test_a_word_exchanged_leaves_its_sentence_in_place():
    found = of(TEXT.replace("hills", "deserts"))
    assert found.removed == found.added == ()
    assert [(one.before, one.after) for one in found.exchanges] == [("deserts", "hills")]


def test_a_word_mended_in_its_letters_is_kept():
    found = of(TEXT.replace("picked", "pickd"))
    assert found.kept_share == 1
    assert len(found.exchanges) == 1


def test_a_sentence_in_other_words_is_removed_and_added():
    found = of(
        TEXT.replace("The leaves dry in the sun.", "Afterwards people let everything wither outdoors.")
    )
    assert [piece.at for piece in found.removed] == [2]
    assert [piece.text for piece in found.added] == ["The leaves dry in the sun."]


@pytest.mark.parametrize(
    ("before", "count"),
    [
        (TEXT.replace("grows in", "grows grows in"), 1),
        (TEXT.replace("by hand", "by hand by hand"), 2),
        (TEXT.replace("by hand", "by hand alone"), 0),
        (TEXT.replace("picked", "plucked"), 0),
    ],
)
def test_doubled_words(before, count):
    assert sum(map(doubled, of(before).exchanges)) == count


def test_recased():
    (exchange,) = of(TEXT.replace("hills", "Hills")).exchanges
    assert is_recased(exchange)
    (exchange,) = of(TEXT.replace("hills", "hils")).exchanges
    assert not is_recased(exchange)


def test_empty_texts():
    assert of("", "").kept_share == 0
    assert [piece.text for piece in of("", TEXT).added] == [piece.text for piece in of(TEXT).new]
