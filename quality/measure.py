"""Cells × checks → measures, from the cache where it knows them and from worker processes where not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial

from quality.cache import Cache, family_version, measurement_key
from quality.model import Measures, Row
from quality.rule import Check
from quality.workers import Job, Result
from quality.workers import measure as measure_in_workers

Progress = Callable[[int, int], None]
"""Called with the cells done and the cells in all."""

CHARACTERS_PER_WORKER = 40_000
"""Starting a process costs as much as proof-reading some ten thousand characters."""
SERVED_CHARACTERS_PER_WORKER = 8_000
"""The same where the worker only waits for a server that is slower: one request keeps one core busy."""

CACHE_BATCH = 256

WORKER_MEMORY_MB = 4_096
"""Address space of one worker, where the system can limit it: a text that wants more costs that text alone."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one text may be, and how long it may take."""

    max_cell_characters: int
    timeout_s: float
    retry_timeout_s: float


@dataclass(slots=True)
class Measured:
    """What is known of each text, by the name of the check that measured it.

    Attributes:
        measures: Name → text → measures; a text that a check could not read has the key `unmeasured`.
        crashes: Name → text → what happened.
        seconds: Name → time in workers, summed over processes.
    """

    measures: dict[str, dict[str, Measures]] = field(default_factory=lambda: defaultdict(dict))
    crashes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def of(self, check: Check, row: Row) -> Mapping[str, Measures]:
        """The family's measures of the row by column; a cell on which it crashed is missing."""
        known = self.measures[check.name]
        return {c: known[text] for c in check.columns if (text := str(getattr(row, c))) in known}

    def crash(self, check: Check, row: Row) -> str | None:
        """How the family crashed on one of the row's cells; None when it did not."""
        crashes = self.crashes.get(check.name)
        if not crashes:
            return None
        return next((crashes[t] for c in check.columns if (t := str(getattr(row, c))) in crashes), None)


Work = tuple[Sequence[Row], Sequence[Check]]
"""Rows, and the checks that read their cells."""


def measure(
    work: Sequence[Work],
    limits: Limits,
    *,
    cache: Cache,
    workers: int,
    progress: Progress,
    known: Measured | None = None,
) -> Measured:
    """What every measuring check says of every distinct cell of its rows within the limits.

    Args:
        known: What need not be looked for in the cache.
    """
    done = Measured()
    checks = _measuring(work)
    wanted = _cells(work, limits)
    versions = {check.name: family_version(check) for check in checks}
    missing = _from_cache(_unknown(wanted, known, done) if known else wanted, versions, cache, done)
    left = sum(len(families) for families in missing.values())
    counting = _Counting(progress, sum(len(families) for families in wanted.values()), left)
    with closing(_fresh(missing, checks, versions, limits, cache, workers)) as results:
        for text, result in results:
            _note(result, text, done, limits)
            counting.step()
    return done


def fill(
    work: Iterable[Work],
    checks: Sequence[Check],
    limits: Limits,
    *,
    cache: Cache,
    workers: int,
    progress: Progress,
) -> None:
    """Measures every distinct cell that the cache lacks, and keeps nothing but what the cache keeps.

    Args:
        work: Read once; of many tables, one after the other.
        checks: All that measure in any of them.
    """
    versions = {check.name: family_version(check) for check in checks if check.measure}
    missing: dict[str, tuple[str, ...]] = {}
    for text, families in _cells(work, limits).items():
        keys = {family: measurement_key(text, family, versions[family]) for family in families}
        held = cache.held(list(keys.values()))
        if lacking := tuple(family for family, key in keys.items() if key not in held):
            missing[text] = lacking
    left = sum(len(families) for families in missing.values())
    counting = _Counting(progress, left, left)
    with closing(_fresh(missing, checks, versions, limits, cache, workers)) as results:
        for _ in results:
            counting.step()


class _Counting:
    """Tells the progress, one result at a time."""

    def __init__(self, progress: Progress, total: int, left: int) -> None:
        self.progress, self.total, self.left = progress, total, left
        progress(total - left, total)

    def step(self) -> None:
        """One more is done."""
        self.left -= 1
        self.progress(self.total - self.left, self.total)


def _fresh(
    missing: Mapping[str, tuple[str, ...]],
    checks: Sequence[Check],
    versions: Mapping[str, str],
    limits: Limits,
    cache: Cache,
    workers: int,
) -> Generator[tuple[str, Result]]:
    """What workers measure, as it comes, with its text; the cache keeps what another run would measure the same."""
    texts = list(missing)
    jobs = (Job(key, text, missing[text]) for key, text in enumerate(texts))
    services = _services(checks)
    worthwhile = SERVED_CHARACTERS_PER_WORKER if services else CHARACTERS_PER_WORKER
    count = max(1, min(workers, sum(map(len, texts)) // worthwhile + 1))
    fresh: list[tuple[str, Measures]] = []
    try:
        for result in _in_workers(jobs, len(texts), count, limits, services):
            text = texts[result.key]
            if result.status == "measured" and result.measures is not None and not _is_passing(result):
                fresh.append((measurement_key(text, result.family, versions[result.family]), result.measures))
            if len(fresh) >= CACHE_BATCH:
                cache.put_many(fresh)
                fresh.clear()
            yield text, result
    finally:
        cache.put_many(fresh)  # what was measured before Ctrl-C need not be measured again


def _measuring(work: Sequence[Work]) -> list[Check]:
    return list({check.name: check for _, asked in work for check in asked if check.measure}.values())


def _is_passing(result: Result) -> bool:
    """Whether another run may measure what this one could not."""
    return result.measures is not None and bool(result.measures.get("passing"))


def _services(checks: Sequence[Check]) -> dict[str, Callable[[], str]]:
    """Name → what gives the address of the server that the check's workers talk to."""
    return {c.name: partial(c.service.address, c.url) for c in checks if c.measure and c.service}


def _in_workers(
    jobs: Iterator[Job], left: int, workers: int, limits: Limits, services: Mapping[str, Callable[[], str]]
) -> Iterator[Result]:
    if not left:
        return iter(())
    return measure_in_workers(
        jobs,
        workers=workers,
        timeout_s=limits.timeout_s,
        retry_timeout_s=limits.retry_timeout_s,
        limit_mb=WORKER_MEMORY_MB,
        services=services,
    )


def _cells(work: Iterable[Work], limits: Limits) -> dict[str, tuple[str, ...]]:
    """Distinct text → the families that measure it, in the order of first sight."""
    wanted: dict[str, tuple[str, ...]] = {}
    for rows, checks in work:
        by_column = {
            column: tuple(check.name for check in checks if check.measure and column in check.columns)
            for column in ("output", "instruction")
        }
        for row in rows:
            for column, families in by_column.items():
                text = str(getattr(row, column))
                if families and len(text) <= limits.max_cell_characters:
                    known = wanted.get(text)
                    if known is None:
                        wanted[text] = families
                    elif known != families:
                        wanted[text] = tuple(dict.fromkeys((*known, *families)))
    return wanted


def _unknown(
    wanted: Mapping[str, tuple[str, ...]], known: Measured, done: Measured
) -> dict[str, tuple[str, ...]]:
    """Fills in what is known; the rest by text."""
    missing: dict[str, list[str]] = defaultdict(list)
    for text, families in wanted.items():
        for family in families:
            if text in known.measures[family]:
                done.measures[family][text] = known.measures[family][text]
            elif text in known.crashes[family]:
                done.crashes[family][text] = known.crashes[family][text]
            else:
                missing[text].append(family)
    return {text: tuple(families) for text, families in missing.items()}


def _from_cache(
    wanted: Mapping[str, tuple[str, ...]], versions: Mapping[str, str], cache: Cache, done: Measured
) -> dict[str, tuple[str, ...]]:
    """Fills in what the cache knows; the rest by text."""
    keys = {
        (text, family): measurement_key(text, family, versions[family])
        for text, families in wanted.items()
        for family in families
    }
    known = cache.get_many(list(keys.values()))
    missing: dict[str, list[str]] = defaultdict(list)
    for (text, family), key in keys.items():
        if key in known:
            done.measures[family][text] = known[key]
        else:
            missing[text].append(family)
    return {text: tuple(families) for text, families in missing.items()}


def _note(result: Result, text: str, done: Measured, limits: Limits) -> None:
    done.seconds[result.family] += result.seconds
    if result.status == "measured" and result.measures is not None:
        done.measures[result.family][text] = result.measures
    elif result.status == "timed_out":
        reason = f"took longer than {limits.retry_timeout_s:g} s"
        done.measures[result.family][text] = {"unmeasured": reason}
    else:
        done.crashes[result.family][text] = result.detail
