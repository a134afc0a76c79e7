"""Many questions at once, their replies in order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from itertools import repeat

from quality.llm_judge import framing
from quality.llm_judge.client import Client, Reply
from quality.model import Texts

MOST_FAILURES = 5
"""Questions in a row without an answer, after which no more are put."""


def in_order(client: Client, questions: Sequence[Texts], jobs: int, *, attempt: int = 0) -> Iterator[Reply]:
    """The replies in the questions' order, however many are put at once; later ones share the fate of a judge gone.

    The first question of the first attempt is put alone, because it settles the form of the others.
    """
    settled = questions[:1] if attempt == 0 else questions[:0]
    failures = 0
    for question in settled:
        reply = client.settle(framing.record(question))
        yield reply
        if reply.final:
            yield from repeat(reply, len(questions) - 1)
            return
        failures = int(_failed(reply))
    yield from _together(client, questions[len(settled) :], jobs, attempt, failures)


def _failed(reply: Reply) -> bool:
    """Whether the judge said nothing at all."""
    return reply.faults is None and not reply.garbled


def _together(
    client: Client, questions: Sequence[Texts], jobs: int, attempt: int, failures: int
) -> Iterator[Reply]:
    replies: list[Future[Reply]] = [Future() for _ in questions]
    waiting = deque(zip(questions, replies, strict=True))
    for _ in range(min(jobs, len(questions))):
        # daemons: a process that was interrupted does not wait for answers that nobody wants any more
        threading.Thread(target=_work, args=(client, waiting, attempt), name="judge", daemon=True).start()
    try:
        for at, future in enumerate(replies, 1):
            reply = future.result()
            yield reply
            failures = failures + 1 if _failed(reply) else 0
            if reply.final or failures >= MOST_FAILURES:
                yield from repeat(reply, len(replies) - at)
                return
    finally:
        waiting.clear()


def _work(client: Client, waiting: deque[tuple[Texts, Future[Reply]]], attempt: int) -> None:
    """Puts one question after another until none is left."""
    while waiting:
        try:
            question, reply = waiting.popleft()
        except IndexError:  # another thread took the last one
            return
        try:
            reply.set_result(client.ask(framing.record(question), attempt))
        except Exception as error:  # the caller meets it where it takes the reply
            reply.set_exception(error)
