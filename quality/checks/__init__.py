"""The families of rules, one file each; loaded by name, so that a worker imports only what it measures."""

from __future__ import annotations

from importlib import import_module

from quality.rule import Check

FAMILIES = (
    "contract",
    "grammar",
    "repetition",
    "length",
    "near_duplicate",
    "fail_mode",
)
"""In the order in which they are judged and reported; `fail_mode` follows, because it reads what the others found."""


def load(family: str) -> Check:
    """The check of that family."""
    return import_module(f"quality.checks.{family}").CHECK


def load_all() -> tuple[Check, ...]:
    """Every check, in the order of `FAMILIES`."""
    return tuple(load(family) for family in FAMILIES)
