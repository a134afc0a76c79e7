"""A worker process: reads jobs on stdin, answers on stdout, one JSON line each, and ends when stdin ends.

    → [null, [family, …], {family: address, …}?]    load these, with their services; answered by [] once ready
    → [text, [family, …]]    answered by [[measures | null, error, seconds] for each family]

A family is named as `quality.checks.load` knows it. When a service answers no more, the process ends with the exit
code `SERVICE_GONE`: its parent starts the service again, and a process that uses it.

Started through this file's path, so that the child uses its parent's `quality` whatever the working directory
holds. What an engine prints goes to stderr: stdout's descriptor is moved out of its reach first.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO, Final

ROOT: Final = Path(__file__).resolve().parents[2]
MAX_REPLY_BYTES: Final = 16 << 20
"""A longer answer is the check's fault and counts as a crash; it would fill the parent's memory."""
MAX_ERROR_CHARACTERS: Final = 300
SERVICE_GONE: Final = 75
ORPHAN_GRACE_S: Final = 1.0
"""How long the current job may go on after the parent has gone."""

Measure = Callable[[str], Any]


def encode(message: Any) -> bytes:
    """One line of JSON. Lone surrogates survive; NaN and infinities are no JSON.

    Raises:
        ValueError: A NaN or an infinity.
        TypeError: What is no JSON value.
    """
    text = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def decode(line: bytes) -> Any:
    """What `encode` was given, tuples as lists."""
    return json.loads(line.decode("utf-8", "surrogatepass"))


def main() -> None:
    """Answers jobs until stdin ends."""
    options = _options()
    _import_own_package()
    _limit(options.limit_mb)
    jobs, replies = _private_streams()
    lines: SimpleQueue[bytes | None] = SimpleQueue()
    threading.Thread(target=_read, args=(jobs, lines), daemon=True).start()
    _serve(lines, replies, options.package, options.alarm_s)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="quality.workers.worker", description="Answers jobs of quality.workers."
    )
    parser.add_argument("--package", default="quality.checks")
    parser.add_argument("--alarm-s", type=int, default=0)
    parser.add_argument("--limit-mb", type=int, default=0)
    return parser.parse_args()


def _import_own_package() -> None:
    """Binds `quality` to the package that this file is in; its folder may shadow nothing else."""
    sys.path.insert(0, str(ROOT))
    import_module("quality")
    sys.path.remove(str(ROOT))
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))


def _limit(limit_mb: int) -> None:
    """No core dumps, no part in the terminal's Ctrl-C, the first to go when memory runs out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("800")
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limit_mb > 0:
        with suppress(OSError, ValueError):  # macOS knows the limit and refuses to set it
            resource.setrlimit(resource.RLIMIT_AS, (limit_mb << 20, limit_mb << 20))


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, out of the reach of engines that print or read."""
    jobs = os.fdopen(os.dup(0), "rb", buffering=1 << 16)
    replies = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return jobs, replies


def _read(jobs: BinaryIO, lines: SimpleQueue[bytes | None]) -> None:
    """Hands lines on. At the end of stdin a job that does not return must not keep an orphan alive."""
    try:
        for line in jobs:
            lines.put(line)
    except BaseException:
        os._exit(70)
    lines.put(None)
    time.sleep(ORPHAN_GRACE_S)
    os._exit(71)


def _serve(lines: SimpleQueue[bytes | None], replies: BinaryIO, package: str, alarm_s: int) -> None:
    measures: dict[str, Measure] = {}
    with suppress(BrokenPipeError):
        while (line := lines.get()) is not None:
            # A parent that died cannot kill; the alarm even ends an engine that never lets go of the GIL.
            _alarm(alarm_s)
            text, families, *rest = decode(line)
            if text is None:
                addresses: dict[str, str] = rest[0] if rest else {}
                measures |= {family: _load(package, family, addresses) for family in families}
                replies.write(encode([]))
            else:
                replies.write(_answer(text, [measures[family] for family in families]))
            replies.flush()
            _alarm(0)


def _load(package: str, name: str, addresses: dict[str, str]) -> Measure:
    family, _, engine = name.partition("@")
    module = import_module(f"{package}.{family}")
    check = module.CHECKS[engine] if engine else module.CHECK
    if name in addresses:
        check.service.use(addresses[name])
    return check.measure


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _answer(text: str, measures: list[Measure]) -> bytes:
    return b"[" + b",".join(_measured(text, measure) for measure in measures) + b"]\n"


def _measured(text: str, measure: Measure) -> bytes:
    """`[measures, "", seconds]`, or `[null, error, seconds]` for what raised or is no JSON object."""
    start = time.perf_counter()
    try:
        measures = measure(text)
        reply = encode([_object(measures), "", time.perf_counter() - start])
        if len(reply) > MAX_REPLY_BYTES:
            raise ValueError(f"measures of {len(reply):,} bytes, over the limit of {MAX_REPLY_BYTES:,}")
    except BaseException as error:
        _end_if_gone(error)
        reply = encode([None, _described(error), time.perf_counter() - start])
    return reply[:-1]


def _end_if_gone(error: BaseException) -> None:
    """Ends the process when the error says that a service went away: the text is not to blame yet."""
    from quality.errors import EngineGone

    if isinstance(error, EngineGone):
        os._exit(SERVICE_GONE)


def _object(measures: Any) -> dict[str, Any]:
    if not isinstance(measures, dict):
        raise TypeError(f"measure returned {type(measures).__name__}, not dict")
    return measures  # pyright: ignore[reportUnknownVariableType]


def _described(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:MAX_ERROR_CHARACTERS]


if __name__ == "__main__":
    main()
