import subprocess
import sys

import numpy as np
import pytest

from grading.copying.compare import compare
from tests.unit.grading.copying.cohorts import copied, course, found


def disguised(text):
    return text[:3] + "\u200b" + text[3:].replace("o", "о").replace("a", "а")


@pytest.fixture(scope="module")
def honest():
    return course()


def test_independent_groups_are_no_candidates(honest):
    done = compare(*honest, q=0.05)
    assert found(done) == set()
    assert done.clusters == ()
    assert len(done.pairs) == done.calibration.tested == 66
    assert [(pair.a, pair.b) for pair in done.pairs] == sorted((pair.a, pair.b) for pair in done.pairs)
    assert all(pair.a < pair.b for pair in done.pairs)


def test_independent_groups_have_uniform_p_values():
    p = [pair.p for seed in range(6) for pair in compare(*course(9, 40, seed), q=0.05).pairs]
    for share in (0.01, 0.05, 0.1, 0.5):
        assert np.mean(np.array(p) <= share) <= share + 3 * np.sqrt(share / len(p))
    assert np.median(p) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("size", [2, 3, 5])
@pytest.mark.parametrize("disguise", [str, disguised])
def test_a_ring_is_found_whole_whatever_its_disguise(honest, size, disguise):
    sheet, outputs = honest
    ring = sorted(outputs)[2 : 2 + size]
    done = compare(sheet, copied(outputs, ring, 0.4, disguise=disguise), q=0.05)
    assert tuple(ring) in done.clusters
    assert {(a, b) for a in ring for b in ring if a < b} <= found(done)


def test_a_ring_of_eight_among_twenty():
    sheet, outputs = course(20, 50, seed=4)
    ring = sorted(outputs)[5:13]
    done = compare(sheet, copied(outputs, ring, 0.4), q=0.05)
    assert tuple(ring) in done.clusters


def test_the_order_of_groups_and_rows_does_not_matter(honest):
    sheet, outputs = honest
    outputs = copied(outputs, ["g001", "g007"], 0.3)
    turned = {group: dict(reversed(outputs[group].items())) for group in reversed(outputs)}
    assert compare(dict(reversed(sheet.items())), turned, q=0.05) == compare(sheet, outputs, q=0.05)


def test_evidence_stands_beside_the_sheet_rarest_first(honest):
    sheet, outputs = honest
    outputs = copied(outputs, ["g001", "g007"], 0.4)
    done = compare(sheet, outputs, q=0.05)
    pair = next(pair for pair in done.pairs if (pair.a, pair.b) == ("g001", "g007"))
    assert 0 < len(pair.evidence) <= 20
    assert pair.shared_edits >= len(pair.evidence)
    weights = [edit.weight for edit in pair.evidence]
    assert weights == sorted(weights, reverse=True)
    for edit in pair.evidence:
        assert sheet[edit.id][edit.start : edit.end] == edit.before
        assert edit.after in outputs["g001"][edit.id]
        assert edit.groups >= 2
        assert edit.as_json()["id"] == edit.id
    assert {pair.a for pair in done.pairs if pair.evidence} <= {p.a for p in done.pairs if p.p <= 0.01}


def test_score_and_containment_of_equal_and_of_partial_work():
    sheet = {str(n): f"one two three four five {n}" for n in range(4)}
    all_rows = {id_: text.replace("two", "deux") for id_, text in sheet.items()}
    half = {**sheet, "0": all_rows["0"], "1": all_rows["1"]}
    other = {id_: text.replace("four", "quatre") for id_, text in sheet.items()}
    pairs = {
        (p.a, p.b): p
        for p in compare(sheet, {"a": all_rows, "b": all_rows, "c": half, "d": other}, q=0.05).pairs
    }
    assert pairs["a", "b"].containment == pairs["a", "c"].containment == pytest.approx(1)
    assert 1 >= pairs["a", "b"].score > pairs["a", "c"].score > 0
    assert pairs["a", "d"].score == pairs["a", "d"].containment == pairs["a", "d"].shared_edits == 0


def test_rows_that_a_group_does_not_have_do_not_count_against_it():
    sheet = {str(n): f"one two three four five {n}" for n in range(6)}
    whole = {id_: text.replace("two", "deux") for id_, text in sheet.items()}
    part = {id_: whole[id_] for id_ in ("0", "1", "2")}
    rest = {id_: sheet[id_].replace("four", "quatre") for id_ in ("3", "4", "5")}
    pair = compare(sheet, {"a": whole, "b": part, "c": rest}, q=0.05).pairs[0]
    assert pair.containment == pytest.approx(1)
    first = {id_: sheet[id_] for id_ in part}
    assert pair.score == compare(first, {"a": whole, "b": part, "c": rest}, q=0.05).pairs[0].score > 0


SHEET = {str(n): f"one two three {n}" for n in range(5)}
CHANGED = {id_: text.replace("two", "deux") for id_, text in SHEET.items()}


@pytest.mark.parametrize(
    "outputs",
    [
        {"a": CHANGED, "b": CHANGED},
        {"a": SHEET, "b": SHEET, "c": SHEET},
        {"a": SHEET, "b": CHANGED, "c": SHEET},
        {"a": CHANGED, "b": CHANGED, "c": CHANGED},
        {"a": {"0": "x"}, "b": {"1": "x"}, "c": {"2": "x"}},
        {"a": {}, "b": {}, "c": {"unknown": "x"}},
    ],
    ids=["two groups", "untouched", "one changed", "all alike", "disjoint ids", "no rows"],
)
def test_where_nothing_can_be_told_p_is_none_and_nobody_is_suspected(outputs):
    done = compare(SHEET, outputs, q=0.05)
    assert all(pair.p is None and pair.q is None for pair in done.pairs)
    assert done.clusters == ()
    assert done.calibration.tested == 0


@pytest.mark.parametrize("outputs", [{}, {"a": CHANGED}])
def test_one_group_or_none_makes_no_pair(outputs):
    assert compare(SHEET, outputs, q=0.05).pairs == ()


def test_texts_written_anew_are_compared_too():
    drawn = np.random.default_rng(5)
    words = [f"w{n}" for n in range(300)]

    def anew():
        return {str(n): " ".join(drawn.choice(words, 30)) for n in range(30)}

    sheet, outputs = anew(), {f"g{n}": anew() for n in range(8)}
    for id_ in list(sheet)[:10]:
        now = outputs["g2"][id_].split()
        now[::9] = ["other"] * len(now[::9])
        outputs["g5"][id_] = " ".join(now)
    assert found(compare(sheet, outputs, q=0.05)) == {("g2", "g5")}


def test_equal_p_values_in_every_process():
    code = (
        "from tests.unit.grading.copying.cohorts import course\n"
        "from grading.copying.compare import compare\n"
        "print(repr([(p.score, p.p) for p in compare(*course(5, 12), q=0.05).pairs]))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
