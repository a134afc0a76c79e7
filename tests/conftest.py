"""What every test gets: a cache of the run's own, never the user's; and markers that skip here but fail in CI."""

import os
import shutil

import pytest

from quality.engines.languagetool import places
from quality.errors import EngineUnavailable
from tests import postgres

# torch's own threads fight with those of the other test processes; it reads this once, when it is loaded
os.environ.setdefault("OMP_NUM_THREADS", "1")

# a test's grade book is never the one that a developer works with
os.environ.pop("DATABASE_URL", None)

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
    "postgresql": (postgres.is_here, "needs PostgreSQL: apt-get install postgresql"),
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


@pytest.fixture(scope="session")
def _postgresql(_shared):
    """The address of a database server, started once for all worker processes; `{}` stands for the database."""
    from filelock import FileLock

    address = _shared / "postgresql.address"
    with FileLock(_shared / "postgresql.lock"):
        if not address.exists():
            address.write_text(postgres.start())
    return address.read_text()


DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@pytest.fixture(params=DATABASES)
def empty_database(request):
    """The address of a database without tables, for `grading.book.book.opened`, on each kind of database."""
    if request.param == "sqlite":
        yield ""  # a file in the course folder
        return
    server = request.getfixturevalue("_postgresql")
    url = postgres.create(server)
    yield url
    postgres.drop(server, url)


@pytest.fixture(scope="session")
def _book_database(_postgresql, tmp_path_factory):
    """A database with the tables of today, for one test process."""
    from grading.book.book import opened

    url = postgres.create(_postgresql)
    with opened(tmp_path_factory.mktemp("course"), url):
        return url


@pytest.fixture(scope="session")
def _book_file(tmp_path_factory):
    """The same as a file; copy it."""
    from grading.book.book import opened

    folder = tmp_path_factory.mktemp("course")
    with opened(folder, ""):
        pass
    return folder / "grading.db"


@pytest.fixture(params=DATABASES)
def database(request, tmp_path):
    """The address of one with the tables of today and no rows; leave the tables as they are.

    For SQLite it lies in `tmp_path`, which is the course folder then.
    """
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("_book_file"), tmp_path)
        return ""
    return postgres.emptied(request.getfixturevalue("_book_database"))


@pytest.fixture
def book(database, tmp_path):
    """An empty grade book of the course folder `tmp_path`, on each kind of database."""
    from grading.book.book import opened

    with opened(tmp_path, database) as one:
        yield one


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
