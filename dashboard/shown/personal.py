"""Personal data in a row: masked as every report masks it, until somebody asks to see it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.model import Entry
from quality.reports.mask import masked_findings, masked_together


def chosen(entry: Entry) -> Entry:
    """The row as it is shown: masked, with a switch where that hides something; each row is hidden anew."""
    hidden = masked(entry)
    if hidden.row == entry.row:
        return hidden
    # by its content: no key tells whose row it is
    return entry if st.toggle("Show personal data", key=f"personal_{entry.content[:16]}") else hidden


def masked(entry: Entry) -> Entry:
    """The row with the personal data of any of its cells masked in all of them and in its findings; lengths stay."""
    row = entry.row
    texts = (row.id, row.instruction, row.output, row.fail_mode, row.original or "", *row.context)
    id_, instruction, output, fail_mode, original, *context = masked_together(*texts)
    return replace(
        entry,
        row=replace(
            row,
            id=id_,
            instruction=instruction,
            output=output,
            fail_mode=fail_mode,
            original=None if row.original is None else original,
            context=tuple(context),
        ),
        findings=masked_findings(entry.findings, {row.row: row}),
    )
