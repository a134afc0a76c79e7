"""What `grading forget` and `purge` do to the rows that the dashboard keeps."""

import pytest

from grading.privacy import forget as forgetting
from quality.errors import HardwareError
from tests import sites


def test_a_forgotten_group_is_in_no_index(course_site):
    shown = course_site.index
    key = next(one.key for one in shown.groups() if one.label == sites.HOSTILE_NAME)
    done = forgetting.forget(course_site.book, forgetting.meant(course_site.book, key), who=sites.TA)
    assert done.cleaned.indexes >= 1
    assert not shown.path.exists()
    with pytest.raises(HardwareError, match="open it again"):
        shown.groups()
    assert key not in {one.key for one in course_site.renewed().index.groups()}
