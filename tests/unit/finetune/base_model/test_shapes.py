"""The sizes that follow from a config.json against the model that transformers builds from it, without its weights."""

import pytest

from finetune.base_model.shapes import KINDS, Shape, of_config

SIZES = {
    "num_hidden_layers": 2,
    "hidden_size": 2048,
    "intermediate_size": 5632,
    "num_attention_heads": 32,
    "vocab_size": 64_000,
    "max_position_embeddings": 4096,
}
"""What every config.json states; the rest is left to the kind's defaults."""
STATED = {"num_key_value_heads": 4, "head_dim": 64}


def built(config):
    """The model of that config, on no device."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    tokens = {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0}
    made = transformers.AutoConfig.for_model(**config, **tokens)
    with torch.device("meta"):
        return transformers.AutoModelForCausalLM.from_config(made)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "stated", [{}, STATED, {**STATED, "tie_word_embeddings": True}, {"tie_word_embeddings": False}]
)
def test_the_counted_weights_are_those_that_transformers_builds(kind, stated):
    from torch.nn import Linear

    config = {"model_type": kind, **SIZES, **stated}
    shape, model = of_config(config, where="config.json"), built(config)
    blocks = [part for part in model.model.layers.modules() if isinstance(part, Linear)]
    assert shape.linear_parameters == sum(part.weight.numel() for part in blocks)
    assert sorted(shape.linears) == sorted(
        (part.in_features, part.out_features) for part in blocks[: len(blocks) // 2]
    )
    whole = sum(part.numel() for part in model.parameters())
    assert shape.parameters == pytest.approx(
        whole, rel=0.0005
    )  # biases and some kinds' norms are not counted


def test_no_row_is_longer_than_wanted_or_than_the_base_reads():
    shape = Shape(2, 64, 128, 4, 4, 512, 85, tied=False)
    assert (shape.limit(256), shape.limit(85), shape.limit(40)) == (85, 85, 40)
