"""Groups as voices: groups that copied from one another speak as one, because a copy is no second opinion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def voices(groups: Iterable[str], clusters: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The groups of each voice, sorted.

    Args:
        clusters: Groups that copied from one another. Clusters that share a group are one; those that are not among
            `groups` are left out.
    """
    together = {group: {group} for group in groups}
    for cluster in clusters:
        members = set[str]().union(*(together[group] for group in cluster if group in together))
        for group in members:
            together[group] = members
    return tuple(sorted({tuple(sorted(members)) for members in together.values()}))
