"""Findings that a person says are mistaken: what a file of such decisions quiets, and what the gate tells of it.

A decision holds for one finding in a row as it is (`row`), for the same words in the same line of text wherever it
stands (`text`), or for the same words everywhere (`word`); an edit of what it holds for revives the finding. It counts
only where its file is named, and then as a baseline does: it quiets reports and `quality check`'s exit code, raises no
score, passes no row, and opens the gate only as far as the guide's `gate.max_accepted_share`. Grading is another thing:
there the course staff decide, and a row's score is made without what they dismissed.

decisions (what is decided, and its keys) ─ places (findings → keys) ─ file (JSON) ─ dismissing (the report) ─ policy
"""

from quality.dismissals.decisions import SCOPES, Decision, Decisions, Key, Scope
from quality.dismissals.dismissing import dismiss, matched
from quality.dismissals.places import Places

__all__ = ["SCOPES", "Decision", "Decisions", "Key", "Places", "Scope", "dismiss", "matched"]
