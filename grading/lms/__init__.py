"""The files of Moodle and Canvas: read as their sites write them, filled so that they read them again.

worksheet.py     Moodle's offline grading worksheet: read, filled, out of the grade book again
  types, headers, reading, filling, restoring
reconcile.py     grades that Moodle's import skips without a word: foreseen before, found after
feedback_zip.py  the zip that takes feedback pages to Moodle's students
canvas.py        Canvas's gradebook: one assignment filled; gradebook.py reads it
localisation.py  times and decimals in English and Turkish
formulas.py      text that no spreadsheet runs and no browser takes for HTML
"""
