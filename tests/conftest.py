"""What every test gets: a cache of the run's own, never the user's; and markers that skip here but fail in CI."""

import os
import shutil

import pytest

from quality.engines.languagetool import places
from quality.errors import EngineUnavailable

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
    """Skips a test whose part is missing, with the reason; in CI, which installs every part, it fails."""
    for marker, (is_here, reason) in NEEDS.items():
        if item.get_closest_marker(marker) and not is_here():
            (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory):
    """One for all tests of the run; a test of what a cold cache does names a folder of its own."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # which the worker processes share
    before = os.environ.get("PROOFGATE_CACHE")
    os.environ["PROOFGATE_CACHE"] = str(folder / "measurements")
    yield
    if before is None:
        del os.environ["PROOFGATE_CACHE"]
    else:
        os.environ["PROOFGATE_CACHE"] = before
