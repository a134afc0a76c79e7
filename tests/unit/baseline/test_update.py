"""What a baseline holds next."""

import pytest

from quality.baseline import updated
from quality.errors import ConfigError
from tests.baselines import ROWS, found, report


def test_an_update_keeps_reasons_adds_new_ones_and_drops_what_holds_no_more(accepting):
    old = accepting(found(), found("GRM002", 3))
    update = updated(report(found(), found("REP001", 4)), old, ROWS, None, "a refrain")
    assert (update.new, update.kept, update.dropped) == (1, 1, 1)
    assert {(key.id, key.code): entry.reason for key, entry in update.baseline.entries.items()} == {
        ("r2", "GRM001"): "a brand",
        ("r4", "REP001"): "a refrain",
    }


def test_an_update_without_a_reason_accepts_nothing_new(accepting, empty):
    with pytest.raises(ConfigError, match=r"1 entry is new \(r2 GRM001\)") as caught:
        updated(report(found()), empty, ROWS, None, "")
    assert "--reason" in caught.value.remedy
    assert updated(report(found()), accepting(found()), ROWS, None, "").new == 0
    grown = report(found(start=0, end=4), found(start=5, end=9))
    with pytest.raises(ConfigError, match="is new"):
        updated(grown, accepting(found()), ROWS, None, "")


def test_an_update_lowers_the_number_that_is_accepted(accepting):
    old = accepting(found(start=0, end=4), found(start=5, end=9))
    update = updated(report(found()), old, ROWS, None, "")
    assert [entry.findings for entry in update.baseline.entries.values()] == [1]
