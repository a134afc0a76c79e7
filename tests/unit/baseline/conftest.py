import pytest

from quality.baseline import Baseline, updated
from quality.model import Finding
from tests.baselines import ROWS, report


@pytest.fixture
def empty(tmp_path) -> Baseline:
    return Baseline(tmp_path / "known.json", {})


@pytest.fixture
def accepting(empty):
    """A baseline that accepts what a report finds in the rows."""

    def made(*findings: Finding, rows=ROWS, sheet=None) -> Baseline:
        return updated(report(*findings), empty, rows, sheet, "a brand").baseline

    return made
