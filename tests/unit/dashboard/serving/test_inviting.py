"""Where the dashboards of a course run, as `dashboard invite` finds out."""

import pytest

from dashboard.serving import address, inviting
from quality.errors import ConfigError


def test_each_of_two_dashboards_is_found_as_long_as_it_runs(tmp_path):
    with address.bound("127.0.0.1", 0) as one, address.bound("127.0.0.1", 0) as other:
        first, second = (address.address(made, (), False) for made in (one, other))
        with inviting.announced(tmp_path, first):
            with inviting.announced(tmp_path, second):
                assert inviting.base_url(tmp_path, None) in (first.url, second.url)
            assert inviting.base_url(tmp_path, None) == first.url
            other.close()
            with inviting.announced(tmp_path, second):  # as if it had been killed
                assert inviting.base_url(tmp_path, None) == first.url
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ConfigError, match="no dashboard of this course runs"):
        inviting.base_url(tmp_path, None)
