"""All groups' predictions and runs in a line each, for the tables from which one is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.answers import runs
from dashboard.answers.runs import Run
from dashboard.site import Site
from grading.book import documents, hand_ins
from grading.model import Role
from quality.reports.escape import shown_id


def names(site: Site, keys: Iterable[str]) -> dict[str, str]:
    """Group → how it is called in a select box, each name once; a group without rows goes by its key."""
    known = {one.key: one.label for one in site.index.groups()}
    labels = {key: shown_id(known.get(key, key)) for key in keys}
    return {key: name if name == key else f"{key} {name}" for key, name in labels.items()}


def as_graded(site: Site, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the last run of `grading` made of each group's predictions."""
    with site.book.reading() as db:
        bodies = documents.get_all(db, "predictions")
        examined = documents.get_all(db, "examined")
    return [_graded(name, bodies.get(key) or {}, examined.get(key) or {}) for key, name in names.items()]


def _graded(name: str, body: Mapping[str, Any], examined: Mapping[str, Any]) -> dict[str, Any]:
    lineage: Mapping[str, Any] = examined.get("lineage") or {}
    return {
        "group": name,
        "mean score": body.get("mean_score"),
        "base": body.get("base_mean_score"),
        "win rate": body.get("win_rate"),
        "answered": body.get("answered"),
        "of": body.get("asked"),
        "empty": body.get("empty"),
        "loops": body.get("loops"),
        "lineage": str(lineage.get("state") or "–"),
    }


def all_runs(site: Site) -> tuple[Run, ...]:
    """What each group's notebook says of its fine-tune, by key; without a notebook only that."""
    with site.book.reading() as db:
        current = hand_ins.current(db)
    found = ((key, one.files.get(Role.NOTEBOOK)) for key, one in sorted(current.items()))
    return tuple(
        Run(key, troubles=("no notebook was handed in",)) if path is None else runs.of_notebook(key, path)
        for key, path in found
    )


def states(site: Site) -> dict[str, str]:
    """Group → `consistent`, `not given` or `broken`."""
    with site.book.reading() as db:
        examined = documents.get_all(db, "examined")
    found: dict[str, str] = {}
    for key, body in examined.items():
        lineage: Mapping[str, Any] = body.get("lineage") or {}
        found[key] = str(lineage.get("state") or "–")
    return found
