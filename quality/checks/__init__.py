"""The families of rules, one file each; loaded by name, so that a worker imports only what it measures."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from quality.rule import Check

FAMILIES = (
    "contract",
    "grammar",
    "repetition",
    "length",
    "fillers",
    "tone",
    "compliance",
    "non_answers",
    "leftovers",
    "undelivered",
    "factual",
    "off_topic",
    "off_topic_semantic",
    "near_duplicate",
    "personal_data",
    "ai_signals",
    "prompts",
    "llm_judge",
    "correction",
    "fail_mode",
)
"""In the order in which they are judged and reported; the last two follow, because they read what the others found."""


def load(name: str) -> Check:
    """The check of a family, or of `family@engine` where its module has `CHECKS` by engine."""
    family, _, engine = name.partition("@")
    module = import_module(f"quality.checks.{family}")
    return module.CHECKS[engine] if engine else module.CHECK


def load_all(engine: str = "", url: str = "") -> tuple[Check, ...]:
    """Every check, in the order of `FAMILIES`; those that know the engine with it, at that URL if it is a service."""
    return tuple(_with_engine(load(family), engine, url) for family in FAMILIES)


def _with_engine(check: Check, engine: str, url: str) -> Check:
    checks = getattr(import_module(f"quality.checks.{check.family}"), "CHECKS", {})
    chosen: Check = checks.get(engine, check)
    return replace(chosen, url=url) if chosen.service else chosen
