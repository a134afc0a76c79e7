"""The base in 4 bit with an adapter: what is quantised, what is trained, what is refused."""

import json
import shutil

import pytest

from finetune.model import quantized
from finetune.recipe import Recipe
from quality.errors import InputError
from tests import tiny_job


@pytest.fixture
def adapted(tiny_base):
    return quantized.with_lora(quantized.load(tiny_base, tiny_job.CPU), Recipe(base="", lora_r=4))


def logits(model):
    import torch

    with torch.no_grad():
        return model(torch.tensor([tiny_job.rows(1)[0].prompt])).logits


def test_every_linear_layer_is_nf4_with_double_quantisation_and_the_head_is_not(tiny_base):
    import bitsandbytes
    import torch

    model = quantized.load(tiny_base, tiny_job.CPU)
    linear = {name: module for name, module in model.named_modules() if isinstance(module, torch.nn.Linear)}
    four_bit = {name for name, module in linear.items() if isinstance(module, bitsandbytes.nn.Linear4bit)}
    assert linear.keys() - four_bit == {"lm_head"}
    for name in four_bit:
        state = linear[name].weight.quant_state
        assert (state.quant_type, state.nested, state.dtype) == ("nf4", True, torch.float32)
    assert model.config._attn_implementation == "sdpa"
    assert model.config.use_cache is False
    assert not any(parameter.requires_grad for parameter in model.parameters())


def test_the_adapter_is_on_every_linear_layer_in_float32_and_alone_is_trained(adapted):
    trained = {name: p for name, p in adapted.named_parameters() if p.requires_grad}
    assert {str(p.dtype) for p in trained.values()} == {"torch.float32"}
    layers = {name.split(".lora_")[0].rsplit(".", 1)[1] for name in trained}
    assert layers == {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"}
    assert len(trained) == 2 * 7 * 2
    assert all("lora_" in name for name in trained)


def test_the_model_computes_alike_in_training_and_when_it_predicts(tiny_base):
    """bitsandbytes rounds to bfloat16 in eval mode on some CPUs, and is wrong in training ever after."""
    import torch

    model = quantized.load(tiny_base, tiny_job.CPU)
    assert torch.equal(logits(model.train()), logits(model.eval()))


def test_a_pass_in_eval_mode_spoils_no_training_after_it(tiny_base, adapted):
    import torch

    tokens = torch.tensor([tiny_job.rows(1)[0].prompt])

    def gradient(model):
        model.zero_grad()
        torch.manual_seed(1)
        model.train()(input_ids=tokens, labels=tokens).loss.backward()
        return next(p.grad.clone() for name, p in model.named_parameters() if "lora_B" in name)

    before = gradient(adapted)
    logits(adapted.eval())
    assert before.abs().max() > 0
    assert torch.equal(gradient(adapted), before)


def test_a_new_adapter_changes_nothing(tiny_base, adapted):
    import torch

    assert torch.equal(logits(quantized.load(tiny_base, tiny_job.CPU).eval()), logits(adapted.eval()))


def test_the_adapter_is_drawn_from_the_seed(tiny_base):
    import torch

    def first(seed):
        model = quantized.with_lora(quantized.load(tiny_base, tiny_job.CPU), Recipe(base="", seed=seed))
        return next(p for p in model.parameters() if p.requires_grad)

    assert torch.equal(first(1), first(1))
    assert not torch.equal(first(1), first(2))


def test_a_saved_adapter_predicts_as_the_trained_model_does(tiny_base, adapted, tmp_path):
    import torch

    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.2)
    adapted.save_pretrained(tmp_path)
    again = quantized.with_adapter(quantized.load(tiny_base, tiny_job.CPU), tmp_path)
    assert not again.training
    assert torch.equal(logits(adapted.eval()), logits(again))


@pytest.mark.parametrize("missing", quantized.ADAPTER_FILES)
def test_a_folder_without_an_adapter_is_refused(tiny_base, adapted, tmp_path, missing):
    adapted.save_pretrained(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(InputError, match=f"has no {missing}"):
        quantized.with_adapter(quantized.load(tiny_base, tiny_job.CPU), tmp_path)


@pytest.mark.parametrize(
    ("name", "content"), [("adapter_config.json", b"{"), ("adapter_model.safetensors", b"\x08\0\0\0")]
)
def test_a_damaged_adapter_is_refused(tiny_base, adapted, tmp_path, name, content):
    adapted.save_pretrained(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match="is not an adapter for this base"):
        quantized.with_adapter(quantized.load(tiny_base, tiny_job.CPU), tmp_path)


def test_an_adapter_of_a_model_of_another_shape_is_refused(tiny_base, tmp_path):
    other = tmp_path / "other"
    narrower(tiny_base, other)
    model = quantized.with_lora(quantized.load(other, tiny_job.CPU), Recipe(base=""))
    model.save_pretrained(tmp_path / "adapter")
    with pytest.raises(InputError, match="is not an adapter for this base"):
        quantized.with_adapter(quantized.load(tiny_base, tiny_job.CPU), tmp_path / "adapter")


def narrower(base, folder):
    import transformers

    config = transformers.AutoConfig.from_pretrained(base)
    config.intermediate_size = 64
    transformers.AutoModelForCausalLM.from_config(config).save_pretrained(folder)


@pytest.mark.parametrize("spoil", ["config", "weights", "pickle", "empty"])
def test_a_folder_that_is_no_model_is_refused_in_a_sentence(tiny_base, tmp_path, spoil):
    base = tmp_path / "base"
    shutil.copytree(tiny_base, base)
    weights = base / "model.safetensors"
    if spoil == "config":
        (base / "config.json").write_text("{")
    elif spoil == "weights":
        weights.write_bytes(weights.read_bytes()[:1000])
    elif spoil == "pickle":
        weights.rename(base / "pytorch_model.bin")
    else:
        shutil.rmtree(base)
        base.mkdir()
    with pytest.raises(InputError, match="is not a model that can be loaded"):
        quantized.load(base, tiny_job.CPU)


def test_a_models_own_code_is_not_run(tiny_base, tmp_path):
    base = tmp_path / "base"
    shutil.copytree(tiny_base, base)
    config = json.loads((base / "config.json").read_text())
    config |= {
        "model_type": "strange",
        "auto_map": {"AutoConfig": "code.StrangeConfig", "AutoModelForCausalLM": "code.Strange"},
    }
    (base / "config.json").write_text(json.dumps(config))
    (base / "code.py").write_text(
        f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Strange: ...\nclass StrangeConfig: ...\n"
    )
    with pytest.raises(InputError):
        quantized.load(base, tiny_job.CPU)
    assert not (tmp_path / "ran").exists()


def test_loading_prints_nothing(tiny_base, adapted, tmp_path, capfd):
    adapted.save_pretrained(tmp_path)
    quantized.with_adapter(quantized.load(tiny_base, tiny_job.CPU), tmp_path)
    assert capfd.readouterr() == ("", "")
