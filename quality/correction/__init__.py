"""What a correction changed, and what it was worth: original and output → edits → value → inferred fail modes."""
