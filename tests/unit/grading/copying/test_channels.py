import json

import numpy as np

from grading.copying.channels import Signals, channels
from grading.copying.signal import joined

LONG = (
    "The quick brown fox jumps over the lazy dog and then it runs all the way home to tell its friends "
    "about number {} and the rest of that very long day."
)


def of(groups, kind, **options):
    return [signal for signal in channels(groups, **options) if signal.kind == kind]


def typed(slips, groups=8, rows=6):
    """Groups that correct one word of each row, and some that slip: group → row → word."""
    sheet = {str(n): "this row holds some plane words" for n in range(rows)}
    outputs = {
        f"g{g}": {
            id_: text.replace("plane", slips.get(g, {}).get(id_, "plain")) for id_, text in sheet.items()
        }
        for g in range(groups)
    }
    return sheet, {group: Signals(outputs=rows) for group, rows in outputs.items()}


def test_slips_that_two_groups_share():
    slip = {"1": "plainnly", "3": "pplainish"}
    sheet, groups = typed({2: slip, 5: slip})
    (signal,) = of(groups, "typos", sheet=sheet)
    assert signal.groups == ("g2", "g5")
    assert signal.count == 2
    assert signal.detail["typos"][0] == {"id": "1", "word": "plainnly", "groups": ["g2", "g5"]}


def test_one_shared_slip_known_words_and_what_many_wrote_are_none():
    assert of(typed({2: {"1": "plainnly"}, 5: {"1": "plainnly"}})[1], "typos", sheet=typed({})[0]) == []
    sheet, groups = typed({2: {"1": "ordinary", "2": "simple"}, 5: {"1": "ordinary", "2": "simple"}})
    assert of(groups, "typos", sheet=sheet) == []
    slip = {"1": "plainnly", "3": "pplainish"}
    sheet, groups = typed(dict.fromkeys(range(6), slip))
    assert of(groups, "typos", sheet=sheet) == []


def test_slips_of_the_sheet_are_nobodys():
    sheet, groups = typed({})
    sheet = {id_: text + " plainnly pplainish" for id_, text in sheet.items()}
    groups = {
        group: Signals(outputs={id_: text + " plainnly pplainish" for id_, text in signals.outputs.items()})
        for group, signals in groups.items()
    }
    assert of(groups, "typos", sheet=sheet) == []


def labelled(seed=3, groups=16, rows=80):
    drawn = np.random.default_rng(seed)
    kinds = [f"kind {n}" for n in range(8)]
    truth = drawn.integers(0, 8, rows)
    return {
        f"g{g:02}": {
            str(n): kinds[t if drawn.random() < 0.7 else drawn.integers(8)] for n, t in enumerate(truth)
        }
        for g in range(groups)
    }


def test_labels_shared_against_the_others():
    labels = labelled()
    labels["g09"] = {**labels["g04"], **{id_: labels["g09"][id_] for id_ in list(labels["g09"])[:20]}}
    (signal,) = of({group: Signals(labels=own) for group, own in labels.items()}, "labels")
    assert signal.groups == ("g04", "g09")
    assert signal.count >= 3
    assert all(
        labels["g04"][one["id"]] == labels["g09"][one["id"]] == one["label"]
        for one in signal.detail["labels"]
    )


def test_labels_that_each_group_chose_itself_are_no_signal():
    labels = labelled(4)
    assert of({group: Signals(labels=own) for group, own in labels.items()}, "labels") == []
    assert of({group: Signals(labels={"1": "a"}) for group in labels}, "labels") == []


def answers(*alike):
    return {
        f"g{g}": Signals(
            predictions={str(n): LONG.format(f"{n} of {'all' if g in alike else g}") for n in range(10)}
        )
        for g in range(6)
    }


def test_long_answers_word_for_word_alike():
    (signal,) = of(answers(1, 4), "predictions")
    assert signal.groups == ("g1", "g4")
    assert signal.count == signal.detail["long_answers"] == 10
    assert "10 long answers" in signal.sentence


def test_short_answers_and_answers_that_most_give_agree_honestly():
    short = {f"g{g}": Signals(predictions={str(n): "Yes, of course." for n in range(10)}) for g in range(6)}
    assert of(short, "predictions") == []
    assert of(answers(0, 1, 2, 3), "predictions") == []
    assert of(answers(), "predictions") == []


def test_the_same_notebook_unless_it_is_the_courses_own():
    two = {f"g{g}": Signals(notebook_sha256="a" if g in (1, 3) else f"own {g}") for g in range(6)}
    (signal,) = of(two, "notebook")
    assert signal.groups == ("g1", "g3")
    assert of({f"g{g}": Signals(notebook_sha256="a") for g in range(6)}, "notebook") == []
    assert of({f"g{g}": Signals(notebook_sha256=None) for g in range(3)}, "notebook") == []


def test_the_same_adapter_and_run():
    groups = {f"g{g}": Signals(lineage_hashes={"adapter": f"{g % 3}", "run": f"{g}"}) for g in range(5)}
    found = of(groups, "lineage")
    assert [signal.groups for signal in found] == [("g0", "g3"), ("g1", "g4")]
    assert found[0].detail == {"hashes": {"adapter": "0"}}


def test_signals_are_json_and_the_order_of_groups_does_not_matter():
    groups = {**answers(1, 4)}
    found = channels(groups)
    assert channels(dict(reversed(groups.items()))) == found
    assert json.loads(json.dumps(found[0].as_json()))["groups"] == ["g1", "g4"]
    assert channels({}) == ()


def test_pairs_that_share_a_group_are_joined():
    assert joined([("c", "b"), ("a", "b"), ("x", "y")]) == [("a", "b", "c"), ("x", "y")]
