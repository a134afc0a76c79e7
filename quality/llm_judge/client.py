"""Questions to one judge: in a form that its server takes, a few tries each, never more than it bears.

Source: chat completions of OpenAI's API, as llama.cpp, vLLM, Ollama and LM Studio answer them. Some refuse a JSON
schema, a JSON object, a temperature or a seed, with 400, 422 or 500; so the first question finds out what they take.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from quality.llm_judge import framing, verdicts
from quality.llm_judge.connection import Connection, Kind, Trouble
from quality.llm_judge.endpoint import Endpoint
from quality.llm_judge.replies import content
from quality.llm_judge.verdicts import Fault, Unusable

MAX_TOKENS: Final = 4_000
"""Of an answer, thoughts included where a model writes them down."""

_STRICT: Final[Mapping[str, Any]] = {
    "type": "json_schema",
    "json_schema": {"name": "faults", "strict": True, "schema": framing.schema()},
}
_STEADY: Final[Mapping[str, Any]] = {"temperature": 0, "seed": framing.SEED, "max_tokens": MAX_TOKENS}
_FORMS: Final[tuple[Mapping[str, Any], ...]] = (
    {**_STEADY, "response_format": _STRICT},
    {**_STEADY, "response_format": {"type": "json_object"}},
    {"temperature": 0, "max_tokens": MAX_TOKENS},
    {"response_format": _STRICT},
    {},
)
"""What a request holds besides its messages: from what binds the answer most to what every server takes."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a question may take, and how often it is put.

    Attributes:
        timeout_s: For one try, until its answer is read.
        tries: In all, where the server is busy or the connection breaks.
        first_wait_s: Before the second try, doubled for each that follows; the server's own `Retry-After` comes first.
        longest_wait_s: A server that wants more is not waited for.
    """

    timeout_s: float = 120.0
    tries: int = 4
    first_wait_s: float = 1.0
    longest_wait_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one question.

    Attributes:
        faults: None where there is no usable answer.
        problem: Why there is none.
        garbled: It answered, and not in the form asked for; another try may do better.
        final: Every other question would fare alike.
    """

    faults: tuple[Fault, ...] | None = None
    problem: str = ""
    garbled: bool = False
    final: bool = False


class Client:
    """Asks one endpoint. Thread-safe."""

    def __init__(self, endpoint: Endpoint, key: str, task: str, patience: Patience) -> None:
        self._endpoint, self._key, self._task, self._patience = endpoint, key, task, patience
        self._connection = Connection(endpoint, key, patience.timeout_s)
        self._form = 0
        self._closed = threading.Event()
        self._pause_until = 0.0

    def settle(self, record: str) -> Reply:
        """As `ask`, for the first question, which is put alone: it finds out which form of request the server takes."""
        try:
            return self._tried(record, 0, settling=True)
        except Trouble as trouble:
            refused = trouble.kind is Kind.FORM or trouble.status == 500
            if refused and self._form + 1 < len(_FORMS):
                self._form += 1
                return self.settle(record)
            if refused:
                self._form = 0
            return _without_answer(trouble)

    def ask(self, record: str, attempt: int = 0) -> Reply:
        """The faults of that record, or why there are none.

        Args:
            record: The user message.
            attempt: Above 0 for a question that was answered in no usable form: another seed, lest it fares the same.
        """
        try:
            return self._tried(record, attempt, settling=False)
        except Trouble as trouble:
            return _without_answer(trouble)

    def close(self) -> None:
        """Ends every wait, and every question as soon as its server has answered."""
        self._closed.set()
        self._connection.close()

    def _tried(self, record: str, attempt: int, *, settling: bool) -> Reply:
        """The reply, after as many tries as it takes.

        Raises:
            Trouble: No try was answered.
        """
        body, tried = self._body(record, attempt), 0
        while True:
            self._wait_for_others()
            tried += 1
            try:
                return self._read(self._connection.exchange(body))
            except Trouble as trouble:
                most = 2 if settling and trouble.status == 500 else self._patience.tries
                if trouble.kind is not Kind.BUSY or tried >= most:
                    raise
                self._pause(trouble, tried)

    def _pause(self, trouble: Trouble, tried: int) -> None:
        """Waits before the next try; where the server says how long, all questions wait.

        Raises:
            Trouble: It wants more than anyone waits for.
        """
        if trouble.wait_s is None:
            self._closed.wait(self._patience.first_wait_s * 2 ** (tried - 1))
        elif trouble.wait_s <= self._patience.longest_wait_s:
            self._pause_until = max(self._pause_until, time.monotonic() + trouble.wait_s)
        else:
            raise Trouble(
                Kind.TEXT, f"{trouble} and wants to be left alone for more than this run waits"
            ) from trouble

    def _wait_for_others(self) -> None:
        left = self._pause_until - time.monotonic()
        if left > 0:
            self._closed.wait(left)
        if self._closed.is_set():
            raise Trouble(Kind.FINAL, f"{self._endpoint.host} is not asked any more")

    def _body(self, record: str, attempt: int) -> bytes:
        form = dict(_FORMS[self._form])
        if attempt and "seed" in form:
            form["seed"] += attempt
        messages = [{"role": "system", "content": self._task}, {"role": "user", "content": record}]
        body = {"model": self._endpoint.model, "messages": messages, "stream": False, **form}
        return json.dumps(body, ensure_ascii=True).encode()

    def _read(self, answer: bytes) -> Reply:
        try:
            said = content(answer)
            return Reply(faults=verdicts.parse(said.replace(self._key, "[key]") if self._key else said))
        except Unusable as error:
            return Reply(problem=f"{self._endpoint.host} answers, but {error}", garbled=True)


def _without_answer(trouble: Trouble) -> Reply:
    return Reply(problem=str(trouble), final=trouble.kind is Kind.FINAL)
