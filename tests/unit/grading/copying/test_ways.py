"""Honest groups beside careless ones, beside others who work in another way, and beside rings of most of the course."""

import warnings

import numpy as np
import pytest

from grading.copying.channels import Signals, channels
from grading.copying.compare import compare
from tests.unit.grading.copying.cohorts import WORDS, copied, course, found


def nothing(text, drawn):
    return ""


def one_sentence(text, drawn):
    return "I do not know ."


def anew(text, drawn):
    return " ".join(f"{word[:1]}{drawn.integers(10**6)}" for word in text.split())


def freely(text, drawn):
    """Three words of the corrected row as a tool of the group's own would have them."""
    words = text.split()
    for at in drawn.integers(0, len(words), 3):
        words[at] = words[at] + "ly"
    return " ".join(words)


def working(outputs, groups, way, seed=3):
    drawn = np.random.default_rng(seed)
    return {
        group: {id_: way(text, drawn) for id_, text in rows.items()} if group in groups else rows
        for group, rows in outputs.items()
    }


@pytest.mark.parametrize("way", [nothing, one_sentence, anew])
@pytest.mark.parametrize("honest", [3, 4, 8])
def test_a_group_that_corrects_nothing_accuses_nobody(way, honest):
    for seed in (1, 2):
        sheet, outputs = course(honest + 1, 60, seed)
        careless = max(outputs)
        assert found(compare(sheet, working(outputs, {careless}, way), q=0.05)) == set()


def test_a_group_that_goes_its_own_way_is_named_and_a_copy_of_two_others_is_still_found():
    sheet, outputs = course(9, 60, 5)
    outputs = copied(working(outputs, {"g008"}, anew), ["g001", "g004"], 0.5)
    done = compare(sheet, outputs, q=0.05)
    assert done.calibration.own_way == ("g008",)
    assert found(done) == {("g001", "g004")}


@pytest.mark.parametrize(("groups", "free"), [(8, 4), (20, 15), (20, 10)])
def test_two_ways_of_working_are_no_copying(groups, free):
    sheet, outputs = course(groups, 60, 2, 30)
    outputs = working(outputs, set(sorted(outputs)[:free]), freely)
    # a chance pair is what a false discovery rate allows; all pairs of one way are not
    assert len(found(compare(sheet, outputs, q=0.05))) <= 1


def test_a_copy_within_a_way_of_working_is_found():
    sheet, outputs = course(16, 60, 2)
    names = sorted(outputs)
    outputs = copied(working(outputs, set(names[:8]), freely), [names[1], names[5]], 0.6)
    assert found(compare(sheet, outputs, q=0.05)) == {(names[1], names[5])}


@pytest.mark.parametrize(("groups", "ring"), [(12, 8), (20, 12), (10, 6)])
def test_a_ring_of_most_of_the_course_is_found_and_nobody_else(groups, ring):
    sheet, outputs = course(groups, 50, 3, 30)
    members = sorted(outputs)[:ring]
    done = compare(sheet, copied(outputs, members, 1.0), q=0.05)
    assert done.clusters == (tuple(members),)
    assert found(done) == {(a, b) for a in members for b in members if a < b}
    assert {pair.score for pair in done.pairs if {pair.a, pair.b} <= set(members)} == {1.0}


@pytest.mark.parametrize("groups", [2, 3, 5])
def test_identical_hand_ins_are_a_cluster_and_a_signal_though_nobody_is_left_to_compare_with(groups):
    sheet, outputs = course(groups, 30, 4, 30)
    everybody = tuple(sorted(outputs))
    outputs = copied(outputs, everybody, 1.0)
    done = compare(sheet, outputs, q=0.05)
    assert done.clusters == (everybody,)
    assert {(pair.p, pair.score) for pair in done.pairs} == {(None, 1.0)}
    (signal,) = signals(sheet, outputs)
    assert signal.groups == everybody
    assert signal.count == signal.detail["rows"] >= 10
    assert "no other group" in signal.sentence


def signals(sheet, outputs):
    groups = {group: Signals(outputs=rows) for group, rows in outputs.items()}
    return [one for one in channels(groups, sheet=sheet) if one.kind == "outputs"]


def test_two_groups_with_the_same_rows_among_others_are_a_signal():
    sheet, outputs = course(8, 40, 4, 30)
    (signal,) = signals(sheet, copied(outputs, ["g002", "g006"], 0.8))
    assert signal.groups == ("g002", "g006")
    assert 0.6 < signal.count / signal.detail["rows"] < 1
    assert "no other group" not in signal.sentence
    assert signals(sheet, outputs) == []


def test_rows_that_everybody_corrects_alike_are_an_easy_sheet():
    drawn = np.random.default_rng(1)
    sheet = {str(n): " ".join(drawn.choice(WORDS, 12)) for n in range(20)}
    right = {
        id_: " ".join(word + "s" * (at % 3 > 0) for at, word in enumerate(text.split()))
        for id_, text in sheet.items()
    }
    outputs = {"g0": right, "g1": right, "g2": right}
    for group in ("g3", "g4", "g5"):
        well = set(drawn.choice(list(right), 9, replace=False).tolist())
        outputs[group] = {id_: text if id_ in well else text[:-6] + group for id_, text in right.items()}
    assert signals(sheet, outputs) == []


def test_many_groups_with_one_text_and_some_in_part_raise_no_warning():
    sheet, outputs = course(30, 25, 6)
    outputs = copied(outputs, sorted(outputs)[:24], 1.0)
    outputs["g005"] = dict(list(outputs["g005"].items())[:10])
    outputs["g025"] = outputs["g026"] = sheet
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        done = compare(sheet, outputs, q=0.05)
    assert all(pair.p is None or 0 < pair.p <= 1 for pair in done.pairs)


def test_labels_copied_beyond_doubt_are_one_voice():
    drawn = np.random.default_rng(2)
    kinds = ["a", "b", "c", "d", "e"]
    truth = drawn.integers(0, 5, 60)

    def labels(right):
        return {
            str(n): kinds[t if drawn.random() < right else (t + 1 + drawn.integers(4)) % 5]
            for n, t in enumerate(truth)
        }

    groups = {f"g{n:02}": labels(0.65) for n in range(20)}
    ring = sorted(groups)[:8]
    copy = labels(0.35)
    clique = {name: Signals(labels=copy if name in ring else own) for name, own in groups.items()}
    (signal,) = [one for one in channels(clique) if one.kind == "labels"]
    assert signal.detail["one_voice"] == [ring]
    honest = channels({name: Signals(labels=own) for name, own in groups.items()})
    assert not any(one.detail.get("one_voice") for one in honest)
