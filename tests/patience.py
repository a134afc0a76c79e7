"""Waiting in tests: for what must come, with an end, so that what does not come fails and never hangs."""

import _thread
import contextlib
import threading
import time

PATIENCE_S = 60
"""Far more than anything here takes, on a busy machine too; nothing is asserted about the time itself."""


def until(holds):
    """Returns when that holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def ended(call):
    """What the call returns; fails when it does not end."""
    results = []
    thread = threading.Thread(target=lambda: results.append(call()), daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    assert results, "it did not end"
    return results[0]


@contextlib.contextmanager
def given_up():
    """Ctrl-C for what runs in this thread, should it not end by itself."""
    with at_last(_thread.interrupt_main):
        yield


@contextlib.contextmanager
def at_last(end):
    """Calls that when the block does not end by itself, such as a process's `kill`."""
    timer = threading.Timer(PATIENCE_S, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
