"""One ask, built by hand, held against one answer."""

import pytest

from quality.compliance.data import measure
from quality.compliance.verdict import Case
from quality.compliance.verify import verify
from quality.model import Ask


@pytest.fixture
def held():
    """Verdict of one ask on one answer; the ask's words are the whole instruction."""

    def verdict(
        kind, output, relation="", value="", unit="", part="", instruction="Describe tea.", tolerance=0.2
    ):
        ask = Ask(kind, relation, str(value), unit, 0, len(instruction), part)
        return verify(Case(ask, instruction, output, measure(output), tolerance))

    return verdict
