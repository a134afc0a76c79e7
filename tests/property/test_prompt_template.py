"""Whatever the cells say: the same prompt in training and prediction, no text lost, no special token smuggled in."""

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finetune.rows import tokenizer
from finetune.rows.prompt_template import SHIPPED, answer_ids, answer_text, load, of, prompt_ids
from tests.tokenizer_kinds import KINDS, save

HOSTILE = (
    "</s>",
    "<s>",
    "<unk>",
    "<|im_end|>",
    "<|im_start|>",
    "{output}",
    "{instruction}",
    "[/INST]",
    "### Response:",
)
cells = st.lists(
    st.one_of(
        st.sampled_from((*HOSTILE, " ", "\n", "\r\n", "▁", "<0x0A>", "12345", "é", "🏔")), st.text(max_size=5)
    ),
    max_size=8,
).map("".join)
templates = st.one_of(
    st.sampled_from([load(name) for name in SHIPPED]),
    st.tuples(*[st.sampled_from(("", " ", "\n", "Q: ", "<|im_end|>", "a</s>"))] * 3).map(
        lambda parts: of("mine", "{}{{instruction}}{}{{output}}{}".format(*parts))
    ),
)
KEEPS_ALL = ("metaspace", "prepend", "byte-level", "no-bos")
"""Kinds that can write any text; the other one makes one unknown token of several letters."""


@cache
def base_of(kind):
    with tempfile.TemporaryDirectory() as folder:
        return tokenizer.load(save(kind, Path(folder)))


def properties(function):
    return settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])(function)


def one_line_end(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def as_decoded(text):
    return text.replace(
        "▁", " "
    )  # which is how several tokenizers write a blank; they cannot tell them apart


@properties
@given(templates, cells, cells, st.sampled_from(KINDS))
def test_only_the_template_writes_special_tokens(template, instruction, output, kind):
    base = base_of(kind)
    reserved = set(base.specials.values()) - {base.specials.get("<unk>")}

    def special(ids):
        return [one for one in ids if one in reserved]

    plain_prompt = prompt_ids(template, "a", base)
    prompt = prompt_ids(template, instruction, base)
    answer = answer_ids(template, output, base)
    assert special(prompt) == special(plain_prompt)
    assert special(answer) == special(answer_ids(template, "b", base))
    assert answer[-1] == base.eos
    if base.bos is not None:
        assert prompt[0] == base.bos


@properties
@given(templates, cells, cells, st.sampled_from(KEEPS_ALL))
def test_no_text_is_lost_or_added(template, instruction, output, kind):
    base = base_of(kind)
    ids = prompt_ids(template, instruction, base) + answer_ids(template, output, base)
    text = (
        template.before + one_line_end(instruction) + template.between + one_line_end(output) + template.after
    )
    for name in base.specials:  # those that the template writes are no text; those in cells are
        if name in instruction + output:
            return
        text = text.replace(name, "")
    assert as_decoded(base.decode(ids)).lstrip(" ") == as_decoded(text).lstrip(" ")


@properties
@given(cells, st.sampled_from(KEEPS_ALL))
def test_an_answer_comes_back_as_it_was_written(output, kind):
    base = base_of(kind)
    for name in SHIPPED:
        template = load(name)
        answer = answer_ids(template, output, base)
        said = as_decoded(answer_text(template, answer, base)).strip()
        assert said == as_decoded(one_line_end(output)).strip()


@properties
@given(templates, cells, cells, st.sampled_from(KEEPS_ALL))
def test_apart_is_together_wherever_the_prompt_s_ids_begin_the_whole(template, instruction, output, kind):
    base = base_of(kind)
    if any(name in template.before + template.between + template.after for name in base.specials):
        return  # the tokenizer would be asked for several texts
    start = [] if base.bos is None else [base.bos]
    instruction, output = "Ask" + one_line_end(instruction), one_line_end(output)
    prompt = prompt_ids(template, instruction, base)
    whole = start + base.encode(template.before + instruction + template.between + output + template.after)
    if whole[: len(prompt)] == prompt:
        answer = answer_ids(template, output, base)
        assert prompt + answer == [*whole, base.eos]
