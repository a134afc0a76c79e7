from grading.consensus.ballot import ABSTAINS, ballot
from grading.consensus.voices import voices
from quality.guide import load

GUIDE = load()


def _votes(cast):
    return {
        groups: {
            id: cast.modes[vote] for id, vote in zip(cast.ids, row.tolist(), strict=True) if vote != ABSTAINS
        }
        for groups, row in zip(cast.voices, cast.votes, strict=True)
    }


def test_labels_are_read_as_the_guide_reads_them():
    cells = {"1": " Spelling. ", "2": "too chatty", "3": "NO ERROR", "4": "_tone_"}
    cast = ballot({"g1": cells}, (), GUIDE)
    assert _votes(cast) == {("g1",): {"1": "grammar", "2": "chattiness", "3": "none", "4": "tone"}}


def test_empty_and_unknown_labels_are_no_votes_and_their_rows_stay():
    cast = ballot({"g1": {"1": "", "2": "  ", "3": "banana"}}, (), GUIDE, ids=["0", "1"])
    assert _votes(cast) == {("g1",): {}}
    assert cast.ids == ("0", "1", "2", "3")
    assert cast.unknown == 1


def test_a_cell_of_several_modes_votes_for_its_first():
    cast = ballot({"g1": {"1": "tone, typos and grammar"}}, (), GUIDE)
    assert _votes(cast) == {("g1",): {"1": "tone"}}
    assert cast.named["g1"]["1"] == ("tone", "grammar")


def test_a_cluster_votes_once_for_what_most_of_it_say():
    labels = {
        "g1": {"1": "tone", "2": "tone", "3": "tone"},
        "g2": {"1": "tone", "2": "grammar"},
        "g3": {"1": "grammar", "2": ""},
        "g4": {"1": "grammar"},
    }
    cast = ballot(labels, [("g2", "g1"), ("g2", "g3")], GUIDE)
    # row 2: the two that vote are even, so the cluster abstains
    assert _votes(cast) == {("g1", "g2", "g3"): {"1": "tone", "3": "tone"}, ("g4",): {"1": "grammar"}}


def test_clusters_that_share_a_group_are_one_and_strangers_are_left_out():
    assert voices("abcde", [("a", "b"), ("c", "d"), ("b", "c"), ("e", "stranger")]) == (
        ("a", "b", "c", "d"),
        ("e",),
    )
