"""Hand-ins scored in worker processes: one that kills its process, or never ends, costs its own group alone.

A process that does not come up was given no hand-in yet, so that none can be at fault: the others go on without it, and
with none left the run ends.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from grading.model import HandIn
from grading.running import messages
from grading.running.worker import documents
from grading.scoring import score
from quality.errors import ConfigError, HardwareError
from quality.workers import keeping

COMMAND: Final = (sys.executable, "-P", "-m", "grading.running.worker")
"""A worker process. With -P, so that what lies in the working directory, a hand-in say, is never imported."""
DEADLINE_S: Final = 3_600.0
"""For one hand-in; measuring has limits of its own, so that only what hangs takes as long."""
TRIES: Final = 2
POLL_S: Final = 0.1

Documents = dict[str, Any]


def scored(
    hand_ins: Sequence[HandIn], bench: score.Bench, of_course: str, jobs: int
) -> Generator[tuple[str, Documents]]:
    """Group and documents of each hand-in, as they come. Closing it ends the workers.

    Args:
        of_course: The course's hash (`provenance.of_course`), which the workers must find as well.
        jobs: Worker processes at most; 1 works in this process.

    Raises:
        HardwareError: No worker process starts.
        ConfigError: The course's files were changed meanwhile.
    """
    if jobs <= 1:
        with keeping():
            for one in hand_ins:
                yield one.group, documents(messages.from_hand_in(one), bench)
        return
    pool = _Pool(hand_ins, bench, of_course)
    try:
        yield from pool.results(min(jobs, len(hand_ins)))
    finally:
        pool.kill()


class _Pool:
    """Threads that each feed one worker process at a time."""

    def __init__(self, hand_ins: Iterable[HandIn], bench: score.Bench, of_course: str) -> None:
        self.todo: queue.SimpleQueue[HandIn] = queue.SimpleQueue()
        self.count = 0
        for one in hand_ins:
            self.todo.put(one)
            self.count += 1
        self.done: queue.SimpleQueue[tuple[str, Documents] | BaseException] = queue.SimpleQueue()
        decisions = bench.inputs.course.decisions
        self.first = _line(
            {
                "course": str(bench.inputs.course.folder),
                "untouched": dict(bench.untouched),
                "base": None if bench.base is None else dict(bench.base),
                "decisions": None if decisions is None else str(decisions),
            }
        )
        self.of_course = of_course
        self.feeding, self.came_up = 0, False
        self.lock = threading.Lock()
        self.children: set[subprocess.Popen[bytes]] = set()
        self.threads: list[threading.Thread] = []
        self.killed = False

    def results(self, workers: int) -> Generator[tuple[str, Documents]]:
        """One for each hand-in."""
        self.feeding = workers
        for _ in range(workers):
            self.threads.append(threading.Thread(target=self._feed, name="grading-worker", daemon=True))
            self.threads[-1].start()
        left = self.count
        while left:
            try:
                found = self.done.get(timeout=POLL_S)  # on Windows Ctrl-C interrupts no endless wait
            except queue.Empty:
                continue
            if isinstance(found, BaseException):
                raise found
            left -= 1
            yield found

    def kill(self) -> None:
        """Ends all workers; safe to call twice."""
        with self.lock:
            self.killed = True
            children = tuple(self.children)
        for child in children:
            child.kill()

    def _feed(self) -> None:
        """One thread's work: a worker process, and a new one when it died."""
        child: subprocess.Popen[bytes] | None = None
        try:
            while not self.killed:
                one = self._next()
                if one is None:
                    break
                child, found = self._answer(child, one)
                self.done.put((one.group, found))
        except _NotUp as error:
            self._give_up(error)
        except BaseException as error:
            self.done.put(error)
        finally:
            if child is not None:
                self._end(child)

    def _next(self) -> HandIn | None:
        """A hand-in; None where none is left, and this thread ends."""
        with self.lock:
            try:
                return self.todo.get_nowait()
            except queue.Empty:
                self.feeding -= 1
                return None

    def _give_up(self, error: _NotUp) -> None:
        """Leaves the work to the other threads; the last one tells why it is not done."""
        with self.lock:
            self.todo.put(error.hand_in)
            last = self.feeding == 1
            again, self.came_up = last and self.came_up, False
            self.feeding -= not again
        if again:  # the others are done, and processes could be started before
            self._feed()
            return
        if last and not self.killed:
            self.done.put(
                HardwareError(
                    f"no worker process starts: it {error.said}",
                    remedy="its own words stand above; `--jobs 1` grades in this process",
                )
            )

    def _answer(
        self, child: subprocess.Popen[bytes] | None, one: HandIn
    ) -> tuple[subprocess.Popen[bytes] | None, Documents]:
        said = ""
        for _ in range(TRIES):
            child = child or self._start(one)
            if child is None:
                break
            reply = _asked(child, _line(messages.from_hand_in(one)))
            if reply is not None:
                return child, reply
            said = self._end(child)
            child = None
        return None, {"failures": {"all": f"the worker process {said}, {TRIES} times tried"}}

    def _start(self, one: HandIn) -> subprocess.Popen[bytes] | None:
        """A process that has read the course as it was when the run began.

        Raises:
            _NotUp: It did not come up.
            ConfigError: The course is another one now.
        """
        with self.lock:
            if self.killed:
                return None
            try:
                child = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own
            except OSError as error:
                raise _NotUp(one, f"cannot be started: {error.strerror}") from None
            self.children.add(child)
        of_course = _asked(child, self.first)
        if of_course is None:
            raise _NotUp(one, self._end(child))
        if of_course != self.of_course:
            self._end(child)
            raise ConfigError(
                "the course's files were changed while they were graded by",
                remedy="run it again; what is graded stays",
            )
        self.came_up = True
        return child

    def _end(self, child: subprocess.Popen[bytes]) -> str:
        """Ends the process and says how it ended."""
        for stream in (child.stdin, child.stdout):
            if stream:
                with suppress(OSError):  # what it still held goes nowhere: the process is gone
                    stream.close()
        if child.poll() is None and self.killed:
            child.kill()
        try:
            code = child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
            code = child.wait()
        with self.lock:
            self.children.discard(child)
        return f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"


class _NotUp(Exception):
    """A worker process that ended before it took this hand-in."""

    def __init__(self, hand_in: HandIn, said: str) -> None:
        super().__init__(said)
        self.hand_in = hand_in
        self.said = said


def _asked(child: subprocess.Popen[bytes], job: bytes) -> Any:
    """The reply; None where the process died or had to be killed."""
    timer = threading.Timer(DEADLINE_S, child.kill)
    timer.daemon = True
    timer.start()
    try:
        if not _send(child, job) or child.stdout is None:
            return None
        line = child.stdout.readline()
        return json.loads(line) if line.endswith(b"\n") else None
    finally:
        timer.cancel()


def _send(child: subprocess.Popen[bytes], line: bytes) -> bool:
    """Whether the process took it."""
    if child.stdin is None:
        return False
    try:
        child.stdin.write(line)
        child.stdin.flush()
    except OSError:
        return False
    return True


def _line(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body).encode() + b"\n"
