"""What every test gets: a cache of the run's own, never the user's; and markers that skip here but fail in CI."""

import os
import shutil

import pytest

from quality.engines.languagetool import places
from quality.errors import EngineUnavailable

# torch's own threads fight with those of the other test processes; it reads this once, when it is loaded
os.environ.setdefault("OMP_NUM_THREADS", "1")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def _has_languagetool():
    try:
        places.find()
    except EngineUnavailable:
        return False
    return True


NEEDS = {
    "browser": (lambda: any(map(shutil.which, BROWSERS)), "needs Chromium: apt-get install chromium"),
    "languagetool": (_has_languagetool, "needs LanguageTool: `quality engines` says how to get it"),
}
"""Marker → whether its part is here, and how to get it."""


def pytest_runtest_setup(item):
    """Skips a test whose part is missing, with the reason; in CI, which installs every part, it fails.

    A graphics card is no part that anybody could install.
    """
    if item.get_closest_marker("gpu") and not shutil.which("nvidia-smi"):
        pytest.skip("needs a CUDA device")
    for marker, (is_here, reason) in NEEDS.items():
        if item.get_closest_marker(marker) and not is_here():
            (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture(scope="session")
def _shared(tmp_path_factory):
    """A folder that the run's worker processes share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def tiny_base(_shared):
    """The folder of a tiny Llama with its tokenizer, made once for all worker processes. Read it, never write it."""
    from filelock import FileLock

    from tests import tiny_llama

    folder = _shared / "tiny-llama"
    with FileLock(_shared / "tiny-llama.lock"):
        if not folder.exists():
            tiny_llama.make(_shared / "tiny-llama.part").rename(folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _own_cache(_shared):
    """One for all tests of the run; a test of what a cold cache does names a folder of its own."""
    before = os.environ.get("PROOFGATE_CACHE")
    os.environ["PROOFGATE_CACHE"] = str(_shared / "measurements")
    yield
    if before is None:
        del os.environ["PROOFGATE_CACHE"]
    else:
        os.environ["PROOFGATE_CACHE"] = before
