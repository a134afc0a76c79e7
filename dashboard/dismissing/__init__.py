"""Findings that a person says are mistaken: where that holds, what it changes, how it is taken back and exported."""
