"""Rows that share a sequence do not see each other."""

import pytest

from finetune.model import quantized
from finetune.recipe import Recipe
from finetune.training import packing_check
from finetune.training.collate import micro_batch, packed
from quality.errors import ConfigError
from tests import tiny_job

ROWS = tiny_job.rows(5)


@pytest.fixture(scope="module")
def exact(tiny_base):
    """The base in float32, not quantised; read it."""
    import transformers

    model = transformers.AutoModelForCausalLM.from_pretrained(tiny_base, attn_implementation="sdpa")
    model.config.use_cache = False
    return model.eval()


def apart(model):
    """Each row's logits, alone in its batch."""
    import torch

    with torch.no_grad():
        return [model(torch.tensor([row.prompt + row.answer])).logits[0] for row in ROWS]


def difference(model, inputs):
    """How far the packed rows' logits are from those of the same rows alone."""
    import torch

    del inputs["labels"]
    with torch.no_grad():
        together = model(**inputs).logits[0].split([row.length for row in ROWS])
    return max(float((a - b).abs().max()) for a, b in zip(together, apart(model), strict=True))


def test_packed_rows_have_the_logits_of_separate_rows(exact):
    assert difference(exact, packed(ROWS)) <= 1e-4


def test_a_mask_of_ones_would_mix_them(exact):
    """Which is what a collator of padded batches hands over, and nothing complains."""
    import torch

    inputs = packed(ROWS)
    inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
    assert difference(exact, inputs) > 1


def test_a_cache_would_mix_them_and_is_found_out(exact):
    assert packing_check.packing_is_isolated(exact)
    exact.config.use_cache = True
    try:
        assert difference(exact, packed(ROWS)) > 1
        assert not packing_check.packing_is_isolated(exact)
        with pytest.raises(ConfigError, match="does not keep packed rows of this model apart"):
            packing_check.demand_isolation(exact)
    finally:
        exact.config.use_cache = False


def test_the_model_that_is_trained_keeps_them_apart(tiny_base):
    import torch

    model = quantized.with_lora(quantized.load(tiny_base, tiny_job.CPU), Recipe(base=""))
    before = torch.get_rng_state()
    assert packing_check.packing_is_isolated(model.train())
    assert model.training
    assert torch.equal(torch.get_rng_state(), before)


def test_packed_training_has_the_loss_of_padded_training(tiny_base, tmp_path):
    """The same rows in one step: the same tokens are learned, whatever shares a sequence."""
    first = {}
    for packing in (False, True):
        recipe = Recipe(base="", packing=packing)
        whole = {"examples": ROWS, "epochs": 1, "tokens": 1024, "accumulation": 1, "recipe": recipe}
        work = tiny_job.job(tiny_base, tmp_path / str(packing), **whole)
        assert work.schedule.steps == 1
        first[packing] = tiny_job.run(work)[1][0]
    assert first[True].loss == pytest.approx(first[False].loss, rel=1e-5)
    assert first[True].tokens == first[False].tokens


def test_packing_learns_from_every_token_of_the_answers():
    labels = micro_batch(ROWS, tiny_job.PAD, packing=True)["labels"]
    assert int((labels != -100).sum()) == sum(len(row.answer) for row in ROWS)
