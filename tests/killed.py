"""`grading …` in a process that is killed (SIGKILL) midway: before the n-th statement, commit or change of a file.

    python -m tests.killed    reads jobs from stdin, a JSON object a line, and answers each with one

Everything is imported once; each job then runs in a fork of its own, so that a hundred of them take seconds. The points
are found through SQLAlchemy's events and Python's audit hooks: nothing in the program knows of them.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

FILES = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.chmod"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Killer:
    """The process that does the jobs; to be used in a `with`."""

    def __init__(self, root):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.killed"],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=30)

    def warm(self, folder, *arguments):
        """Lets the command end in the process itself, so that every fork finds loaded what it loads."""
        return self._asked({"folder": str(folder), "arguments": list(map(str, arguments)), "at": None})

    def run(self, folder, *arguments, at=0):
        """How the command ended, and at how many points it passed; `at` 0 lets it end by itself."""
        return self._asked({"folder": str(folder), "arguments": list(map(str, arguments)), "at": at})

    def _asked(self, job):
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def main():
    """Answers until stdin ends."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    _import_everything()
    for line in sys.stdin:
        job = json.loads(line)
        reply = _here(job) if job["at"] is None else _in_a_fork(job)
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


def _import_everything():
    import grading.cli
    import grading.collecting.importing
    import grading.collecting.telling
    import grading.exporting.export
    import grading.privacy.forget
    import grading.privacy.purge
    import grading.running.run
    import grading.running.telling  # noqa: F401


def _here(job):
    from tests.command import grading

    done = grading(*job["arguments"])
    return {"code": done.returncode, "said": done.stderr}


def _in_a_fork(job):
    seen = Path(job["folder"]).with_name("points")
    seen.write_text("")
    child = os.fork()
    if child == 0:
        _do(job, seen)
    _, status = os.waitpid(child, 0)
    points = seen.read_text().splitlines()
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return {"killed": killed, "code": None if killed else os.waitstatus_to_exitcode(status), "points": points}


def _do(job, seen):
    """Never comes back."""
    out = os.open(seen.with_name("printed"), os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, number in ((nothing, 0), (out, 1), (out, 2)):
        os.dup2(source, number)
    sys.stdin = open(0)  # noqa: SIM115
    _listen(job["folder"], job["at"], os.open(seen, os.O_WRONLY | os.O_APPEND))
    sys.argv = ["grading", *job["arguments"]]
    from grading.cli import main as grading

    code = 0
    try:
        grading()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _listen(folder, at, seen):
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    passed = 0

    def point(name):
        nonlocal passed
        passed += 1
        os.write(seen, f"{name}\n".encode())
        if passed == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(_connection, _cursor, text, *_):
        point(" ".join(text.split())[:60])

    def changed(name, arguments):
        if name not in FILES or not isinstance(arguments[0], str | bytes):
            return
        path = os.fsdecode(arguments[0])
        if path.startswith(folder) and (name != "open" or (arguments[2] or 0) & WRITING):
            point(f"{name} {path.removeprefix(folder)}")

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", lambda _: point("commit"))
    sys.addaudithook(changed)


if __name__ == "__main__":
    main()
