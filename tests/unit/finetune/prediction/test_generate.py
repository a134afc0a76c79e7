"""Batches change nothing of an answer, nor does running out of memory; nothing of the base's own drawing comes in."""

import pytest

from finetune.model import libraries, quantized
from finetune.prediction import generate
from finetune.prediction.generate import Finished, Halved
from quality.errors import HardwareError, ProofgateError
from tests import finished_run, tiny_llama

PAD, EOS = 0, 2
CAP = 6
STRANGE_DRAWING = {
    "do_sample": True,
    "temperature": 1.7,
    "repetition_penalty": 3.0,
    "no_repeat_ngram_size": 1,
}


@pytest.fixture(scope="module")
def model(tiny_base):
    """The 4-bit base, which has been told to draw its answers in strange ways."""
    loaded = quantized.load(tiny_base, finished_run.CPU)
    for name, value in STRANGE_DRAWING.items():
        setattr(loaded.generation_config, name, value)
    return loaded


@pytest.fixture(scope="module")
def prompts(tiny_base):
    words = libraries.transformers().AutoTokenizer.from_pretrained(tiny_base)
    texts = tiny_llama.sentences(32, 5)
    return [[1, *words(text, add_special_tokens=False)["input_ids"]] for text in texts]


@pytest.fixture(scope="module")
def one_by_one(model, prompts):
    """What the model answers to each prompt alone, by the definition: no padding, no cache, the likeliest token."""
    torch = libraries.torch()
    model.eval()
    answers = []
    for prompt in prompts:
        ids = list(prompt)
        with torch.inference_mode():
            while len(ids) < len(prompt) + CAP:
                ids.append(int(model(input_ids=torch.tensor([ids])).logits[0, -1].argmax()))
                if ids[-1] == EOS:
                    break
        new = ids[len(prompt) :]
        answers.append((tuple(token for token in new if token != EOS), EOS not in new))
    return answers


def answered(model, prompts, batch_size, cap=CAP):
    return list(
        generate.generate(model, prompts, pad=PAD, eos=EOS, max_new_tokens=cap, batch_size=batch_size)
    )


def in_order(batches):
    found = sorted((one for batch in batches for one in batch), key=lambda one: one.index)
    assert [one.index for one in found] == list(range(len(found)))
    return [(one.ids, one.cut) for one in found]


def test_the_prompts_of_these_tests_are_answered_apart(one_by_one):
    assert len(set(one_by_one)) > 10
    assert not all(cut for _, cut in one_by_one)


@pytest.mark.parametrize("batch_size", [1, 3, 8, 40])
def test_any_batch_gives_the_answers_that_each_prompt_has_alone(model, prompts, one_by_one, batch_size):
    assert in_order(answered(model, prompts, batch_size)) == one_by_one


def test_the_longest_prompts_come_first(model, prompts):
    batches = answered(model, prompts, 5, cap=1)
    assert [len(batch) for batch in batches] == [5, 5, 5, 5, 5, 5, 2]
    lengths = [len(prompts[one.index]) for batch in batches for one in batch]
    assert lengths == sorted(lengths, reverse=True)


def test_an_answer_that_meets_the_cap_is_cut(model, prompts, one_by_one):
    short = in_order(answered(model, prompts, 8, cap=2))
    for (ids, cut), (whole, whole_cut) in zip(short, one_by_one, strict=True):
        assert ids == whole[:2]
        assert cut == (whole_cut or len(whole) >= 2)


def test_the_base_keeps_its_own_way_of_drawing(model, prompts):
    answered(model, prompts[:1], 1, cap=1)
    assert {name: getattr(model.generation_config, name) for name in STRANGE_DRAWING} == STRANGE_DRAWING


@pytest.fixture
def little_memory(model):
    """The model with room for three rows: for more, it asks the system for a thousand terabytes."""

    def ask(module, positional, named):
        if named["input_ids"].shape[0] > ask.rows:
            libraries.torch().empty(1 << 50, dtype=libraries.torch().uint8)

    ask.rows = 3
    hook = model.register_forward_pre_hook(ask, with_kwargs=True)
    yield ask
    hook.remove()


@pytest.mark.usefixtures("little_memory")
def test_without_the_memory_for_a_batch_it_is_halved_and_nothing_is_lost(model, prompts, one_by_one):
    batches = answered(model, prompts, 8)
    assert batches[:2] == [Halved(4), Halved(2)]
    assert all(len(batch) == 2 for batch in batches[2:])
    assert in_order(batches[2:]) == one_by_one


def test_what_was_finished_before_the_memory_ended_stays(model, prompts, little_memory):
    little_memory.rows = 8
    found = generate.generate(model, prompts, pad=PAD, eos=EOS, max_new_tokens=2, batch_size=8)
    first = next(found)
    little_memory.rows = 4
    assert next(found) == Halved(4)
    rest = list(found)
    places = [one.index for batch in (first, *rest) for one in batch]
    assert sorted(places) == list(range(len(prompts)))


def test_one_prompt_too_many_for_the_memory_is_said(model, prompts, little_memory):
    little_memory.rows = 0
    with pytest.raises(HardwareError, match="one prompt of") as caught:
        answered(model, prompts, 2)
    assert "--max-new-tokens" in caught.value.remedy


def test_nan_is_no_answer(model, prompts):
    norm = model.model.norm.weight
    kept = norm.detach().clone()
    with libraries.torch().no_grad():
        norm.fill_(float("nan"))
        try:
            with pytest.raises(ProofgateError, match="NaN"):
                answered(model, prompts, 8)
        finally:
            norm.copy_(kept)


def test_no_prompts_no_answers(model):
    assert answered(model, [], 8) == []


def test_what_is_made_of_a_batch():
    ended = generate._finished(7, [5, 6, EOS, PAD, PAD], EOS)
    assert ended == Finished(7, (5, 6), cut=False)
    assert generate._finished(7, [5, 6, PAD], EOS) == Finished(7, (5, 6, PAD), cut=True)


@pytest.mark.parametrize(
    ("torch", "name"),
    [
        (None, "PYTORCH_ALLOC_CONF"),
        ("2.6.0", "PYTORCH_CUDA_ALLOC_CONF"),
        ("2.8.0+cu128", "PYTORCH_CUDA_ALLOC_CONF"),
        ("2.9.0", "PYTORCH_ALLOC_CONF"),
        ("2.11.0+cu128", "PYTORCH_ALLOC_CONF"),
    ],
)
def test_the_allocator_is_told_under_the_name_that_this_torch_reads(torch, name):
    environment = {}
    assert generate.allow_growth(torch, environment)
    assert environment == {name: "expandable_segments:True"}


@pytest.mark.parametrize(
    ("torch", "name", "value", "expands"),
    [
        ("2.11.0", "PYTORCH_ALLOC_CONF", "max_split_size_mb:64", False),
        ("2.11.0", "PYTORCH_CUDA_ALLOC_CONF", "max_split_size_mb:64", False),
        ("2.6.0", "PYTORCH_CUDA_ALLOC_CONF", "max_split_size_mb:64,expandable_segments:True", True),
    ],
)
def test_a_users_own_allocator_stays(torch, name, value, expands):
    environment = {name: value}
    assert generate.allow_growth(torch, environment) is expands
    assert environment == {name: value}
