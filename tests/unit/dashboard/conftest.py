"""What every test of the dashboard gets: opened sites that are closed when it ends."""

import gc

import pytest

from tests import sites


@pytest.fixture(scope="module", autouse=True)
def _frozen():
    """Streamlit collects all garbage after each run of a page: what stays anyway need not be looked through."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _closed():
    yield
    sites.close()


@pytest.fixture
def file_site(tmp_path):
    """A file of eight hostile rows."""
    return sites.one_file(tmp_path)


@pytest.fixture
def course_site(tmp_path):
    """A course of three groups that was run."""
    return sites.course(tmp_path)
