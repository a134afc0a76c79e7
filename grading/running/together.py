"""What the groups show beside one another: copying, signals, consensus, facts. Evidence and one half of a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from grading.book.consensus_rows import ConsensusRow
from grading.book.pairs import PairRow
from grading.course.inputs import Inputs
from grading.running.provenance import sha256
from quality import versions
from quality.errors import in_words

Answers = Mapping[str, Mapping[str, Any]]
"""Group → its document `answers`."""


@dataclass(slots=True)
class Together:
    """What comparing all groups yields, as the book keeps it.

    Attributes:
        documents: (group, name) → body; of the whole course under the group "".
        notes: What went wrong, in words: such a part is missing, and nobody is held to it.
    """

    pairs: list[PairRow] = field(default_factory=list[PairRow])
    consensus: list[ConsensusRow] = field(default_factory=list[ConsensusRow])
    documents: dict[tuple[str, str], Any] = field(default_factory=dict[tuple[str, str], Any])
    notes: list[str] = field(default_factory=list[str])


def made_from(answers: Mapping[str, Sequence[str]], inputs: Inputs) -> str:
    """SHA-256 over all that a comparison is made from.

    Args:
        answers: Group → its hand-in's version, and what its document `answers` was made from.
    """
    packages = ("grading.copying.compare", "grading.consensus.labels", "grading.consensus.facts", __name__)
    names = versions.modules(frozenset(packages))
    source = [f"{name} {versions.source_sha256(name)}" for name in sorted(names)]
    return sha256([dict(answers), dict(inputs.gold), inputs.course.copying_q, source])


def compared(answers: Answers, inputs: Inputs) -> Together:
    """All groups with an answer, compared. A part that fails is missing and said, and stops no other."""
    done = Together()
    outputs = {group: body["outputs"] for group, body in answers.items() if body.get("outputs")}
    found = _tried("copying", lambda: _copying(outputs, inputs, done), done)
    clusters: tuple[tuple[str, ...], ...] = found or ()
    done.documents["", "clusters"] = {"clusters": [list(one) for one in clusters], "known": found is not None}
    _tried("signals", lambda: _signals(answers, inputs, done), done)
    if found is not None:  # copied labels that nobody collapsed would outvote the honest ones
        _tried("consensus", lambda: _consensus(answers, clusters, inputs, done), done)
    _tried("facts", lambda: _facts(outputs, clusters, inputs, done), done)
    return done


def _tried(name: str, part: Callable[[], Any], done: Together) -> Any:
    try:
        return part()
    except Exception as error:  # costs this evidence, and no group its grade
        done.notes.append(f"{name} could not be compared: {in_words(error)}")
        return None


def _copying(
    outputs: Mapping[str, Mapping[str, str]], inputs: Inputs, done: Together
) -> tuple[tuple[str, ...], ...]:
    from grading.copying.compare import compare

    sheet = {row.id: row.output for row in inputs.sheet.rows}
    found = compare(sheet, outputs, q=inputs.course.copying_q)
    done.pairs += [
        PairRow(
            one.a,
            one.b,
            one.score,
            one.containment,
            one.p,
            one.q,
            one.shared_edits,
            [edit.as_json() for edit in one.evidence],
        )
        for one in found.pairs
    ]
    done.documents["", "calibration"] = found.calibration.as_json()
    return found.clusters


def _signals(answers: Answers, inputs: Inputs, done: Together) -> None:
    from grading.copying.channels import Signals, channels

    found = channels(
        {
            group: Signals(
                predictions=body["predictions"],
                labels=body["labels"],
                outputs=body["outputs"],
                notebook_sha256=body["notebook_sha256"],
                lineage_hashes=body["lineage_hashes"],
            )
            for group, body in answers.items()
        },
        sheet={row.id: row.output for row in inputs.sheet.rows},
    )
    of_group: dict[str, list[Any]] = defaultdict(list)
    for signal in found:
        for group in signal.groups:
            of_group[group].append(_plain(signal))
    done.documents["", "signals"] = [_plain(signal) for signal in found]
    done.documents |= {(group, "signals"): of_group[group] for group in answers}


def _consensus(
    answers: Answers, clusters: tuple[tuple[str, ...], ...], inputs: Inputs, done: Together
) -> None:
    from grading.consensus.labels import against_others, consensus

    labels = {group: body["labels"] for group, body in answers.items() if body.get("labels")}
    ids = [row.id for row in inputs.sheet.rows]
    before = {row.id: row.fail_mode.strip() for row in inputs.sheet.rows}
    changed = frozenset(
        key for one in labels.values() for key, label in one.items() if label.strip() != before[key]
    )
    voices = _voices(clusters, done.documents.get(("", "signals"), ()))
    voiced = [tuple(group for group in one if group in labels) for one in voices]
    found = consensus(labels, clusters=voiced, gold=inputs.gold, changed=changed, guide=inputs.guide, ids=ids)
    done.consensus += [
        ConsensusRow(
            key,
            one.label,
            one.share,
            one.tie,
            {"votes": dict(one.votes), "tied": list(one.tied), "gold": one.gold},
        )
        for key, one in found.items.items()
    ]
    done.documents["", "alpha"] = {
        "alpha": found.alpha,
        "alpha_changed": found.alpha_changed,
        "voices": found.voices,
        "notes": list(found.notes),
    }
    for group, one in against_others(labels, voiced, inputs.gold, guide=inputs.guide).items():
        done.documents[group, "consensus"] = {
            "share": one.share,
            "judged": one.judged,
            "differing": [_plain(row) for row in one.differing],
        }
        done.documents[group, "credits"] = dict(one.credits)


def _voices(
    clusters: tuple[tuple[str, ...], ...], signals: Sequence[Mapping[str, Any]]
) -> list[tuple[str, ...]]:
    """The clusters, joined with groups whose labels are copied beyond doubt: each such set has one vote."""
    from grading.copying.signal import joined

    copied = (one for signal in signals for one in signal["detail"].get("one_voice", ()))
    return joined((one[0], other) for one in (*clusters, *copied) for other in one[1:])


def _facts(
    outputs: Mapping[str, Mapping[str, str]],
    clusters: tuple[tuple[str, ...], ...],
    inputs: Inputs,
    done: Together,
) -> None:
    from grading.consensus.facts import standing_alone

    sheet = {row.id: row.output for row in inputs.sheet.rows}
    for group, found in standing_alone(outputs, sheet, clusters).items():
        done.documents[group, "facts"] = [_plain(one) for one in found]


def _plain(value: Any) -> dict[str, Any]:
    """A frozen value as JSON values."""
    if hasattr(value, "as_json"):
        return value.as_json()
    return asdict(value)
