"""From the LMS's zip to grades and feedback that a teaching assistant can defend.

course/      course.toml → Course: names, deadline, late policy, rubric
hand_in/     one hand-in, hostile until shown otherwise: unpacking, the three files, their lineage
packing/     for the group: `pack`, `validate`
collecting/  for the course: the LMS's zip, worksheet and roster → hand-ins in the book
scoring/     a hand-in → rubric lines; with lateness, and how stable the grade is
copying/     what each group changed, held against what the others changed
consensus/   fail modes across groups; facts on which one group stands alone
book/        SQLite or PostgreSQL: marks with versions, a history that only grows
lms/         the files of Moodle and Canvas: read, and filled
running/     `run`: all of this over all groups, resumable
feedback/    one page for each group
exporting/   `export`, `show`, `reconcile`
privacy/     `backup`, `forget`, `purge`
"""
