"""The one thread of this process that checks single rows, with a worker process kept ready beside it."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import TypeVar

from quality.workers import keeping

T = TypeVar("T")

_lock = threading.Lock()
_open: list[tuple[ThreadPoolExecutor, ExitStack]] = []


def submit(job: Callable[[], T]) -> Future[T]:
    """Has the job done by that thread, after those that were given before."""
    with _lock:
        if not _open:
            stack = ExitStack()
            stack.enter_context(keeping())
            _open.append((ThreadPoolExecutor(1, thread_name_prefix="row-check"), stack))
        return _open[0][0].submit(job)


def close() -> None:
    """Ends the thread and its worker; the next job starts both again."""
    with _lock:
        for executor, stack in _open:
            executor.shutdown(cancel_futures=True)
            stack.close()
        _open.clear()


atexit.register(close)
