"""What every test of the dashboard gets: opened sites that are closed when it ends."""

import pytest

from tests import sites


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
