"""The sizes of a base: read from its config.json, or known by its name, so that a plan needs no download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from quality.errors import ConfigError
from quality.wording import listed

_AGAIN = "fetch the base's config.json again"
LARGEST = 1 << 24
"""No layer count, width or vocabulary is above this; a config that says so is damaged."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a `model_type` builds, and what its class takes for a setting that config.json leaves out.

    Attributes:
        tied: The output head is the embedding.
        kv_heads: Heads of keys and values; None: as many as of queries.
        head_size: Width of one head; 0: hidden / heads.
        gated: The feed-forward network has a gate beside up and down.
        fused: Queries, keys and values are one linear layer, gate and up another.
    """

    tied: bool = False
    kv_heads: int | None = None
    head_size: int = 0
    gated: bool = True
    fused: bool = False


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "llama": Kind(),
        "mistral": Kind(kv_heads=8),
        "qwen2": Kind(kv_heads=32),
        "qwen3": Kind(kv_heads=32, head_size=128),
        "gemma": Kind(tied=True, kv_heads=16, head_size=256),
        "granite": Kind(),
        "olmo2": Kind(),
        "phi3": Kind(fused=True),
        "smollm3": Kind(tied=True, kv_heads=4),
        "starcoder2": Kind(tied=True, kv_heads=2, gated=False),
        "stablelm": Kind(kv_heads=32),
    }
)
"""`model_type` of the bases that can be trained: blocks of attention and a feed-forward network, alone."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What memory and arithmetic follow from.

    Attributes:
        layers: Decoder blocks.
        hidden: Width of the residual stream.
        intermediate: Width inside the feed-forward network.
        heads: Attention heads.
        kv_heads: Heads of keys and values; fewer than `heads` with grouped queries.
        vocab: Tokens of the vocabulary, as the embedding has rows.
        context: Tokens of the longest sequence that the base was trained for.
        tied: The output head is the embedding.
        head_size: Width of one head; 0 means hidden / heads.
        gated: The feed-forward network has a gate beside up and down.
        fused: Queries, keys and values are one linear layer, gate and up another.
    """

    layers: int
    hidden: int
    intermediate: int
    heads: int
    kv_heads: int
    vocab: int
    context: int
    tied: bool
    head_size: int = 0
    gated: bool = True
    fused: bool = False

    def limit(self, max_length: int) -> int:
        """Tokens of the longest row that is trained on: as many as are wanted, and no more than the base reads."""
        return min(max_length, self.context)

    @property
    def query_width(self) -> int:
        """Width of all queries together."""
        return self.heads * (self.head_size or self.hidden // self.heads)

    @property
    def kv_width(self) -> int:
        """Width of all keys together; the values' is the same."""
        return self.kv_heads * (self.head_size or self.hidden // self.heads)

    @property
    def linears(self) -> tuple[tuple[int, int], ...]:
        """(inputs, outputs) of each linear layer of one block: q, k, v, o, then up, gate and down."""
        asked = (self.query_width, self.kv_width, self.kv_width)
        up = (self.intermediate,) * (2 if self.gated else 1)
        if self.fused:
            asked, up = (sum(asked),), (sum(up),)
        return (
            *((self.hidden, width) for width in asked),
            (self.query_width, self.hidden),
            *((self.hidden, width) for width in up),
            (self.intermediate, self.hidden),
        )

    @property
    def linear_parameters(self) -> int:
        """Weights of all blocks' linear layers: those that are held in four bits."""
        return self.layers * sum(inputs * outputs for inputs, outputs in self.linears)

    @property
    def embedding_parameters(self) -> int:
        """Weights of the embedding and of the output head, where that is another matrix."""
        return self.vocab * self.hidden * (1 if self.tied else 2)

    @property
    def parameters(self) -> int:
        """All weights, with the norms' (two a block and one at the end)."""
        return self.linear_parameters + self.embedding_parameters + (2 * self.layers + 1) * self.hidden


@dataclass(frozen=True, slots=True)
class Known:
    """A base whose sizes its model card and config.json state.

    Attributes:
        weights_bytes: Of its safetensors files together.
        largest_shard_bytes: Of the largest among them.

    Source: the model's config.json and its index of weights; Touvron et al. 2023, Llama 2; Zhang et al. 2024,
    TinyLlama; Jiang et al. 2023, Mistral 7B.
    """

    shape: Shape
    weights_bytes: int
    largest_shard_bytes: int


_LLAMA2_7B = Known(Shape(32, 4096, 11008, 32, 32, 32000, 4096, tied=False), 13_476_839_032, 9_976_576_152)
_LLAMA2_13B = Known(Shape(40, 5120, 13824, 40, 40, 32000, 4096, tied=False), 26_031_738_880, 9_948_693_272)
_TINYLLAMA = Known(
    Shape(22, 2048, 5632, 32, 4, 32000, 2048, tied=False),
    2_200_119_864,
    2_200_119_864,
)
_MISTRAL = Known(
    Shape(32, 4096, 14336, 32, 8, 32000, 32768, tied=False),
    14_483_498_224,
    9_942_981_696,
)

KNOWN: Mapping[str, Known] = MappingProxyType(
    {
        "meta-llama/Llama-2-7b-hf": _LLAMA2_7B,
        "meta-llama/Llama-2-7b-chat-hf": _LLAMA2_7B,
        "meta-llama/Llama-2-13b-hf": _LLAMA2_13B,
        "meta-llama/Llama-2-13b-chat-hf": _LLAMA2_13B,
        "TinyLlama/TinyLlama-1.1B-Chat-v1.0": _TINYLLAMA,
        "mistralai/Mistral-7B-v0.1": _MISTRAL,
    }
)
"""Name on the hub → its sizes."""


def kind_of(config: Mapping[str, Any]) -> Kind | None:
    """What the config's `model_type` builds; None where this fine-tune does not know it."""
    name = config.get("model_type")
    return KINDS.get(name) if isinstance(name, str) else None


def of_config(config: Mapping[str, Any], *, where: str) -> Shape:
    """The sizes that a config.json states.

    Args:
        where: The file, for messages.

    Raises:
        ConfigError: A size is missing or no size, or the model is of a kind that this fine-tune is not for.
    """
    kind = kind_of(config)
    if kind is None:
        raise ConfigError(
            f"the base is of the kind {str(config.get('model_type'))[:60]!r}, which this fine-tune does not know",
            where=where,
            remedy=f"name a base of one of these kinds: {listed(sorted(KINDS), len(KINDS))}",
        )
    heads = _size(config, "num_attention_heads", where)
    shape = Shape(
        layers=_size(config, "num_hidden_layers", where),
        hidden=_size(config, "hidden_size", where),
        intermediate=_size(config, "intermediate_size", where),
        heads=heads,
        kv_heads=_size(config, "num_key_value_heads", where, kind.kv_heads or heads),
        vocab=_size(config, "vocab_size", where),
        context=_size(config, "max_position_embeddings", where),
        tied=bool(config.get("tie_word_embeddings", kind.tied)),
        head_size=_size(config, "head_dim", where, kind.head_size),
        gated=kind.gated,
        fused=kind.fused,
    )
    if not shape.head_size and shape.hidden % heads:
        raise ConfigError(
            f"hidden_size {shape.hidden} is no multiple of {heads} heads", where=where, remedy=_AGAIN
        )
    return shape


def _size(config: Mapping[str, Any], key: str, where: str, default: int | None = None) -> int:
    """A count of at least 1; the default, where there is one, stands for a missing one or null."""
    value = config.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= LARGEST:
        raise ConfigError(
            f"{key} is {str(value)[:60]!r}, where a count belongs",
            where=where,
            remedy=_AGAIN,
        )
    return value
