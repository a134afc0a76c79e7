"""Findings that a user accepts, each with a reason: what a baseline quiets, what it revives, what it holds next.

An entry names a row, a rule and, by a hash, all that the rule's finding there depends on, so that an edit revives it.
A baseline quiets reports and `quality check`'s exit code. It raises no score and passes no row, and it opens the gate
only as far as the guide's `gate.max_accepted_share`. Grading reads none: nobody earns points by accepting findings in
their own work.

entries (what is accepted, and in which findings) ─ file (JSON) ─ policy (the gate) ─ update (what it holds next)
"""

from quality.baseline.entries import Baseline, Entry, Key, accept
from quality.baseline.update import Update, updated

__all__ = ["Baseline", "Entry", "Key", "Update", "accept", "updated"]
