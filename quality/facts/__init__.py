"""Statements in an answer that can be recomputed: each module reads one sort and says whether it holds."""
