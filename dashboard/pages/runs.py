"""The page *Runs*: how fine-tunes went, what they were made with, and what the gate let through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

import streamlit as st

from dashboard import shown
from dashboard.answers import cohort, curve, panel, runs, sources
from dashboard.answers.runs import Run
from dashboard.site import Site
from quality.errors import ProofgateError
from quality.model import Severity
from quality.wording import count

STORY = (
    "A notebook's records are the group's own word. Consistent records show that files belong together, not that they "
    "are honest."
)


def page(site: Site) -> None:
    """Shows it."""
    st.title("Runs")
    try:
        if site.of_course:
            _course(site)
        else:
            _file(site)
    except ProofgateError as error:
        shown.trouble(error)


def _file(site: Site) -> None:
    if site.named.run is not None:
        _one(runs.of_folder(site.named.run))
        return
    beside = runs.of_side_file(site.named.predictions) if site.named.predictions else None
    if beside is not None:
        st.caption(
            "From the records beside the predictions; name the run's folder with --run to see every step."
        )
        _one(beside)
        return
    data = sources.file_name(site)
    shown.empty("No run is named. Fine-tune a model on the rows that pass, and name the run's folder.")
    st.code(f"finetune run {data} --out RUN\ndashboard {data} --run RUN", language=None)


def _course(site: Site) -> None:
    with st.spinner("Reading the notebooks' records…"):
        found = cohort.all_runs(site)
    if not found:
        shown.empty("No group has handed anything in yet.", "grading import submissions.zip")
        return
    names, states = cohort.names(site, [run.name for run in found]), cohort.states(site)
    told = [run for run in found if run.record or run.gate]
    st.caption(f"{count(len(told), 'notebook')} of {len(found):,} with records of a fine-tune. {STORY}")
    row = panel.table(
        [_line(run, names, states) for run in found],
        alt="The fine-tune of each group. Choose one to read it below.",
        key=f"runs_{hash(tuple(names))}",
        height=320,
    )
    _compare([run for run in found if run.losses])
    if row is None:
        st.caption("Choose a group in the table to read its run.")
        return
    st.subheader("Run of the chosen group")
    st.text(names[found[row].name])
    _one(found[row])


def _line(run: Run, names: Mapping[str, str], states: Mapping[str, str]) -> dict[str, Any]:
    return {
        "group": names[run.name],
        "lineage": states.get(run.name, "–"),
        "final loss": _rounded(run.final_loss),
        "first loss": _rounded(run.first_loss),
        "steps": run.steps or None,
        "rows used": run.rows_used,
        "gate": "–" if run.gate is None else _verdict(run),
        "device": shown.label(run.record.device, 40) if run.record else "–",
        "what is missing": shown.label("; ".join(run.troubles), 120),
    }


def _rounded(loss: float | None) -> float | None:
    return None if loss is None else round(loss, 3)


def _compare(told: Sequence[Run]) -> None:
    if len(told) < 2:
        return
    keys = [run.name for run in told]
    chosen = st.multiselect(
        f"Loss of up to {curve.MOST} groups",
        keys,
        default=keys[:3],
        max_selections=curve.MOST,
        key="runs_compared",
    )
    if chosen:
        _drawn(
            curve.of_several([run for run in told if run.name in chosen]),
            "Training loss by step of the chosen groups; the table above has the first and the final one.",
        )


def _one(run: Run) -> None:
    """Everything of one run."""
    for trouble in run.troubles:
        shown.empty(shown.label(trouble, 400))
    if run.losses:
        _losses(run)
    if run.record is not None:
        _rows(run)
    if run.gate is not None:
        _gate(run)
    if run.settings:
        st.subheader("Configuration")
        panel.table(
            [
                dict(zip(("part", "setting", "value"), map(shown.label, one), strict=True))
                for one in run.settings
            ],
            alt="Every setting of the run.",
        )


def _losses(run: Run) -> None:
    st.subheader("Training loss")
    first, final = run.first_loss, run.final_loss
    figures = [("First", first), ("Final", final)]
    if run.smooth:
        figures.append(("Final, smoothed", run.smooth[-1][1]))
    for column, (name, loss) in zip(st.columns(4), figures, strict=False):
        column.metric(shown.plain(name), "–" if loss is None else f"{loss:.3f}")
    _drawn(curve.of_one(run), "Training loss by step; the first and the final one stand above.")
    st.caption(
        "Nats per answer token. A run evaluates nothing while it trains, so there is no second curve: its predictions "
        "on the test file are on the page Predictions."
    )


def _drawn(chart: Any, alt: LiteralString) -> None:
    st.altair_chart(chart, width="stretch", alt=alt)


def _rows(run: Run) -> None:
    assert run.record is not None  # the caller looked
    st.subheader("Rows")
    used = run.record.used
    st.text(f"trained on {count(len(used), 'row')}: {runs.rows_in_words(used) or '–'}")
    if not run.dropped:
        st.text("no row was left out, as far as the records tell")
        return
    st.text(f"{count(len(run.dropped), 'row')} left out:")
    panel.table(
        [{"row": shown.label(row), "why": shown.label(why, 300)} for row, why in run.dropped],
        alt="Rows left out, and why.",
        height=240,
    )


def _verdict(run: Run) -> str:
    return "–" if run.gate is None else "refused" if run.gate.refusal else "open"


def _gate(run: Run) -> None:
    gate = run.gate
    assert gate is not None  # the caller looked
    st.subheader("Gate record")
    severities = list(gate.rules.values())
    lines = [
        ("verdict", _verdict(run)),
        ("rows", runs.in_words(gate.rows)),
        ("rows that do not pass", f"{len(gate.dropped_rows):,}"),
        ("rules", ", ".join(f"{severities.count(one):,} {one}" for one in (*Severity, "off"))),
        ("guide", gate.fingerprint.guide[:16]),
        ("data", gate.fingerprint.data[:16]),
        ("made by", gate.tool),
        *(("reason", one) for one in gate.refusal[:20]),
        *(("note", one) for one in gate.notes[:20]),
        *((f"input {name}", str(value)) for name, value in list(gate.inputs.items())[:20]),
    ]
    panel.table(
        [{"": shown.label(name), "gate record": shown.label(str(value), 300)} for name, value in lines],
        alt="The gate record.",
    )
