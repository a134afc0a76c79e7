"""Findings that a person says are mistaken: what can be decided of one, what that changes, and what was decided.

places     where a row's findings stand, for the keys of decisions
overlay    a row with what holds now
touched    which rows of the index a decision holds for
impact     what decisions change, before they are saved: findings, rows, grades
grades     the same for the grades of a course
panel      the buttons (needs streamlit)
"""

from dashboard.dismissing.overlay import overlay

__all__ = ["overlay"]
