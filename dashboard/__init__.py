"""Where teaching assistants read reports and predictions, decide and sign; and a group with its own file.

cli ─ serving (who may look) ─ opening (report | grade book → index) ─→ Site ─ app ─→ one page
page ─ asks ─→ index, grade book;  page ─ saves ─→ grade book (reviews, dismissals, votes, marks), or a new file

| page | what it does stands in | how it looks stands in |
|---|---|---|
| Overview, Rows | index | shown |
| Review | reviewing | shown, reviewing.panel |
| a dismissed finding | dismissing | dismissing.panel |
| a corrected row | editing | editing.panel |
| Predictions, Runs, Guide | answers | shown, answers.panel |
| Copying, Grades | cohort, marking, outgoing | cohort.panel, marking.panel, outgoing.panel |

Whatever a student wrote reaches a page through `shown` or as plain text, never as markdown or HTML.
"""
