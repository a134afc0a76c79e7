"""The records that bind data → fix → report → adapter → predictions.

    FixRecord ─┐
    GateRecord ┴→ RunRecord ─→ PredictionRecord ─→ Bundle (side file, notebook) ─→ chain: link by link

A record shows consistency, not honesty: whoever owns the files can recompute every hash. It answers one question: is
this what was checked?
"""

from quality.lineage.bundle import (
    MIME,
    Bundle,
    as_json,
    bundle_in_notebook,
    from_json,
    read_bundle,
    side_file,
    write_bundle,
)
from quality.lineage.chain import RECORDS, AtHand, Damaged, Digest, Link, State, links
from quality.lineage.fix_record import (
    FixRecord,
    broken_fix,
    fix_record_sha256,
    read_fix_record,
    write_fix_record,
)
from quality.lineage.gate_record import (
    CHANGED,
    GateRecord,
    broken_links,
    gate_record,
    gate_record_sha256,
    read_gate_record,
    same_rows_other_bytes,
    write_gate_record,
)
from quality.lineage.prediction_record import PredictionRecord
from quality.lineage.run_record import RunRecord, read_run_record, run_record_sha256, write_run_record
from quality.lineage.version import Version

__all__ = [
    "CHANGED",
    "MIME",
    "RECORDS",
    "AtHand",
    "Bundle",
    "Damaged",
    "Digest",
    "FixRecord",
    "GateRecord",
    "Link",
    "PredictionRecord",
    "RunRecord",
    "State",
    "Version",
    "as_json",
    "broken_fix",
    "broken_links",
    "bundle_in_notebook",
    "fix_record_sha256",
    "from_json",
    "gate_record",
    "gate_record_sha256",
    "links",
    "read_bundle",
    "read_fix_record",
    "read_gate_record",
    "read_run_record",
    "run_record_sha256",
    "same_rows_other_bytes",
    "side_file",
    "write_bundle",
    "write_fix_record",
    "write_gate_record",
    "write_run_record",
]
