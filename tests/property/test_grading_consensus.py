"""Consensus, facts and stability for any cohort."""

import string
import unicodedata
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from grading.consensus.facts import standing_alone
from grading.consensus.labels import against_others, consensus
from grading.consensus.mentions import mentions
from grading.course.model import Course
from grading.scoring.stability import RowMarks, stability
from quality.guide import load

GUIDE = load()
FEW = settings(max_examples=40, deadline=None)
"""The first example imports crowd-kit, and each makes a few data frames."""
MODES = tuple(GUIDE.fail_modes)
COURSE = Course(Path("/c"), Path("/c/sheet.csv"), Path("/c/test.csv"))

ids = st.sampled_from([str(at) for at in range(6)])
groups = st.sampled_from([f"g{at}" for at in range(6)])
cells = st.one_of(st.sampled_from((*MODES, "", "typos, tone", "nonsense")), st.text(max_size=20))
cohorts = st.dictionaries(groups, st.dictionaries(ids, cells, max_size=6), max_size=6)
clusters = st.lists(st.lists(groups, min_size=2, max_size=4).map(tuple), max_size=2)
gold = st.dictionaries(ids, cells, max_size=3)
texts = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="0123456789,. %MayJun" + string.ascii_letters, max_size=60),
    st.sampled_from(("In 1889 Ada met Bob.", "In 1890 Ada met Bob.", "In 1889 Ada met Eve.", "")),
)


@FEW
@given(cohorts, clusters, gold)
def test_a_label_has_more_votes_than_any_other_or_is_gold(labels, copied, pinned):
    found = consensus(labels, clusters=copied, gold=pinned, changed=frozenset(), guide=GUIDE)
    assert set(found.items) >= {id for rows in labels.values() for id in rows}
    for item in found.items.values():
        others = [votes for mode, votes in item.votes.items() if mode != item.label]
        if item.gold:
            assert item.label in MODES and not item.tie
        elif item.tie:
            assert item.label is None and len(item.tied) > 1
        elif item.label is not None:
            assert item.votes[item.label] > max(others, default=0)
            assert abs(item.share - item.votes[item.label] / sum(item.votes.values())) < 1e-12
        else:
            assert not item.votes and item.share is None
    assert found.alpha is None or -1 <= found.alpha <= 1


@FEW
@given(cohorts, clusters, gold, st.randoms(use_true_random=False))
def test_the_order_of_groups_and_rows_decides_nothing(labels, copied, pinned, random):
    def shuffled(of):
        keys = [*of]
        random.shuffle(keys)
        return {key: of[key] for key in keys}

    other = shuffled({group: shuffled(rows) for group, rows in labels.items()})
    one = consensus(labels, clusters=copied, gold=pinned, changed=frozenset("01"), guide=GUIDE)
    two = consensus(other, clusters=copied[::-1], gold=pinned, changed=frozenset("01"), guide=GUIDE)
    assert one.items == two.items
    assert (one.alpha, one.alpha_changed) == (two.alpha, two.alpha_changed)


@FEW
@given(cohorts, clusters, gold)
def test_nobody_is_judged_by_their_own_vote(labels, copied, pinned):
    before = against_others(labels, copied, pinned, guide=GUIDE)
    assert set(before) == set(labels)
    for group in labels:
        changed = {**labels, group: dict.fromkeys(labels[group], "tone")}
        after = against_others(changed, copied, pinned, guide=GUIDE)[group]
        both = set(before[group].credits) & set(after.credits)
        was = {one.id: one.consensus for one in before[group].differing}
        now = {one.id: one.consensus for one in after.differing}
        assert all(was.get(id, now.get(id)) == now.get(id, was.get(id)) for id in both)
        assert before[group].share is None or 0 <= before[group].share <= 1


def _seen(text):
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


@given(texts)
def test_mentions_stand_where_they_say(text):
    found = mentions(text)
    assert all(_seen(text[one.start : one.end]) == one.text != "" for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(
    st.dictionaries(groups, st.dictionaries(ids, texts, max_size=3), max_size=6), st.dictionaries(ids, texts)
)
def test_a_value_alone_is_in_the_groups_text_and_in_no_other(outputs, sheet):
    for group, found in standing_alone(outputs, sheet).items():
        for one in found:
            assert outputs[group][one.id][one.start : one.end] == one.value
            assert one.value != one.others_value


scores = st.one_of(st.none(), st.floats(0, 100))
rows = st.lists(
    st.tuples(scores, st.dictionaries(st.sampled_from("AB"), st.floats(0, 100))), min_size=1, max_size=12
)


@settings(deadline=None)
@given(rows)
def test_an_interval_lies_within_the_scores(values):
    marks = [
        RowMarks(str(at), {"quality": score}, {code: {"quality": other} for code, other in without.items()})
        for at, (score, without) in enumerate(values)
    ]
    found = stability([marks], lambda means: means["quality"], COURSE)
    known = [score for score, _ in values if score is not None]
    assert (found.points is None) == (not known)
    if found.low is not None:
        assert min(known) - 0.01 <= found.low <= found.high <= max(known) + 0.01
    assert set(found.flips) <= {*COURSE.letters, "F", "pass"}
