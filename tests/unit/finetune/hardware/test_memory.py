import pytest

from finetune.base_model.shapes import KNOWN, Shape
from finetune.hardware import memory
from finetune.hardware.memory import GIB
from finetune.recipe import Recipe

LLAMA = KNOWN["meta-llama/Llama-2-7b-hf"].shape
RECIPE = Recipe(base="meta-llama/Llama-2-7b-hf")
T4 = round(14.56 * GIB)
# measured on an H100 that was limited to a T4's memory: fp16, LoRA of rank 16 on all linear layers, sdpa
TRAINING = [
    # tokens, checkpointing, Liger, GiB allocated, GiB reserved
    (2048, True, False, 5.38, 6.20),
    (4096, True, False, 6.65, 7.98),
    (1024, False, False, 11.88, 12.63),
    (2048, True, True, 5.12, 5.81),
    (4096, True, True, 6.06, 6.85),
    (8192, True, True, 8.01, 9.06),
]
PREDICTION = [(1, 4.09), (8, 6.73), (16, 9.73)]  # rows of 640 + 128 tokens, GiB allocated


def test_the_weights_are_counted_as_the_model_card_has_them():
    assert LLAMA.parameters == 6_738_415_616
    assert LLAMA.linear_parameters == 6_476_005_376
    assert memory.lora_parameters(LLAMA, 16) == 39_976_960
    assert KNOWN["TinyLlama/TinyLlama-1.1B-Chat-v1.0"].shape.parameters == 1_100_048_384
    assert KNOWN["meta-llama/Llama-2-13b-hf"].shape.parameters == 13_015_864_320
    assert KNOWN["mistralai/Mistral-7B-v0.1"].shape.parameters == 7_241_732_096


def test_known_weights_are_as_large_as_their_count():
    for name, known in KNOWN.items():
        assert known.weights_bytes == pytest.approx(2 * known.shape.parameters, rel=0.001), name
        assert known.largest_shard_bytes <= known.weights_bytes


def test_loading_takes_what_was_measured():
    assert memory.base_bytes(LLAMA) / GIB == pytest.approx(3.61, rel=0.01)


@pytest.mark.parametrize(("tokens", "checkpointing", "liger", "allocated", "reserved"), TRAINING)
def test_training_is_within_three_percent_of_the_measured_peak(
    tokens, checkpointing, liger, allocated, reserved
):
    estimate = memory.training(LLAMA, RECIPE, tokens, checkpointing=checkpointing, liger=liger)
    assert estimate.peak_bytes / GIB == pytest.approx(allocated, rel=0.03)
    assert estimate.reserved_bytes / GIB == pytest.approx(reserved, rel=0.03)


@pytest.mark.parametrize(
    ("liger", "norms", "network"), [(False, 2 * 4096 * 4, 3 * 11008 * 2), (True, 2 * 4096 * 2, 2 * 11008 * 2)]
)
def test_what_a_block_keeps_is_counted_tensor_by_tensor(liger, norms, network):
    inputs = 6 * 4096 + 11008  # of the seven linear layers: in 16 bit for the adapter, and a byte of mask
    adapters = 3 * inputs + 7 * 16 * 2
    attention = 4 * 4096 * 2 + 32 * 4  # queries, keys, values, output, and a sum a head
    estimate = memory.training(LLAMA, RECIPE, 640, checkpointing=False, liger=liger)
    (kept,) = [item for item in estimate.items if item.name == "activations of all blocks"]
    assert kept.bytes == 32 * 640 * (adapters + attention + norms + network)


def test_gradients_that_are_added_up_are_there_at_the_peak():
    alone, two, many = (memory.training(LLAMA, RECIPE, 512, accumulation=number) for number in (1, 2, 8))
    (gradients,) = set(two.items) - set(alone.items)
    assert gradients.bytes == 4 * 39_976_960
    assert two == many
    assert two.peak_bytes - alone.peak_bytes == gradients.bytes


def test_what_the_loss_takes_is_counted_tensor_by_tensor():
    estimate = memory.training(LLAMA, RECIPE, 4096)
    checkpoints, loss = estimate.items[-2:]
    assert checkpoints.bytes == 32 * 4096 * 2 * 4096
    assert loss.name == "loss: logits in fp32, three copies"
    assert loss.bytes == 4096 * (3 * 32000 * 4 + 4096 * 6)


def test_what_ran_out_of_memory_does_not_fit_by_estimate():
    assert memory.training(LLAMA, RECIPE, 2048, checkpointing=False).reserved_bytes > T4
    for batch in (24, 32):
        assert memory.prediction(LLAMA, RECIPE, batch, 640, 128, growing=True).reserved_bytes > T4


@pytest.mark.parametrize(("batch", "allocated"), PREDICTION)
def test_prediction_is_within_six_percent_of_the_measured_peak(batch, allocated):
    estimate = memory.prediction(LLAMA, RECIPE, batch, 640, 128)
    assert estimate.peak_bytes / GIB == pytest.approx(allocated, rel=0.06)


def test_24_rows_fit_where_segments_expand():
    assert memory.prediction(LLAMA, RECIPE, 24, 640, 128).reserved_bytes < T4


def test_the_items_add_up():
    estimate = memory.training(LLAMA, RECIPE, 512)
    assert sum(item.bytes for item in estimate.items) == estimate.peak_bytes
    assert estimate.peak_bytes < estimate.reserved_bytes < estimate.device_bytes
    assert all(item.bytes > 0 for item in estimate.items)


def test_the_largest_micro_batch_leaves_a_tenth_free_and_is_the_largest():
    found = memory.largest_micro_batch(LLAMA, RECIPE, T4, at_most=1 << 20)
    assert found is not None
    assert found % 64 == 0
    assert memory.training(LLAMA, RECIPE, found, accumulation=2).device_bytes <= 0.9 * T4
    assert memory.training(LLAMA, RECIPE, found + 64, accumulation=2).device_bytes > 0.9 * T4
    assert memory.largest_micro_batch(LLAMA, RECIPE, T4, at_most=1000) == 960
    assert memory.largest_micro_batch(LLAMA, RECIPE, 4 * GIB, at_most=1 << 20) is None


def test_the_largest_prediction_batch_leaves_a_tenth_free_and_is_the_largest():
    found = memory.largest_prediction_batch(LLAMA, RECIPE, T4, prompt_tokens=640, new_tokens=128, at_most=99)
    assert found is not None
    assert memory.prediction(LLAMA, RECIPE, found, 640, 128).device_bytes <= 0.9 * T4
    assert memory.prediction(LLAMA, RECIPE, found + 1, 640, 128).device_bytes > 0.9 * T4
    none = memory.largest_prediction_batch(LLAMA, RECIPE, GIB, prompt_tokens=640, new_tokens=128, at_most=99)
    assert none is None


def test_a_micro_batch_holds_no_more_than_a_step_has_use_for():
    lengths = [100] * 50
    assert memory.micro_batch_tokens(LLAMA, RECIPE, lengths, T4) == 1600
    assert memory.micro_batch_tokens(LLAMA, RECIPE, lengths, None) == 1600
    assert memory.micro_batch_tokens(LLAMA, RECIPE, [1000] * 50, None) == memory.CPU_TOKENS
    tight = memory.micro_batch_tokens(LLAMA, RECIPE, lengths, round(6.8 * GIB))
    assert 100 < tight < 1600
    assert memory.training(LLAMA, RECIPE, tight, accumulation=2).device_bytes <= 0.9 * 6.8 * GIB
    assert memory.micro_batch_tokens(LLAMA, Recipe(base="x", micro_batch_tokens=77), lengths, T4) == 77


def test_the_longest_row_is_the_least():
    assert memory.micro_batch_tokens(LLAMA, RECIPE, [100, 100, 3000], 5 * GIB) == 3008


def test_shared_keys_make_the_cache_smaller():
    shared = Shape(32, 4096, 11008, 32, 8, 32000, 4096, tied=False)
    many, few = (memory.prediction(shape, RECIPE, 16, 640, 128).items[3] for shape in (LLAMA, shared))
    assert many.name == few.name == "keys and values of all tokens (16 bit)"
    assert many.bytes == 4 * few.bytes == 16 * 768 * 2 * 4096 * 2 * 32
