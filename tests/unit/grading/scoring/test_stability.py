from pathlib import Path

import numpy as np
import pytest

from grading.course.model import Course
from grading.scoring.stability import FEWEST_ROWS, RowMarks, Stability, for_review, stability

COURSE = Course(Path("/c"), Path("/c/sheet.csv"), Path("/c/test.csv"))


def _mean(name="quality"):
    """The grade is the mean itself."""
    return lambda means: means[name]


def _rows(values, **without):
    return [
        RowMarks(
            f"r{at}",
            {"quality": value},
            {code: {"quality": of[at]} for code, of in without.items() if at in of},
        )
        for at, value in enumerate(values)
    ]


def test_rows_that_are_all_alike_leave_no_doubt():
    found = stability([_rows([85.0] * 20)], _mean(), COURSE)
    assert (found.points, found.low, found.high, found.flips) == (85.0, 85.0, 85.0, ())
    assert found.nearest == 5.0


def test_an_interval_across_a_letter_names_the_other_letter():
    found = stability([_rows([70.0, 88.0, 99.0] * 8)], _mean(), COURSE)
    assert found.points == 85.67
    assert found.low < 85.67 < 90 <= found.high
    assert found.flips == ("A",)


def test_the_pass_mark_is_named_too():
    found = stability([_rows([0.0, 100.0] * 10)], _mean(), COURSE)
    assert found.points == 50.0
    assert found.flips[-1] == "pass"
    assert "F" not in found.flips  # which it has


def test_what_leaving_a_rule_out_would_add():
    rows = _rows([80.0] * 10, GRM001={0: 100.0, 1: 90.0}, REP001={0: 80.5})
    found = stability([rows], _mean(), COURSE)
    assert [(one.code, one.points) for one in found.without] == [("GRM001", 3.0), ("REP001", 0.05)]
    assert found.flips == ()


def test_a_rule_that_alone_decides_a_letter_flips_it():
    rows = _rows([79.0] * 10, TON001=dict.fromkeys(range(10), 81.0))
    assert stability([rows], _mean(), COURSE).flips == ("B",)


def test_a_rule_moves_only_the_rows_that_were_judged():
    rows = [*_rows([80.0] * 4), RowMarks("x", {"quality": None}, {"A": {"quality": 100.0}})]
    rows.append(RowMarks("y", {"quality": 80.0}, {"B": {"quality": 90.0}}))
    found = stability([rows], _mean(), COURSE)
    assert [(one.code, one.points) for one in found.without] == [("B", 2.0)]


def test_an_open_grade_has_no_interval():
    found = stability([_rows([80.0] * 20)], lambda means: None, COURSE)
    assert found == Stability(0.95, None, None, None)


def test_a_grade_that_is_not_a_number_is_open():
    assert stability([_rows([80.0] * 20)], lambda means: float("nan"), COURSE).points is None


@pytest.mark.parametrize("rows", [0, 1, FEWEST_ROWS - 1])
def test_too_few_rows_give_no_interval(rows):
    found = stability([_rows([80.0] * rows)], lambda means: 60.0, COURSE)
    assert (found.points, found.low, found.high) == (60.0, None, None)


def test_rows_that_were_not_judged_are_no_zeros():
    values = [90.0, None] * 20
    found = stability([_rows(values)], _mean(), COURSE)
    assert (found.points, found.low, found.high) == (90.0, 90.0, 90.0)


def test_values_of_one_row_are_drawn_together():
    rows = [RowMarks(str(at), {"a": at / 2, "b": 50 - at / 2}) for at in range(100)]
    together = stability([rows], lambda means: means["a"] + means["b"], COURSE)
    assert (together.low, together.high) == (50.0, 50.0)
    apart = stability(
        [
            [RowMarks(row.id, {"a": row.values["a"]}) for row in rows],
            [RowMarks(row.id, {"b": row.values["b"]}) for row in rows],
        ],
        lambda means: means["a"] + means["b"],
        COURSE,
    )
    assert apart.low < 48 < 52 < apart.high


def test_the_same_rows_in_another_order_give_the_same_interval():
    rng = np.random.default_rng(0)
    rows = _rows(rng.uniform(0, 100, 30).round(2).tolist())
    assert stability([rows], _mean(), COURSE) == stability([rows[::-1]], _mean(), COURSE)


def test_a_long_sheet_is_drawn_in_parts_and_gives_the_normal_interval():
    values = np.linspace(0, 100, 5_000)
    found = stability([_rows(values.tolist())], _mean(), COURSE)
    half = 1.96 * values.std() / np.sqrt(5_000)
    assert (found.low, found.high) == pytest.approx((50 - half, 50 + half), abs=0.15)


def test_the_interval_holds_the_true_mean_about_as_often_as_it_says():
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(200):
        scores = np.where(rng.random(30) < 0.6, 100, rng.uniform(40, 100, 30))
        found = stability([_rows(scores.tolist())], _mean(), COURSE)
        held += found.low <= 0.6 * 100 + 0.4 * 70 <= found.high
    assert 0.90 <= held / 200 <= 0.99


def test_grades_that_could_flip_come_first_and_the_nearest_of_them():
    firm = Stability(0.95, 84.0, 86.0, 85.0, nearest=5.0)
    nearer = Stability(0.95, 81.0, 82.0, 81.5, nearest=1.5)
    near = Stability(0.95, 89.0, 91.0, 89.9, flips=("A",), nearest=0.1)
    far = Stability(0.95, 60.0, 72.0, 65.0, flips=("C",), nearest=5.0)
    unknown = Stability(0.95, None, None, None)
    of = {"firm": firm, "far": far, "open": unknown, "near": near, "nearer": nearer}
    assert for_review(of) == ("near", "far", "open", "nearer", "firm")


def test_as_json_is_json():
    rows = _rows([70.0, 88.0, 99.0] * 10, GRM001={1: 99.1})
    body = stability([rows], _mean(), COURSE).as_json()
    assert body["without"] == [{"code": "GRM001", "points": 0.37}]
    assert set(body) == {"level", "low", "high", "points", "flips", "without", "nearest"}
