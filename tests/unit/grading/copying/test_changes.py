from grading.copying.changes import MAX_CELLS, RUN, Change, changes, features
from grading.copying.folding import words


def test_an_equal_text_has_no_changes():
    assert features(words("The cat sat."), "The  cat sat.") == ()


def test_a_changed_word_an_insertion_and_a_cut():
    before = words("he go to school on foot yesterday yesterday")
    assert features(before, "He went to the school on foot yesterday") == (
        Change(1, 2, ("went",)),
        Change(3, 3, ("the",)),
        Change(6, 7, ()),
    )


def test_neighbouring_changes_are_one():
    assert features(words("a b c d e f"), "a x y c d e f") == (Change(1, 2, ("x", "y")),)


def test_the_place_of_a_change_is_where_its_words_stand_now():
    before, after = words("a b c d"), words("a b x y d")
    for change, place in changes(before, after).items():
        assert tuple(after[place.start : place.end]) == change.after


def test_a_text_written_anew_also_counts_by_its_runs():
    before = words("one two three four five six seven eight")
    found = features(before, "every good boy does fine and plays the old piano")
    runs = [one for one in found if not isinstance(one, Change)]
    assert ("every", "good", "boy", "does") in runs
    assert all(len(run) == RUN for run in runs)


def test_runs_of_the_sheet_do_not_count():
    before = words("one two three four five")
    found = features(before, "one two three four six seven eight nine ten eleven twelve")
    assert ("one", "two", "three", "four") not in found


def test_a_row_that_loses_all_its_words_is_a_change():
    assert features(words("a b"), "") == (Change(0, 2, ()),)


def test_texts_too_long_to_align_count_by_their_first_runs():
    before = [f"w{n}" for n in range(7_000)]
    assert len(before) ** 2 > MAX_CELLS
    found = features(before, " ".join(f"v{n}" for n in range(7_000)))
    assert 0 < len(found) <= 5_000
    assert not any(isinstance(one, Change) for one in found)
