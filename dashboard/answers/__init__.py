"""Two models' answers to the same prompts, side by side: figures, blind votes, lineage."""
