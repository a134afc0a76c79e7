"""How texts, spans, changes and figures are shown; the only way for a student's text to a page."""
