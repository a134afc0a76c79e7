"""The sample: the same for everybody, some of every group, failing and passing rows both."""

from dashboard.model import RowKey, ref
from dashboard.reviewing.sample import ordered, sample

GROUPS = [f"g{number:03}" for number in range(100)]


def rows(group, first, number):
    return [RowKey(group, ref(f"r{one}")) for one in range(first, first + number)]


FAILING = [key for group in GROUPS for key in rows(group, 0, 30)]
PASSING = [key for group in GROUPS for key in rows(group, 30, 20)]


def chosen(per_group=10, seed=1, failing=FAILING, passing=PASSING):
    return sample(failing, passing, per_group=per_group, seed=seed)


def test_some_of_every_group_half_of_them_failing():
    rounds = chosen()
    keys = [key for one in rounds for key in one]
    assert [len(one) for one in rounds] == [100] * 10
    assert len(set(keys)) == 1_000
    for group in ("g000", "g099"):
        assert sum(key in FAILING for key in keys if key.group == group) == 5
    assert all({key.group for key in one} == set(GROUPS) for one in rounds)


def test_where_one_side_ends_the_other_goes_on():
    few = chosen(failing=rows("g1", 0, 2), passing=rows("g1", 2, 20))
    assert len(few) == 10
    assert {key for one in few for key in one} >= set(rows("g1", 0, 2))
    assert len(chosen(failing=rows("g1", 0, 3), passing=[])) == 3
    assert chosen(failing=[], passing=[]) == ()


def test_nobody_elses_rows_change_a_groups_sample():
    alone = chosen(failing=rows("g005", 0, 30), passing=rows("g005", 30, 20))
    together = [key for one in chosen() for key in one if key.group == "g005"]
    assert together == [key for one in alone for key in one]
    assert chosen() == chosen(failing=FAILING[::-1], passing=PASSING[::-1])
    assert chosen(seed=2) != chosen(seed=1)


def test_each_reviewer_has_an_order_of_their_own_over_the_same_rows():
    rounds = chosen()
    ada, bo = ordered(rounds, "ada"), ordered(rounds, "bo")
    assert ada == ordered(rounds, "ada") != bo
    assert set(ada[:100]) == set(bo[:100]) == set(rounds[0])
    assert sum(one == other for one, other in zip(ada, bo, strict=True)) < 50
