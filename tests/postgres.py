"""A PostgreSQL server for the tests: in a folder of its own, on a socket of its own, gone when the tests are.

PostgreSQL refuses to run as root; root's tests run it as `postgres` or `nobody`.
"""

import functools
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

USERS = ("postgres", "nobody")
OPTIONS = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=50"
WATCH = """
(while kill -0 "$1"; do sleep 0.5; done; shift; folder="$1"; shift; "$@"; rm -rf "$folder") >/dev/null 2>&1 </dev/null &
"""
"""Stops the server and removes its folder when the process $1 is gone, however it ended."""


@functools.cache
def is_here():
    """Whether a server can be started and spoken to."""
    return (
        _programs() is not None and _as_user() is not None and importlib.util.find_spec("psycopg") is not None
    )


def start():
    """Starts a server that ends with this test run; its address, with `{}` for the database."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has 107 characters at most
    if os.geteuid() == 0:
        user = pwd.getpwnam(_as_user()[2])
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"
    _run(folder, "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    subprocess.run(
        [
            "sh",
            "-c",
            WATCH,
            "watch",
            str(_test_run()),
            str(folder),
            *_command("pg_ctl", "stop", "-D", data, "-m", "immediate"),
        ],
        check=True,
        start_new_session=True,
        cwd=folder,
    )
    _run(folder, "pg_ctl", "start", "-w", "-D", data, "-l", folder / "log", "-o", f"{OPTIONS} -k {folder}")
    return f"postgresql://tests@/{{}}?host={folder}"


def create(server):
    """Makes a database without tables on that server; its address."""
    name = f"t{uuid.uuid4().hex}"
    _execute(server.format("postgres"), f'CREATE DATABASE "{name}" TEMPLATE template0')
    return server.format(name)


def drop(server, url):
    """Deletes the database, which takes 8 MB of disk."""
    from sqlalchemy.engine import make_url

    _execute(server.format("postgres"), f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


def emptied(url):
    """Deletes every row of a grade book, as only the server's owner can; its address."""
    from grading.book.tables import metadata

    _execute(
        url,
        "SET session_replication_role = replica",
        f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY",
    )
    return url


def _execute(url, *statements):
    import psycopg

    with psycopg.connect(url, autocommit=True) as db:
        for statement in statements:
            db.execute(statement)


def _test_run():
    """The process whose end is the run's end: xdist's controller for its workers."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def _run(folder, *command):
    with (folder / "output").open("w") as output:  # not a pipe: the server would inherit it and keep it open
        done = subprocess.run(
            _command(*command),
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
            cwd=folder,
        )
    assert done.returncode == 0, (folder / "output").read_text()


def _command(name, *arguments):
    return [*_as_user(), str(_programs() / name), *map(str, arguments)]


@functools.cache
def _programs():
    """The folder of the server's programs; None when there is none."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next(
        (folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None
    )


@functools.cache
def _as_user():
    """What stands before the server's commands; None when nobody can run them."""
    if os.geteuid() != 0:
        return ()
    for name in USERS:
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return ("runuser", "-u", name, "--") if shutil.which("runuser") else None
    return None
