"""The entries that a baseline holds next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quality.baseline.entries import Baseline, Entry, Key, keys_of, stale
from quality.errors import ConfigError
from quality.model import Report, Row
from quality.wording import count, listed

_LISTED = 5
"""Entries that a message names before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Update:
    """A baseline brought up to date.

    Attributes:
        new: Entries that it did not have.
        kept: Entries that still hold, and those that this run could not see to.
        dropped: Entries that hold no more.
    """

    baseline: Baseline
    new: int
    kept: int
    dropped: int


def updated(
    report: Report, baseline: Baseline, rows: Sequence[Row], sheet: Mapping[str, Row] | None, reason: str
) -> Update:
    """The baseline that accepts every finding of the report that no prompt waives.

    Args:
        reason: Of the entries that are new; "" for none.

    Raises:
        ConfigError: Entries are new and there is no reason for them.
    """
    counts = Counter(filter(None, keys_of(report.findings, rows, sheet)))
    old, gone = baseline.entries, set(stale(report, baseline, counts))
    new = sorted(key for key, number in counts.items() if key not in old or number > old[key].findings)
    if new and not reason:
        are = f"{count(len(new), 'entry', 'entries')} {'is' if len(new) == 1 else 'are'}"
        raise ConfigError(
            f"{are} new ({_named(new)}), and each needs a reason",
            where=str(baseline.path),
            remedy='say why they may stay with --reason "…", or mend them first',
        )
    entries = {key: entry for key, entry in old.items() if key not in gone and key not in counts}
    entries |= {
        key: Entry(number, old[key].reason) for key, number in counts.items() if key in old and key not in new
    }
    kept = len(entries)
    entries |= {key: Entry(counts[key], reason) for key in new}
    return Update(replace(baseline, entries=entries), len(new), kept, len(gone))


def _named(keys: Sequence[Key]) -> str:
    """The first of the entries by id and rule, and how many more there are."""
    return listed((f"{key.id[:40]} {key.code}".strip() for key in keys), _LISTED)
