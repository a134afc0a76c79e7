"""What every test of a page gets: the installed packages are searched for components once, not for each page."""

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(scope="session", autouse=True)
def _searched_once():
    """Streamlit searches whenever a runtime begins, which is with each `AppTest`; a server has one runtime."""
    search = manifest_scanner.scan_component_manifests
    manifest_scanner.scan_component_manifests = cache(search)
    yield
    manifest_scanner.scan_component_manifests = search
