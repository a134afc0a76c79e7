"""Prompts that are not answered yet → answers in the journal: one load of the model, batch after batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from finetune.hardware.machine import Device
from finetune.model import quantized
from finetune.prediction import generate
from finetune.prediction.generate import Finished, Halved
from finetune.prediction.journal import Answer, Journal, Model
from finetune.prediction.trained import Reader, Trained
from finetune.rows import prompt_template
from quality.wording import count


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be answered, by whom and how.

    Attributes:
        prompts: Token ids, BOS included, in the test file's order.
        models: Who answers, in this order.
        cap: New tokens at most.
        batch: Rows at once.
    """

    trained: Trained
    reader: Reader
    device: Device
    prompts: Sequence[Sequence[int]]
    models: tuple[Model, ...]
    cap: int
    batch: int

    @property
    def unanswered(self) -> tuple[int, ...]:
        """Places of the prompts that leave no room for an answer."""
        return tuple(at for at, prompt in enumerate(self.prompts) if self._room(prompt) < 1)

    @property
    def total(self) -> int:
        """Answers to be had in all."""
        return len(self.models) * (len(self.prompts) - len(self.unanswered))

    def missing(self, model: Model, known: Sequence[Answer]) -> dict[int, list[int]]:
        """Cap of new tokens → places of that model's prompts without an answer; the usual cap first.

        Only prompts that end near the end of the context have a lower one.
        """
        done = {answer.place for answer in known if answer.model == model}
        caps: dict[int, list[int]] = {}
        for place, prompt in enumerate(self.prompts):
            room = min(self.cap, self._room(prompt))
            if room >= 1 and place not in done:
                caps.setdefault(room, []).append(place)
        return dict(sorted(caps.items(), reverse=True))

    def _room(self, prompt: Sequence[int]) -> int:
        return self.reader.base.shape.context - len(prompt)


def answer(
    work: Work, journal: Journal, *, done: Callable[[int], None], note: Callable[[str], None]
) -> tuple[Answer, ...]:
    """All answers, those of earlier processes first; each new batch is on disk before the next one starts.

    Args:
        done: Called with the number of answers that are there.
        note: Takes what the user should know.

    Raises:
        ProofgateError: The model cannot be loaded, computes NaN, or the memory does not suffice.
    """
    known = {(one.model, one.place): one for one in journal.found if one.model in work.models}
    answers = list(known.values())
    if len(answers) >= work.total:
        return tuple(answers)
    assert work.reader.base.folder is not None
    note(f"loading {work.reader.base.name} in 4 bit, with the adapter")
    model = quantized.with_adapter(
        quantized.load(work.reader.base.folder, work.device), work.trained.folder.adapter
    )
    done(len(answers))
    for batch in _batches(work, model, tuple(answers), note):
        journal.add(batch)
        answers += batch
        done(len(answers))
    return tuple(answers)


def _batches(
    work: Work, model: Any, known: tuple[Answer, ...], note: Callable[[str], None]
) -> Iterator[tuple[Answer, ...]]:
    batch_size = work.batch
    for who in work.models:
        with model.disable_adapter() if who == "base" else nullcontext():
            for cap, places in work.missing(who, known).items():
                found = generate.generate(
                    model,
                    [work.prompts[place] for place in places],
                    pad=work.reader.tokenizer.pad,
                    eos=work.reader.tokenizer.eos,
                    max_new_tokens=cap,
                    batch_size=batch_size,
                )
                for batch in found:
                    if isinstance(batch, Halved):
                        batch_size = batch.batch_size
                        note(f"the memory did not suffice: going on with {count(batch_size, 'row')} at once")
                        continue
                    yield tuple(_answer(work.reader, who, places[one.index], one) for one in batch)


def _answer(reader: Reader, model: Model, place: int, one: Finished) -> Answer:
    text = prompt_template.answer_text(reader.template, list(one.ids), reader.tokenizer)
    # no table can hold a NUL, and a model that knows single bytes can write one
    return Answer(model, place, text.replace("\0", ""), len(one.ids), one.cut)
