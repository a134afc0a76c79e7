"""A worker process of `grading run`: reads hand-ins on stdin, answers with their documents on stdout.

    → {"course": DIR, "untouched": {…}, "base": {…} | null, "decisions": FILE | null}
        answered by the hash of the course, as it reads it
    → HAND-IN    answered by {name: document, …}

It ends when stdin ends. What a library prints goes to stderr.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from grading.course.inputs import inputs
from grading.course.reading import load
from grading.running import provenance
from grading.running.messages import to_hand_in
from grading.scoring import score
from grading.scoring.faults import fault
from quality.workers import keeping


def main() -> None:
    """Answers until there is nothing left to score."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which then ends this process
    jobs, replies = sys.stdin.buffer, _own_stdout()
    first = json.loads(jobs.readline())
    named = Path(first["decisions"]) if first["decisions"] else None
    course = replace(load(Path(first["course"])), decisions=named)
    bench = score.Bench(inputs(course), first["untouched"], first["base"])
    _reply(replies, provenance.of_course(bench.inputs))
    with keeping():
        for line in jobs:
            _reply(replies, documents(json.loads(line), bench))


def _reply(replies: BinaryIO, body: Any) -> None:
    replies.write(json.dumps(body).encode() + b"\n")
    replies.flush()


def documents(job: dict[str, Any], bench: score.Bench) -> dict[str, Any]:
    """The hand-in's documents; one at which the program failed has `failures` alone."""
    try:
        return dict(score.score(to_hand_in(job), bench).documents)
    except Exception as error:  # one group's trouble, and nobody else's
        return {"failures": {"all": fault(error)}}


def _own_stdout() -> BinaryIO:
    """The pipe to the parent, out of the reach of whatever prints."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return replies


if __name__ == "__main__":
    main()
