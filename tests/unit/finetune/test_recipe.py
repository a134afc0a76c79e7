"""The settings of a fine-tune: what is out of range is refused by name, wherever it comes from."""

import math

import pytest

from finetune.recipe import RANGES, Recipe
from quality.errors import ConfigError


@pytest.mark.parametrize("name", RANGES)
@pytest.mark.parametrize("far", [math.nan, math.inf, -math.inf, -1])
def test_what_is_out_of_range_is_refused_with_the_option(name, far):
    with pytest.raises(ConfigError, match="out of range") as refused:
        Recipe("base", **{name: far})
    assert refused.value.where == f"--{name.replace('_', '-')}"
    assert "least" in refused.value.remedy or " to " in refused.value.remedy


@pytest.mark.parametrize("name", RANGES)
def test_the_ends_of_a_range_belong_to_it(name):
    least, most = RANGES[name]
    for value in (least, *([most] if most < math.inf else [])):
        assert getattr(Recipe("base", **{name: value}), name) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seed", 5_000_000_000),
        ("learning_rate", 0),
        ("lora_alpha", 99_999_999_999_999_999_999_999),
        ("lora_r", 100_000),
        ("epochs", 100_000_000),
    ],
)
def test_what_would_fail_later_or_train_nothing_is_refused(name, value):
    with pytest.raises(ConfigError, match="out of range"):
        Recipe("base", **{name: value})
