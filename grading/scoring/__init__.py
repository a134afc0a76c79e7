"""A hand-in → the rubric's lines, each with a value or None, evidence and a sentence."""
