import json
from dataclasses import replace

import pytest

from finetune.recipe import Recipe
from finetune.rows import batches
from finetune.rows.examples import Example
from finetune.training import settled
from quality.errors import InputError
from quality.lineage import Version
from tests.settled_sample import EXAMPLES, LENGTHS, SETTLED


@pytest.fixture
def path(tmp_path):
    settled.write(tmp_path / "settled.json", SETTLED)
    return tmp_path / "settled.json"


@pytest.mark.parametrize("cap", [SETTLED.cap, None])
def test_it_reads_back_as_written(tmp_path, cap):
    written = replace(SETTLED, cap=cap)
    settled.write(tmp_path / "settled.json", written)
    assert settled.read(tmp_path / "settled.json") == written


def test_an_edit_is_told_apart(path):
    body = json.loads(path.read_bytes())
    body["recipe"]["epochs"] = 30
    path.write_text(json.dumps(body))
    with pytest.raises(InputError, match="changed after it was written"):
        settled.read(path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"sha256": 1}'])
def test_what_is_none_is_a_sentence(path, content):
    path.write_bytes(content)
    with pytest.raises(InputError, match="settled"):
        settled.read(path)


def test_the_same_has_no_differences():
    assert settled.differences(SETTLED, SETTLED) == ()
    assert settled.version_differences(SETTLED, SETTLED) == ()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            {"data": Version("data.csv", "e" * 64, "f" * 64)},
            "rows of the data: dddddddddddd… → eeeeeeeeeeee…",
        ),
        ({"rows_used": 99}, "rows used: 100 → 99"),
        ({"rows_sha256": "9" * 64}, "→ 999999999999…"),
        ({"base_sha256": "4" * 64}, "base model: 111111111111… → 444444444444…"),
        ({"template_sha256": "4" * 64}, "prompt template: 222222222222… → 444444444444…"),
        ({"tokenizer_sha256": "4" * 64}, "tokenizer: 333333333333… → 444444444444…"),
        (
            {"gate_inputs": {**SETTLED.gate_inputs, "guide": "4" * 64}},
            "style guide: bbbbbbbbbbbb… → 444444444444…",
        ),
        ({"recipe": {**SETTLED.recipe, "learning_rate": 0.001}}, "learning_rate: 0.0002 → 0.001"),
        ({"recipe": {**SETTLED.recipe, "budget_min": 10.0}}, "budget_min: none → 10.0"),
        ({"liger": True}, "Liger's kernels: not used → used"),
        ({"device": "cpu"}, "device: cuda → cpu"),
        ({"dtype": "bfloat16"}, "precision: float16 → bfloat16"),
        ({"batches": replace(SETTLED.batches, sha256="4" * 64)}, "→ 444444444444…"),
    ],
)
def test_a_difference_is_one_line_with_the_old_and_the_new_value(change, line):
    now = replace(SETTLED, **change)
    (said,) = settled.differences(SETTLED, now)
    assert line in said
    assert settled.version_differences(SETTLED, now) == ()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"versions": {**SETTLED.versions, "torch": "2.12.0"}}, "torch 2.11.0 → 2.12.0"),
        ({"versions": {**SETTLED.versions, "torchao": "0.16"}}, "torchao none → 0.16"),
        ({"device_name": "NVIDIA L4"}, "GPU Tesla T4 → NVIDIA L4"),
        (
            {"gate_inputs": {**SETTLED.gate_inputs, "checks": "4" * 64}},
            "the gate's checks cccccccccccc… → 444444444444…",
        ),
    ],
)
def test_a_version_is_another_sort_of_difference(change, line):
    now = replace(SETTLED, **change)
    assert settled.differences(SETTLED, now) == ()
    assert settled.version_differences(SETTLED, now) == (line,)


@pytest.mark.parametrize(
    "change",
    [
        {"data": Version("again.csv", "d" * 64, "0" * 64)},
        {"gate": "9" * 64},
        {"cap": None},
        {"notes": ()},
        {"base": "another/name"},
        {"recipe": {**SETTLED.recipe, "base": "another/name", "template": "copy.txt"}},
    ],
)
def test_the_same_under_another_name_is_no_difference(change):
    now = replace(SETTLED, **change)
    assert settled.differences(SETTLED, now) == settled.version_differences(SETTLED, now) == ()


def test_a_complete_run_is_compared_by_what_the_user_names():
    same = Recipe(base="./base", template="copy.txt")
    asked = {"data_sha256": "d" * 64, "base_sha256": "1" * 64, "template_sha256": "2" * 64, "recipe": same}
    assert settled.request_differences(SETTLED, **asked) == ()
    for change, said in (
        ({"recipe": replace(same, epochs=4)}, "epochs: 3 → 4"),
        ({"data_sha256": "e" * 64}, "rows of the data: dddddddddddd… → eeeeeeeeeeee…"),
        ({"base_sha256": "e" * 64}, "base model: 111111111111… → eeeeeeeeeeee…"),
        ({"template_sha256": "e" * 64}, "prompt template: 222222222222… → eeeeeeeeeeee…"),
    ):
        assert settled.request_differences(SETTLED, **{**asked, **change}) == (said,)


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"versions": {}, "notes": (), "cap": None, "base": "/other", "device_name": "L4"}, True),
        ({"recipe": {**SETTLED.recipe, "seed": 1}}, False),
        ({"rows_sha256": "9" * 64}, False),
        ({"batches": replace(SETTLED.batches, sha256="4" * 64)}, False),
        ({"liger": True}, False),
    ],
)
def test_a_checkpoint_is_of_the_run_that_it_could_go_on_with(change, same):
    now = replace(SETTLED, **change)
    assert (settled.run_sha256(now) == settled.run_sha256(SETTLED)) is same


def test_the_hash_of_the_rows_speaks_of_every_token_and_of_their_order():
    hashes = {
        settled.rows_sha256(rows)
        for rows in (
            EXAMPLES,
            EXAMPLES[::-1],
            EXAMPLES[:-1],
            (replace(EXAMPLES[0], id="other"), *EXAMPLES[1:]),
            (replace(EXAMPLES[0], prompt=(0, 1), answer=(2, 0, 1)), *EXAMPLES[1:]),
        )
    }
    assert len(hashes) == 5


def test_other_batches_have_another_hash():
    other = batches.schedule(LENGTHS, tokens=256, accumulation=2, epochs=2, seed=2)
    assert settled.batches(other, 0, 100).sha256 != SETTLED.batches.sha256
    assert (SETTLED.batches.tokens, SETTLED.batches.accumulation, SETTLED.batches.padding) == (256, 2, 0.0312)


@pytest.mark.parametrize(("number", "p99"), [(1, 2), (2, 3), (99, 100), (100, 100), (101, 101), (200, 199)])
def test_the_answers_percentile_is_the_nearest_rank(number, p99):
    rows = tuple(Example(n, "", (), tuple(range(n))) for n in range(2, 2 + number))
    assert settled.answer_tokens(rows)["p99"] == p99
    assert settled.answer_tokens(rows)["max"] == number + 1
