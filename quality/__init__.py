"""Scores instruction-response rows against a style guide, and says whether they may train a model.

The main path is `run.check`: table → schema → prompt → checks → score → `Report`; then `gate.decide` → `Verdict`.
"""

__version__ = "0.1.0"
