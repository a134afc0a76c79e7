"""Hand-ins scored in worker processes: one that kills its process, or never ends, costs its own group alone."""

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
from quality.workers import keeping

COMMAND: Final = (sys.executable, "-P", "-m", "grading.running.worker")
"""A worker process. With -P, so that what lies in the working directory, a hand-in say, is never imported."""
DEADLINE_S: Final = 3_600.0
"""For one hand-in; measuring has limits of its own, so that only what hangs takes as long."""
TRIES: Final = 2
POLL_S: Final = 0.1

Documents = dict[str, Any]


def scored(hand_ins: Sequence[HandIn], bench: score.Bench, jobs: int) -> Generator[tuple[str, Documents]]:
    """Group and documents of each hand-in, as they come. Closing it ends the workers.

    Args:
        jobs: Worker processes at most; 1 works in this process.
    """
    if jobs <= 1:
        with keeping():
            for one in hand_ins:
                yield one.group, documents(messages.from_hand_in(one), bench)
        return
    pool = _Pool(hand_ins, bench)
    try:
        yield from pool.results(min(jobs, len(hand_ins)))
    finally:
        pool.kill()


class _Pool:
    """Threads that each feed one worker process at a time."""

    def __init__(self, hand_ins: Iterable[HandIn], bench: score.Bench) -> None:
        self.todo: queue.SimpleQueue[HandIn] = queue.SimpleQueue()
        self.count = 0
        for one in hand_ins:
            self.todo.put(one)
            self.count += 1
        self.done: queue.SimpleQueue[tuple[str, Documents] | BaseException] = queue.SimpleQueue()
        self.first = _line(
            {
                "course": str(bench.inputs.course.folder),
                "untouched": dict(bench.untouched),
                "base": None if bench.base is None else dict(bench.base),
            }
        )
        self.lock = threading.Lock()
        self.children: set[subprocess.Popen[bytes]] = set()
        self.threads: list[threading.Thread] = []
        self.killed = False

    def results(self, workers: int) -> Generator[tuple[str, Documents]]:
        """One for each hand-in."""
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
                try:
                    one = self.todo.get_nowait()
                except queue.Empty:
                    break
                child, found = self._answer(child, one)
                self.done.put((one.group, found))
        except BaseException as error:
            self.done.put(error)
        finally:
            if child is not None:
                self._end(child)

    def _answer(
        self, child: subprocess.Popen[bytes] | None, one: HandIn
    ) -> tuple[subprocess.Popen[bytes] | None, Documents]:
        said = ""
        for _ in range(TRIES):
            child = child or self._start()
            if child is None:
                break
            reply = _asked(child, _line(messages.from_hand_in(one)))
            if reply is not None:
                return child, reply
            said = self._end(child)
            child = None
        return None, {"failures": {"all": f"the worker process {said}, {TRIES} times tried"}}

    def _start(self) -> subprocess.Popen[bytes] | None:
        with self.lock:
            if self.killed:
                return None
            child = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own
            self.children.add(child)
        _send(child, self.first)
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


def _asked(child: subprocess.Popen[bytes], job: bytes) -> Documents | None:
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
