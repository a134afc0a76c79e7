import random

import numpy as np
import pytest

from grading.consensus.labels import FEWEST_VOICES, against_others, consensus
from quality.guide import load

GUIDE = load()
MODES = [*GUIDE.fail_modes]


def _consensus(labels, clusters=(), gold=None, changed=frozenset(), ids=()):
    return consensus(labels, clusters=clusters, gold=gold or {}, changed=changed, guide=GUIDE, ids=ids)


def _one_row(*cells):
    return {f"g{at}": {"1": cell} for at, cell in enumerate(cells)}


def test_the_label_that_most_voices_give():
    item = _consensus(_one_row("tone", "tone", "typo", "tone")).items["1"]
    assert (item.label, item.share, item.tie) == ("tone", 0.75, False)
    assert item.votes == {"tone": 3, "grammar": 1}


def test_a_tie_is_shown_and_not_broken():
    item = _consensus(_one_row("tone", "grammar", "tone", "grammar", "none")).items["1"]
    assert (item.label, item.share, item.tie) == (None, 0.4, True)
    assert item.tied == ("grammar", "tone")


def test_rows_without_a_vote_are_there_without_a_label():
    found = _consensus(_one_row("", "banana"), ids=["0"])
    assert [(id, item.label, item.share, item.tie) for id, item in found.items.items()] == [
        ("0", None, None, False),
        ("1", None, None, False),
    ]
    assert "2 rows without a vote" in found.notes
    assert "1 label that the guide does not know cast no vote" in found.notes
    assert found.alpha is None


def test_no_groups_at_all():
    assert _consensus({}).items == {}
    assert against_others({}, (), {}, guide=GUIDE) == {}


def test_gold_is_pinned_against_everybody():
    found = _consensus(_one_row("tone", "tone"), gold={"1": "Typos", "9": "tone"})
    assert (found.items["1"].label, found.items["1"].share, found.items["1"].gold) == ("grammar", 0.0, True)
    assert (found.items["9"].label, found.items["9"].share) == ("tone", None)


def test_gold_that_names_no_one_mode_is_said_and_not_pinned():
    found = _consensus(_one_row("tone"), gold={"1": "banana", "2": "tone, grammar", "3": ""})
    assert found.items["1"].label == "tone"
    assert found.notes[0].startswith("2 gold labels not pinned") and found.notes[0].endswith("1, 2")


def test_a_copied_sheet_is_one_voice():
    labels = _one_row(*["tone"] * 8, "grammar", "grammar")
    clique = [tuple(f"g{at}" for at in range(8))]
    assert _consensus(labels).items["1"].label == "tone"
    found = _consensus(labels, clique)
    assert (found.items["1"].label, found.voices) == ("grammar", 3)
    assert "8 groups in 1 copy cluster have one vote a cluster" in found.notes


def test_alpha_of_the_changed_rows_is_apart():
    labels = {
        "g1": {"1": "tone", "2": "grammar", "3": "tone", "4": "none"},
        "g2": {"1": "tone", "2": "grammar", "3": "none", "4": "tone"},
    }
    found = _consensus(labels, changed=frozenset({"1", "2"}))
    assert found.alpha_changed == 1.0
    assert found.alpha < 0.5


def test_each_group_is_held_against_the_others_alone():
    standing = against_others(_one_row("tone", "grammar", "grammar"), (), {}, guide=GUIDE)
    # with its own vote the first would still lose; the second meets a tie between one vote each
    assert (standing["g0"].share, standing["g0"].judged) == (0.0, 1)
    assert standing["g0"].differing[0].consensus == "grammar"
    assert (standing["g1"].share, standing["g1"].judged) == (None, 0)


def test_one_other_voice_is_no_consensus():
    assert FEWEST_VOICES == 2
    standing = against_others(_one_row("tone", "grammar"), (), {}, guide=GUIDE)
    assert standing["g0"].share is None


def test_gold_counts_where_nobody_else_voted():
    standing = against_others(_one_row("tone"), (), {"1": "tone"}, guide=GUIDE)
    assert (standing["g0"].share, standing["g0"].judged) == (1.0, 1)


def test_a_whole_cluster_is_left_out_for_each_of_its_members():
    labels = _one_row("tone", "tone", "tone", "grammar", "grammar")
    standing = against_others(labels, [("g0", "g1", "g2")], {}, guide=GUIDE)
    assert [standing[f"g{at}"].share for at in range(3)] == [0.0, 0.0, 0.0]
    assert standing["g3"].share is None  # one for tone, one for grammar


def test_naming_more_modes_never_pays():
    labels = _one_row("tone, grammar, chattiness, compliance", "tone", "tone")
    standing = against_others(labels, (), {}, guide=GUIDE)
    assert standing["g0"].share == 0.25
    assert standing["g0"].differing[0].label == "tone, grammar, chattiness, compliance"


def _cohort(seed, groups=20, rows=60, clique=8, honest=0.65, copied=0.35):
    rng = random.Random(seed)
    truth = [rng.choice(MODES) for _ in range(rows)]

    def sheet(right):
        others = [[mode for mode in MODES if mode != one] for one in truth]
        return {
            str(at): one if rng.random() < right else rng.choice(others[at]) for at, one in enumerate(truth)
        }

    copy = sheet(copied)
    labels = {f"g{at:02}": dict(copy) if at < clique else sheet(honest) for at in range(groups)}
    return {str(at): one for at, one in enumerate(truth)}, labels, [tuple(sorted(labels)[:clique])]


def test_a_clique_of_eight_among_twenty_does_not_outvote_the_honest():
    right = {True: [], False: []}
    for seed in range(5):
        truth, labels, clique = _cohort(seed)
        for collapsed in (True, False):
            items = _consensus(labels, clique if collapsed else ()).items
            right[collapsed] += [items[id].label == mode for id, mode in truth.items()]
    assert np.mean(right[True]) >= 0.95
    assert np.mean(right[False]) <= 0.75


@pytest.mark.parametrize("seed", range(3))
def test_leaving_a_group_out_is_the_consensus_of_the_others_by_crowd_kit(seed):
    _, labels, clique = _cohort(seed, groups=7, rows=15, clique=2)
    standing = against_others(labels, clique, {}, guide=GUIDE)
    for group, mine in labels.items():
        out = clique[0] if group in clique[0] else (group,)
        others = _consensus({other: rows for other, rows in labels.items() if other not in out}, clique)
        judged = {
            id: item.label
            for id, item in others.items.items()
            if item.label and item.votes[item.label] >= FEWEST_VOICES
        }
        assert standing[group].credits == {id: float(mine[id] == label) for id, label in judged.items()}
