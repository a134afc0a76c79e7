"""Answers as files and the grade book give them, judged."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from dashboard.answers import judging, model, origins, sources, totals
from dashboard.answers.model import Better, Which
from dashboard.site import Named
from quality.errors import InputError
from tests import answered, sites


def of(site, group=""):
    return judging.judged(sources.given(site, group))


def test_both_sides_of_a_file_are_judged(file_site, tmp_path):
    pairs = of(answered.with_predictions(file_site, tmp_path))
    assert [one.id for one in pairs] == answered.IDS
    assert (pairs[0].better, pairs[4].better) == (Better.TUNED, Better.BASE)
    assert pairs[3].better is Better.EQUAL
    assert {finding.code for finding in pairs[2].tuned.findings} & {"GRM001", "GRM002", "GRM003"}
    assert (pairs[4].tuned.score, pairs[4].tuned.passed) == (0.0, False)

    told = totals.totals(pairs)
    assert (told.tuned.answered, told.tuned.empty, told.base.answered) == (4, 1, 5)
    assert told.wins.low < told.wins.value < told.wins.high
    assert sum(told.better.values()) == 5

    worse = model.chosen(pairs, Which(better=Better.BASE))
    assert "t5" in {one.id for one in worse}
    code = pairs[2].tuned.findings[0].code
    assert "<i>t3</i>" in {one.id for one in model.chosen(pairs, Which(code=code))}
    assert [one.id for one in model.chosen(pairs, Which(text="A NOUN IS"))] == ["t1"]


def test_the_same_answers_are_judged_once_and_changed_ones_again(file_site, tmp_path):
    site = answered.with_predictions(file_site, tmp_path)
    first = of(site)
    assert of(site) is first
    done, told = sources.given(site, ""), []
    new = sources.given(answered.with_predictions(file_site, tmp_path, first=answered.WORSE), "")
    with ThreadPoolExecutor(1) as other:  # nobody waits for answers that are judged already
        again = judging.judged(
            new, lambda *_: told.append(other.submit(judging.judged, done).result(timeout=20))
        )
    assert told
    assert all(one is first for one in told)
    assert again[0].content != first[0].content
    assert again[1].content == first[1].content


def test_ids_and_answers_alone_take_their_prompts_from_the_test_file(file_site, tmp_path):
    answers = answered.write(
        tmp_path / "p.csv", ["t1", "t9", "t1"], [answered.GOOD, "Strange.", "Again."], header=["id", "output"]
    )
    test = answered.write(tmp_path / "t.csv", ["t1", "t2"], answered.ASKED[:2], header=["id", "instruction"])
    base = answered.write(tmp_path / "b.csv", ["t2"], [answered.WORSE], header=["id", "prediction"])
    given = sources.given(replace(file_site, named=Named(answers, base, test)), "")
    assert [row.instruction for row in given.asked] == answered.ASKED[:2]
    assert (given.tuned["t1"], given.base) == (answered.GOOD, {"t2": answered.WORSE})
    assert len(given.notes) == 2
    assert "t9" in given.notes[0]
    pairs = judging.judged(given)
    assert (pairs[1].tuned.text, pairs[1].tuned.score, pairs[1].better) == (None, 0.0, Better.BASE)


def test_one_side_says_how_to_get_the_other(file_site, tmp_path):
    site = answered.with_predictions(file_site, tmp_path, base=False)
    given = sources.given(site, "")
    assert "--compare-base" in given.missing
    told = totals.totals(judging.judged(given))
    assert (told.base, told.wins, told.better[Better.UNKNOWN]) == (None, None, 5)


def test_what_is_no_table_of_answers_is_refused(file_site, tmp_path):
    bad = answered.write(tmp_path / "bad.csv", ["1"], ["x"], header=["name", "value"])
    with pytest.raises(InputError):
        sources.given(replace(file_site, named=Named(bad)), "")
    with pytest.raises(InputError, match="cannot be read"):
        sources.given(replace(file_site, named=Named(tmp_path / "none.csv")), "")


def test_a_group_of_a_course_is_judged_as_it_is_graded(course_site):
    groups = sources.groups(course_site)
    assert len(groups) == len(sites.GROUPS)
    given = sources.given(course_site, groups[0])
    assert "base_predictions" in given.missing
    pairs = judging.judged(given)
    assert [(one.id, one.instruction, one.tuned.text) for one in pairs] == [*sites.ANSWERS]
    assert origins.chain(course_site, groups[0]).state == origins.NOT_GIVEN
    with pytest.raises(InputError):
        sources.given(course_site, "g999")


def test_a_setting_of_the_course_that_changed_counts_at_once(course_site):
    course = course_site.course
    first = sources.course_inputs(course)
    assert sources.course_inputs(replace(course)) is first
    assert sources.course_inputs(replace(course, ignore=("GRM001",))).course.ignore == ("GRM001",)
