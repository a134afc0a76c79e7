"""The base in 4 bit, frozen, with a LoRA adapter on it: QLoRA without `prepare_model_for_kbit_training`.

That helper casts the embeddings and norms to float32, which costs half a GiB on a 7B model and changes nothing of
the adapter. Source: Dettmers et al. 2023, QLoRA: NF4, double quantisation, LoRA on all linear layers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from finetune.hardware.machine import Device
from finetune.model import libraries
from finetune.model.out_of_memory import is_out_of_memory
from finetune.recipe import Recipe
from quality.errors import HardwareError, InputError, ProofgateError, in_words

ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
"""What an adapter is made of."""

IN_BFLOAT16 = "support_avx512bf16_for_cpu"
"""bitsandbytes' switch of a layer: on some CPUs a pass in eval mode turns its weights into a form for bfloat16.

A later backward pass through it is silently wrong, and the numbers are others than on other machines.
"""


def load(folder: Path, device: Device) -> Any:
    """The model in that folder in NF4 with double quantisation, nothing of it trainable.

    Reads safetensors from that folder alone: no download, no code of the model's own.

    Raises:
        InputError: The folder does not hold a model that transformers can load.
        HardwareError: A library cannot run here, or memory does not hold the model.
    """
    transformers = libraries.transformers()
    dtype = getattr(libraries.torch(), device.dtype)
    four_bit = transformers.BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=dtype,
    )
    try:
        with libraries.quiet():
            model = transformers.AutoModelForCausalLM.from_pretrained(
                folder,
                quantization_config=four_bit,
                dtype=dtype,
                device_map={"": 0 if device.kind == "cuda" else "cpu"},
                attn_implementation="sdpa",
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=True,
            )
    except Exception as error:  # it has no class for a folder that is no model
        raise _not_loaded(error, folder) from None
    model.requires_grad_(False)
    model.config.use_cache = False
    for module in model.modules():
        if hasattr(module, IN_BFLOAT16):
            setattr(module, IN_BFLOAT16, False)
    return model


def with_lora(model: Any, recipe: Recipe) -> Any:
    """The model with a new adapter on all its linear layers, in float32, drawn from the recipe's seed.

    The adapter changes nothing yet: one of its two factors is zero.
    """
    peft = libraries.peft()
    model.enable_input_require_grads()  # or checkpointed layers see no input that wants a gradient
    libraries.torch().manual_seed(recipe.seed)
    shape = peft.LoraConfig(
        r=recipe.lora_r,
        lora_alpha=recipe.lora_alpha,
        lora_dropout=recipe.lora_dropout,
        target_modules="all-linear",
        task_type="CAUSAL_LM",
    )
    try:
        with libraries.quiet():
            return peft.get_peft_model(model, shape)
    except ImportError as error:  # it looks for old versions of other libraries here
        raise libraries.cannot_run(error) from None


def with_adapter(model: Any, folder: Path) -> Any:
    """The model with the adapter in that folder, to predict with.

    Raises:
        InputError: The folder holds no adapter, or one that does not fit the model.
    """
    for name in ADAPTER_FILES:
        if not (folder / name).is_file():
            raise InputError(f"has no {name}", where=str(folder), remedy="name the folder of a finished run")
    peft = libraries.peft()
    try:
        with libraries.quiet():
            return peft.PeftModel.from_pretrained(model, str(folder), local_files_only=True).eval()
    except ImportError as error:
        raise libraries.cannot_run(error) from None
    except Exception as error:  # safetensors, json, peft and torch each have a class of their own
        raise InputError(f"is not an adapter for this base: {in_words(error)}", where=str(folder)) from None


def _not_loaded(error: Exception, folder: Path) -> ProofgateError:
    if isinstance(error, ImportError):
        return libraries.cannot_run(error)
    if is_out_of_memory(error):
        return HardwareError(
            "the memory does not hold the model",
            where=str(folder),
            remedy="close what else uses the GPU, or name a smaller base",
        )
    return InputError(
        f"is not a model that can be loaded: {in_words(error)}",
        where=str(folder),
        remedy="name the folder of a causal language model with config.json and *.safetensors",
    )
