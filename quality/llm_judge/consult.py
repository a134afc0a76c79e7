"""Rows → opinions: each distinct record once, in the table's order, within the budget, from the cache where it knows.

What comes out hangs on the rows and on what the judge answers, not on how many questions are put at once nor on which
answer comes first. The budget falls on the table's first records, whether the cache knows them or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quality.cache import Cache, measurement_key
from quality.guide import StyleGuide
from quality.llm_judge import endpoint as endpoints
from quality.llm_judge import framing, verdicts
from quality.llm_judge.client import Client, Patience, Reply
from quality.llm_judge.endpoint import Endpoint
from quality.llm_judge.rounds import in_order
from quality.llm_judge.verdicts import Unusable
from quality.model import Measures, Opinion, Row, Texts

CACHE_BATCH = 16
"""Answers written at a time: each has cost seconds or cents."""

_REMEDY = "see that the judge runs and check again (what it answered is kept), or leave --judge out"
_FORM_REMEDY = "name a model that keeps to a JSON schema, or leave --judge out"

Note = Callable[[str], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Consulted:
    """What the judge said of a table.

    Attributes:
        opinions: For every row that was handed over.
        gone: Why it said nothing of any row, with what to do; "" when it said something or there was nothing to ask.
    """

    opinions: Mapping[Texts, Opinion]
    gone: str = ""


def consult(
    rows: Sequence[Row], guide: StyleGuide, endpoint: Endpoint, cache: Cache, note: Note, progress: Progress
) -> Consulted:
    """The judge's opinion on every row; where there is none, it says why.

    Raises:
        EngineUnavailable: The extra is not installed.
        ConfigError: The key would travel in the clear, or is none.
    """
    endpoints.ready(endpoint)
    rows_of = Counter(row.texts for row in rows)
    most = guide.threshold("llm_judge.max_characters")
    unaskable = {texts: said for texts in rows_of if (said := _unaskable(texts, most))}
    askable = [texts for texts in rows_of if texts not in unaskable]
    wanted, beyond = askable[: endpoint.budget], askable[endpoint.budget :]
    spent = f"the budget of {endpoint.budget:,} requests is spent → raise --judge-budget to {len(askable)}"
    if beyond:
        note(f"{len(beyond):,} of {len(askable):,} answers are not put to the judge: {spent}")
    replies = _replies(wanted, rows_of, guide, endpoint, cache, note, progress)
    failed = [reply for reply in replies if reply.faults is None]
    opinions = {texts: _opinion(reply, texts[2]) for texts, reply in zip(wanted, replies, strict=True)}
    return Consulted(
        opinions=unaskable | opinions | dict.fromkeys(beyond, Opinion(missing=spent)),
        gone=_why(failed[0]) if failed and len(failed) == len(replies) else "",
    )


def _unaskable(texts: Texts, most: float) -> Opinion | None:
    """What is said of an answer without asking: of an empty one nothing, which another rule flags."""
    if not texts[2].strip():
        return Opinion()
    if sum(map(len, (*texts[0], texts[1], texts[2]))) > most:
        return Opinion(missing=f"prompt and answer have over {most:,.0f} characters: not put to the judge")
    return None


def _opinion(reply: Reply, answer: str) -> Opinion:
    return Opinion(missing=_why(reply)) if reply.faults is None else verdicts.opinion(reply.faults, answer)


def _why(reply: Reply) -> str:
    return f"the judge at {reply.problem} → {_FORM_REMEDY if reply.garbled else _REMEDY}"


def _replies(
    wanted: Sequence[Texts],
    rows_of: Mapping[Texts, int],
    guide: StyleGuide,
    endpoint: Endpoint,
    cache: Cache,
    note: Note,
    progress: Progress,
) -> list[Reply]:
    """The reply to each question, from the cache or from the judge. What was answered before Ctrl-C is kept."""
    version = "\0".join((endpoint.url, endpoint.model, framing.version(guide)))
    keys = [measurement_key(framing.record(texts), "llm_judge", version) for texts in wanted]
    known = cache.get_many(keys)
    replies = [_remembered(known.get(key)) for key in keys]
    left = [at for at, reply in enumerate(replies) if reply is None]
    if not left:
        return [reply for reply in replies if reply is not None]
    _announce(endpoint, sum(rows_of[wanted[at]] for at in left), note)
    fresh: list[tuple[str, Measures]] = []
    client = _client(guide, endpoint)
    try:
        spare = endpoint.budget - len(wanted)
        for at, reply in _asked(client, [wanted[at] for at in left], endpoint.jobs, spare, progress):
            replies[left[at]] = reply
            if reply.faults is not None:
                fresh.append((keys[left[at]], verdicts.kept(reply.faults)))
            if len(fresh) >= CACHE_BATCH:
                cache.put_many(fresh)
                fresh.clear()
    finally:
        client.close()
        cache.put_many(fresh)
    return [reply for reply in replies if reply is not None]


def _remembered(measures: Measures | None) -> Reply | None:
    try:
        return None if measures is None else Reply(verdicts.checked(measures))
    except Unusable:  # of a version that kept something else
        return None


def _announce(endpoint: Endpoint, rows: int, note: Note) -> None:
    if not endpoint.is_local:
        how = "" if endpoint.url.startswith("https:") else ", unencrypted"
        note(
            f"the texts of {rows:,} rows go to {endpoint.host}{how}, for its model {endpoint.model} to judge"
        )


def _client(guide: StyleGuide, endpoint: Endpoint) -> Client:
    patience = Patience(
        timeout_s=guide.threshold("llm_judge.timeout_s"),
        first_wait_s=guide.threshold("llm_judge.first_wait_s"),
    )
    return Client(endpoint, endpoints.key(), framing.task(guide), patience)


def _asked(
    client: Client, questions: Sequence[Texts], jobs: int, spare: int, progress: Progress
) -> Iterator[tuple[int, Reply]]:
    """The reply to each question by its place; a better one follows for what was answered in no usable form.

    Args:
        spare: Questions that may be put once more.
    """
    progress(0, len(questions))
    garbled: list[int] = []
    for at, reply in enumerate(in_order(client, questions, jobs)):
        yield at, reply
        progress(at + 1, len(questions))
        if reply.garbled:
            garbled.append(at)
    again = garbled[: max(spare, 0)]
    for at, reply in zip(
        again, in_order(client, [questions[at] for at in again], jobs, attempt=1), strict=True
    ):
        yield at, reply
