"""The real `dashboard` command on a free port, for browsers and raw clients; fixtures for them: tests/browser."""

import signal
import subprocess
import sysconfig
from contextlib import contextmanager
from pathlib import Path

from tests.command import _run

DASHBOARD = Path(sysconfig.get_path("scripts")) / "dashboard"
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE_MS = 60_000


def dashboard(*arguments):
    """`dashboard …` in this process, for what starts no server: invitations and refusals."""
    from dashboard.cli import main

    return _run("dashboard", main, arguments)


@contextmanager
def served(path, *options, cwd=None):
    """Starts `dashboard PATH` and gives the URL with its token, which opens once; ends it with the block."""
    with running(path, *options, cwd=cwd) as (_, url):
        yield url


@contextmanager
def running(path, *options, cwd=None):
    """The same, with the process beside the URL."""
    command = [DASHBOARD, path, "--no-browser", "--by", "Ada Lovelace", *options]
    process = subprocess.Popen(
        list(map(str, command)),
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        url = process.stdout.readline().strip()
        if not url:
            raise AssertionError(process.communicate(timeout=30)[1])
        yield process, url
    finally:
        is_left = process.poll() is None
        if is_left:
            process.terminate()
        _, said = process.communicate(timeout=30)
    assert "Traceback" not in said, said
    if is_left:
        assert process.returncode == 128 + signal.SIGTERM, said


def ready(page):
    """Waits until the page is shown and nothing runs."""
    page.get_by_role("heading").first.wait_for(timeout=PATIENCE_MS)
    page.wait_for_selector(READY, timeout=PATIENCE_MS)


def opened(page):
    """The same, once the site itself is open: its navigation is there."""
    page.locator("[data-testid=stSidebarNav], [data-testid=stTopNav]").first.wait_for(
        state="attached", timeout=PATIENCE_MS
    )
    ready(page)
