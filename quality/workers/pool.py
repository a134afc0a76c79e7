"""Measurements in worker processes: one slow, hanging or killed text costs that text alone.

A thread for each worker starts a child (`quality.workers.child`), hands it chunks of jobs as JSON lines and waits
for one answer a job. A child that misses a deadline is killed, one that dies is replaced; what it had
answered is kept, the job it was at is tried again alone, family by family, in a fresh child, and the jobs
behind it go back to the queue. A service that dies (LanguageTool's server) takes every text with it that it was at:
those are tried again one after the other, so that the guilty one takes no other with it.

Why no library: measured with 40 jobs of which one hangs or dies, loky 3.7 and `ProcessPoolExecutor` lose
36-38 jobs and mpire 2.10 stops them all. billiard 4.3 loses one, but it pickles, runs `__main__` again (an
unguarded script fails) and tries nothing twice; Pebble is LGPL.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from quality.errors import EngineUnavailable
from quality.model import Measures
from quality.workers.child import Child, Settings
from quality.workers.worker import SERVICE_GONE, decode, encode

CHUNK_CHARACTERS: Final = 16_384
CHUNK_JOBS: Final = 64
CHUNKS_AHEAD: Final = 2
"""Waiting for each worker: enough to keep it busy while results are consumed, few enough for flat memory."""
POLL_S: Final = 0.1
START_ATTEMPTS: Final = 2
TRIES_ALONE: Final = 2
"""For a text at which a service died: the second time, another text may have been to blame."""
NO_SERVICES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType({})

Status: TypeAlias = Literal["measured", "timed_out", "crashed"]


@dataclass(frozen=True, slots=True)
class Job:
    """One text to measure for some families; `key` is the caller's own."""

    key: int
    text: str
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What one family measured in one text.

    Attributes:
        measures: As JSON gives it back (lists for tuples); None unless `status` is `measured`.
        detail: What went wrong, the same in every run; "" when measured.
        seconds: Wall time in the worker; for a job that was killed, its deadline or the time until it died.
    """

    key: int
    family: str
    status: Status
    measures: Measures | None
    detail: str
    seconds: float


def measure(
    jobs: Iterable[Job],
    *,
    workers: int,
    timeout_s: float,
    retry_timeout_s: float,
    package: str = "quality.checks",
    limit_mb: int = 0,
    services: Mapping[str, Callable[[], str]] = NO_SERVICES,
) -> Iterator[Result]:
    """One result for each job and family, in any order, as they come.

    Closing the generator, or Ctrl-C, kills all workers.

    Args:
        jobs: Read in the caller's thread and only as fast as results are taken, so memory stays flat.
        workers: Processes at most; fewer are started when there is less to do.
        timeout_s: Wall time for one job, all of its families together.
        retry_timeout_s: Wall time for each family of a job that is tried again alone.
        package: Where the families' modules are.
        limit_mb: Address space of a worker in MiB, where the system can limit it; 0 for no limit.
        services: Family → what gives the address of the service that it talks to, started again if it died.

    Raises:
        EngineUnavailable: A worker cannot start or cannot load a family.
    """
    pool = _idle(Settings(timeout_s, retry_timeout_s, package, limit_mb), max(1, workers), services)
    kept = False
    try:
        yield from _results(pool, _chunks(jobs))
        kept = _keep(pool)
        if not kept:
            pool.close()
    finally:
        if not kept:
            pool.kill()


@contextmanager
def keeping() -> Generator[None]:
    """Inside, one worker stays ready after each `measure`, so that the next one need not start one (a second or two).

    For one thread of the process, and for a session that measures a little now and then. Inside another, it leaves
    everything to that one.
    """
    global _kept
    if _kept is not None:
        yield
        return
    _kept = []
    try:
        yield
    finally:
        pools, _kept = _kept, None
        for pool in pools:
            pool.kill()


_kept: list[_Pool] | None = None
"""The pool that waits for the next `measure`, if there is one; None outside of `keeping`."""


def _idle(settings: Settings, workers: int, services: Mapping[str, Callable[[], str]]) -> _Pool:
    """The pool that was kept, if it was made for the same; else a new one."""
    pool = _kept.pop() if _kept else None
    if pool is None or pool.settings != settings:
        if pool is not None:
            pool.kill()
        return _Pool(settings, workers, services)
    pool.workers, pool.services = workers, services
    return pool


def _keep(pool: _Pool) -> bool:
    """Whether the pool waits for the next `measure`, with one worker."""
    if _kept is None:
        return False
    pool.rest()
    _kept.append(pool)
    return True


def _results(pool: _Pool, chunks: Iterator[list[Job]]) -> Iterator[Result]:
    more = True
    while more or pool.unanswered:
        while more and pool.is_hungry():
            chunk = next(chunks, None)
            if chunk is None:
                more = False
            else:
                pool.submit(chunk)
        if pool.unanswered:
            yield from pool.answers()


def _chunks(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """Jobs in groups that make small messages and end together, whatever the length of a text."""
    chunk: list[Job] = []
    characters = 0
    for job in jobs:
        if not job.families:
            continue
        chunk.append(job)
        characters += len(job.text)
        if characters >= CHUNK_CHARACTERS or len(chunk) >= CHUNK_JOBS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


class _Pool:
    """The queues between the caller's thread and the supervising threads, and the children that are alive."""

    def __init__(
        self, settings: Settings, workers: int, services: Mapping[str, Callable[[], str]] = NO_SERVICES
    ) -> None:
        self.settings = settings
        self.workers = workers
        self.services = services
        self.alone = threading.Lock()
        self.unanswered = 0
        self.todo: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self.done: queue.SimpleQueue[list[Result] | BaseException] = queue.SimpleQueue()
        self.lock = threading.Lock()
        self.killed = False
        self.children: set[Child] = set()
        self.threads: list[threading.Thread] = []

    def is_hungry(self) -> bool:
        """Whether the workers will want more chunks and the caller has taken most of the results."""
        return (
            self.todo.qsize() < self.workers * CHUNKS_AHEAD and self.done.qsize() < self.workers * CHUNK_JOBS
        )

    def submit(self, chunk: list[Job]) -> None:
        """Queues a chunk; starts one more worker if there may be."""
        self.unanswered += sum(len(job.families) for job in chunk)
        self.todo.put(chunk)
        if len(self.threads) < self.workers:
            # A daemon, so that a generator that nobody closes cannot keep the interpreter from ending.
            thread = threading.Thread(target=_Supervisor(self).run, name="quality-worker", daemon=True)
            self.threads.append(thread)
            thread.start()

    def answers(self) -> list[Result]:
        """The next results; [] when none came within a short wait. Kills children that are overdue."""
        for child in self.alive():
            child.kill_if_overdue()
        try:
            # With a time-out, because on Windows Ctrl-C cannot interrupt an endless wait.
            answer = self.done.get(timeout=POLL_S)
        except queue.Empty:
            return []
        if isinstance(answer, BaseException):
            raise answer
        self.unanswered -= len(answer)
        return answer

    def alive(self) -> tuple[Child, ...]:
        """The children that may be running."""
        with self.lock:
            return tuple(self.children)

    def start_child(self) -> Child | None:
        """A new child; None when the pool has been killed meanwhile."""
        with self.lock:
            if self.killed:
                return None
            child = Child(self.settings)
            self.children.add(child)
            return child

    def drop_child(self, child: Child) -> None:
        """Kills and reaps it."""
        child.close()
        with self.lock:
            self.children.discard(child)

    def close(self) -> None:
        """Lets idle workers end by themselves, so that engines can clean up."""
        for child in self.alive():
            child.hang_up()
        for child in self.alive():
            child.wait_to_end()

    def rest(self) -> None:
        """Ends all workers and threads but one."""
        for _ in self.threads[1:]:
            self.todo.put(None)
        while sum(thread.is_alive() for thread in self.threads) > 1:
            time.sleep(POLL_S / 10)
        self.threads = [thread for thread in self.threads if thread.is_alive()]

    def kill(self) -> None:
        """Ends all workers and threads; safe to call twice."""
        with self.lock:
            self.killed = True
        for child in self.alive():
            child.kill()
        for _ in self.threads:
            self.todo.put(None)
        for thread in self.threads:
            thread.join()


class _Supervisor:
    """One thread's work: feeds one child at a time and answers for what it fails to."""

    def __init__(self, pool: _Pool) -> None:
        self.pool = pool
        self.settings = pool.settings
        self.child: Child | None = None

    def run(self) -> None:
        """Works until the queue says None or the pool is killed."""
        try:
            while (chunk := self.pool.todo.get()) is not None and not self.pool.killed:
                self._work(chunk)
        except BaseException as error:
            self.pool.done.put(error)
        finally:
            self._drop()

    def _work(self, chunk: list[Job]) -> None:
        child = self._ready(chunk)
        if child is None:
            return None
        for n, job in enumerate(chunk):
            reply = child.reply(self.settings.timeout_s)
            if reply is None:
                return self._recover(job, behind=chunk[n + 1 :])
            self.pool.done.put(_results_of(job, reply))
        return None

    def _recover(self, job: Job, behind: list[Job]) -> None:
        gone = self._drop() == SERVICE_GONE
        if behind:
            self.pool.todo.put(behind)
        for family in job.families:
            self._retry(Job(job.key, job.text, (family,)), gone)

    def _retry(self, job: Job, gone: bool) -> None:
        """A job of one family, alone, with the generous limit; what fails now has failed."""
        tries = TRIES_ALONE if gone else TRIES_ALONE + 1
        for _ in range(tries):
            with self.pool.alone if gone else nullcontext():
                gone = self._is_gone_again(job)
            if not gone:
                return
        detail = f"the engine's server died at it, {TRIES_ALONE} times tried alone"
        self.pool.done.put([Result(job.key, job.families[0], "crashed", None, detail, 0.0)])

    def _is_gone_again(self, job: Job) -> bool:
        """Whether the family's service died once more; if not, there is a result."""
        child = self._ready([job])
        if child is None:
            return False
        start = time.monotonic()
        reply = child.reply(self.settings.retry_timeout_s)
        if reply is not None:
            self.pool.done.put(_results_of(job, reply))
            return False
        if self._drop() == SERVICE_GONE:
            return True
        status: Status = "timed_out" if child.overdue else "crashed"
        limit = f"no answer within {self.settings.retry_timeout_s:g} s, twice tried"
        detail = limit if child.overdue else f"the worker {child.ending()}, twice tried"
        seconds = time.monotonic() - start
        self.pool.done.put([Result(job.key, job.families[0], status, None, detail, seconds)])
        return False

    def _ready(self, chunk: list[Job]) -> Child | None:
        """A child that has loaded the families and has the jobs; None when the pool has been killed.

        A child that dies before that has not seen a text: the text is not to blame.
        """
        families = sorted({family for job in chunk for family in job.families})
        jobs = [encode([job.text, job.families]) for job in chunk]
        said = ""
        for _ in range(START_ATTEMPTS):
            services = self.pool.services
            addresses = {family: services[family]() for family in families if family in services}
            lines = [encode([None, families, addresses]), *jobs]
            self.child = child = self.child or self.pool.start_child()
            if child is None or child.send(b"".join(lines)):
                return child
            self._drop()
            if self.pool.killed:
                return None
            said = f"{child.ending()}: {child.last_words()}"
        raise EngineUnavailable(
            f"a worker process cannot start; it {said}",
            where=", ".join(families),
            remedy="run `pip install --force-reinstall proofgate`; report it if that does not help",
        )

    def _drop(self) -> int | None:
        """Ends the child, if there is one; its exit code."""
        child, self.child = self.child, None
        if child is None:
            return None
        self.pool.drop_child(child)
        return child.process.returncode


def _results_of(job: Job, reply: bytes) -> list[Result]:
    return [
        Result(job.key, family, "measured" if measures is not None else "crashed", measures, error, seconds)
        for family, (measures, error, seconds) in zip(job.families, decode(reply), strict=True)
    ]
