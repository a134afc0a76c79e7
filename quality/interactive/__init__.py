"""`quality fix --interactive`: row by row in the terminal, every answer saved before the next question.

    questions   findings ‒ what was answered → what is asked next
    answers     the log beside the corrected file: what was asked, what was answered, what to undo
    session     an answer → the corrected file, the log, the record of the fix, the row checked again
    screen      a question → what the annotator sees, personal data masked
    editing     the text in the user's editor, or in the line
    loop        asks until nothing is left or the annotator stops
    command     the same from the command line

The corrected file is written first, then the log: whatever ends the terminal, the text that a person wrote is there,
and at worst one question is asked twice.
"""

from quality.interactive.command import ask
from quality.interactive.session import places

__all__ = ["ask", "places"]
