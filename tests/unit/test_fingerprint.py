import pytest

from quality import fingerprint, versions
from quality.checks import FAMILIES


@pytest.mark.parametrize("family", FAMILIES)
def test_every_check_decides(family):
    assert f"quality.checks.{family}" in fingerprint.deciding()


@pytest.mark.parametrize(
    "name",
    [
        "quality",
        "quality.run",
        "quality.gate",
        "quality.score",
        "quality.waive",
        "quality.text.tokens",
        "quality.correction.inference",
        "quality.facts.units",
        "quality.workers.worker",
        "quality.llm_judge.framing",
        "quality.table.reading",
        "quality.options",
    ],
)
def test_what_makes_a_verdict_decides(name):
    assert name in fingerprint.deciding()


@pytest.mark.parametrize(
    "part",
    [
        "cli",
        "cli_inputs",
        "course",
        "engines.languagetool.install",
        "engines.languagetool.keeper",
        "engines.shelf",
        "fix",
        "interactive",
        "lineage",
        "reports",
        "rulebook",
        "verdicts",
        "version_diff",
        "watch",
    ],
)
def test_what_shows_writes_or_installs_does_not(part):
    name = f"quality.{part}"
    assert versions.modules(frozenset({name})) >= {name}, "there is such a module"
    assert not {known for known in fingerprint.deciding() if f"{known}.".startswith(f"{name}.")}


def test_the_hash_covers_what_decides_and_nothing_else(monkeypatch):
    was = versions.source_sha256
    known = fingerprint.source_sha256()
    changed = ""
    monkeypatch.setattr(versions, "source_sha256", lambda name: was(name) if name != changed else "0" * 64)
    assert fingerprint.source_sha256() == known
    changed = "quality.reports.text"
    assert fingerprint.source_sha256() == known
    changed = "quality.score"
    assert fingerprint.source_sha256() != known
